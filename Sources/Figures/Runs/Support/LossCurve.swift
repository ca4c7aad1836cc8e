import Drawing
import Training
import Wording

/// How a training run went: the loss over its updates with a smoothed line, and under it on the same axis whatever else
/// was measured: learning rate, gradient norm, reward.
package enum LossCurve {
    package static let id = "loss-curve"
    package static let title = Phrase(en: "How the model learned", zh: "模型是怎样学会的")

    /// - Parameters:
    ///   - records: what each update measured, in order; none gives an empty pair of axes.
    ///   - model: the model's name, for the subtitle.
    ///   - kind: the recipe's kind, which says what the loss is.
    ///   - baseline: the loss of a rival, drawn as a dashed line, and what it is called.
    ///   - smoothing: how the targets were smoothed, where they were: the loss is then another, and never 0.
    package static func slide(
        records: [TrainingRecord], model: String = "", kind: String = "next-word",
        baseline: (loss: Double, name: Phrase)? = nil, smoothing: LabelSmoothing? = nil
    ) -> Slide {
        var words = RunWords.of(kind)
        if let smoothing { words.smooth(smoothing) }
        let floor = smoothing.map { (loss: $0.floor, name: Phrase(en: "no model below", zh: "下限")) }
        let picture = LossPicture(records: records, words: words, levels: [baseline, floor].compactMap { $0 })
        let takeaway = takeaway(records, words, picture)
        return Slide(
            id: id, title: title, subtitle: subtitle(words, model), formula: words.formula, takeaway: takeaway,
            note: note(records, smoothing), legend: legend(picture), altText: alt(takeaway, picture)
        ) { _ in picture }
    }

    private static func subtitle(_ words: RunWords, _ model: String) -> Phrase {
        guard !model.isEmpty else { return words.idea }
        let idea = words.idea.english
        return Phrase(
            en: model + ": " + idea.prefix(1).lowercased() + idea.dropFirst(), zh: model + "：" + words.idea.chinese)
    }

    private static func takeaway(
        _ records: [TrainingRecord], _ words: RunWords, _ picture: LossPicture
    ) -> Phrase {
        guard let first = records.first, let last = picture.smooth.last, let end = records.last else {
            return Phrase(en: "Nothing has been recorded yet.", zh: "还没有任何记录。")
        }
        let values: KeyValuePairs<String, Phrase> = [
            "steps": words.count(end.step), "first": Phrase(words.number(first.loss)),
            "last": Phrase(words.number(last)), "unit": words.unit,
        ]
        if words.isShare {
            return Phrase(
                en: "{steps}: at first {first} of its decisions are wrong, at the end {last}.",
                zh: "看过 {steps}：一开始有 {first} 的判断是错的，最后是 {last}。"
            ).filled(values)
        }
        return Phrase(
            en: "{steps}: from {first} to {last}{unit}.", zh: "{steps}，损失从 {first} 变到 {last}{unit}。"
        ).filled(values)
    }

    private static func note(_ records: [TrainingRecord], _ smoothing: LabelSmoothing?) -> Phrase? {
        guard let smoothing else { return rate(records) }
        return Phrase(
            en:
                "Label smoothing: the target is the right token by {own}, and every one of {count} {count|token|tokens} by an equal part of {rest}. No model’s loss is below {floor}.",
            zh: "标签平滑：正确的词元作为目标占 {own}，其余 {rest} 平分给全部 {count} 个词元；任何模型的损失都不低于 {floor}。"
        ).filled([
            "own": Phrase(Numbers.percent(1 - smoothing.share)), "rest": Phrase(Numbers.percent(smoothing.share)),
            "count": Phrase(Numbers.count(smoothing.vocabulary)), "floor": Phrase(Numbers.significant(smoothing.floor)),
        ])
    }

    /// A rate that never changes needs no curve.
    private static func rate(_ records: [TrainingRecord]) -> Phrase? {
        guard let rate = records.first?.learningRate, rate > 0, records.allSatisfy({ $0.learningRate == rate }) else {
            return nil
        }
        return Phrase(en: "Learning rate {rate} throughout.", zh: "学习率始终为 {rate}。").filled([
            "rate": Phrase(Numbers.significant(rate))
        ])
    }

    private static func legend(_ picture: LossPicture) -> [AnyMark] {
        var keys: [AnyMark] = []
        if picture.isSmoothed {
            let all = picture.hasEveryUpdate
            keys = [
                LegendKey(.line(.ink, dashed: false), Phrase(en: "mean around it", zh: "附近的平均")).any,
                LegendKey(
                    .line(.hairline, dashed: false),
                    picture.words.isShare
                        ? Phrase(en: "each hundred", zh: "每一百人")
                        : all
                            ? Phrase(en: "each update", zh: "每次更新")
                            : Phrase(en: "updates that were kept", zh: "有记录的更新")
                ).any,
            ]
        }
        return keys
    }

    /// The sentence, and where every other curve ends.
    private static func alt(_ takeaway: Phrase, _ picture: LossPicture) -> Phrase {
        let ends =
            picture.panels.compactMap { panel in
                panel.values.last(where: { $0.isFinite }).map {
                    (panel.name, Phrase(panel.isShare ? Numbers.percent($0) : Numbers.significant($0)))
                }
            }
            + picture.further.compactMap { curve in
                curve.values.last(where: { $0.isFinite }).map { (curve.name, Phrase(Numbers.significant($0))) }
            }
        guard !ends.isEmpty else { return takeaway }
        return Phrase(en: "{words} At the end: {list}.", zh: "{words}最后{list}。").filled([
            "words": takeaway,
            "list": Phrase(
                en: ends.map { "\($0.0.english) \($0.1.english)" }.joined(separator: ", "),
                zh: ends.map { "\($0.0.chinese)为 \($0.1.chinese)" }.joined(separator: "，")),
        ])
    }

    /// The mean over a fortieth of the run on either side, less near the ends, so that the line does not lag behind.
    ///
    /// - Parameter steps: where each value lies; the run is measured in these, for not every update may be there.
    static func smoothed(_ values: [Double], at steps: [Double]) -> [Double] {
        guard let first = steps.first, let last = steps.last, values.count == steps.count else { return values }
        let reach = (last - first) / 40
        var sums = [0.0]
        var counts = [0]
        for value in values {
            sums.append((sums.last ?? 0) + (value.isFinite ? value : 0))
            counts.append((counts.last ?? 0) + (value.isFinite ? 1 : 0))
        }
        var (start, end) = (0, 0)
        return values.indices.map { place in
            let step = steps[place]
            let side = min(reach, step - first, last - step)
            while start < place, steps[start] < step - side { start += 1 }
            // Towards the end the window shrinks again.
            end = max(end, place + 1)
            while end < steps.count, steps[end] <= step + side { end += 1 }
            while end > place + 1, steps[end - 1] > step + side { end -= 1 }
            let count = counts[end] - counts[start]
            return count > 0 ? (sums[end] - sums[start]) / Double(count) : .nan
        }
    }
}
