import Tensors
import Wording

extension DecisionTask {
    /// Who gets hurt? `张麻子打李麻子` and `李麻子打张麻子` are made of the same words.
    ///
    /// Each case is a sentence and a person asked about; the answer is yes if that person is the one it was done to:
    /// the second of two names, or the first where `被` turns the sentence round. Pairs of names are kept back whole:
    /// held-out sentences speak of people never seen together.
    public static func wordOrder(seed: UInt64) -> DecisionTask {
        let names = ["张麻子", "李麻子", "王二", "赵六", "孙七", "周八"]
        let verbs = ["打", "骂", "追", "推"]
        let asked = "谁？"
        var random = RandomSource(seed: seed)
        var pairs: [(String, String)] = []
        for (place, one) in names.enumerated() { pairs += names[(place + 1)...].map { (one, $0) } }
        // The pair that everybody talks about is learned from no sentence.
        var kept = [0]
        while kept.count < 4 {
            let place = random.integer(below: pairs.count)
            // Each name must still be met in some pair.
            if !kept.contains(place) { kept.append(place) }
        }
        func cases(_ pair: (String, String)) -> [DecisionCase] {
            [pair, (pair.1, pair.0)].flatMap { first, second in
                verbs.flatMap { verb in
                    [false, true].flatMap { turned in
                        [first, second].map { person in
                            sentence(
                                first, verb, second, turned: turned, about: person, names: names, verbs: verbs,
                                asked: asked)
                        }
                    }
                }
            }
        }
        let hit = cases(pairs[0]).filter { $0.words.contains("打") && !$0.words.contains("被") }
        return DecisionTask(
            name: "word-order", title: Phrase(en: "Who gets hurt?", zh: "谁吃了亏？"),
            rule: Phrase(
                en: "in “A 打 B” it is done to B; in “A 被 B 打” it is done to A",
                zh: "“甲打乙”里吃亏的是乙；“甲被乙打”里吃亏的是甲"),
            yes: Phrase(en: "yes", zh: "是"), no: Phrase(en: "no", zh: "不是"),
            featureNames: (names + verbs + ["被"]).map { Phrase($0) }, wordNames: [:],
            training: pairs.indices.filter { !kept.contains($0) }.flatMap { cases(pairs[$0]) },
            heldOut: kept.flatMap { cases(pairs[$0]) }, examples: hit)
    }

    private static func sentence(
        _ first: String, _ verb: String, _ second: String, turned: Bool, about person: String, names: [String],
        verbs: [String], asked: String
    ) -> DecisionCase {
        let said = turned ? [first, "被", second, verb] : [first, verb, second]
        let words = said + [asked, person]
        let done = turned ? first : second
        let features = (names + verbs + ["被"]).map { word in Double(words.count { $0 == word }) }
        return DecisionCase(
            text: Phrase(
                en: said.joined() + ": is it done to \(person)?", zh: said.joined() + "：吃亏的是\(person)吗？"),
            words: words, features: features, answer: done == person)
    }
}
