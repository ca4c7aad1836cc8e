import Drawing
import Platform
import Wording

/// Houses, the line at one step with its errors, and the bowl of losses with the way that far.
struct LinePicture: Mark {
    var history: LineHistory
    var moment: LineHistory.Moment

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent { Extent(600, 220) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let points: Rect
        let bowl: Rect
        if rect.height > rect.width * 0.65 {
            let height = (rect.height - 24) * 0.54
            points = Rect(rect.minX, rect.minY, rect.width, height)
            bowl = Rect(rect.minX, points.maxY + 24, rect.width, rect.height - 24 - height)
        } else {
            points = Rect(rect.minX, rect.minY, rect.width * 0.57, rect.height)
            bowl = Rect(points.maxX + 36, rect.minY, rect.maxX - points.maxX - 36, rect.height)
        }
        scatter(points, space, &canvas)
        BowlPicture(history: history, moment: moment).place(in: bowl, space, onto: &canvas)
    }

    private func scatter(_ rect: Rect, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        let (low, high) = (history.areas.min() ?? 0, history.areas.max() ?? 1)
        let ends = [low, high]
        func values(_ line: LineHistory.Moment) -> [Double] { ends.map { line.slope * $0 + line.intercept } }
        // The same scale in every frame.
        let all = history.prices + history.shown.flatMap(values) + values(history.best)
        var chart = CurveChart(
            rect: Rect(rect.minX, rect.minY, rect.width, rect.height - 28), space: space,
            name: space.text(Phrase(en: "price (10,000 yuan)", zh: "房价（万元）")), steps: history.areas, values: all)
        chart.right = 14
        chart.axes(&canvas)
        func line(_ moment: LineHistory.Moment, _ stroke: Stroke) {
            let found = values(moment)
            canvas.line(Point(chart.x(low), chart.y(found[0])), Point(chart.x(high), chart.y(found[1])), stroke)
        }
        let radius = max(3.5, min(6, rect.width / 130))
        let places = history.thinned(120)
        for place in places {
            let (area, price) = (history.areas[place], history.prices[place])
            let x = chart.x(area)
            canvas.line(
                Point(x, chart.y(price)), Point(x, chart.y(moment.slope * area + moment.intercept)),
                Stroke(theme.accent(.gradient).mixed(with: theme.paper, 0.35), width: 1.5))
        }
        line(history.best, Stroke(theme.ink, width: 2, dashes: [8, 6]))
        line(moment, Stroke(theme.accent(.query), width: 4))
        for place in places {
            let center = Point(chart.x(history.areas[place]), chart.y(history.prices[place]))
            canvas.fill(.circle(center, radius: radius), theme.ink, stroke: Stroke(theme.paper, width: 1))
        }
        chart.steps(under: chart.rect.maxY, name: space.text(Phrase(en: "area (m²)", zh: "面积（m²）")), &canvas)
        canvas.hotSpot(
            chart.area,
            space.text(
                Phrase(en: "{n} houses; mean squared error {loss}", zh: "{n} 套房子；均方误差 {loss}").filled([
                    "n": Phrase("\(history.areas.count)"), "loss": Phrase(Numbers.significant(moment.loss)),
                ])), value: "\(moment.loss)")
    }
}

/// The loss of every line, slope to the right and intercept upwards: each band lies twice as far above the least. On it
/// the way of the descent.
private struct BowlPicture {
    var history: LineHistory
    var moment: LineHistory.Moment

