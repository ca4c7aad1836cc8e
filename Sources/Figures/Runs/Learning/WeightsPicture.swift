import Drawing
import Models
import Training
import Wording

/// The three weights over the people that they were learned from, and the friend's share of them.
struct WeightsPicture: Mark {
    /// The first is before anybody.
    var people: [Double]
    /// `[weight][after so many people]`
    var weights: [[Double]]
    var thresholds: [Double]
    var shares: [Double]

    /// The rule is applied again, which gives the same weights.
    init(recipe: PerceptronRecipe, people count: Int) throws {
        var lessons = PerceptronLessons(recipe.settings, people: count)
        var history = [(0, lessons.perceptron)]
        while !lessons.isFinished {
            let known = lessons.records.count
            try lessons.update()
            if lessons.records.count > known { history.append((lessons.step, lessons.perceptron)) }
        }
        people = history.map { Double($0.0) }
        let all = history.map { $0.1.weights() }
        weights = (0..<(all.first?.count ?? 0)).map { place in all.map { $0[place] } }
        thresholds = history.map { $0.1.threshold() }
        shares = history.map { PerceptronLessons.friendShare($0.1) }
    }

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent { Extent(max(560, min(space.width, 980)), 230) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let low = max(70, rect.height * 0.24)
        let looks: [(Color, [Double], Double)] = [
            (theme.muted, [8, 5], 2.25), (theme.muted, [2, 4], 2.25), (theme.accent(.query), [], 3.5),
        ]
        var curves = weights.enumerated().map { place, values in
            let look = looks[min(place, 2)]
            let names = PerceptronFigures.features
            return Chart.Curve(
                people, values, look.0, width: look.2, dashes: look.1,
                name: space.text(place < names.count ? names[place] : Phrase("w\(place + 1)")))
        }
        curves.append(
            Chart.Curve(
                people, thresholds, theme.accent(.gradient), width: 2, dashes: [12, 4, 2, 4],
                name: space.text(Phrase(en: "threshold", zh: "阈值"))))
        let (right, steps) = (Chart.room(curves, space), AxisScale(steps: people, logarithmic: true))
        let chart = Chart(
            in: Rect(rect.minX, rect.minY, rect.width, rect.height - low - 14 - 30),
            Phrase(en: "weights and threshold", zh: "权重和阈值"), x: steps,
            y: AxisScale(values: curves.flatMap { $0.values }), right: right, space)
        chart.values(&canvas)
        for curve in curves { chart.draw(curve, &canvas) }
        chart.ends(curves, &canvas)
        let share = Chart(
            in: Rect(rect.minX, chart.rect.maxY + 14, rect.width, low),
            Phrase(en: "the friend's share of the weights", zh: "“朋友”占权重的比例"), x: steps,
            y: AxisScale(values: shares + [0, 1]), right: right, share: true, space)
        share.ends(of: shares + [0, 1], &canvas)
        let curve = Chart.Curve(people, shares, theme.accent(.query))
        share.draw(curve, &canvas)
        share.ends([curve], &canvas)
        share.steps(under: share.rect.maxY, name: Phrase(en: "people", zh: "人数"), &canvas)
        canvas.hotSpot(
            chart.area,
            curves.compactMap { curve in
                curve.name.map { "\($0) \(Numbers.significant(curve.values.last ?? .nan))" }
            }.joined(separator: ", "))
    }
}
