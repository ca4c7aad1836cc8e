import Wording

/// How an SVG sets text: as `<text>` in the reader's own fonts, which can be chosen and read aloud. Who has the fonts
/// at hand overrides this with their outlines.
open class SVGLetters {
    public init() {}

    /// Writes a line of text to `body`, and what it uses by name to `definitions`.
    open func write(
        _ line: TextLine, prefix: String, to body: inout String, definitions: inout String
    ) throws(Failure) {
        guard !line.string.isEmpty else { return }
        let (x, y) = (SVGNumber.string(line.origin.x), SVGNumber.string(line.origin.y))
        body += "<text x=\"\(x)\" y=\"\(y)\" class=\"\(line.font.family.rawValue)\" font-size=\""
        body += SVGNumber.string(line.font.size) + "\""
        if line.font.weight != .regular { body += " font-weight=\"\(line.font.weight.rawValue)\"" }
        if line.font.italic { body += " font-style=\"italic\"" }
        body += " fill=\"\(line.color.hex)\"\(SVGWriter.opacity("fill", line.color))"
        if line.isUpward { body += " transform=\"rotate(-90 \(x) \(y))\"" }
        body += ">\(line.string.escaped)</text>"
    }

    /// A large picture as a PNG in base64; nil where there is nobody to make one, and it is drawn cell by cell.
    open func picture(_ raster: Raster, enlarged factor: Int) -> String? { nil }
}
