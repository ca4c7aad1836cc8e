import Wording

/// Reads queries, placeholders and claims as chapters write them.
struct QueryParser {
    let place: Place
    /// Unless a query says `model=…` or `of=…`.
    let context: QueryContext

    /// One word of a query, and whether it stood in quotation marks.
    struct Word: Hashable {
        var text: String
        var isQuoted: Bool

        func isMark(_ mark: String) -> Bool { !isQuoted && text == mark }
    }

    /// `probability "中华人民" "共和国" percent`, without the braces.
    func placeholder(_ source: String) throws -> Placeholder {
        var reader = AskReader(parser: self, words: try words(of: source)[...])
        let ask = try reader.sum()
        var format: NumberFormat?
        if reader.words.count == 1, let last = reader.words.first, !last.isQuoted {
            guard let known = NumberFormat(last.text) else {
                throw place.error(
                    .unknownFormat, ["found": Phrase(last.text), "expected": Phrase(NumberFormat.list)])
            }
            format = known
        } else {
            try reader.finish(ask)
        }
        if format != nil, ask.kind == .token || ask.kind == .cell {
            throw place.error(.formatMismatch, ["key": Phrase(ask.source)])
        }
        var placeholder = Placeholder(ask: ask, format: format ?? ask.format)
        placeholder.written.value = source.split { $0.isWhitespace }.joined(separator: " ")
        return placeholder
    }

    func ask(_ source: String) throws -> Ask {
        var reader = AskReader(parser: self, words: try words(of: source)[...])
        let ask = try reader.sum()
        try reader.finish(ask)
        return ask
    }

    func query(_ source: String) throws -> Query {
        guard case .query(let query) = try ask(source) else {
            throw place.error(.unknownQuery, ["found": Phrase(source), "expected": Phrase(Self.names)])
        }
        return query
    }

    /// `probability "中华人民" "共和国" > 0.9`
    func claim(_ source: String) throws -> Claim {
        let words = try words(of: source)
        guard
            let middle = words.firstIndex(where: { !$0.isQuoted && Claim.Relation(rawValue: $0.text) != nil }),
            let relation = Claim.Relation(rawValue: words[middle].text), middle > 0, middle + 1 < words.count
        else { throw place.error(.badClaim, ["found": Phrase(source)]) }
        return Claim(
            left: try side(words[..<middle]), relation: relation, right: try side(words[(middle + 1)...]),
            source: source)
    }

    private func side(_ words: ArraySlice<Word>) throws -> Ask {
        var reader = AskReader(parser: self, words: words)
        let ask = try reader.sum()
        try reader.finish(ask)
        return ask
    }

    static let names = Query.Name.allCases.map(\.rawValue).joined(separator: ", ")

    func argument(_ word: Word, kind: ArgumentKind, of name: String) throws -> Argument {
        let text = word.text
        switch kind {
        case .text, .asked:
            return .text(word.isQuoted ? text : try context.text(text, at: place))
        case .index:
            if let index = Int(text), index >= 0 { return .index(index) }
            if let path = Self.measured(text) { return .measured(path) }
            throw bad(
                text, of: name, Phrase(en: "a number from 0, or @ and a measured path", zh: "从 0 起的数，或 @ 加测量值的路径"))
        case .position:
            if let index = Int(text) { return .index(index) }
            if text.hasPrefix("at:"), text.count > 3 { return .at(String(text.dropFirst(3))) }
            throw bad(
                text, of: name,
                Phrase(en: "a token's number, or at: and characters of the text", zh: "词元的序号，或 at: 加文中的字"))
        case .indices:
            // A single number, such as a loss, has no index.
            if text.isEmpty, word.isQuoted { return .indices([]) }
            let known = try slice(text, of: name, mayBeAll: false)
            return .indices(known.compactMap { $0 })
        case .slice:
            if text.isEmpty, word.isQuoted { return .slice([]) }
            return .slice(try slice(text, of: name, mayBeAll: true))
        }
    }

    private func slice(_ text: String, of name: String, mayBeAll: Bool) throws -> [Int?] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { piece in
            if mayBeAll, piece == "*" { return nil }
            guard let index = Int(piece), index >= 0 else {
                throw bad(
                    text, of: name,
                    mayBeAll
                        ? Phrase(en: "indices such as 0,2,*", zh: "形如 0,2,* 的下标")
                        : Phrase(en: "indices such as 0,2,1", zh: "形如 0,2,1 的下标"))
            }
            return index
        }
    }

    private static func measured(_ text: String) -> String? {
        text.hasPrefix("@") && text.count > 1 ? String(text.dropFirst()) : nil
    }

    private func bad(_ found: String, of name: String, _ expected: Phrase) -> LessonError {
        place.error(.badArgument, ["found": Phrase(found), "key": Phrase(name), "expected": expected])
    }

    /// Splits at spaces; a text with spaces stands in straight quotation marks, which also may stand after `at:`.
    func words(of source: String) throws -> [Word] {
        var words: [Word] = []
        var current: Word?
        var insideQuotes = false
        func finish() {
            if let word = current { words.append(word) }
            current = nil
        }
        for character in source {
            if character == "\"" {
                if current == nil { current = Word(text: "", isQuoted: true) }
                insideQuotes.toggle()
            } else if !insideQuotes, character.isWhitespace {
                finish()
            } else if !insideQuotes, character == "(" || character == ")" {
                finish()
                words.append(Word(text: String(character), isQuoted: false))
            } else {
                if current == nil { current = Word(text: "", isQuoted: false) }
                current?.text.append(character)
            }
        }
        if insideQuotes { throw place.error(.unclosedQuotation, ["found": Phrase(source)]) }
        finish()
        return words
    }
}
