import Wording

extension TrainingError {
    /// A mistake in what was set otherwise than the recipe's file does.
    init(_ mistake: YAMLMistake, inChange change: String) {
        guard case .recipe(_, _, _, let expected, let found) = TrainingError(mistake) else {
            self = TrainingError(mistake)
            return
        }
        self = .change(change, expected: expected, found: found)
    }

    /// A mistake in a recipe.
    init(_ mistake: YAMLMistake) {
        func recipe(expected: Phrase, found: Phrase) -> TrainingError {
            .recipe(path: mistake.file, line: mistake.line ?? 1, key: mistake.key, expected: expected, found: found)
        }
        self =
            switch mistake.kind {
            case .syntax(let reason):
                .unreadable(path: mistake.line.map { "\(mistake.file):\($0)" } ?? mistake.file, reason: reason)
            case .unknownKey(let known):
                recipe(expected: YAMLReader.one(of: known), found: Phrase(en: "an unknown key", zh: "不认识的键"))
            case .missing: recipe(expected: Phrase(en: "a value", zh: "一个值"), found: Phrase(en: "nothing", zh: "空缺"))
            case .empty: recipe(expected: Phrase(en: "a text", zh: "一段文字"), found: Phrase(en: "nothing", zh: "空缺"))
            case .wrong(let expected, let found): recipe(expected: expected, found: found)
            }
    }
}
