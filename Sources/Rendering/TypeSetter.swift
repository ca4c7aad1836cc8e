import CPangoCairo
import Drawing
import Wording

/// Shapes and measures text with Pango, keeping what it has shaped. One belongs to one thread at a time.
final class TypeSetter {
    /// Text is shaped at this size only and scaled to the one asked for: without hinting that is the same shape, and
    /// for every further size of a face Pango would look through all fonts again.
    static let referenceSize = 64.0

    /// A line as it was shaped, and the factor that makes it as large as it was asked for.
    struct Sized {
        var shaped: ShapedLine
        var scale: Double
        /// What no font has.
        var unknown: [Unicode.Scalar]

        var metrics: TextMetrics { shaped.metrics.scaled(by: scale) }
    }

    private let fontMap: UnsafeMutablePointer<PangoFontMap>
    private let context: OpaquePointer
    private var descriptions: [Font: OpaquePointer] = [:]
    /// At the reference size; a page has few.
    private var faces: [Font] = []
    /// By face and by string.
    private var lines: [[String: Kept]] = []
    private var lineCount = 0
    private struct Kept {
        var line: ShapedLine
        /// What no font has, and the line shows by its code point.
        var unknown: [Unicode.Scalar]
    }
    var outlines: [GlyphOutline.Key: GlyphOutline] = [:]
    /// Nil for a letter without ink.
    private var pictures: [GlyphOutline.Key: GlyphPicture?] = [:]

    /// Shaped lines kept at most; a book's worth of numbers repeats, its prose does not.
    private static let mostLines = 20_000
    /// Marks upon one letter; no language needs as many.
    private static let mostMarks = 8
    /// Characters set at once: Pango counts 32,768 ems at most.
    private static let mostCharacters = 4096

    /// Looks among all the system's fonts, for characters that the designed faces lack; made when first needed.
    private var everything: TypeSetter?
    private let isDesigned: Bool

    /// - Parameter designedOnly: whether to look among the faces of the design first.
    init?(designedOnly: Bool = true) {
        // A map of our own rather than the thread's: a type setter may move between threads.
        let designed = designedOnly ? DesignedFonts.fontMap() : nil
        guard let map = designed ?? DesignedFonts.everyFontMap(), let context = pango_font_map_create_context(map)
        else {
            return nil
        }
        isDesigned = designed != nil
        fontMap = map
        self.context = context
        let options = TypeSetter.fontOptions()
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
        pango_context_set_round_glyph_positions(context, 0)
        // Chooses the simplified forms wherever a face has several.
        pango_context_set_language(context, pango_language_from_string("zh-cn"))
        pango_context_set_base_dir(context, PANGO_DIRECTION_LTR)
    }

    deinit {
        outlines.removeAll()
        pictures.removeAll()
        lines.removeAll()
        for description in descriptions.values { pango_font_description_free(description) }
        g_object_unref(UnsafeMutableRawPointer(context))
        g_object_unref(UnsafeMutableRawPointer(fontMap))
    }

    /// No hinting: the same letters at every scale and in every format.
    static func fontOptions() -> OpaquePointer? {
        let options = cairo_font_options_create()
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        return options
    }

    func line(_ string: String, _ font: Font) -> Sized? {
        var reference = font
        reference.size = TypeSetter.referenceSize
        return kept(string, reference).map {
            Sized(shaped: $0.line, scale: font.size / TypeSetter.referenceSize, unknown: $0.unknown)
        }
    }

    private func face(_ font: Font) -> Int {
        if let known = faces.firstIndex(of: font) { return known }
        faces.append(font)
        lines.append([:])
        return faces.count - 1
    }

    private func kept(_ string: String, _ font: Font) -> Kept? {
        let face = face(font)
        if let line = lines[face][string] { return line }
        let text = string.shownInLine.stacked(atMost: TypeSetter.mostMarks)
        guard var line = shaped(text, font) else { return nil }
        let unknown = line.unknown
        if !unknown.isEmpty {
            MissingLetters.note(unknown)
            // A joiner between two of them has nothing left to join.
            let shown = text.unicodeScalars.map { unknown.contains($0) ? $0.codePoint : String($0) }.joined()
            line = shaped(shown.shownInLine, font) ?? line
        }
        if lineCount >= TypeSetter.mostLines {
            for face in lines.indices { lines[face].removeAll(keepingCapacity: true) }
            lineCount = 0
        }
        let kept = Kept(line: line, unknown: unknown)
        lines[face][string] = kept
        lineCount += 1
        return kept
    }

    /// In the designed faces, else in those of the whole system that lack less.
    private func shaped(_ text: String, _ font: Font) -> ShapedLine? {
        let line = ShapedLine(layouts: layouts(text, font), seeksPictures: !isDesigned)
        guard !line.unknown.isEmpty, isDesigned else { return line.parts.isEmpty ? nil : line }
        if everything == nil { everything = TypeSetter(designedOnly: false) }
        guard let found = everything?.shaped(text, font), found.unknown.count < line.unknown.count else { return line }
        return found
    }

