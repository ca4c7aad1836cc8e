import Wording

/// A chapter's prose as a speaker reads it: paragraphs of plain text, formulas in a line.
struct SpokenProse<Source: FigureSource> {
    let source: Source
    let language: Language

    /// - Throws: what the source throws for a formula.
    func paragraphs(_ blocks: [Block]) throws -> [String] {
        try blocks.flatMap { try paragraphs($0) }.filter { !$0.isEmpty }
    }

    func line(_ text: [Inline]) throws -> String {
        try TerminalProse(source: source, language: language).spans(text).map(\.0).joined()
    }

    private func paragraphs(_ block: Block) throws -> [String] {
        switch block {
        case .paragraph(let text): return [try line(text)]
        case .list(let start, let items):
            return try items.enumerated().flatMap { place, item in
                let mark = start.map { "\($0 + place). " } ?? "• "
                let own = try paragraphs(item)
                return own.enumerated().map { ($0.offset == 0 ? mark : "") + $0.element }
            }
        case .code(let text): return text.split(separator: "\n").map(String.init)
        case .askedCode(let template), .askedFormula(let template): return [template.source]
        case .formula(let notation): return [try source.formula(notation, display: true).plain]
        case .callout(let kind, let inner):
            return [kind.label[language] + (language == .chinese ? "：" : ":")] + (try paragraphs(inner))
        case .footnote(let number, let inner):
            return try paragraphs(inner).map { "[\(number)] " + $0 }
        case .table(let table):
            return try ([table.header] + table.rows).map { row in
                try row.map { try line($0) }.joined(separator: " | ")
            }
        }
    }
}
