import CPangoCairo
import Drawing
import Wording

/// Shapes and measures text with Pango, keeping what it has shaped. One belongs to one thread at a time.
final class TypeSetter {
    private struct Key: Hashable {
        var string: String
        /// At the reference size.
        var font: Font
    }

    /// Text is shaped at this size only and scaled to the one asked for: without hinting that is the same shape, and
    /// for every further size of a face Pango would look through all fonts again.
    static let referenceSize = 64.0

    /// A line as it was shaped, and the factor that makes it as large as it was asked for.
    struct Sized {
        var shaped: ShapedLine
        var scale: Double

        var metrics: TextMetrics { shaped.metrics.scaled(by: scale) }
    }

    private let fontMap: UnsafeMutablePointer<PangoFontMap>
    private let context: OpaquePointer
    private var descriptions: [Font: OpaquePointer] = [:]
    private var lines: [Key: ShapedLine] = [:]
    var outlines: [GlyphOutline.Key: GlyphOutline] = [:]

    /// Shaped lines kept at most; a book's worth of numbers repeats, its prose does not.
    private static let mostLines = 20_000
    /// Marks upon one letter; no language needs as many.
    private static let mostMarks = 8

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
        return shaped(string, reference).map { Sized(shaped: $0, scale: font.size / TypeSetter.referenceSize) }
    }

    private func shaped(_ string: String, _ font: Font) -> ShapedLine? {
        let key = Key(string: string, font: font)
        if let line = lines[key] { return line }
        let text = string.shownInLine.stacked(atMost: TypeSetter.mostMarks)
        guard let layout = pango_layout_new(context) else { return nil }
        pango_layout_set_single_paragraph_mode(layout, 1)
        pango_layout_set_font_description(layout, description(font))
        // The length is in bytes of UTF-8; counted in characters, Chinese would be cut.
        pango_layout_set_text(layout, text, Int32(clamping: text.utf8.count))
        let attributes = TypeSetter.attributes(text, font)
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)
        if lines.count >= TypeSetter.mostLines { lines.removeAll(keepingCapacity: true) }
        var line = ShapedLine(layout: layout)
        if line.unknown > 0, isDesigned {
            if everything == nil { everything = TypeSetter(designedOnly: false) }
            if let found = everything?.shaped(string, font), found.unknown < line.unknown { line = found }
        }
        lines[key] = line
        return line
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
    private static func attributes(_ string: String, _ font: Font) -> OpaquePointer? {
        let list = pango_attr_list_new()
        if font.family == .mono {
            pango_attr_list_insert(list, pango_attr_font_features_new("calt=0, liga=0"))
        }
        if font.family == .text, ChinesePunctuation.isChinese(string) {
            ChinesePunctuation.insert(into: list, for: Array(string.unicodeScalars))
        }
        return list
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
