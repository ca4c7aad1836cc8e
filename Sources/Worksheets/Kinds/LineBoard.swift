import Drawing
import Wording

/// Squared paper with points and a line, and room to draw another one.
struct LineBoard: Sendable {
    typealias Line = (slope: Double, intercept: Double)

    let points: [(x: Double, y: Double)]
    let before: Line
    /// Drawn among the answers.
    let after: Line

    private static let width = 236.0
    private static let height = 196.0

    func mark(isAnswered: Bool) -> AnyMark {
        Drawn(Self.width, Self.height) { rect, space, canvas in draw(isAnswered, in: rect, space, &canvas) }.any
    }

    private func draw(_ isAnswered: Bool, in rect: Rect, _ space: Space, _ canvas: inout Canvas) {
        let xs = (points.map(\.x).min() ?? 0) - 1...(points.map(\.x).max() ?? 0) + 1
        let ends = [xs.lowerBound, xs.upperBound]
        // Both lines are seen whole, so that the new one has room on the paper.
        let heights = points.map(\.y) + ends.flatMap { [value(before, $0), value(after, $0)] } + [0]
        let ys = ((heights.min() ?? 0) - 1).rounded(.down)...((heights.max() ?? 0) + 1).rounded(.up)
        let unit = Point(
            rect.width / (xs.upperBound - xs.lowerBound), rect.height / (ys.upperBound - ys.lowerBound))
        func place(_ x: Double, _ y: Double) -> Point {
            Point(rect.minX + (x - xs.lowerBound) * unit.x, rect.maxY - (y - ys.lowerBound) * unit.y)
        }
        let theme = space.theme
        func rule(_ from: Point, _ to: Point, isAxis: Bool) {
            canvas.line(from, to, Stroke(isAxis ? theme.ink : Theme.light.hairline, width: isAxis ? 1.2 : 0.8))
        }
        for x in stride(from: xs.lowerBound, through: xs.upperBound, by: 1) {
            rule(place(x, ys.lowerBound), place(x, ys.upperBound), isAxis: x == 0)
        }
        for y in stride(from: ys.lowerBound, through: ys.upperBound, by: 1) {
            rule(place(xs.lowerBound, y), place(xs.upperBound, y), isAxis: y == 0)
        }
        func line(_ line: Line, _ stroke: Stroke) {
            canvas.line(place(ends[0], value(line, ends[0])), place(ends[1], value(line, ends[1])), stroke)
        }
        line(before, Stroke(theme.ink, width: 1.8, dashes: [7, 5]))
        if isAnswered { line(after, Stroke(theme.accent(.query), width: 2.4)) }
        for point in points {
            canvas.fill(.circle(place(point.x, point.y), radius: 4.5), theme.ink)
        }
        let corner = place(xs.lowerBound, ys.upperBound)
        let words = Phrase(en: "dashed: the line before", zh: "虚线：更新前的直线")
        canvas.text(
            space.text(words), at: Point(corner.x, corner.y - 6), .small, theme.muted,
            Alignment(horizontal: 0, vertical: 1), in: space)
    }

    private func value(_ line: Line, _ x: Double) -> Double { line.slope * x + line.intercept }
}
