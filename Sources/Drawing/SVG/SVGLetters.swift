import Wording

/// How an SVG sets text: as `<text>` in the reader's own fonts, which can be chosen and read aloud. Who has the fonts
/// at hand overrides this with their outlines.
open class SVGLetters {
    /// The family of most lines, whose fonts are named once.
    package final var common: Font.Family?

    /// Whether each line says how wide it was laid out, so that it keeps to its place in whatever fonts the reader has.
    private let keepsWidths: Bool

    public init(keepsWidths: Bool = false) { self.keepsWidths = keepsWidths }

    /// The fonts of a family, as CSS lists them; nil where a style sheet says it of the family's class.
    open func fonts(_ family: Font.Family) -> String? { nil }

    /// Whether a shape that stands there many times is defined once and then placed; a page that asks for each cell's own
    /// box does without.
    open var sharesShapes: Bool { false }

    /// The texts of a picture as markup.
    /// - Parameters:
    ///   - layers: lines between which nothing is painted, in the order of painting.
    ///   - definitions: where what they use by name is defined.
    /// - Returns: the markup of each layer.
    open func texts(of layers: [[TextLine]], definitions: inout SVGText) throws(Failure) -> [SVGText] {
        layers.map { lines in
            var text = SVGText()
            for alike in sharesShapes ? lines.grouped(by: Kind.init) : lines.map({ [$0] }) {
                guard let first = alike.first else { continue }
                if alike.count == 1 {
                    write(first, attributes: true, to: &text)
                } else {
                    text.raw("<g")
                    writeAttributes(of: first, to: &text)
                    text.raw(">")
                    for line in alike { write(line, attributes: false, to: &text) }
                    text.raw("</g>")
                }
            }
            return text
        }
    }

    /// The letters and the colour of a line.
    private struct Kind: Hashable {
        var font: Font
        var color: Color

        init(_ line: TextLine) {
            (font, color) = (line.font, line.color)
            font.size = SVGText.hundredths(font.size)
        }
    }

    private func write(_ line: TextLine, attributes: Bool, to body: inout SVGText) {
        let decimals = sharesShapes ? 1 : 2
        body.raw("<text")
        body.attribute("x", line.origin.x, decimals: decimals)
        body.attribute("y", line.origin.y, decimals: decimals)
        if attributes { writeAttributes(of: line, to: &body) }
        if line.isUpward {
            var turn = SVGText()
            turn.raw("rotate(-90 ")
            turn.number(line.origin.x, decimals: decimals)
            turn.raw(" ")
            turn.number(line.origin.y, decimals: decimals)
            turn.raw(")")
            body.attribute("transform", turn)
        }
        // A letter stands apart but in a formula, where another's index may follow at once.
        if keepsWidths, line.metrics.width > line.font.size || line.font.family == .math {
            body.attribute("textLength", line.metrics.width, decimals: 1)
            body.raw(" lengthAdjust=\"spacingAndGlyphs\"")
        }
        body.raw(">")
        body.isolated(line.string)
        body.raw("</text>")
    }

    private func writeAttributes(of line: TextLine, to body: inout SVGText) {
        if let fonts = fonts(line.font.family) {
            if line.font.family != common { body.attribute("font-family", fonts) }
        } else {
            body.attribute("class", line.font.family.rawValue)
        }
        body.attribute("font-size", line.font.size)
        if line.font.weight != .regular { body.attribute("font-weight", Double(line.font.weight.rawValue)) }
        if line.font.italic { body.attribute("font-style", "italic") }
        body.attribute("fill", line.color, opacity: "fill-opacity")
    }

    /// A large picture as a PNG in base64; nil where there is nobody to make one, and it is drawn cell by cell.
    open func picture(_ raster: Raster, enlarged factor: Int) -> String? { nil }
}
