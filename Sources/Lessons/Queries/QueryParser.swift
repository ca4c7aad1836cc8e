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
    }

    /// `probability "中华人民" "共和国" percent`, without the braces.
    func placeholder(_ source: String) throws -> Placeholder {
        var words = try words(of: source)
        var format: NumberFormat?
        let arity = try name(of: words).signature.count
        if words.filter({ Self.addressee($0) == nil }).count > arity + 1, let last = words.last, !last.isQuoted {
            guard let known = NumberFormat(rawValue: last.text) else {
                throw place.error(
                    .unknownFormat, ["found": Phrase(last.text), "expected": Phrase(NumberFormat.list)])
            }
            format = known
            words.removeLast()
        }
        let query = try query(words)
        if format != nil, query.name.result == .token {
            throw place.error(.formatMismatch, ["key": Phrase(query.name.rawValue)])
        }
        return Placeholder(query: query, format: format ?? query.name.format)
    }

    func query(_ source: String) throws -> Query { try query(words(of: source)) }

    /// `probability "中华人民" "共和国" > 0.9`
    func claim(_ source: String) throws -> Claim {
        let words = try words(of: source)
        guard
            let middle = words.firstIndex(where: { !$0.isQuoted && Claim.Relation(rawValue: $0.text) != nil }),
            let relation = Claim.Relation(rawValue: words[middle].text), middle > 0, middle + 1 < words.count
        else { throw place.error(.badClaim, ["found": Phrase(source)]) }
        return Claim(
            left: try side(Array(words[..<middle])), relation: relation,
            right: try side(Array(words[(middle + 1)...])), source: source)
    }

    private func side(_ words: [Word]) throws -> Claim.Side {
        if words.count == 1, let only = words.first {
            if only.isQuoted { return .token(only.text) }
            if let number = Double(only.text) { return .number(number) }
        }
        return .query(try query(words))
    }

    /// Whom a query asks: `model=translator`, `of=learned`.
    private static func addressee(_ word: Word) -> (kind: String, name: String)? {
        guard !word.isQuoted, let sign = word.text.firstIndex(of: "=") else { return nil }
        let kind = String(word.text[..<sign])
        return kind == "model" || kind == "of" ? (kind, String(word.text[word.text.index(after: sign)...])) : nil
    }

    private func name(of words: [Word]) throws -> Query.Name {
        guard let first = words.first, !first.isQuoted, let name = Query.Name(rawValue: first.text) else {
            let known = Query.Name.allCases.map(\.rawValue).joined(separator: ", ")
            throw place.error(
                .unknownQuery, ["found": Phrase(words.first?.text ?? ""), "expected": Phrase(known)])
        }
        return name
    }

    private func query(_ words: [Word]) throws -> Query {
        let name = try name(of: words)
        let addressees = words.compactMap(Self.addressee)
        let given = words.dropFirst().filter { Self.addressee($0) == nil }
        guard given.count == name.signature.count else {
            throw place.error(
                .argumentCount,
                [
                    "key": Phrase(name.rawValue), "expected": "\(name.signature.count)", "found": "\(given.count)",
                ])
        }
        let arguments = try zip(given, name.signature).map { word, kind in
            try argument(word, kind: kind, of: name.rawValue)
        }
        let stated = addressees.first { $0.kind == "model" }?.name
        var query = Query(name: name, arguments: arguments, model: stated ?? context.model)
        let source = addressees.first { $0.kind == "of" }?.name
        guard name.asksASource == (source != nil) else {
            throw place.error(name.asksASource ? .wantsSource : .wantsNoSource, ["key": Phrase(name.rawValue)])
        }
        if let source {
            guard let words = context.sources[source] else {
                let known = context.sources.keys.sorted().joined(separator: ", ")
                throw place.error(.unknownSource, ["found": Phrase(source), "expected": Phrase(known)])
            }
            query.subject = words
        }
        query.place.value = place
        return query
    }

    func argument(_ word: Word, kind: ArgumentKind, of name: String) throws -> Argument {
        let text = word.text
        switch kind {
        case .text:
            return .text(text)
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
            let indices = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
            let known = indices.compactMap { $0 }
            guard known.count == indices.count, !known.isEmpty, known.allSatisfy({ $0 >= 0 }) else {
                throw bad(text, of: name, Phrase(en: "indices such as 0,2,1", zh: "形如 0,2,1 的下标"))
            }
            return .indices(known)
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
        for character in source {
            if character == "\"" {
                if current == nil { current = Word(text: "", isQuoted: true) }
                insideQuotes.toggle()
            } else if !insideQuotes, character.isWhitespace {
                if let word = current { words.append(word) }
                current = nil
            } else {
                if current == nil { current = Word(text: "", isQuoted: false) }
                current?.text.append(character)
            }
        }
        if insideQuotes { throw place.error(.unclosedQuotation, ["found": Phrase(source)]) }
        if let word = current { words.append(word) }
        return words
    }
}
