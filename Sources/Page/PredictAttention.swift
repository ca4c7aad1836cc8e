import Drawing
import Tensors
import Tracing
import Wording

// What a head is going to do.
extension Predict {
    /// Which key gets the largest number of this row.
    func largest(_ label: Label) -> Prediction? {
        guard let step = step(label), let query = query(step) else { return nil }
        let row = weights(step, query)
        let isShare = label != .dotProducts
        let seen = row.indices.filter { row[$0].isFinite && (!isShare || row[$0] > 0) }
        guard let best = seen.max(by: { row[$0] < row[$1] }), seen.count > 1 else { return nil }
        let written = row.map { isShare ? Numbers.percent(Double($0)) : Numbers.fixed(Double($0)) }
        // What looks as large as the largest is no wrong answer.
        let wrong = seen.filter { written[$0] != written[best] }
        guard wrong.count == seen.count - 1 else { return nil }
        let isOwn = label.uncrossed == nil
        let usual = isOwn ? [query, query - 1, 0] : [min(query, row.count - 1), 0]
        let rest = wrong.sorted { row[$0] > row[$1] }
        var others: [Int] = []
        for key in usual + rest where others.count < 3 && wrong.contains(key) && !others.contains(key) {
            others.append(key)
        }
        let (names, token) = (keys(step, query), name(step, query: query))
        let least = Double(row[seen.min { row[$0] < row[$1] } ?? best])
        let most = Double(row[best])
        let options = ([best] + others).sorted().map { key in
            let share = isShare ? Double(row[key]) : (Double(row[key]) - least) / max(most - least, 1e-12)
            let hint =
                key == best
                ? Phrase(en: "{own} is the largest number of this row.", zh: "{own} 是这一行里最大的数。")
                : isOwn && key == query
                    ? Phrase(
                        en: "A token need not look at itself most: to itself it gives {own}, to {key} {best}.",
                        zh: "词元未必最看重自己：给自己的是 {own}，给{key}的是 {best}。")
                    : isOwn && key == query - 1
                        ? Phrase(
                            en: "The neighbour before it gets {own}; {key} gets {best}.",
                            zh: "紧挨着的前一个词元得 {own}，{key}得 {best}。")
                        : Phrase(en: "It gets {own}; {key} gets {best}.", zh: "它得 {own}，{key}得 {best}。")
            return Prediction.Option(
                words: names[key], isRight: key == best,
                hint: hint.filled(["own": Phrase(written[key]), "best": Phrase(written[best]), "key": names[best]]),
                share: share, number: written[key])
        }
        let question =
            isShare
            ? Phrase(
                en: "To which token does {token} give the largest weight here?", zh: "在这个头里，{token}把最大的权重给了哪个词元？")
            : Phrase(
                en: "With which key does the query of {token} have the largest dot product, before any mask?",
                zh: "还没有掩码时，{token}的查询与哪个词元的键点积最大？")
        return Prediction(
            kind: .largest, about: [label.rawValue] + about(query), question: question.filled(["token": token]),
            options: options, veils: [veil(label, query)] + (isShare ? [] : [veil(.unmaskedScores, query)]))
    }

    func veil(_ label: Label, _ query: Int) -> Prediction.Veil {
        .init(step: StepName(label, block: layer, stack: stack).description, beginning: [0, head, query])
    }

    /// What a dot product becomes.
    func scaling() -> Prediction? {
        guard let before = step(.dotProducts), let after = step(.unmaskedScores) ?? step(.scores),
            let query = query(before), query < after.shape[2], let queries = step(.query), queries.shape.rank == 4
        else { return nil }
        let (raw, scaled) = (weights(before, query), weights(after, query))
        guard raw.count == scaled.count,
            let key = raw.indices.filter({ raw[$0].isFinite }).max(by: { abs(raw[$0]) < abs(raw[$1]) })
        else { return nil }
        let (own, right, size) = (Double(raw[key]), Double(scaled[key]), Double(queries.shape[3]))
        // Not every model divides by √d.
        guard right.isFinite, size > 1, abs(own / size.squareRoot() - right) <= 1e-3 * max(abs(right), 1e-3) else {
            return nil
        }
        let width = trace[StepName(.residualPre, block: layer, stack: stack)].map { Double($0.shape[-1]) } ?? size
        let (d, w) = (Numbers.significant(size), Numbers.significant(width))
        let root = Numbers.fixed(size.squareRoot())
        let all: [(value: Double, hint: Phrase)] = [
            (right, Phrase(en: "{own} ÷ √{d} = {own} ÷ {root}.", zh: "{own} ÷ √{d} = {own} ÷ {root}。")),
            (
                own / size,
                Phrase(
                    en: "That divides by {d}, the length of a query, not by its root {root}.",
                    zh: "这是除以查询的长度 {d}，应除以它的平方根 {root}。")
            ),
            (own, Phrase(en: "That is the dot product itself, not yet divided.", zh: "这还是点积本身，没有除。")),
            (
                own / width.squareRoot(),
                Phrase(
                    en:
                        "That divides by the root of the width {w}: what counts is the length of one head’s query, {d}.",
                    zh: "这是除以宽度 {w} 的平方根；要用的是一个头的查询长度 {d}。")
            ),
        ]
        var options: [Prediction.Option] = []
        for (place, each) in all.enumerated() {
            let written = Numbers.fixed(each.value)
            guard !options.contains(where: { $0.words.english == written }) else { continue }
            options.append(
                .init(
                    words: Phrase(written), isRight: place == 0,
                    hint: each.hint.filled([
                        "own": Phrase(Numbers.fixed(own)), "d": Phrase(d), "w": Phrase(w), "root": Phrase(root),
                    ]), share: abs(each.value) / max(abs(own), 1e-12)))
        }
        guard options.count > 2 else { return nil }
        let question = Phrase(
            en: "The dot product of {token} with {key} is {own}. What is its score after scaling?",
            zh: "{token}与{key}的点积是 {own}。缩放后的得分是多少？"
        ).filled([
            "token": name(before, query: query), "key": keys(before, query)[key], "own": Phrase(Numbers.fixed(own)),
        ])
        var found = Prediction(
            kind: .scaling, about: about(query, key), question: question, options: options,
            veils: [veil(after.name.label, query)])
        found.turn(by: spread(key))
        return found
    }
}
