import Drawing
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
        let outline: GlyphOutline
        if let known = setter.outlines[key] {
            outline = known
        } else {
            do throws(RenderingError) {
                outline = try GlyphOutline.read(glyph, of: run.font)
            } catch {
                throw Failure(error)
            }
            setter.outlines[key] = outline
        }
        guard !outline.path.isEmpty else {
            names[key] = ""
            return ""
        }
        let name = String(names.count, radix: 36)
        names[key] = name
        definitions.raw("<path id=\"")
        definitions.beginName()
        definitions.raw(name)
        definitions.raw("\"")
        definitions.attribute("d", outline.path)
        definitions.raw("/>")
        return name
    }

    override func picture(_ raster: Raster, enlarged factor: Int) -> String? {
        (try? PNGEncoder.encode(raster, enlarged: factor)).map { Base64.encode($0) }
    }
}
