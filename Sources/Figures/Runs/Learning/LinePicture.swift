import Drawing
import Platform
import Wording

/// Houses, the line at one step with its errors, and the bowl of losses with the way that far.
struct LinePicture: Mark {
    var history: LineHistory
    var moment: LineHistory.Moment

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent { Extent(max(600, min(space.width, 1000)), 220) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let bowl = BowlPicture(history: history, moment: moment)
        guard rect.height <= rect.width * 0.8 else {
            let height = (rect.height - 24) * 0.42
            scatter(Rect(rect.minX, rect.minY, rect.width, height), space, &canvas)
            let rest = Rect(rect.minX, rect.minY + height + 24, rect.width, rect.height - 24 - height)
            bowl.place(in: rest, space, onto: &canvas)
            return
        }
        let width = rect.width * 0.54
        scatter(Rect(rect.minX, rect.minY, width, rect.height), space, &canvas)
        bowl.place(
            in: Rect(rect.minX + width + 36, rect.minY, rect.width - width - 36, rect.height), space, onto: &canvas)
    }

    /// The same scale in every frame; a line that swings out of all proportion leaves it.
    private var prices: [Double] {
        let (low, high) = (history.areas.min() ?? 0, history.areas.max() ?? 1)
        let best = [low, high].map { history.best.slope * $0 + history.best.intercept }
        let known = history.prices + best
        let (least, most) = (known.min() ?? 0, known.max() ?? 1)
        let room = (most - least) * 0.35
        let lines = history.shown.flatMap { line in [low, high].map { line.slope * $0 + line.intercept } }
        return known + lines.filter { $0.isFinite }.map { min(max($0, least - room), most + room) }
    }

    private func scatter(_ rect: Rect, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        let chart = Chart(
            in: Rect(rect.minX, rect.minY, rect.width, rect.height - 28),
            Phrase(en: "price (10,000 yuan)", zh: "房价（万元）"), x: AxisScale(steps: history.areas),
            y: AxisScale(values: prices), right: 14, space)
        chart.values(&canvas)
        func line(_ moment: LineHistory.Moment, _ stroke: Stroke) {
            let ends = [chart.x.range.lowerBound, chart.x.range.upperBound].map {
                chart.point($0, moment.slope * $0 + moment.intercept)
            }
            guard let piece = chart.area.clipped(ends[0], ends[1]) else { return }
            canvas.line(piece.0, piece.1, stroke)
        }
        let radius = max(3.5, min(6, rect.width / 130))
        let places = history.thinned(120)
        for place in places {
            let (area, price) = (history.areas[place], history.prices[place])
            let ends = (chart.point(area, price), chart.point(area, moment.slope * area + moment.intercept))
            guard let piece = chart.area.clipped(ends.0, ends.1) else { continue }
            canvas.line(piece.0, piece.1, Stroke(theme.accent(.gradient).mixed(with: theme.paper, 0.35), width: 1.5))
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
                Phrase(en: "{n} {n|house|houses}; mean squared error {loss}", zh: "{n} 套房子；均方误差 {loss}").filled([
                    "n": Phrase("\(history.areas.count)"), "loss": Phrase(Numbers.significant(moment.loss)),
                ])), value: "\(moment.loss)")
    }
}
