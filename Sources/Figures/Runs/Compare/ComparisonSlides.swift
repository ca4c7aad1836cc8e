import Drawing
import Training
import Wording

/// Two machines at the same question: how each decides one case, and what that costs and achieves.
package enum ComparisonSlides {
    package static let id = "two-machines"
    package static let title = Phrase(en: "One question, two machines", zh: "一个问题，两台机器")

    /// One slide whose frames are the task's examples, and one of the totals.
    package static func slides(_ comparison: Comparison) -> [Slide] {
        [decisions(comparison), totals(comparison)]
    }

    private static func decisions(_ comparison: Comparison) -> Slide {
        let task = comparison.task
        let frames = task.examples.indices.map { place in
            let one = task.examples[place]
            let words = verdicts(comparison, at: place)
            return Slide.Frame(
                caption: Phrase(en: "{case}: {words}", zh: "{case}：{words}").filled(["case": one.text, "words": words]),
                takeaway: Phrase(en: "{case}: {words}", zh: "{case}：{words}").filled(["case": one.text, "words": words])
            ) { density in
                SideBySide(
                    marks: comparison.contestants.map { ContestantPanel(task: task, contestant: $0, place: place).any },
                    gap: density.gap)
            }
        }
        return Slide(
            id: id, title: task.title,
            subtitle: Phrase(en: "The rule behind the cases: {rule}.", zh: "例子背后的规则：{rule}。").filled([
                "rule": task.rule
            ]), takeaway: comparison.impossibility, frames: frames)
    }

    /// `the perceptron says go ✓, the transformer says stay ✗`
    private static func verdicts(_ comparison: Comparison, at place: Int) -> Phrase {
        let task = comparison.task
        let parts = comparison.contestants.map { contestant in
            let answer = contestant.examples[place].answer
            let isRight = answer == task.examples[place].answer
            return Phrase(en: "{name} says “{answer}” {mark}", zh: "{name}答“{answer}”{mark}").filled([
                "name": contestant.title.beforeChinese, "answer": task.name(of: task.answers[answer]),
                "mark": Phrase(isRight ? "✓" : "✗"),
            ])
        }
        return Phrase(
            en: parts.map { $0.english }.joined(separator: "; "), zh: parts.map { $0.chinese }.joined(separator: "；"))
    }

    private static func totals(_ comparison: Comparison) -> Slide {
        let summary = Phrase(
            en: comparison.contestants.map { line($0, comparison).english }.joined(separator: "; ") + ".",
            zh: comparison.contestants.map { line($0, comparison).chinese }.joined(separator: "；") + "。")
        return Slide(
            id: id + "-totals", title: title,
            subtitle: Phrase(
                en: "{task} Each square is as large as its number.", zh: "{task} 方块的面积与数目成正比。"
            ).filled(["task": comparison.task.title]),
            takeaway: comparison.impossibility ?? summary, altText: summary
        ) { _ in
            TotalsPicture(comparison: comparison)
        }
    }

    private static func line(_ contestant: Contestant, _ comparison: Comparison) -> Phrase {
        Phrase(
            en:
                "{name}: {parameters} {parameters|parameter|parameters}, {operations} {operations|operation|operations} a decision, {share} unseen cases right",
            zh: "{name}：{parameters} 个参数，每次判断 {operations} 次运算，没见过的例子答对 {share}"
        ).filled([
            "name": contestant.title, "parameters": Phrase(Numbers.count(contestant.parameters)),
            "operations": Phrase(Numbers.count(contestant.arithmetic.total)),
            "share": shares(contestant.heldOutAccuracy, of: comparison.task.heldOut.count),
        ])
    }

    /// Of few cases their number, for a percentage would promise too much.
    static func shares(_ share: Double, of count: Int) -> Phrase {
        guard count < 50, count > 0, share.isFinite else { return Phrase(Numbers.percent(share)) }
        let right = Int(clamping: (share * Double(count)).rounded())
        return Phrase(en: "{n} of {all}", zh: "{n} 个（共 {all} 个）").filled([
            "n": Phrase(String(right)), "all": Phrase(String(count)),
        ])
    }
}

/// Marks in boxes of one width and one height, side by side over the whole room.
private struct SideBySide: ComposedMark {
    let marks: [AnyMark]
    let gap: Double

    func build(_ space: Space) -> AnyMark {
        // On a high page one under the other, each as wide as the page lets it be.
        if space.height > space.width * 1.2 {
            let widest = marks.map { $0.size(in: space).width }.max() ?? 0
            return VStack(
                .center, spacing: gap,
                marks.map { $0.frame(width: widest, alignment: .topLeading).panel(fill: nil, frame: .hairline).any }
            ).any
        }
        let each = marks.map { $0.size(in: space) }
        let widest = each.map { $0.width }.max() ?? 0
        let room = (space.width - gap * Double(max(marks.count - 1, 0))) / Double(max(marks.count, 1))
        // The boxes share the room, but never grow so wide that they look empty.
        let width = room.isFinite ? max(widest, min(room, widest * 1.5)) : widest
        let height = each.map { $0.height }.max() ?? 0
        return HStack(
            .top, spacing: gap,
            marks.map {
                $0.frame(width: width, height: height, alignment: .topLeading).panel(fill: nil, frame: .hairline).any
            }
        ).any
    }
}
