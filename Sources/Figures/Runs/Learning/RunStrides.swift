import Drawing
import Training
import Wording

/// How long the strides of a training were: its learning rate over the updates, and the gradients' norm before and
/// after clipping.
package enum RunStrides {
    package static func slides(_ records: [TrainingRecord], _ recipe: any Recipe) -> [Slide] {
        guard let recipe = recipe as? any TrainedRecipe, records.count > 1 else { return [] }
        let training = recipe.training
        var most: Double?
        if case .norm(let norm) = training.clip { most = norm }
        return [
            Set(records.map { $0.learningRate }).count > 1 ? rates(records, training.schedule) : nil,
            records.contains { $0.gradientNorm != nil } ? norms(records, most) : nil,
        ].compactMap { $0 }
    }

    // MARK: The learning rate

    private static func rates(_ records: [TrainingRecord], _ schedule: Schedule) -> Slide {
        let rates = records.map { $0.learningRate }
        let steps = records.map { Double($0.step) }
        // Not every update is kept: of those around the end of the warm-up the schedule itself knows the rate.
        let near = [0, schedule.warmUp - 1, schedule.warmUp].filter { $0 >= 0 }
            .map { (step: $0 + 1, rate: schedule.rate(at: $0)) }
        let kept = records.map { (step: $0.step, rate: $0.learningRate) }
        let reached = records.map { $0.step }.max() ?? 0
        let top = (near.filter { $0.step <= reached } + kept).max { $0.rate < $1.rate } ?? (step: 1, rate: 0)
        let last = records[records.count - 1]
        let takeaway = Phrase(
            en: "At most {top}, at update {step}; {last} at the last, {steps}.",
            zh: "最大 {top}，在第 {step} 次更新；最后一次（第 {steps} 次）为 {last}。"
        ).filled([
            "top": Phrase(Numbers.significant(top.rate)), "step": Phrase(Numbers.count(top.step)),
            "last": Phrase(Numbers.significant(last.learningRate)), "steps": Phrase(Numbers.count(last.step)),
        ])
        return Slide(
            id: "learning-rate", title: Phrase(en: "The learning rate of this run", zh: "这次训练的学习率"),
            subtitle: Phrase(
                en: "What each update multiplied its step by: {warm} of warm-up, then {shape}.",
                zh: "每次更新的步子乘多少：先{warm}预热，之后{shape}。"
            ).filled(["warm": RunWords().count(schedule.warmUp), "shape": schedule.shape.words]),
            formula: formula(schedule), takeaway: takeaway,
            altText: Phrase(
                en: "A curve of the learning rate over {steps} {steps|update|updates}. {takeaway}",
                zh: "一条学习率曲线，横轴是 {steps} 次更新。{takeaway}"
            ).filled(["steps": Phrase(Numbers.count(last.step)), "takeaway": takeaway])
        ) { _ in
            chart(Phrase(en: "learning rate", zh: "学习率"), steps, AxisScale(values: rates)) { chart, canvas in
                let theme = chart.space.theme
                chart.draw(Chart.Curve(steps, rates, theme.ink, width: 3.5), &canvas)
                canvas.fill(
                    .circle(chart.point(Double(top.step), top.rate), radius: 7), theme.highlight,
                    stroke: Stroke(theme.ink, width: 1.5))
            }
        }
    }

    private static func formula(_ schedule: Schedule) -> Formula? {
        switch schedule.shape {
        case .cosine:
            Formula(
                #"\eta_t = \eta_{end} + \frac{1}{2} (\eta_{max} - \eta_{end}) \left(1 + \cos \frac{\pi (t - w)}{T - w}\right)"#
            )
        case .step: Formula(#"\eta_t = \eta \cdot \gamma^{n}"#)
        default: nil
        }
    }

    // MARK: The gradients' norm

    private static func norms(_ all: [TrainingRecord], _ most: Double?) -> Slide {
        let records = all.filter { $0.gradientNorm?.isFinite == true }
        let steps = records.map { Double($0.step) }
        let norms = records.map { $0.gradientNorm ?? 0 }
        let greatest = norms.indices.max { norms[$0] < norms[$1] } ?? 0
        let clipped = most.map { most in norms.count { $0 > most } } ?? 0
        let values: KeyValuePairs<String, Phrase> = [
            "count": Phrase(Numbers.count(norms.count)), "clipped": Phrase(Numbers.count(clipped)),
            "share": Phrase(Numbers.percent(Double(clipped) / Double(max(norms.count, 1)))),
            "most": Phrase(Numbers.plain(most ?? 0)),
            "norm": Phrase(Numbers.significant(norms.isEmpty ? 0 : norms[greatest])),
            "step": Phrase(Numbers.count(records.isEmpty ? 0 : records[greatest].step)),
        ]
        let takeaway =
            (most == nil
            ? Phrase(
                en: "Nothing is clipped; the longest gradient, {norm}, is that of update {step}.",
                zh: "没有裁剪；最长的梯度是第 {step} 次更新的 {norm}。")
            : Phrase(
                en:
                    "Of {count} {count|update|updates} that were kept, {clipped} ({share}) had a gradient longer than {most} and were clipped; the longest was {norm}, at update {step}.",
                zh: "有记录的 {count} 次更新里，{clipped} 次（{share}）的梯度长于 {most}，被裁短；最长的是第 {step} 次更新的 {norm}。"))
            .filled(values)
        return Slide(
            id: "gradient-norm", title: Phrase(en: "How long the gradients were", zh: "梯度有多长"),
            subtitle: Phrase(
                en: "The norm of all gradients together, at each update that was kept.", zh: "每次有记录的更新里，全部梯度合在一起的范数。"),
            formula: most == nil
                ? nil
                : Formula(#"\role{gradient}{g} \gets \role{gradient}{g} \cdot \min\left(1, \frac{c}{|g|}\right)"#),
            takeaway: takeaway,
            legend: most == nil
                ? []
                : [
                    LegendKey(.line(.hairline, dashed: false), Phrase(en: "before clipping", zh: "裁剪前")).any,
                    LegendKey(.line(.role(.gradient), dashed: false), Phrase(en: "after clipping", zh: "裁剪后")).any,
                ],
            altText: Phrase(
                en: "A jagged curve of norms over the updates, cut off by a line across. {takeaway}",
                zh: "一条起伏的范数曲线，横轴是更新次数，有一条横线把它截断。{takeaway}"
            ).filled(["takeaway": takeaway])
        ) { _ in
            chart(Phrase(en: "norm of the gradient", zh: "梯度的范数"), steps, AxisScale(values: norms)) { chart, canvas in
                let theme = chart.space.theme
                let pale = most == nil ? theme.accent(.gradient) : theme.muted.mixed(with: theme.paper, 0.45)
                chart.draw(Chart.Curve(steps, norms, pale, width: 1.75), &canvas)
                guard let most else { return }
                chart.draw(
                    Chart.Curve(steps, norms.map { min($0, most) }, theme.accent(.gradient), width: 2), &canvas)
                chart.level(most, chart.space.text(Phrase(en: "clipped here", zh: "裁剪线")), &canvas)
            }
        }
    }

    private static func chart(
        _ name: Phrase, _ steps: [Double], _ y: AxisScale,
        _ draw: @escaping @Sendable (Chart, inout Canvas) -> Void
    ) -> some Mark {
        Drawn(420, 200, stretch: .both) { rect, space, canvas in
            let chart = Chart(
                in: Rect(rect.minX, rect.minY, rect.width, rect.height - Font.small.size * 2), name,
                x: AxisScale(steps: steps), y: y, right: 90, space)
            chart.values(&canvas)
            draw(chart, &canvas)
            chart.steps(under: chart.rect.maxY, name: RunWords().step, &canvas)
        }.steady()
    }
}

extension Schedule.Shape {
    /// What follows the warm-up.
    var words: Phrase {
        switch self {
        case .constant: Phrase(en: "always the same", zh: "保持不变")
        case .linear: Phrase(en: "straight down", zh: "直线下降")
        case .cosine: Phrase(en: "down along half a cosine", zh: "沿半个余弦下降")
        case .step: Phrase(en: "down in steps", zh: "一级一级下降")
        case .noam: Phrase(en: "down with 1 ÷ √step", zh: "按 1 ÷ √步数下降")
        }
    }
}
