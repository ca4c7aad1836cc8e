import Wording

/// What queries of a chapter are asked of, where they do not say; of one language, since texts may differ.
package struct QueryContext: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The chapter's model.
    package var model: String
    /// What else the chapter looks at, by the names that it gives: `of=learned`.
    package var sources: [String: [FigureReference.Word]]
    /// The chapter's texts, by the names that it gives: `$opening`.
    package var texts: [String: String]
    /// What the chapter cites, by the names that it gives: `[1957]{fact:perceptron}`.
    package var facts: [String: String]

    package init(
        model: String, sources: [String: [FigureReference.Word]] = [:], texts: [String: String] = [:],
        facts: [String: String] = [:]
    ) {
        (self.model, self.sources, self.texts, self.facts) = (model, sources, texts, facts)
    }

    package init(stringLiteral model: String) { self.init(model: model) }

    /// `$opening` in the text's own words; any other text as it is.
    /// - Throws: `LessonError` for a name that the chapter does not have.
    func text(_ written: String, at place: Place) throws -> String {
        guard written.hasPrefix("$"), written.count > 1 else { return written }
        guard let text = texts[String(written.dropFirst())] else {
            throw place.error(
                .unknownText,
                [
                    "found": Phrase(written),
                    "expected": Phrase(texts.keys.sorted().map { "$" + $0 }.joined(separator: ", ")),
                ])
        }
        return text
    }
}
