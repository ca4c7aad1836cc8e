import Drawing
import Reading
import Wording

/// Letters as outlines, each defined once, so that a picture looks the same everywhere; large rasters as PNG.
final class OutlinedLetters: SVGLetters {
    private let setter: TypeSetter
    private var names: [GlyphOutline.Key: String] = [:]

    /// Lines that stand there more than once, whatever their sizes and colours, and the name that each then has.
    private var repeated: [String: [Font: String]] = [:]

    init(_ setter: TypeSetter) { self.setter = setter }

    override var sharesShapes: Bool { true }

    override func prepare(_ lines: [TextLine]) {
        var counts: [String: [Font: Int]] = [:]
        for line in lines { counts[line.string, default: [:]][Self.face(line.font), default: 0] += 1 }
        repeated = counts.mapValues { $0.filter { $0.value > 1 }.mapValues { _ in "" } }
    }

    private static func face(_ font: Font) -> Font { font.size(TypeSetter.referenceSize) }

    override func write(
        _ line: TextLine, to body: inout SVGText, definitions: inout SVGText
    ) throws(Failure) {
        guard let shaped = setter.line(line.string, line.font)?.shaped, !shaped.runs.isEmpty else { return }
        var place = SVGText()
        place.raw(" transform=\"translate(")
        place.number(line.origin.x)
        place.raw(" ")
        place.number(line.origin.y)
        place.raw(line.isUpward ? ")rotate(-90)scale(" : ")scale(")
        place.number(line.font.size / GlyphOutline.unitsPerSize, decimals: 5)
        place.raw(")\"")
        place.attribute("fill", line.color, opacity: "fill-opacity")
        let letters = try letters(of: shaped, &definitions)
        if letters.count < 2 {
            for letter in letters { use(letter, place, &body) }
            return
        }
        let face = Self.face(line.font)
        if let known = repeated[line.string]?[face] {
            var name = known
            if name.isEmpty {
                name = "w" + String(words, radix: 36)
                words += 1
                repeated[line.string]?[face] = name
                definitions.raw("<g id=\"")
                definitions.beginName()
                definitions.raw(name)
                definitions.raw("\">")
                for letter in letters { use(letter, SVGText(), &definitions) }
                definitions.raw("</g>")
            }
            return use((name, 0, 0), place, &body)
        }
        body.raw("<g")
        body.append(place)
        body.raw(">")
        for letter in letters { use(letter, SVGText(), &body) }
        body.raw("</g>")
    }

    private var words = 0

    private func use(_ letter: (name: String, x: Double, y: Double), _ more: SVGText, _ text: inout SVGText) {
        text.raw("<use href=\"#")
        text.beginName()
        text.raw(letter.name)
        text.raw("\"")
        if abs(letter.x) >= 0.5 { text.attribute("x", letter.x, decimals: 0) }
        if abs(letter.y) >= 0.5 { text.attribute("y", letter.y, decimals: 0) }
        text.append(more)
        text.raw("/>")
    }

    /// The letters with ink, each by its name and where it stands in the line.
    private func letters(
        of shaped: ShapedLine, _ definitions: inout SVGText
    ) throws(Failure) -> [(name: String, x: Double, y: Double)] {
        let unit = GlyphOutline.unitsPerSize / TypeSetter.referenceSize
        var letters: [(name: String, x: Double, y: Double)] = []
        for run in shaped.runs {
            for glyph in run.glyphs {
                let name = try name(of: glyph.index, in: run, &definitions)
                if !name.isEmpty { letters.append((name, glyph.x * unit, glyph.y * unit)) }
            }
        }
        return letters
    }

    /// The name under which a letter is defined; empty for one without ink, such as a space.
    private func name(
        of glyph: UInt, in run: ShapedLine.Run, _ definitions: inout SVGText
    ) throws(Failure) -> String {
        let key = GlyphOutline.Key(face: run.face, glyph: glyph)
        if let name = names[key] { return name }
        var letter = SVGText()
        do throws(RenderingError) {
            if run.hasPictures {
                letter = try picture(glyph, in: run)
            } else {
                letter = try outline(glyph, key, in: run)
            }
        } catch {
            throw Failure(error)
        }
        guard !letter.isEmpty else {
            names[key] = ""
            return ""
        }
        let name = String(names.count, radix: 36, uppercase: true)
        names[key] = name
        definitions.raw(run.hasPictures ? "<image id=\"" : "<path id=\"")
        definitions.beginName()
        definitions.raw(name)
        definitions.raw("\"")
        definitions.append(letter)
        definitions.raw("/>")
        return name
    }

    /// A path's attributes; empty for a letter without ink.
    private func outline(
        _ glyph: UInt, _ key: GlyphOutline.Key, in run: ShapedLine.Run
    ) throws(RenderingError) -> SVGText {
        let known = setter.outlines[key]
        let outline = if let known { known } else { try GlyphOutline.read(glyph, of: run.font) }
        setter.outlines[key] = outline
        var text = SVGText()
        if !outline.path.isEmpty { text.attribute("d", outline.path) }
        return text
    }

    /// An image's attributes; empty for a letter without ink.
    private func picture(_ glyph: UInt, in run: ShapedLine.Run) throws(RenderingError) -> SVGText {
        guard let picture = setter.picture(of: glyph, in: run) else { return SVGText() }
        var text = SVGText()
        text.attribute("x", picture.box.minX * GlyphOutline.unitsPerSize)
        text.attribute("y", picture.box.minY * GlyphOutline.unitsPerSize)
        text.attribute("width", picture.box.width * GlyphOutline.unitsPerSize)
        text.attribute("height", picture.box.height * GlyphOutline.unitsPerSize)
        text.raw(" href=\"data:image/png;base64,")
        text.raw(Base64.encode(try picture.png()))
        text.raw("\"")
        return text
    }

    override func picture(_ raster: Raster, enlarged factor: Int) -> String? {
        (try? PNGEncoder.encode(raster, enlarged: factor)).map { Base64.encode($0) }
    }
}
