import Drawing
import Wording

/// Letters as outlines, each defined once, so that a picture looks the same everywhere; large rasters as PNG.
final class OutlinedLetters: SVGLetters {
    private let setter: TypeSetter
    private var names: [GlyphOutline.Key: String] = [:]

    init(_ setter: TypeSetter) { self.setter = setter }

    override func write(
        _ line: TextLine, prefix: String, to body: inout String, definitions: inout String
    ) throws(Failure) {
        guard let shaped = setter.line(line.string, line.font)?.shaped, !shaped.runs.isEmpty else { return }
        let unit = GlyphOutline.unitsPerSize / TypeSetter.referenceSize
        body += "<g transform=\"translate("
        SVGNumber.append(line.origin.x, to: &body)
        body += " "
        SVGNumber.append(line.origin.y, to: &body)
        body += line.isUpward ? ")rotate(-90)scale(" : ")scale("
        SVGNumber.append(line.font.size / GlyphOutline.unitsPerSize, to: &body, decimals: 4)
        body += ")\" fill=\"\(line.color.hex)\"\(SVGWriter.opacity("fill", line.color))>"
        for run in shaped.runs {
            for glyph in run.glyphs {
                let name = try name(of: glyph.index, in: run, prefix, &definitions)
                guard !name.isEmpty else { continue }
                body += "<use xlink:href=\"#\(name)\""
                if abs(glyph.x * unit) >= 0.5 {
                    body += " x=\""
                    SVGNumber.append(glyph.x * unit, to: &body, decimals: 0)
                    body += "\""
                }
                if abs(glyph.y * unit) >= 0.5 {
                    body += " y=\""
                    SVGNumber.append(glyph.y * unit, to: &body, decimals: 0)
                    body += "\""
                }
                body += "/>"
            }
        }
        body += "</g>"
    }

    /// The name under which a letter is defined; empty for one without ink, such as a space.
    private func name(
        of glyph: UInt, in run: ShapedLine.Run, _ prefix: String, _ definitions: inout String
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
        let name = prefix + String(names.count, radix: 36)
        names[key] = name
        definitions += "<path id=\"\(name)\" d=\"\(outline.path)\"/>"
        return name
    }

    override func picture(_ raster: Raster, enlarged factor: Int) -> String? {
        (try? PNGEncoder.encode(raster, enlarged: factor)).map { Base64.encode($0) }
    }
}
