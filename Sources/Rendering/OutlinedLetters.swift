import Drawing
import Reading
import Wording

/// Letters as outlines, each defined once, so that a picture looks the same everywhere; large rasters as PNG.
final class OutlinedLetters: SVGLetters {
    private let setter: TypeSetter
    private var names: [GlyphOutline.Key: String] = [:]

    init(_ setter: TypeSetter) { self.setter = setter }

    override func write(
        _ line: TextLine, to body: inout SVGText, definitions: inout SVGText
    ) throws(Failure) {
        guard let shaped = setter.line(line.string, line.font)?.shaped, !shaped.runs.isEmpty else { return }
        let unit = GlyphOutline.unitsPerSize / TypeSetter.referenceSize
        body.raw("<g transform=\"translate(")
        body.number(line.origin.x)
        body.raw(" ")
        body.number(line.origin.y)
        body.raw(line.isUpward ? ")rotate(-90)scale(" : ")scale(")
        body.number(line.font.size / GlyphOutline.unitsPerSize, decimals: 4)
        body.raw(")\"")
        body.attribute("fill", line.color, opacity: "fill-opacity")
        body.raw(">")
        for run in shaped.runs {
            for glyph in run.glyphs {
                let name = try name(of: glyph.index, in: run, &definitions)
                guard !name.isEmpty else { continue }
                body.raw("<use xlink:href=\"#")
                body.beginName()
                body.raw(name)
                body.raw("\"")
                if abs(glyph.x * unit) >= 0.5 { body.attribute("x", glyph.x * unit, decimals: 0) }
                if abs(glyph.y * unit) >= 0.5 { body.attribute("y", glyph.y * unit, decimals: 0) }
                body.raw("/>")
            }
        }
        body.raw("</g>")
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
        let name = String(names.count, radix: 36)
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
        text.raw(" xlink:href=\"data:image/png;base64,")
        text.raw(Base64.encode(try picture.png()))
        text.raw("\"")
        return text
    }

    override func picture(_ raster: Raster, enlarged factor: Int) -> String? {
        (try? PNGEncoder.encode(raster, enlarged: factor)).map { Base64.encode($0) }
    }
}
