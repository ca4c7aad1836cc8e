import Drawing
import Tensors
import Tracing
import Wording

// What comes out in the end.
extension Predict {
    /// The likeliest first, as many as are asked for; what is not a number is left out.
    static func ranked(_ row: [Float], _ count: Int) -> [Int] {
        var best: [Int] = []
        for place in row.indices where !row[place].isNaN {
            if best.count == count, let last = best.last, row[place] <= row[last] { continue }
            var at = best.count
            while at > 0, row[best[at - 1]] < row[place] { at -= 1 }
            best.insert(place, at: at)
            if best.count > count { best.removeLast() }
        }
        return best
    }

    /// The row of probabilities that the text ends in, or that of the token asked about.
    func outcome(_ label: Label, isAsked: Bool) -> (step: Step, place: Int, row: [Float])? {
        guard let step = trace[StepName(label)], step.shape.rank == 3, step.shape[1] > 0 else { return nil }
        let at = min(max(isAsked ? place ?? step.shape[1] - 1 : step.shape[1] - 1, 0), step.shape[1] - 1)
        return (step, at, step.numbers(at: [0, at]))
    }

    private func quoted(_ id: Int) -> Phrase { Phrase("“\(words.word(id))”") }

    /// Which token comes next, or stands behind a mask.
    func next(_ label: Label) -> Prediction? {
        guard let (_, place, row) = outcome(label, isAsked: true) else { return nil }
        var shown = Self.ranked(row, 4)
        guard let best = shown.first, shown.count > 1 else { return nil }
        let tokens = trace.targetTokens.isEmpty ? trace.tokens : trace.targetTokens
        let read = tokens.indices.contains(place) ? tokens[place] : nil
        let isMasked = label == .maskedProbabilities
        // Whoever thinks that it says again what it has just read.
        if let read, !isMasked, row.indices.contains(read.id), !shown.contains(read.id), !read.isSpecial,
            shown.count > 3
        {
            shown[3] = read.id
        }
        let written = shown.map { Numbers.percent(Double(row[$0])) }
        guard let first = written.first else { return nil }
        var options: [Prediction.Option] = []
        for (rank, id) in shown.enumerated() {
            // Two that look alike cannot be told apart.
            guard rank == 0 || written[rank] != first else { continue }
            let hint =
                rank == 0
                ? Phrase(en: "The model gives it {own}, the most of all.", zh: "模型给它 {own}，比谁都多。")
                : id == read?.id && !isMasked
                    ? Phrase(
                        en: "It does not say again what it has just read: {own}; {best} gets {most}.",
                        zh: "模型并不重复刚读到的词元：{own}；{best}得 {most}。")
                    : Phrase(
                        en: "The model holds it possible, with {own}; {best} gets {most}.",
                        zh: "模型觉得有可能，给它 {own}；{best}得 {most}。")
            options.append(
                .init(
                    words: quoted(id), isRight: id == best,
                    hint: hint.filled([
                        "own": Phrase(written[rank]), "most": Phrase(first), "best": quoted(best),
                    ]), share: Double(row[id]), number: written[rank]))
        }
        // By their words: neither by rank nor by number.
        options.sort { $0.words.english < $1.words.english }
        let after = Phrase(read.map { "“\(CellWords.quoted($0.display))”" } ?? "…")
        let question =
            isMasked
            ? Phrase(
                en: "Which token does the model put in place {place}?", zh: "位置 {place} 上，模型填的是哪个词元？")
            : Phrase(
                en: "Which token does the model hold likeliest after {token}?", zh: "在{token}之后，模型认为最可能是哪个词元？")
        return Prediction(
            kind: .next, about: [label.rawValue, "\(place)"],
            question: question.filled(["token": after, "place": Phrase("\(place)")]), options: options,
            hidesFigure: true)
    }

    /// Which class the text is put in.
    func classes() -> Prediction? {
        guard let step = trace[StepName(.classProbabilities)], step.shape.rank == 2 else { return nil }
        let row = step.numbers(at: [0])
        let shown = Self.ranked(row, 4)
        guard let best = shown.first else { return nil }
        let most = Phrase(Numbers.percent(Double(row[best])))
        return Prediction(
            kind: .next, about: ["class"],
            question: Phrase(en: "Which class does the model choose?", zh: "模型选哪个类别？"),
            options: shown.sorted().map { place in
                let own = Phrase(Numbers.percent(Double(row[place])))
                let hint =
                    place == best
                    ? Phrase(en: "It gets {own}, the most of all.", zh: "它得 {own}，比谁都多。")
                    : Phrase(en: "It gets {own}; “{best}” gets {most}.", zh: "它得 {own}，“{best}”得 {most}。")
                return .init(
                    words: Phrase(words.className(place)), isRight: place == best,
                    hint: hint.filled(["own": own, "most": most, "best": Phrase(words.className(best))]),
                    share: Double(row[place]), number: own.english)
            }, hidesFigure: true)
    }

