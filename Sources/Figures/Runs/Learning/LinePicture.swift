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
        let chart = Chart(
            in: Rect(rect.minX, rect.minY, rect.width, rect.height - 28),
            Phrase(en: "price (10,000 yuan)", zh: "房价（万元）"), x: AxisScale(steps: history.areas),
            y: AxisScale(values: all), right: 14, space)
        chart.values(&canvas)
        func line(_ moment: LineHistory.Moment, _ stroke: Stroke) {
            chart.slope(moment.slope, moment.intercept, stroke, &canvas)
        }
        let radius = max(3.5, min(6, rect.width / 130))
        let places = history.thinned(120)
        for place in places {
            let (area, price) = (history.areas[place], history.prices[place])
            canvas.line(
                chart.point(area, price), chart.point(area, moment.slope * area + moment.intercept),
                Stroke(theme.accent(.gradient).mixed(with: theme.paper, 0.35), width: 1.5))
        }
        line(history.best, Stroke(theme.ink, width: 2, dashes: [8, 6]))
        line(moment, Stroke(theme.accent(.query), width: 4))
        for place in places {
            let center = chart.point(history.areas[place], history.prices[place])
            canvas.fill(.circle(center, radius: radius), theme.ink, stroke: Stroke(theme.paper, width: 1))
        }
        chart.steps(under: chart.rect.maxY, name: Phrase(en: "area (m²)", zh: "面积（m²）"), &canvas)
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
        let heads = [
            Phrase(
                en: "intercept b; each band outwards: twice as far above the least loss",
                zh: "截距 b；每向外一圈，比最小损失高出的部分翻倍"),
            Phrase(en: "intercept b; bands of equal loss", zh: "截距 b；每一圈上损失相近"),
        ]
        let head = heads.first { space.width(of: space.text($0), .small) <= rect.width } ?? heads[1]
        var chart = Chart(
            in: rect, head, x: AxisScale(around: history.path.map { $0.slope } + [history.best.slope], room: 0.22),
            y: AxisScale(around: history.path.map { $0.intercept } + [history.best.intercept], room: 0.22), space)
        chart.name = space.shortened(chart.name, .small, to: rect.width)
        let area = rect.inset(by: Insets(top: 30, left: 60, bottom: 34, right: 6))
        chart.area = area
        chart.values(&canvas)
        chart.steps(under: area.maxY + 2, name: Phrase(en: "slope a", zh: "斜率 a"), whole: false, &canvas)
        map(chart, theme, &canvas)
        func point(_ slope: Double, _ intercept: Double) -> Point { chart.point(slope, intercept) }
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
        canvas.hotSpot(
            area,
            "a \(Numbers.significant(moment.slope)), b \(Numbers.significant(moment.intercept)): "
                + Numbers.significant(moment.loss), value: "\(moment.loss)")
    }

    private func map(_ chart: Chart, _ theme: Theme, _ canvas: inout Canvas) {
        func over(_ slope: Double, _ intercept: Double) -> Double {
            max(history.loss(slope: slope, intercept: intercept) - history.best.loss, 0)
        }
        let corners = [0.0, 1].flatMap { x in [0.0, 1].map { over(chart.x.value(at: x), chart.y.value(at: $0)) } }
        let top = max(corners.max() ?? 1, 1e-300)
        chart.field(
            { slope, intercept in
                let share = over(slope, intercept) / top
                // Each band is half as high as the next.
                let halvings = share > 0 ? min(-log(share) / log(2), Self.bands) : Self.bands
                let band = 1 - halvings.rounded(.down) / Self.bands
                return theme.paper.mixed(with: theme.full, 0.04 + 0.62 * band)
            }, &canvas)
    }
}
