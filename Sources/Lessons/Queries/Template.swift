import Wording

/// Something asked in the middle of a text, and how its answer is written.
package struct Placeholder: Sendable, Hashable {
    package let ask: Ask
    package let format: NumberFormat
    /// As the chapter writes it, so that languages can be compared.
    var written = Aside<String>()

    package init(ask: Ask, format: NumberFormat) {
        self.ask = ask
        self.format = format
    }

    package init(query: Query, format: NumberFormat) { self.init(ask: .query(query), format: format) }

    /// Where it stands.
    var place: Place? { ask.queries.first?.place.value }

    /// The answer as readers see it.
    package func text(from source: some FigureSource) throws -> String {
        format.text(try source.answer(asked: ask))
    }
}

extension NumberFormat {
    func text(_ answer: Answer) -> String {
        switch answer {
        case .number(let value): text(value)
        case .token(let token): token
        case .ranking(let entries): entries.map { "\($0.label) \(text($0.value))" }.joined(separator: ", ")
        case .cell(let index): index.map(String.init).joined(separator: ",")
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

    /// Without placeholders.
    package init(_ text: String) { self.init(pieces: [.text(text)]) }

    /// Whether it asks nothing.
    var isPlain: Bool { placeholders.isEmpty }

    var placeholders: [Placeholder] {
        pieces.compactMap { if case .placeholder(let placeholder) = $0 { placeholder } else { nil } }
    }

    /// As written.
    var source: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .placeholder(let placeholder): "{{\(placeholder.written.value ?? placeholder.ask.source)}}"
            }
        }.joined()
    }

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
