import Tensors
import Wording

extension DecisionTask {
    /// Who gets hurt? `张麻子打李麻子` and `李麻子打张麻子` are made of the same words.
    ///
    /// The answer is the one it is done to: the second of two names, or the first where `被` turns the sentence
    /// round. Pairs of names are kept back whole: held-out sentences speak of people never seen together, and of the
    /// pair of the examples nothing is learned.
    package static func wordOrder(seed: UInt64) -> DecisionTask {
        let names = ["张麻子", "李麻子", "王二", "赵六", "孙七", "周八", "吴九", "郑十"]
        let verbs = ["打", "骂", "追", "推"]
        var random = RandomSource(seed: seed)
        var pairs: [(Int, Int)] = []
        for one in names.indices { pairs += names.indices.dropFirst(one + 1).map { (one, $0) } }
        var kept = [0]
        while kept.count < 6 {
            let place = random.integer(below: pairs.count)
            if !kept.contains(place) { kept.append(place) }
        }
        let vocabulary = names + verbs + [Self.turning]
        func cases(_ pair: (Int, Int)) -> [DecisionCase] {
            [pair, (pair.1, pair.0)].flatMap { first, second in
                verbs.flatMap { verb in
                    [false, true].map { isTurned in
                        let said =
                            isTurned
                            ? [names[first], Self.turning, names[second], verb] : [names[first], verb, names[second]]
                        return DecisionCase(
                            text: Phrase(said.joined()), words: said + [Self.question],
                            features: vocabulary.map { word in Double(said.count { $0 == word }) },
                            answer: isTurned ? first : second)
                    }
                }
            }
        }
        let hit = cases(pairs[0]).filter { $0.words.contains("打") && !$0.words.contains(Self.turning) }
        return DecisionTask(
            name: "word-order", title: Phrase(en: "Who gets hurt?", zh: "谁吃了亏？"),
            rule: Phrase(
                en: "in “A 打 B” it is done to B; in “A 被 B 打” it is done to A",
                zh: "“甲打乙”里吃亏的是乙；“甲被乙打”里吃亏的是甲"),
            answers: names, featureNames: vocabulary.map { Phrase($0) },
            wordNames: [Self.question: Phrase(en: "who?", zh: "谁？")],
            training: pairs.indices.filter { !kept.contains($0) }.flatMap { cases(pairs[$0]) },
            heldOut: kept.flatMap { cases(pairs[$0]) }, examples: hit)
    }

    /// The word that makes the one named first the one it is done to.
    private static let turning = "被"
    private static let question = "谁"
}