    /// A layout for each part that has a direction of its own, from left to right.
    private func layouts(_ text: String, _ font: Font) -> [OpaquePointer] {
        let isChinese = font.family == .text && ChinesePunctuation.isChinese(text)
        return text.directedParts.flatMap { part in
            part.text.pieces(of: TypeSetter.mostCharacters).compactMap {
                layout($0, font, isApart: part.isApart, isChinese: isChinese)
            }
        }
    }

    private func layout(_ text: String, _ font: Font, isApart: Bool, isChinese: Bool) -> OpaquePointer? {
        guard let layout = pango_layout_new(context) else { return nil }
        pango_layout_set_single_paragraph_mode(layout, 1)
        // From left to right, whatever letter comes first.
        pango_layout_set_auto_dir(layout, isApart ? 1 : 0)
        pango_layout_set_font_description(layout, description(font))
        // The length is in bytes of UTF-8; counted in characters, Chinese would be cut.
        pango_layout_set_text(layout, text, Int32(clamping: text.utf8.count))
        let attributes = TypeSetter.attributes(text, font, isChinese: isChinese)
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)
        return layout
    }

    /// The picture of a letter of a face that has some; nil where it has no ink or cannot be read.
    func picture(of glyph: UInt, in run: ShapedLine.Run) -> GlyphPicture? {
        let key = GlyphOutline.Key(face: run.face, glyph: glyph)
        if let known = pictures[key] { return known }
        let picture = (try? GlyphPicture.read(glyph, of: run.font)) ?? nil
        pictures[key] = .some(picture)
        return picture
    }

    /// A run's face at a size, to be destroyed by the caller.
    static func scaled(_ font: OpaquePointer, to pixels: Double) -> OpaquePointer? {
        var size = cairo_matrix_t()
        var identity = cairo_matrix_t()
        cairo_matrix_init_scale(&size, pixels, pixels)
        cairo_matrix_init_identity(&identity)
        let options = TypeSetter.fontOptions()
        defer { cairo_font_options_destroy(options) }
        return cairo_scaled_font_create(cairo_scaled_font_get_font_face(font), &size, &identity, options)
    }

    private func description(_ font: Font) -> OpaquePointer? {
        if let description = descriptions[font] { return description }
        guard let description = pango_font_description_new() else { return nil }
        pango_font_description_set_family(description, FontFaces.faces(font.family).joined(separator: ","))
        pango_font_description_set_absolute_size(description, font.size * Double(PANGO_SCALE))
        pango_font_description_set_weight(description, PangoWeight(UInt32(font.weight.rawValue)))
        pango_font_description_set_style(description, font.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL)
        descriptions[font] = description
        return description
    }

    /// No ligatures between digits and signs; Chinese punctuation as a Chinese typesetter sets it.
    private static func attributes(_ string: String, _ font: Font, isChinese: Bool) -> OpaquePointer? {
        let list = pango_attr_list_new()
        if font.family == .mono {
            pango_attr_list_insert(list, pango_attr_font_features_new("calt=0, liga=0"))
            TypeSetter.replaceMinus(in: string, list)
        }
        LostLetters.insert(into: list, for: string)
        if isChinese { ChinesePunctuation.insert(into: list, for: Array(string.unicodeScalars)) }
        return list
    }

    /// The minus of JetBrains Mono is no longer than its hyphen: the text face's is used, as wide as a digit.
    private static func replaceMinus(in string: String, _ list: OpaquePointer?) {
        guard string.contains(Numbers.minus) else { return }
        let minus = Array(String(Numbers.minus).utf8)
        var place = 0
        for scalar in string.unicodeScalars {
            let length = Unicode.UTF8.width(scalar)
            if length == minus.count, String(scalar) == String(Numbers.minus) {
                let family = pango_attr_family_new(FontFaces.faces(.text).joined(separator: ","))
                family?.pointee.start_index = UInt32(place)
                family?.pointee.end_index = UInt32(place + length)
                pango_attr_list_insert(list, family)
            }
            place += length
        }
    }

    /// The face that a family's first choice turns into on this machine.
    func substitute(for face: String) -> String? {
        let wanted = pango_font_description_new()
        defer { pango_font_description_free(wanted) }
        pango_font_description_set_family(wanted, face)
        pango_font_description_set_absolute_size(wanted, 16 * Double(PANGO_SCALE))
        guard let font = pango_context_load_font(context, wanted) else { return "" }
        defer { g_object_unref(UnsafeMutableRawPointer(font)) }
        let found = pango_font_describe(font)
        defer { pango_font_description_free(found) }
        guard let name = pango_font_description_get_family(found) else { return "" }
        let family = String(cString: name)
        return family == face ? nil : family
    }
}

extension String {
    /// Cut into pieces of so many characters at most; an empty text is one.
    fileprivate func pieces(of most: Int) -> [String] {
        guard utf8.count > most else { return [self] }
        var pieces: [String] = []
        var rest = self[...]
        while !rest.isEmpty {
            pieces.append(String(rest.prefix(most)))
            rest = rest.dropFirst(most)
        }
        return pieces
    }
}