    /// What happens to the guess when this head is off: the run is computed again without it.
    func headOff() throws(Failure) -> Prediction? {
        let isTranslation = trace.stacks.contains(.decoder)
        guard let (step, at, before) = outcome(.probabilities, isAsked: !isTranslation),
            let best = Self.ranked(before, 1).first
        else { return nil }
        let prefix = stack == .single ? "" : stack.rawValue + "."
        let changed = try trace.replaying(try Change.off("\(prefix)L\(layer)H\(head)", in: trace))
        guard let then = changed[step.name], then.shape == step.shape else { return nil }
        let after = then.numbers(at: [0, at])
        guard let other = Self.ranked(after, 1).first, after.indices.contains(best) else { return nil }
        let (old, new) = (Double(before[best]), Double(after[best]))
        let right = other != best ? 3 : abs(new - old) < 0.01 ? 2 : new > old ? 0 : 1
        let facts =
            other == best && percent(old) == percent(new)
            ? Phrase(
                en: "Without this head {best} stays the likeliest, with {new} as before.",
                zh: "没有这个头，{best}仍最可能，概率仍是 {new}。")
            : other == best
                ? Phrase(
                    en: "Without this head {best} stays the likeliest: {new} instead of {old}.",
                    zh: "没有这个头，{best}仍最可能：由 {old} 变为 {new}。")
                : Phrase(
                    en: "Without this head {other} is the likeliest, with {share}; {best} has {new} instead of {old}.",
                    zh: "没有这个头，最可能的变成{other}，为 {share}；{best}由 {old} 变为 {new}。")
        let labels = [
            Phrase(en: "{best} stays first and grows by a point or more", zh: "{best}仍居首，概率至少升 1 个百分点"),
            Phrase(en: "{best} stays first and loses a point or more", zh: "{best}仍居首，概率至少降 1 个百分点"),
            Phrase(en: "{best} stays first, within a point of {old}", zh: "{best}仍居首，与 {old} 相差不到 1 个百分点"),
            Phrase(en: "Another token becomes the likeliest", zh: "最可能的换成别的词元"),
        ]
        let values: KeyValuePairs<String, Phrase> = [
            "best": quoted(best), "other": quoted(other), "old": percent(old), "new": percent(new),
            "share": percent(Double(after.indices.contains(other) ? after[other] : .nan)),
        ]
        return Prediction(
            kind: .headOff, about: about(at),
            question: Phrase(
                en: "The model’s guess is {best}, with {old}. What if head {head} of layer {layer} is switched off?",
                zh: "模型猜的是{best}，概率 {old}。关掉第 {layer} 层的 {head} 号头会怎样？"
            ).filled([
                "best": quoted(best), "old": percent(old), "head": Phrase("\(head)"), "layer": Phrase("\(layer)"),
            ]),
            options: labels.enumerated().map { place, label in
                .init(words: label.filled(values), isRight: place == right, hint: facts.filled(values))
            })
    }

    private func percent(_ share: Double) -> Phrase { Phrase(Numbers.percent(share)) }

    /// The sign of the gradient of a logit.
    func sign() -> Prediction? {
        guard let step = trace[StepName(.logits).gradient], step.shape.rank == 3, step.shape[1] > 0 else { return nil }
        let at = min(max(place ?? step.shape[1] - 1, 0), step.shape[1] - 1)
        let row = step.numbers(at: [0, at])
        guard let wanted = row.indices.min(by: { row[$0] < row[$1] }), row[wanted] < 0 else { return nil }
        // Now the token that followed, now the one that the model wrongly holds likeliest.
        let isWanted = spread(at) % 2 == 0
        guard let id = isWanted ? wanted : row.indices.max(by: { row[$0] < row[$1] }) else { return nil }
        let value = Double(row[id])
        let right = value < 0 ? 0 : value > 0 ? 1 : 2
        let hint = Phrase(
            en: "It is {value}: {why}.", zh: "它是 {value}：{why}。"
        ).filled([
            "value": Phrase(Numbers.significant(value)),
            "why": value < 0
                ? Phrase(
                    en: "a larger logit would make the loss smaller, as this token is the one that follows",
                    zh: "这个 logit 变大，损失就变小，因为接下来正是这个词元")
                : Phrase(
                    en: "a larger logit would make the loss larger, as another token follows",
                    zh: "这个 logit 变大，损失也变大，因为接下来的是别的词元"),
        ])
        let labels = [
            Phrase(en: "Negative", zh: "负"), Phrase(en: "Positive", zh: "正"), Phrase(en: "Zero", zh: "零"),
        ]
        return Prediction(
            kind: .sign, about: ["\(at)", "\(id)"],
            question: Phrase(
                en: "Which sign has the gradient of the loss by the logit of {token}, at position {place}?",
                zh: "位置 {place} 上，损失对{token}的 logit 的梯度是什么符号？"
            ).filled(["token": quoted(id), "place": Phrase("\(at)")]),
            options: labels.enumerated().map { place, label in
                .init(words: label, isRight: place == right, hint: hint)
            }, hidesFigure: true)
    }
}
