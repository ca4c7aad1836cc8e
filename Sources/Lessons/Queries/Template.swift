import Wording

/// A query in the middle of a text, and how its answer is written.
public struct Placeholder: Sendable, Hashable {
    public let query: Query
    public let format: NumberFormat

    public init(query: Query, format: NumberFormat) {
        self.query = query
        self.format = format
    }

    /// The answer as readers see it.
    public func text(from source: some FigureSource) throws -> String {
        switch try source.answer(asked: query) {
        case .number(let value): format.text(value)
        case .token(let token): token
        case .ranking(let entries):
            entries.map { "\($0.label) \(format.text($0.value))" }.joined(separator: ", ")
        }
    }
}

/// A line of text with placeholders in it: a command whose layer was measured.
public struct Template: Sendable, Hashable {
    public enum Piece: Sendable, Hashable {
        case text(String)
        case placeholder(Placeholder)
    }

    public let pieces: [Piece]

    public init(pieces: [Piece]) { self.pieces = pieces }

    /// The line with every placeholder answered.
    public func text(from source: some FigureSource) throws -> String {
        try pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .placeholder(let placeholder): try placeholder.text(from: source)
            }
        }.joined()
    }

    /// Splits a line at `{{…}}`.
    init(_ source: String, parser: QueryParser) throws {
        var pieces: [Piece] = []
        var rest = source[...]
        while let open = rest.firstRange(of: "{{") {
            guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
                throw parser.place.error(.unclosedPlaceholder)
            }
            if open.lowerBound > rest.startIndex { pieces.append(.text(String(rest[..<open.lowerBound]))) }
            pieces.append(
                .placeholder(try parser.placeholder(String(rest[open.upperBound..<close.lowerBound]))))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.pieces = pieces
    }
}
