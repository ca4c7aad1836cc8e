import Tensors
import Wording

extension DecisionTask {
    /// Go to the film or stay at home? Weather counts 8, price 4, a friend 4; go if the sum is more than 8.
    ///
    /// The world has only eight cases. Two of them, drawn from the seed, are kept back: whoever has found the rule
    /// answers them, whoever has learned by heart may not.
    package static func film(seed: UInt64) -> DecisionTask {
        let weights = [8.0, 4, 4]
        let threshold = 8.0
        let features = [
            Phrase(en: "good weather", zh: "天气好"), Phrase(en: "good price", zh: "票价便宜"),
            Phrase(en: "a friend comes along", zh: "有朋友一起"),
        ]
        let said: [(yes: String, no: String)] = [("sunny", "rainy"), ("cheap", "dear"), ("friend", "alone")]
        let words: [String: Phrase] = [
            "sunny": Phrase(en: "sunny", zh: "晴天"), "rainy": Phrase(en: "rainy", zh: "下雨"),
            "cheap": Phrase(en: "cheap", zh: "便宜"), "dear": Phrase(en: "dear", zh: "贵"),
            "stay": Phrase(en: "stay at home", zh: "不去"), "go": Phrase(en: "go", zh: "去"),
            "friend": Phrase(en: "friend", zh: "有伴"), "alone": Phrase(en: "alone", zh: "独自"),
        ]
        let cases = (0..<8).map { number in
            let inputs = (0..<3).map { number >> (2 - $0) & 1 == 1 }
            let chosen = zip(said, inputs).map { $1 ? $0.yes : $0.no }
            let shown = chosen.map { words[$0] ?? Phrase($0) }
            let sum = zip(weights, inputs).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
            return DecisionCase(
                text: Phrase(
                    en: shown.map(\.english).joined(separator: ", "), zh: shown.map(\.chinese).joined(separator: "、")),
                words: chosen, features: inputs.map { $0 ? 1 : 0 }, answer: sum > threshold ? 1 : 0)
        }
        var random = RandomSource(seed: seed)
        // One of each answer: a set of one answer would be passed by whoever always gives it.
        let yes = cases.indices.filter { cases[$0].answer == 1 }
        let no = cases.indices.filter { cases[$0].answer == 0 }
        let kept = [yes[random.integer(below: yes.count)], no[random.integer(below: no.count)]]
        return DecisionTask(
            name: "film", title: Phrase(en: "Go to the film?", zh: "去不去看电影？"),
            rule: Phrase(
                en: "weather counts 8, price 4, a friend 4; go if the sum is more than 8",
                zh: "天气记 8 分，票价记 4 分，朋友记 4 分；总分大于 8 就去"),
            answers: ["stay", "go"], featureNames: features,
            wordNames: words, training: cases.indices.filter { !kept.contains($0) }.map { cases[$0] },
            heldOut: kept.map { cases[$0] }, examples: cases)
    }
}
