/// What queries of a chapter are asked of, where they do not say.
package struct QueryContext: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The chapter's model.
    package var model: String
    /// What else the chapter looks at, by the names that it gives: `of=learned`.
    package var sources: [String: [FigureReference.Word]]

    package init(model: String, sources: [String: [FigureReference.Word]] = [:]) {
        self.model = model
        self.sources = sources
    }

    package init(stringLiteral model: String) { self.init(model: model) }
}
