import Drawing
import Tensors
import Tracing
import Wording

/// What one rewarded choice does to a policy's probabilities.
package enum PolicyGradient: CalculationFigure {
    package static let id = "policy-gradient"
    package static let title = Phrase(en: "Policy gradient: more of what went well", zh: "策略梯度：做得好的，多做一点")
    package static let example = "policy-gradient([1, 0.5, 0, −0.5], 1, 1, 0.2, 1)"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let logits = try given.vector(0, [1, 0.5, 0, -0.5], count: 2...8)
        let chosen = try given.count(1, 1, in: 0...logits.count - 1)
        let reward = try given.number(2, 1, in: -100...100)
        let baseline = try given.number(3, 0.2, in: -100...100)
        let rate = try given.number(4, 1, in: 0...10)
        // The same distance on the other side of the baseline.
        let frames = try [reward, 2 * baseline - reward].map { (reward) throws(Failure) in
            try Moment(logits, chosen, reward: reward, baseline: baseline, rate: rate)
        }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The answer's log-probability is pushed by how much better than the baseline its reward was.",
                zh: "奖励比基线好多少，就把这个回答的对数概率推多少。"),
            formula: Formula(
                #"\role{gradient}{\nabla} = (R - b)\, \nabla \log \pi(a) = (R - b)\,(\mathbf{1}_a - \role{probability}{\pi})"#
            ),
            frames: frames.map { moment in
                let words = words(moment)
                return Slide.Frame(
                    caption: words,
                    altText: Phrase(
                        en:
                            "For each of {count} actions its probability before, the push on its logit and its probability after. Before: {before}; after: {after}. {words}",
                        zh: "{count} 个动作各自更新前的概率、logit 受到的推动、更新后的概率。之前：{before}；之后：{after}。{words}"
                    ).filled([
                        "count": Phrase("\(logits.count)"), "words": words,
                        "before": Phrase.list(moment.before.map { Numbers.percent($0) }),
                        "after": Phrase.list(moment.after.map { Numbers.percent($0) }),
                    ]), takeaway: words
                ) { density in table(moment, frames, density) }
            })
    }

    private struct Moment: Sendable {
        var chosen: Int
        var reward: Double
        var advantage: Double
        var before: [Double]
        /// What the ascent adds to each logit, before the rate.
        var push: [Double]
        var after: [Double]

        /// By the engine's own operations: the log-probability's gradient, then one step up along it.
        init(_ logits: [Double], _ chosen: Int, reward: Double, baseline: Double, rate: Double) throws(Failure) {
            (self.chosen, self.reward, advantage) = (chosen, reward, reward - baseline)
            let recorder = Recorder()
            let shape = Shape([1, 1, logits.count])
            let given = try recorder.source(
                try Tensor(shape, logits.map { Float($0) }), .constant, as: .logits,
                axes: [.batch, .position, .vocabulary])
            let tokens = try recorder.source(
                Tensor([1, 1], repeating: Float(chosen)), .constant, as: .targets, axes: [.batch, .position])
            let spoken = try recorder.apply(
                TokenLogProbability(), given, tokens, as: Label(rawValue: "log_prob"), axes: [.batch, .position])
            _ = try recorder.apply(
                Magnify(by: advantage), spoken, as: Label(rawValue: "objective"), axes: [.batch, .position])
            let trace = recorder.trace()
            let gradients = try trace.gradients(of: StepName(Label(rawValue: "objective")))
            let slope = trace.place(of: StepName(.logits)).flatMap { gradients[$0] }
            push = slope?.scalars.map { Double($0) } ?? logits.map { _ in 0 }
            let moved = zip(logits, push).map { Float($0 + rate * $1) }
            before = try Softmax().evaluate([given.tensor]).scalars.map { Double($0) }
            after = try Softmax().evaluate([try Tensor(shape, moved)]).scalars.map { Double($0) }
        }
    }

    private static func words(_ moment: Moment) -> Phrase {
        let (old, new) = (moment.before[moment.chosen], moment.after[moment.chosen])
        let words: Phrase =
            moment.advantage > 0
            ? Phrase(
                en:
                    "Action {a} was taken and rewarded with {reward}, {gap} above the baseline: its probability goes from {old} to {new}.",
                zh: "选了动作 {a}，得奖励 {reward}，比基线高 {gap}：它的概率从 {old} 变为 {new}。")
            : moment.advantage < 0
                ? Phrase(
                    en: "Had the reward been {reward}, {gap} below the baseline, it would go from {old} to {new}.",
                    zh: "假如奖励是 {reward}，比基线低 {gap}，它的概率就从 {old} 变为 {new}。")
                : Phrase(
                    en: "The reward of {reward} is just the baseline: nothing changes.", zh: "奖励 {reward} 正好等于基线：什么都不变。"
                )
        return words.filled([
            "a": Phrase("\(moment.chosen)"), "reward": Phrase(Numbers.plain((moment.reward * 1e6).rounded() / 1e6)),
            "gap": Phrase(Numbers.plain((abs(moment.advantage) * 1e6).rounded() / 1e6)),
            "old": Phrase(Numbers.percent(old)), "new": Phrase(Numbers.percent(new)),
        ])
    }

    private static func table(_ moment: Moment, _ all: [Moment], _ density: Density) -> some Mark {
        Adaptive { space in
            let font = density.label
            let mono = Font.mono(font)
            let most = all.flatMap { $0.before + $0.after }.max() ?? 1
            let strongest = all.flatMap { $0.push }.map { abs($0) }.max() ?? 1
            let heads: [Phrase] = [
                Phrase(en: "probability before", zh: "更新前的概率"), Phrase(en: "push on the logit", zh: "对 logit 的推动"),
                Phrase(en: "probability after", zh: "更新后的概率"),
            ]
            let tracks =
                [Table.Track(gap: 14, head: Text(Phrase(en: "action", zh: "动作")).font(font.semibold).any)]
                + heads.map { Table.Track(130...460, gap: 30, head: Text($0).font(font.semibold).any) }
            let words = space.width(of: "−0.000", mono)
            return Table(
                moment.before.count, tracks, pitch: font.size * 2.2...font.size * 4.4, header: font.size * 2.4,
                fewest: moment.before.count
            ) { row, _ in
                Table.Row(
                    [
                        Text("\(row)").font(font.semibold).any,
                        Drawing.Bar(moment.before[row], limit: most, text: Numbers.percent(moment.before[row]))
                            .around(zero: 0, words: words).font(mono).any,
                        Drawing.Bar(
                            moment.push[row], limit: strongest, .role(.gradient),
                            text: Numbers.fixed(moment.push[row], decimals: 3)
                        ).around(zero: 0.5, words: words).font(mono).any,
                        Drawing.Bar(moment.after[row], limit: most, text: Numbers.percent(moment.after[row]))
                            .around(zero: 0, words: words).font(mono).any,
                    ], lit: row == moment.chosen)
            }.any
        }
    }
}
