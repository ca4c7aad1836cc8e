/// What queries of a chapter are asked of, where they do not say.
public struct QueryContext: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The chapter's model.
    public var model: String
    /// What else the chapter looks at, by the names that it gives: `of=learned`.
    public var sources: [String: [FigureReference.Word]]

    public init(model: String, sources: [String: [FigureReference.Word]] = [:]) {
        self.model = model
        self.sources = sources
    }

    public init(stringLiteral model: String) { self.init(model: model) }
}
