import Drawing
import Tensors
import Tracing
import Wording

/// PPO's objective against the ratio of probabilities, for an answer better and one worse than expected.
package enum PPOClip: CalculationFigure {
    package static let id = "ppo-clip"
    package static let title = Phrase(en: "PPO's clip: no reward for going too far", zh: "PPO 的裁剪：走得太远没有奖励")
    package static let example = "ppo-clip(0.2)"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let epsilon = try given.number(0, 0.2, in: 0.01...0.9)
        let ratios = (0...200).map { Float($0) / 100 }
        let tensor = try Tensor([ratios.count], ratios)
        let rule = ClippedObjective(epsilon: epsilon)
        let curves = try [1.0, -1].map { (advantage) throws(Failure) -> (advantage: Double, values: [Double]) in
            let clipped = try rule.evaluate([tensor, Tensor([ratios.count], repeating: Float(advantage))])
            return (advantage, clipped.scalars.map { Double($0) })
        }
        let (low, high) = (Numbers.plain(1 - epsilon), Numbers.plain(1 + epsilon))
        let takeaway = Phrase(
            en:
                "Of a good answer nothing is gained beyond a ratio of {high}, of a bad one nothing below {low}: there the line is flat, its gradient 0.",
            zh: "好的回答，比值超过 {high} 就不再多得；差的回答，低于 {low} 也不再多得：那里曲线是平的，梯度为 0。"
        ).filled(["low": Phrase(low), "high": Phrase(high)])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The ratio says how much more probable the answer has become since it was written.",
                zh: "比值：比起当初生成时，这个回答现在的概率是多少倍。"),
            formula: Formula(
                #"\min\left(r A,\; \mathrm{clip}(r, 1 - \epsilon, 1 + \epsilon)\, A\right), \quad r = \frac{\pi}{\pi_{\text{old}}}"#
            ),
            takeaway: takeaway,
            legend: [
                LegendKey(.line(.role(.value), dashed: false), Phrase(en: "what PPO maximises", zh: "PPO 最大化的目标")).any,
                LegendKey(.line(.muted, dashed: true), Phrase(en: "without the clip: r A", zh: "不裁剪：r A")).any,
                LegendKey(.fill(.highlight), Phrase(en: "between 1 − ε and 1 + ε", zh: "1 − ε 到 1 + ε 之间")).any,
            ],
            altText: Phrase(
                en:
                    "Two charts of the objective over the ratio from 0 to 2. For an advantage of 1 it rises to {high} and is flat after it; for −1 it is flat at −{low} up to a ratio of {low} and falls after it. {takeaway}",
                zh: "两张图，横轴是 0 到 2 的比值。优势为 1 时目标升到 {high} 之后变平；优势为 −1 时在比值 {low} 之前平在 −{low}，之后下降。{takeaway}"
            ).filled(["low": Phrase(low), "high": Phrase(high), "takeaway": takeaway])
        ) { _ in
            Panels(least: Size(320, 220), shape: 1.4, curves.map { panel($0.advantage, $0.values, ratios, epsilon) })
                .steady()
        }
    }

    private static func panel(_ advantage: Double, _ values: [Double], _ ratios: [Float], _ epsilon: Double)
        -> Panels.Panel
    {
        let steps = ratios.map { Double($0) }
        return Panels.Panel(
            name: advantage > 0
                ? Phrase(en: "better than expected: A = 1", zh: "比预期好：A = 1")
                : Phrase(en: "worse than expected: A = −1", zh: "比预期差：A = −1")
        ) { rect, space, canvas in
            let theme = space.theme
            let range = advantage > 0 ? 0.0...2 : -2.0...0
            let chart = Chart(
                in: Rect(rect.minX, rect.minY, rect.width, rect.height - Font.small.size * 2),
                Phrase(en: "objective", zh: "目标"),
                x: AxisScale(0...2), y: AxisScale(range), right: 12, space)
            let band = Rect(
                chart.column(1 - epsilon), chart.area.minY, chart.column(1 + epsilon) - chart.column(1 - epsilon),
                chart.area.height)
            canvas.fill(.rectangle(band), theme.paper.mixed(with: theme.highlight, 0.22))
            chart.values(&canvas)
            chart.draw(
                Chart.Curve(steps, steps.map { $0 * advantage }, theme.muted, width: 2.5, dashes: [8, 6]), &canvas)
            chart.draw(Chart.Curve(steps, values, theme.accent(.value), width: 5), &canvas)
            let edge = advantage > 0 ? 1 + epsilon : 1 - epsilon
            canvas.fill(
                .circle(chart.point(edge, edge * advantage), radius: 8), theme.highlight,
                stroke: Stroke(theme.ink, width: 2))
            chart.steps(under: chart.rect.maxY, name: Phrase(en: "ratio r", zh: "比值 r"), whole: false, &canvas)
        }
    }
}
