import Drawing
import Platform
import Wording

/// The bowl of losses where descent is: over slope and intercept of the standardised line. Above, seen from above, with
/// lines of equal loss; below, cut through along the way, over the same axis.
struct BowlPicture {
    var history: LineHistory
    var moment: LineHistory.Moment

    private static let contours = 6

    /// The steps so far, as places in the bowl.
    private var way: [(slope: Double, intercept: Double, loss: Double)] {
        history.path.prefix { $0.step <= moment.step }.map { moment in
            let place = history.place(moment)
            return (place.slope, place.intercept, moment.loss)
        }
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let (bottom, reach) = (history.place(history.best), history.reach)
        let x = AxisScale(bottom.slope - reach...bottom.slope + reach)
        let line = 34.0
        let left = 78.0
        let height = (rect.height - line) * 0.54
        var above = Rect(rect.minX + left, rect.minY + 26, rect.width - left - 6, height - 26)
        // A turn of the page would only make the bowl higher than it is wide.
        above = above.inset(by: Insets(bottom: max(0, above.height - above.width)))
        let tall = reach * above.height / max(above.width, 1)
        var map = Chart(
            in: Rect(rect.minX, rect.minY, rect.width, height),
            Phrase(en: "intercept b′; each line joins equal losses", zh: "截距 b′；每条线上损失相等"), x: x,
            y: AxisScale(bottom.intercept - tall...bottom.intercept + tall), space)
        map.area = above
        map.name = space.shortened(map.name, .small, to: rect.width)
        paint(map, bottom, space, &canvas)
        var cut = Chart(
            in: Rect(rect.minX, above.maxY + 10, rect.width, rect.maxY - line - above.maxY - 10),
            Phrase(en: "mean squared error, cut along the way", zh: "均方误差（沿路剖开）"), x: x,
            y: AxisScale(values: [0, history.loss(distance: reach)]), space)
        cut.area = Rect(above.minX, cut.rect.minY + 26, above.width, cut.rect.height - 30)
        cut.name = space.shortened(cut.name, .small, to: rect.width)
        paint(cut: cut, bottom, space, &canvas)
        let name = Phrase(en: "slope a′ (of the standardised numbers)", zh: "斜率 a′（标准化之后）")
        let short = Phrase(en: "slope a′", zh: "斜率 a′")
        let isLong = space.width(of: space.text(name), .small) < rect.width * 0.55
        cut.steps(under: cut.area.maxY + 2, name: isLong ? name : short, whole: false, &canvas)
        canvas.hotSpot(
            above,
            "a′ \(Numbers.significant(history.place(moment).slope)), "
                + "b′ \(Numbers.significant(history.place(moment).intercept)): \(Numbers.significant(moment.loss))",
            value: "\(moment.loss)")
    }

    /// From above: round, because the numbers are standardised.
    private func paint(
        _ chart: Chart, _ bottom: (slope: Double, intercept: Double), _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let corner = hypot(history.reach, history.reach * chart.area.height / max(chart.area.width, 1))
        let count = Self.contours
        canvas.fill(.rectangle(chart.area), theme.paper.mixed(with: theme.full, 0.5))
        for ring in (1...count).reversed() {
            // Evenly spaced losses: the further out, the closer the lines.
            let radius = corner * (Double(ring) / Double(count)).squareRoot()
            let circle = (0..<120).map { step -> Point in
                let angle = Double(step) / 120 * 2 * Double.pi
                return chart.point(bottom.slope + radius * cos(angle), bottom.intercept + radius * sin(angle))
            }
            let shade = 0.04 + 0.46 * Double(ring - 1) / Double(count)
            canvas.fill(
                .polyline(chart.area.clipped(circle), closed: true), theme.paper.mixed(with: theme.full, shade),
                stroke: Stroke(theme.paper, width: 1))
        }
        canvas.stroke(.rectangle(chart.area), Stroke(theme.muted, width: 1.5))
        chart.values(&canvas, across: false)
        paint(way.map { chart.point($0.slope, $0.intercept) }, in: chart, theme, &canvas)
        let best = chart.point(bottom.slope, bottom.intercept)
        // A cross for least squares.
        for (color, width) in [(theme.paper, 6.0), (theme.ink, 2.5)] {
            for side in [Point(8, 8), Point(8, -8)] {
                canvas.line(best - side, best + side, Stroke(color, width: width))
            }
        }
    }

    private func paint(
        cut chart: Chart, _ bottom: (slope: Double, intercept: Double), _ space: Space, _ canvas: inout Canvas
    ) {
        let (theme, reach) = (space.theme, history.reach)
        chart.values(&canvas)
        let wall = (0...80).map { step -> Point in
            let away = reach * (Double(step) / 40 - 1)
            return chart.point(bottom.slope + away, history.loss(distance: away))
        }
        canvas.stroke(.polyline(wall), Stroke(theme.muted, width: 2.5))
        paint(way.map { chart.point($0.slope, $0.loss) }, in: chart, theme, &canvas)
    }

    /// Step by step, as far as the picture reaches.
    private func paint(_ points: [Point], in chart: Chart, _ theme: Theme, _ canvas: inout Canvas) {
        let frame = chart.area.inset(by: Insets(horizontal: -0.5, vertical: -0.5))
        for (from, to) in zip(points, points.dropFirst()).prefix(400) {
            guard from.x.isFinite, to.x.isFinite, let piece = frame.clipped(from, to) else { continue }
            canvas.line(piece.0, piece.1, Stroke(theme.accent(.query), width: 2.5))
        }
        for point in points.dropLast().prefix(40) where frame.contains(point) {
            canvas.fill(.circle(point, radius: 4), theme.accent(.query), stroke: Stroke(theme.paper, width: 1.5))
        }
        if let now = points.last, frame.contains(now) {
            canvas.fill(.circle(now, radius: 7), theme.highlight, stroke: Stroke(theme.ink, width: 2))
        }
    }
}

extension Rect {
    /// The piece of a straight line that lies inside (Liang and Barsky 1984).
    func clipped(_ from: Point, _ to: Point) -> (Point, Point)? {
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        guard dx.isFinite, dy.isFinite else { return nil }
        var (start, end) = (0.0, 1.0)
        for (step, room) in [(-dx, from.x - minX), (dx, maxX - from.x), (-dy, from.y - minY), (dy, maxY - from.y)] {
            if step == 0 {
                if room < 0 { return nil }
            } else if step < 0 {
                start = max(start, room / step)
            } else {
                end = min(end, room / step)
            }
        }
        guard start <= end else { return nil }
        return (Point(from.x + start * dx, from.y + start * dy), Point(from.x + end * dx, from.y + end * dy))
    }

    /// What of a convex shape lies inside (Sutherland and Hodgman 1974).
    func clipped(_ shape: [Point]) -> [Point] {
        var shape = shape
        let sides: [(Point) -> Double] = [
            { $0.x - minX }, { maxX - $0.x }, { $0.y - minY }, { maxY - $0.y },
        ]
        for inside in sides {
            var kept: [Point] = []
            for (place, point) in shape.enumerated() {
                let last = shape[(place + shape.count - 1) % shape.count]
                let (a, b) = (inside(last), inside(point))
                if (a < 0) != (b < 0) {
                    let share = a / (a - b)
                    kept.append(Point(last.x + share * (point.x - last.x), last.y + share * (point.y - last.y)))
                }
                if b >= 0 { kept.append(point) }
            }
            shape = kept
        }
        return shape
    }
}
