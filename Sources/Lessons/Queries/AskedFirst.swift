import Wording

extension AnsweredQuestion {
    /// The right answer as the prose before the figure could say it.
    private func right(in language: Language) -> String {
        choices.indices.contains(right) ? choices[right].label[language].plainText : ""
    }

    /// Whether a piece of a step's prose says what the step asks first, or speaks of the figure that is not there yet.
    func isGivenAway(by block: Block, in language: Language) -> Bool {
        if case .callout(.look, _) = block { return true }
        let right = right(in: language)
        return block.inlines.flatMap { $0 }.flatMap(\.all).contains { inline in
            switch inline {
            case .computed(let text, _), .sample(let text), .quoted(let text): text == right
            default: false
            }
        }
    }
}

extension AnsweredChapter.Step {
    /// The step's prose before its question, and after it.
    func prose(around ask: AnsweredQuestion?, in language: Language) -> (before: [Block], after: [Block]) {
        let blocks = section.prose[language]
        guard let ask else { return (blocks, []) }
        return (
            blocks.filter { !ask.isGivenAway(by: $0, in: language) },
            blocks.filter { ask.isGivenAway(by: $0, in: language) }
        )
    }
}

extension AnsweredChapter {
    /// Its questions in the order in which they stand: an earlier chapter's, those that steps ask, the quiz.
    var numberedQuestions: [AnsweredQuestion] { [recall].compactMap { $0 } + steps.compactMap(\.ask) + quiz }
}
