import Drawing
import Training
import Wording

/// What teaching a decoder to answer leaves: right answers before and after, and what it said and says.
package enum AnswerFigures: RunFigures {
    package static let kind = AnswerRecipe.kind

    package static func slides(recipe: any Recipe, folder: String) throws -> [Slide] {
        let quality = try AnswerQuality.read(path: folder + "/quality.json")
        let match = quality.measures.named("exact_match")
        let (before, after) = (match?.baseline ?? .nan, match?.value ?? .nan)
        let scores = MeasureBars.slide(
            id: "answers-before-and-after", title: Phrase(en: "Taught to answer", zh: "学会回答"),
            subtitle: Phrase(
                en: "Held-out questions answered exactly right: the same model before and after fine-tuning.",
                zh: "没见过的问题里完全答对的比例：同一个模型，微调之前和之后。"),
            rows: [
                // A model that answers some questions already does more than go on writing.
                (
                    before > 0
                        ? Phrase(en: "before fine-tuning", zh: "微调之前")
                        : Phrase(en: "before: it only goes on writing", zh: "之前：只会接着往下写"), before
                ),
                (Phrase(en: "after fine-tuning", zh: "微调之后"), after),
            ],
            takeaway: Phrase(
                en: "{steps} {steps|update|updates} on questions with answers: from {before} to {after}.",
                zh: "在问答上更新 {steps} 次，从 {before} 到 {after}。"
            ).filled([
                "steps": Phrase(Numbers.count(quality.steps)), "before": Phrase(Numbers.percent(before)),
                "after": Phrase(Numbers.percent(after)),
            ]), details: details(quality))
        let lines = quality.samples.prefix(8).map { sample in
            AnswerLines.Line(
                question: sample.question, before: Self.shortened(sample.before), after: sample.after,
                isRight: sample.judgement.isRight)
        }
        let said = Slide(
            id: "answers-samples", title: Phrase(en: "What it said, what it says", zh: "以前怎么说，现在怎么说"),
            subtitle: Phrase(
                en: "Questions that training never saw: what the model wrote before, and its answer now.",
                zh: "训练中没见过的问题：模型以前接的话，和它现在的回答。"),
            takeaway: Phrase(
                en: "Only the answer's tokens were a target: it learned to answer, not to ask.",
                zh: "只有答案的词元算作目标：它学的是回答，不是提问。")
        ) { _ in AnswerLines(lines: lines) }
        return [scores, said]
    }

    /// Some of the questions, with what was said before and is said now.
    private static func details(_ quality: AnswerQuality) -> AnyMark {
        AnswerLines(
            lines: quality.samples.prefix(4).map {
                AnswerLines.Line(
                    question: $0.question, before: shortened($0.before), after: $0.after,
                    isRight: $0.judgement.isRight)
            }, most: 22
        ).any
    }

    /// A model that was never taught to stop goes on and on: its beginning says enough.
    private static func shortened(_ text: String) -> String {
        text.count > 24 ? text.prefix(24) + "…" : text
    }
}

