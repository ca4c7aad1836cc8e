import Wording

/// A query in the middle of a text, and how its answer is written.
package struct Placeholder: Sendable, Hashable {
    package let query: Query
    package let format: NumberFormat

    package init(query: Query, format: NumberFormat) {
        self.query = query
        self.format = format
    }

    /// The answer as readers see it.
    package func text(from source: some FigureSource) throws -> String {
        switch try source.answer(asked: query) {
        case .number(let value): format.text(value)
        case .token(let token): token
        case .ranking(let entries):
            entries.map { "\($0.label) \(format.text($0.value))" }.joined(separator: ", ")
        }
    }
}

/// A line of text with placeholders in it: a command whose layer was measured.
package struct Template: Sendable, Hashable {
    package enum Piece: Sendable, Hashable {
        case text(String)
        case placeholder(Placeholder)
    }

    package let pieces: [Piece]

    package init(pieces: [Piece]) { self.pieces = pieces }

    /// The line with every placeholder answered.
    package func text(from source: some FigureSource) throws -> String {
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
