/// A piece of running text.
package indirect enum Inline: Sendable, Hashable {
    case text(String)
    case emphasis([Inline])
    case strong([Inline])
    /// Text that a model reads or writes, a step's name or a command: set apart from the author's own words.
    case sample(String)
    /// A formula in the notation of `Drawing`.
    case formula(String)
    /// A formula in which the engine's answers stand.
    case askedFormula(Template)
    /// A number or token that the engine computes.
    case placeholder(Placeholder)
    /// What a placeholder became, and what was asked.
    case computed(String, Placeholder)
    /// A figure taken from a document, not from our model.
    case quoted(String)
    /// What is neither measured nor quoted, and the name of the fact.
    case fact(String, String)
    case link([Inline], to: LinkTarget)
    case footnote(Int)
    case softBreak
    case lineBreak
}

/// Where a link leads.
package enum LinkTarget: Sendable, Hashable {
    case chapter(ChapterID, step: String?)
    /// An `https` address.
    case web(String)
}

/// A piece of a page that stands by itself.
package indirect enum Block: Sendable, Hashable {
    case paragraph([Inline])
    case list(start: Int?, items: [[Block]])
    /// Lines kept as they are.
    case code(String)
    case formula(String)
    /// Lines and formulas in which the engine's answers stand.
    case askedCode(Template)
    case askedFormula(Template)
    case table(Table)
    case callout(Callout, [Block])
    case footnote(Int, [Block])

    package struct Table: Sendable, Hashable {
        package var alignments: [Alignment]
        package var header: [[Inline]]
        package var rows: [[[Inline]]]
    }

    package enum Alignment: Sendable, Hashable {
        case natural, left, center, right
    }
}

/// The kinds of aside.
package enum Callout: String, Sendable, CaseIterable {
    /// Where a document is loose or wrong, said kindly.
    case document
    /// Worth knowing, not needed.
    case note
    /// Look at this in the figure.
    case look
}

extension Inline {
    /// The characters alone, placeholders and formulas included as one word each.
    package var plainText: String {
        switch self {
        case .text(let text), .sample(let text), .quoted(let text), .computed(let text, _), .fact(let text, _): text
        case .formula, .askedFormula: "x"
        case .placeholder: "0"
        case .emphasis(let inner), .strong(let inner), .link(let inner, _): inner.plainText
        case .footnote: ""
        case .softBreak, .lineBreak: " "
        }
    }

    /// Rewrites every leaf, keeping the tree.
    func mapLeaves(_ change: (Inline) throws -> Inline) rethrows -> Inline {
        switch self {
        case .emphasis(let inner): .emphasis(try inner.map { try $0.mapLeaves(change) })
        case .strong(let inner): .strong(try inner.map { try $0.mapLeaves(change) })
        case .link(let inner, let target): .link(try inner.map { try $0.mapLeaves(change) }, to: target)
        default: try change(self)
        }
    }

    /// This piece and every piece inside it.
    var all: [Inline] {
        switch self {
        case .emphasis(let inner), .strong(let inner), .link(let inner, _): [self] + inner.flatMap(\.all)
        default: [self]
        }
    }
}

extension [Inline] {
    package var plainText: String {
        enumerated().map { index, inline in
            if case .softBreak = inline, joinsAcross(index) { "" } else { inline.plainText }
        }.joined()
    }

    /// Whether a line break of the source is no space, because it stands between Chinese characters.
    func joinsAcross(_ index: Int) -> Bool {
        let before = index > 0 ? self[index - 1].plainText.last : nil
        let after = index + 1 < count ? self[index + 1].plainText.first : nil
        return [before, after].allSatisfy { $0.map { $0.isHan || $0.isFullWidthPunctuation } ?? true }
    }
}

extension Block {
    func mapInlines(_ change: ([Inline]) throws -> [Inline]) rethrows -> Block {
        switch self {
        case .paragraph(let text): .paragraph(try change(text))
        case .list(let start, let items):
            .list(start: start, items: try items.map { try $0.map { try $0.mapInlines(change) } })
        case .callout(let kind, let inner): .callout(kind, try inner.map { try $0.mapInlines(change) })
        case .footnote(let number, let inner): .footnote(number, try inner.map { try $0.mapInlines(change) })
        case .table(let table):
            .table(
                Table(
                    alignments: table.alignments, header: try table.header.map(change),
                    rows: try table.rows.map { try $0.map(change) }))
        case .code, .formula, .askedCode, .askedFormula: self
        }
    }

    /// Rewrites every block, those inside first.
    func mapBlocks(_ change: (Block) throws -> Block) rethrows -> Block {
        switch self {
        case .list(let start, let items):
            try change(.list(start: start, items: try items.map { try $0.map { try $0.mapBlocks(change) } }))
        case .callout(let kind, let inner): try change(.callout(kind, try inner.map { try $0.mapBlocks(change) }))
        case .footnote(let number, let inner):
            try change(.footnote(number, try inner.map { try $0.mapBlocks(change) }))
        default: try change(self)
        }
    }

    /// This block and every block inside it.
    var all: [Block] {
        switch self {
        case .list(_, let items): [self] + items.flatMap { $0.flatMap(\.all) }
        case .callout(_, let inner), .footnote(_, let inner): [self] + inner.flatMap(\.all)
        default: [self]
        }
    }

    /// Every run of text in it, in reading order.
    var inlines: [[Inline]] {
        switch self {
        case .paragraph(let text): [text]
        case .list(_, let items): items.flatMap { $0.flatMap(\.inlines) }
        case .callout(_, let inner), .footnote(_, let inner): inner.flatMap(\.inlines)
        case .table(let table): table.header + table.rows.flatMap { $0 }
        case .code, .formula, .askedCode, .askedFormula: []
        }
    }

    /// The notations of the formulas in it that stand by themselves.
    var displayedFormulas: [String] {
        switch self {
        case .formula(let notation): [notation]
        case .list(_, let items): items.flatMap { $0.flatMap(\.displayedFormulas) }
        case .callout(_, let inner), .footnote(_, let inner): inner.flatMap(\.displayedFormulas)
        default: []
        }
    }
}

/// The length of prose as readers of each language count it: words in English, characters in Chinese.
enum ProseLength {
    static func words(in blocks: [Block]) -> Int {
        blocks.flatMap(\.inlines).reduce(0) { $0 + words(in: $1.plainText) }
    }

    /// A run of letters and digits counts one, and so does each Chinese character.
    static func words(in text: String) -> Int {
        var count = 0
        var insideWord = false
        for character in text {
            if character.isHan {
                count += 1
                insideWord = false
            } else if character.isLetter || character.isNumber {
                if !insideWord { count += 1 }
                insideWord = true
            } else if character != "’", character != "'", character != "-", character != "." {
                insideWord = false
            }
        }
        return count
    }
}

extension Character {
    /// A Chinese character proper, not punctuation.
    var isHan: Bool {
        unicodeScalars.contains { $0.properties.isIdeographic }
    }
}
