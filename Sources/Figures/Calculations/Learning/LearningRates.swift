import Drawing
import Models
import Training
import Wording

/// The same data descended with three rates: too low, right, too high.
package enum LearningRates: CalculationFigure {
    package static let id = "learning-rates"
    package static let title = Phrase(en: "Three learning rates on the same data", zh: "同一组数据，三个学习率")
    package static let example = "learning-rates(0.03, 0.4, 1.04)"

    private static let steps = 12

    private struct Run: Sendable {
        var rate: Double
        /// The mean squared error before the first step and after each.
        var losses: [Double]
        var least: Double
        /// Whether each step lands on the other side of the best line.
        var leaps: Bool

        /// What is left of what there was to gain.
        var left: Double { max((losses[losses.count - 1] - least) / max(losses[0] - least, 1e-12), 1e-9) }

        var verdict: Phrase {
            if leaps, left > 0.1 {
                if left > 1.02 {
                    return Phrase(en: "too high: it overshoots further each time", zh: "太高：每一步都越过谷底，越走越远")
                }
                return left > 0.98
                    ? Phrase(en: "at the edge: across the bottom and as far off again", zh: "正在边上：每一步越过谷底，又离得一样远")
                    : Phrase(en: "too high: it leaps across and comes nearer slowly", zh: "太高：来回越过谷底，靠近得很慢")
            }
            return left > 0.1
                ? Phrase(en: "too low: not there yet", zh: "太低：还没有走到") : Phrase(en: "right: it arrives", zh: "合适：走到了")
        }
    }

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        var runs: [Run] = []
        for (place, usual) in [0.03, 0.4, 1.04].enumerated() {
            runs.append(try run(try given.number(place, usual, in: 0.000_1...1.5)))
        }
        let shown = runs
        let words = runs.map { run in
            Phrase(en: "{rate} leaves {left}", zh: "{rate} 还剩 {left}").filled([
                "rate": Phrase(Numbers.plain(run.rate)), "left": Phrase(Numbers.percent(run.left)),
            ])
        }
        let takeaway = Phrase(
            en: "Of the error above the least, {steps} {steps|step|steps} at a rate of "
                + words.map { $0.english }.joined(separator: ", of ") + ".",
            zh: "高出最小值的误差，走 {steps} 步之后：学习率 " + words.map { $0.chinese }.joined(separator: "，") + "。"
        ).filled(["steps": Phrase("\(steps)")])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "A line through the prices of 40 houses, by gradient descent; only the rate differs.",
                zh: "用梯度下降给 40 套房子的价格拟合直线，只有学习率不同。"),
            formula: Formula(#"\theta \gets \theta - \eta\, \role{gradient}{\nabla L}"#), takeaway: takeaway,
            altText: Phrase(
                en: "Three charts of the loss over {steps} {steps|step|steps}, with learning rates {rates}. {takeaway}",
                zh: "三张损失曲线，各 {steps} 步，学习率为 {rates}。{takeaway}"
            ).filled([
                "steps": Phrase("\(steps)"), "takeaway": takeaway,
                "rates": Phrase.list(runs.map { Numbers.plain($0.rate) }),
            ])
        ) { _ in
            // One scale for all that go down; what climbs beyond it needs its own.
            Panels(least: Size(250, 200), shape: 1.0, shown.map { panel($0) }).steady()
        }
    }

    private static func run(_ rate: Double) throws(Failure) -> Run {
        var descent = try LineDescent(
            LineSettings(houses: 40, area: 40...140, slope: 3, intercept: 60, noise: 25, rate: rate, seed: 1),
            steps: steps)
        var losses = [descent.loss]
        var slopes = [descent.line.slopes[0]]
        for _ in 0..<steps {
            try descent.update()
            losses.append(descent.loss)
            slopes.append(descent.line.slopes[0])
        }
        // Where a good rate ends: the least squares, up to what is seen.
        var best = try LineDescent(
            LineSettings(houses: 40, area: 40...140, slope: 3, intercept: 60, noise: 25, rate: 0.4, seed: 1), steps: 60)
        for _ in 0..<60 { try best.update() }
        let sides = slopes.map { $0 > best.line.slopes[0] }
        let leaps = zip(sides, sides.dropFirst()).allSatisfy { $0 != $1 }
        return Run(rate: rate, losses: losses, least: best.loss, leaps: leaps)
    }

    private static func panel(_ run: Run) -> Panels.Panel {
        Panels.Panel(
            name: Phrase(en: "rate {rate}", zh: "学习率 {rate}").filled(["rate": Phrase(Numbers.plain(run.rate))]),
            note: run.verdict
        ) { rect, space, canvas in
            let theme = space.theme
            let steps = run.losses.indices.map { Double($0) }
            let chart = Chart(
                in: Rect(rect.minX, rect.minY, rect.width, rect.height - Font.small.size * 2),
                Phrase(en: "mean squared error", zh: "均方误差"), x: AxisScale(steps: steps),
                y: AxisScale(values: run.losses), right: 16, space)
            chart.values(&canvas)
            let least = chart.line(run.least)
            canvas.fill(.rectangle(Rect(chart.area.minX, least - 1, chart.area.width, 2)), theme.accent(.value))
            chart.draw(Chart.Curve(steps, run.losses, theme.accent(.gradient), width: 4), &canvas)
            for (step, loss) in zip(steps, run.losses) {
                canvas.fill(
                    .circle(chart.point(step, loss), radius: 6), theme.accent(.gradient),
                    stroke: Stroke(theme.paper, width: 1.5))
            }
            chart.steps(under: chart.rect.maxY, name: Phrase(en: "step", zh: "步"), &canvas)
        }
    }
}