/// What reinforcement leaves: how answers fall out, the decision behind them, and what each answer earns.
package enum RewardFigures: RunFigures {
    package static let kind = RewardRecipe.kind

    package static func slides(recipe: any Recipe, folder: String) throws -> [Slide] {
        let quality = try RewardQuality.read(path: folder + "/quality.json")
        let reward = quality.measures.named("reward")
        let scores = MeasureBars.slide(
            id: "reward-before-and-after", title: Phrase(en: "What rewards changed", zh: "奖励改变了什么"),
            subtitle: Phrase(
                en: "Right answers in whole sentences, on questions never seen.", zh: "在没见过的问题上，用完整的句子答对的比例。"),
            rows: [
                (Phrase(en: "before", zh: "之前"), quality.measures.named("whole_sentences")?.baseline ?? .nan),
                (Phrase(en: "after", zh: "之后"), quality.measures.named("whole_sentences")?.value ?? .nan),
            ],
            takeaway: Phrase(
                en: "Mean reward from {before} to {after}; {kl} nats of divergence an answer.",
                zh: "平均奖励从 {before} 变为 {after}；每个回答的 KL 散度为 {kl} 奈特。"
            ).filled([
                "before": Phrase(Numbers.fixed(reward?.baseline ?? .nan)),
                "after": Phrase(Numbers.fixed(reward?.value ?? .nan)),
                "kl": Phrase(Numbers.fixed(quality.measures.named("kl")?.value ?? .nan)),
            ]),
            details: AnswerLines(
                lines: quality.samples.prefix(4).map { sample in
                    AnswerLines.Line(
                        question: sample.question, before: rewarded(sample.before.first),
                        after: rewarded(sample.after.first),
                        isRight: sample.after.first?.judgement.isRight ?? false)
                }, most: 22
            ).any)
        return [scores] + quality.samples.prefix(2).enumerated().map { decision($1, number: $0 + 1) }
    }

    /// `Tom has the hat. (1.00)`
    private static func rewarded(_ answer: RewardFindings.Sample.Answer?) -> String {
        answer.map { "\($0.text) (\(Numbers.fixed($0.reward)))" } ?? "–"
    }

    /// `“Tom has the hat.”, reward 1.00`
    private static func quoted(_ answer: RewardFindings.Sample.Answer?) -> Phrase {
        guard let answer else { return "–" }
        return Phrase(en: "“{text}”, reward {reward}", zh: "“{text}”（奖励 {reward}）").filled([
            "text": Phrase(answer.text), "reward": Phrase(Numbers.fixed(answer.reward)),
        ])
    }

    /// Of a candidate that is drawn.
    private static let leastShare = 0.001

    private static func decision(_ sample: RewardFindings.Sample, number: Int) -> Slide {
        let name = { (candidate: RewardFindings.Decision.Candidate) in TokenLabel(display: candidate.token).spoken }
        // What neither would say is no turn of the policy's.
        let candidates = sample.decision.candidates.prefix(3)
        let likely = candidates.filter { max($0.before, $0.after) >= leastShare }
        let rows = (likely.isEmpty ? candidates.prefix(1).map { $0 } : likely).flatMap { candidate in
            [
                (Phrase(en: "{token} before", zh: "{token}之前").filled(["token": name(candidate)]), candidate.before),
                (Phrase(en: "{token} after", zh: "{token}之后").filled(["token": name(candidate)]), candidate.after),
            ]
        }
        let said = sample.decision.said.isEmpty ? Phrase(en: "nothing yet", zh: "（还没开口）") : Phrase(sample.decision.said)
        return MeasureBars.slide(
            id: "decision-\(number)", title: Phrase(en: "Where the policy turns", zh: "策略在哪里转了弯"),
            subtitle: Phrase(en: "{question} Said so far: {said}", zh: "{question} 已经说了：{said}").filled([
                "question": Phrase(sample.question), "said": said,
            ]),
            rows: rows,
            takeaway: Phrase(
                en: "Drawn before: {before}; after: {after}.", zh: "之前抽到：{before}；之后抽到：{after}。"
            ).filled(["before": quoted(sample.before.first), "after": quoted(sample.after.first)]))
    }
}

/// Questions with what was answered before and after.
struct AnswerLines: ComposedMark {
    struct Line: Sendable {
        var question: String
        var before: String
        var after: String
        var isRight: Bool
    }

    var lines: [Line]
    /// The largest letters.
    var most = 34.0

    func build(_ space: Space) -> AnyMark {
        TextRows(
            rows: lines.map { line in
                [
                    TextRows.Cell(line.question), TextRows.Cell(line.before.isEmpty ? "–" : line.before, .muted),
                    TextRows.Cell("→ " + line.after, line.isRight ? .role(.value) : .muted, strong: true),
                ]
            }, most: most
        ).any
    }
}
