import Drawing
import Platform
import Tensors
import Tracing
import Wording

// Rows of a pattern: which is the softmax, and whether one changes.
extension Predict {
    private static func softmax(_ row: [Float]) -> [Float] {
        let finite = row.filter { $0.isFinite }
        guard let most = finite.max() else { return [] }
        var powers = row.map { $0 == -.infinity ? 0 : exp(Double($0) - Double(most)) }
        var sum = 0.0
        for power in powers { sum += power }
        guard sum > 0, sum.isFinite else { return [] }
        for place in powers.indices { powers[place] /= sum }
        return powers.map { Float($0) }
    }

    /// Which of these is the softmax of the row: the others are what one gets who forgets something.
    func softmax() -> Prediction? {
        guard let pattern = step(.pattern), let scores = step(.scores), let query = query(pattern),
            scores.shape == pattern.shape
        else { return nil }
        let (right, masked) = (weights(pattern, query), weights(scores, query))
        guard right.allSatisfy({ $0.isFinite }), right.count == masked.count else { return nil }
        let token = name(pattern, query: query)
        var options = [
            Prediction.Option(
                words: "", isRight: true,
                hint: Phrase(
                    en: "Every score of {token}’s own row, scaled and masked, as a power of e, divided by their sum.",
                    zh: "{token}自己这一行的每个得分，缩放并加掩码之后，取 e 的幂，再除以总和。"), row: right)
        ]
        func add(_ row: [Float], _ hint: Phrase) {
            guard row.count == right.count else { return }
            options.append(.init(words: "", isRight: false, hint: hint, row: row))
        }
        if let plain = step(.unmaskedScores) {
            add(
                Self.softmax(weights(plain, query)),
                Phrase(
                    en: "This is the softmax without the mask: it gives weight to tokens that come later.",
                    zh: "这是没有掩码的 softmax：把权重分给了后面的词元。"))
        }
        if let products = step(.dotProducts) {
            let row = weights(products, query)
            let kept = zip(row, masked).map { $0.1 == -.infinity ? -Float.infinity : $0.0 }
            add(
                Self.softmax(kept),
                Phrase(
                    en: "This is the softmax of scores that were not divided by √d: it is too sharp.",
                    zh: "这是没有除以 √d 的得分的 softmax：过于尖锐。"))
        }
        let other = query > 0 ? query - 1 : query + 1
        if other < pattern.shape[2] {
            add(
                weights(pattern, other),
                Phrase(en: "This is the wrong row: it is that of {other}.", zh: "这是别的一行：{other}的那一行。").filled([
                    "other": name(pattern, query: other)
                ]))
        }
        if let best = masked.indices.max(by: { masked[$0] < masked[$1] }) {
            add(
                masked.indices.map { $0 == best ? 1 : 0 },
                Phrase(
                    en: "The largest score does not take everything: softmax leaves the others their share.",
                    zh: "最大的得分并不独占：softmax 也给其余的留一份。"))
        }
        var found = Prediction(
            kind: .softmax, about: about(query),
            question: Phrase(
                en: "Which of these is the softmax of {token}’s row?", zh: "哪一个是{token}这一行的 softmax？"
            ).filled(["token": token]), options: [], veils: [veil(.pattern, query)],
            columns: keys(pattern, query).map { $0[words.language] })
        var looks: [[String]] = []
        for var option in options {
            let look = option.row.map { Numbers.percent(Double($0)) }
            guard !looks.contains(look), found.options.count < 4 else { continue }
            looks.append(look)
            option.hint = option.hint.filled(["token": token])
            found.options.append(option)
        }
        guard found.options.count > 2 else { return nil }
        found.turn(by: spread(query))
        return found
    }

    /// Whether a row of the pattern changes if a later token is another: the run is computed again with that token.
    func later() throws(Failure) -> Prediction? {
        let name = StepName(.tokens, stack: stack)
        guard let pattern = step(.pattern), let asked = query(pattern),
            let ids = trace[name] ?? trace[StepName(.tokens)],
            ids.shape.rank == 2, ids.shape[1] == pattern.shape[3], pattern.shape[2] == pattern.shape[3],
            pattern.shape[3] > 1
        else { return nil }
        let last = ids.shape[1] - 1
        let query = min(asked, last - 1)
        let own = ids.numbers(at: [0])
        guard let old = own.last, let new = own.dropLast().last(where: { $0 != old }) else { return nil }
        var numbers = ids.tensor.withUnsafeBuffer { Array($0) }
        guard numbers.indices.contains(last) else { return nil }
        numbers[last] = new
        let changed = try trace.replaying([ids.name: try Tensor(ids.shape, numbers)])
        guard let then = changed[pattern.name], then.shape == pattern.shape else { return nil }
        let (before, after) = (weights(pattern, query), weights(then, query))
        let others = before.indices.filter { before[$0] != after[$0] }
        let right = others.isEmpty ? 0 : others == [last] ? 1 : 2
        let count = Phrase("\(before.count)")
        let facts: Phrase
        if let most = others.max(by: { abs(before[$0] - after[$0]) < abs(before[$1] - after[$1]) }) {
            facts = Phrase(
                en: "Computed again: {some} of {all} weights change, most that on {key}, from {before} to {after}.",
                zh: "重算一遍：{all} 个权重里变了 {some} 个，变得最多的是给{key}的，从 {before} 变为 {after}。"
            ).filled([
                "some": Phrase("\(others.count)"), "all": count, "key": keys(pattern, query)[most],
                "before": Phrase(Numbers.fixed(Double(before[most]), decimals: 4)),
                "after": Phrase(Numbers.fixed(Double(after[most]), decimals: 4)),
            ])
        } else {
            facts = Phrase(
                en: "Computed again: all {all} weights are the same, to the last bit. The mask hides what comes later.",
                zh: "重算一遍：{all} 个权重一个都没变，每一位都相同。掩码遮住了后面的一切。"
            ).filled(["all": count])
        }
        let labels = [
            Phrase(en: "No weight of the row changes", zh: "这一行的权重都不变"),
            Phrase(en: "Only the weight on that token changes", zh: "只有给那个词元的权重变"),
            Phrase(en: "Other weights change too", zh: "别的权重也会变"),
        ]
        let token = { (id: Float) in
            Phrase(Int(exactly: id).map { words.word($0) } ?? "?")
        }
        let question = Phrase(
            en: "The last token, “{old}”, becomes “{new}”. Does the row of {token} change?",
            zh: "把最后的“{old}”换成“{new}”，{token}这一行会变吗？"
        ).filled(["old": token(old), "new": token(new), "token": self.name(pattern, query: query)])
        return Prediction(
            kind: .later, about: about(query), question: question,
            options: labels.enumerated().map { place, label in
                .init(words: label, isRight: place == right, hint: facts)
            })
    }
}
