import Wording

/// Delimiters drawn as outlines, since a larger glyph would also be a thicker one.
struct MathFence {
    var layout: MathLayout
    /// From the axis to either end.
    var reach: Double

    func box(_ sign: String) -> Formula.Box {
        let em = layout.size
        let axis = 0.25 * em
        let (top, bottom) = (-axis - reach, -axis + reach)
        let thin = max(1.2, 0.05 * em)
        var path = Path()
        var width = min(0.52 * em, 0.26 * em + 0.05 * reach)
        let isLeft = "([{⟨⌊".contains(sign)
        func x(_ share: Double) -> Double { isLeft ? width * share : width * (1 - share) }
        switch sign {
        case "(", ")":
            let thick = 0.085 * em / width
            path.move(to: Point(x(1), top))
            path.curve(
                to: Point(x(1), bottom), Point(x(-0.33), top + reach * 0.6), Point(x(-0.33), bottom - reach * 0.6))
            path.curve(
                to: Point(x(1), top), Point(x(-0.33 + thick * 1.33), bottom - reach * 0.6),
                Point(x(-0.33 + thick * 1.33), top + reach * 0.6))
            path.close()
            return Formula.Box(
                width: width, ascent: -top, descent: bottom,
                items: [Item(.path(path, fill: layout.color, stroke: Stroke(layout.color, width: 0.6)))])
        case "[", "]":
            width = 0.22 * em
            path = .polyline([Point(x(1), top), Point(x(0.3), top), Point(x(0.3), bottom), Point(x(1), bottom)])
        case "⌊", "⌋":
            width = 0.22 * em
            path = .polyline([Point(x(0.3), top), Point(x(0.3), bottom), Point(x(1), bottom)])
        case "{", "}":
            width = 0.36 * em
            let bend = min(reach * 0.5, 0.34 * em)
            path.move(to: Point(x(1), top))
            path.curve(to: Point(x(0.5), top + bend), Point(x(0.6), top), Point(x(0.5), top + bend * 0.4))
            path.line(to: Point(x(0.5), -axis - bend))
            path.curve(to: Point(x(0), -axis), Point(x(0.5), -axis - bend * 0.3), Point(x(0.4), -axis))
            path.curve(to: Point(x(0.5), -axis + bend), Point(x(0.4), -axis), Point(x(0.5), -axis + bend * 0.3))
            path.line(to: Point(x(0.5), bottom - bend))
            path.curve(to: Point(x(1), bottom), Point(x(0.5), bottom - bend * 0.4), Point(x(0.6), bottom))
        case "⟨", "⟩":
            width = 0.26 * em
            path = .polyline([Point(x(1), top), Point(x(0), -axis), Point(x(1), bottom)])
        case "‖":
            width = 0.34 * em
            path = .line(Point(width * 0.3, top), Point(width * 0.3, bottom))
            path.add(.line(Point(width * 0.7, top), Point(width * 0.7, bottom)))
        case "/":
            width = 0.4 * em + 0.2 * reach
            path = .line(Point(0, bottom), Point(width, top))
        default:
            width = 0.22 * em
            path = .line(Point(width / 2, top), Point(width / 2, bottom))
        }
        return Formula.Box(
            width: width, ascent: -top, descent: bottom,
            items: [Item(.path(path, fill: nil, stroke: Stroke(layout.color, width: thin, isRound: false)))])
    }
}
