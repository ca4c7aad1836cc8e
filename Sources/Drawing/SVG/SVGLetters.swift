import Wording

/// How an SVG sets text: as `<text>` in the reader's own fonts, which can be chosen and read aloud. Who has the fonts
/// at hand overrides this with their outlines.
open class SVGLetters {
    /// The family of most lines, whose fonts are named once.
    package final var common: Font.Family?

    public init() {}

    /// The fonts of a family, as CSS lists them; nil where a style sheet says it of the family's class.
    open func fonts(_ family: Font.Family) -> String? { nil }

    /// Whether a shape that stands there many times is defined once and then placed; a page that asks for each cell's own
    /// box does without.
    open var sharesShapes: Bool { false }

    /// Told every line before the first is written.
    open func prepare(_ lines: [TextLine]) {}

    /// Writes a line of text to `body`, and what it uses by name to `definitions`.
    open func write(
        _ line: TextLine, to body: inout SVGText, definitions: inout SVGText
    ) throws(Failure) {
        guard !line.string.isEmpty else { return }
        body.raw("<text")
        body.attribute("x", line.origin.x)
        body.attribute("y", line.origin.y)
        if let fonts = fonts(line.font.family) {
            if line.font.family != common { body.attribute("font-family", fonts) }
        } else {
            body.attribute("class", line.font.family.rawValue)
        }
        body.attribute("font-size", line.font.size)
        if line.font.weight != .regular { body.attribute("font-weight", Double(line.font.weight.rawValue)) }
        if line.font.italic { body.attribute("font-style", "italic") }
        body.attribute("fill", line.color, opacity: "fill-opacity")
        if line.isUpward {
            var turn = SVGText()
            turn.raw("rotate(-90 ")
            turn.number(line.origin.x)
            turn.raw(" ")
            turn.number(line.origin.y)
            turn.raw(")")
            body.attribute("transform", turn)
        }
        body.raw(">")
        body.isolated(line.string)
        body.raw("</text>")
    }

    /// A large picture as a PNG in base64; nil where there is nobody to make one, and it is drawn cell by cell.
    open func picture(_ raster: Raster, enlarged factor: Int) -> String? { nil }
}