    private static let bands = 9.0

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let area = rect.inset(by: Insets(top: 30, left: 60, bottom: 34, right: 6))
        let slopes = Self.range(history.path.map { $0.slope } + [history.best.slope])
        let intercepts = Self.range(history.path.map { $0.intercept } + [history.best.intercept])
        func point(_ slope: Double, _ intercept: Double) -> Point {
            Point(
                area.minX + (slope - slopes.lowerBound) / (slopes.upperBound - slopes.lowerBound) * area.width,
                area.maxY - (intercept - intercepts.lowerBound) / (intercepts.upperBound - intercepts.lowerBound)
                    * area.height)
        }
        map(area, slopes, intercepts, theme, &canvas)
        canvas.stroke(.rounded(area, radius: 2), Stroke(theme.muted, width: 1.5))
        let way = history.path.prefix { $0.step <= moment.step }.map { point($0.slope, $0.intercept) }
        if way.count > 1 {
            canvas.stroke(.polyline(way), Stroke(theme.paper, width: 6))
            canvas.stroke(.polyline(way), Stroke(theme.accent(.query), width: 3))
        }
        for place in way.dropLast().prefix(40) {
            canvas.fill(.circle(place, radius: 4), theme.accent(.query), stroke: Stroke(theme.paper, width: 1.5))
        }
        let best = point(history.best.slope, history.best.intercept)
        // A cross for least squares, a disc for the line now.
        for side in [Point(9, 9), Point(9, -9)] {
            canvas.line(best - side, best + side, Stroke(theme.paper, width: 7))
        }
        for side in [Point(9, 9), Point(9, -9)] {
            canvas.line(best - side, best + side, Stroke(theme.ink, width: 3))
        }
        if let now = way.last {
            canvas.fill(.circle(now, radius: 7), theme.highlight, stroke: Stroke(theme.ink, width: 2))
        }
        axes(rect, area, slopes, intercepts, space, &canvas)
        canvas.hotSpot(
            area,
            "a \(Numbers.significant(moment.slope)), b \(Numbers.significant(moment.intercept)): "
                + Numbers.significant(moment.loss), value: "\(moment.loss)")
    }

    /// Everything, with a fifth more on either side.
    private static func range(_ values: [Double]) -> ClosedRange<Double> {
        let finite = values.filter { $0.isFinite }
        let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        let pad = max((high - low) * 0.22, abs(high) * 0.01, 1e-6)
        return low - pad...high + pad
    }

    private func map(
        _ area: Rect, _ slopes: ClosedRange<Double>, _ intercepts: ClosedRange<Double>, _ theme: Theme,
        _ canvas: inout Canvas
    ) {
        let (width, height) = (max(2, Int(clamping: area.width / 3)), max(2, Int(clamping: area.height / 3)))
        func over(_ x: Double, _ y: Double) -> Double {
            let slope = slopes.lowerBound + x * (slopes.upperBound - slopes.lowerBound)
            let intercept = intercepts.upperBound - y * (intercepts.upperBound - intercepts.lowerBound)
            return max(history.loss(slope: slope, intercept: intercept) - history.best.loss, 0)
        }
        let top = [over(0, 0), over(1, 0), over(0, 1), over(1, 1)].max() ?? 1
        let raster = Raster(width: width, height: height) { x, y in
            let share = over((Double(x) + 0.5) / Double(width), (Double(y) + 0.5) / Double(height)) / max(top, 1e-300)
            // Each band is half as high as the next.
            let halvings = share > 0 ? min(-log(share) / log(2), Self.bands) : Self.bands
            let band = 1 - halvings.rounded(.down) / Self.bands
            return theme.paper.mixed(with: theme.full, 0.04 + 0.62 * band)
        }
        canvas.add(.image(raster, area))
    }

    private func axes(
        _ rect: Rect, _ area: Rect, _ slopes: ClosedRange<Double>, _ intercepts: ClosedRange<Double>, _ space: Space,
        _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let heads = [
            Phrase(
                en: "intercept b; each band outwards: twice as far above the least loss",
                zh: "截距 b；每向外一圈，比最小损失高出的部分翻倍"),
            Phrase(en: "intercept b; bands of equal loss", zh: "截距 b；每一圈上损失相近"),
        ].map(space.text)
        let head = heads.first { space.width(of: $0, .small) <= rect.width } ?? heads[1]
        canvas.text(
            space.shortened(head, .small, to: rect.width), at: Point(rect.minX, rect.minY + 9), .small, theme.muted,
            .leading, in: space)
        let name = space.text(Phrase(en: "slope a", zh: "斜率 a"))
        canvas.text(name, at: Point(rect.minX, area.maxY + 20), .small, theme.muted, .leading, in: space)
        var taken = rect.minX + space.width(of: name, .small) + 8
        for tick in Plot.ticks(slopes, count: max(2, Int(clamping: area.width / 50))) {
            let x = area.minX + (tick - slopes.lowerBound) / (slopes.upperBound - slopes.lowerBound) * area.width
            let text = Numbers.significant(tick, digits: 2)
            let half = space.width(of: text, .mono(.small)) / 2
            guard x - half > taken, x + half < rect.maxX + 2 else { continue }
            taken = x + half + 8
            canvas.text(text, at: Point(x, area.maxY + 20), .mono(.small), theme.muted, in: space)
        }
        for tick in Plot.ticks(intercepts, count: max(2, Int(clamping: area.height / 60))) {
            let y =
                area.maxY - (tick - intercepts.lowerBound) / (intercepts.upperBound - intercepts.lowerBound)
                * area.height
            guard y < area.maxY - 6, y > area.minY + 2 else { continue }
            canvas.text(
                Numbers.significant(tick, digits: 2), at: Point(area.minX - 8, y), .mono(.small), theme.muted,
                .trailing, in: space)
        }
    }
}
