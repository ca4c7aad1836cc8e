import Wording

/// Reads sums, products, functions and queries from the words of a line.
struct AskReader {
    typealias Word = QueryParser.Word

    let parser: QueryParser
    var words: ArraySlice<Word>

    private var place: Place { parser.place }

    mutating func sum() throws -> Ask {
        var left = try product()
        while let sign = next(tight: false) { left = .operation(sign, left, try product()) }
        return left
    }

    private mutating func product() throws -> Ask {
        var left = try operand()
        while let sign = next(tight: true) { left = .operation(sign, left, try operand()) }
        return left
    }

    private mutating func next(tight: Bool) -> Ask.Operator? {
        guard let word = words.first, !word.isQuoted, let sign = Ask.Operator(written: word.text),
            sign.bindsTightly == tight
        else { return nil }
        words.removeFirst()
        return sign
    }

    private mutating func operand() throws -> Ask {
        guard let first = words.popFirst() else { throw unknown("") }
        if first.isQuoted { return .token(first.text) }
        if let number = Double(first.text.replacing("−", with: "-")) { return .number(number) }
        if first.text == "(" {
            let inner = try sum()
            guard let close = words.popFirst(), close.isMark(")") else {
                throw place.error(.unclosedQuotation, ["found": Phrase("( " + inner.source)])
            }
            return inner
        }
        if let function = Ask.Function(rawValue: first.text) { return .function(function, try operand()) }
        guard let name = Query.Name(rawValue: first.text) else { throw unknown(first.text) }
        return .query(try query(name))
    }

    private func unknown(_ found: String) -> LessonError {
        let known = QueryParser.names + ", " + Ask.Function.allCases.map(\.rawValue).joined(separator: ", ")
        return place.error(.unknownQuery, ["found": Phrase(found), "expected": Phrase(known)])
    }

    /// Nothing may be left.
    func finish(_ ask: Ask) throws {
        guard let rest = words.first else { return }
        if case .query(let query) = ask {
            throw count(of: query.name, query.arguments.count, found: query.arguments.count + words.count)
        }
        throw unknown(rest.text)
    }

    private func count(of name: Query.Name, _ expected: Int, found: Int) -> LessonError {
        place.error(
            .argumentCount, ["key": Phrase(name.rawValue), "expected": "\(expected)", "found": "\(found)"])
    }

    // MARK: Queries

    /// `of=learned`, `model=translator`, `temperature=0.7`.
    private static func setting(_ word: Word, _ name: Query.Name) -> (key: String, value: String)? {
        guard !word.isQuoted, let sign = word.text.firstIndex(of: "=") else { return nil }
        let key = String(word.text[..<sign])
        guard ["model", "of"].contains(key) || name.settings.contains(key) else { return nil }
        return (key, String(word.text[word.text.index(after: sign)...]))
    }

    /// What belongs to the query: up to a sign of arithmetic.
    private func ends(_ word: Word) -> Bool {
        !word.isQuoted && (word.text == ")" || Ask.Operator(written: word.text) != nil)
    }

    private mutating func query(_ name: Query.Name) throws -> Query {
        let own = words.prefix { !ends($0) }
        let source = own.lazy.compactMap { Self.setting($0, name) }.last { $0.key == "of" }?.value
        let isAskable = name.asksASource || name.signature.contains(.asked)
        if name.asksASource, source == nil { throw place.error(.wantsSource, ["key": Phrase(name.rawValue)]) }
        if source != nil, !isAskable { throw place.error(.wantsNoSource, ["key": Phrase(name.rawValue)]) }
        let signature = source == nil ? name.signature : name.signature.filter { $0 != .asked }
        var arguments: [Argument] = []
        var settings: [FigureReference.Word] = []
        while let word = words.first, !ends(word) {
            if let (key, value) = Self.setting(word, name) {
                settings.append(.init(key, value))
            } else if arguments.count < signature.count {
                arguments.append(try parser.argument(word, kind: signature[arguments.count], of: name.rawValue))
            } else {
                break
            }
            words.removeFirst()
        }
        guard arguments.count == signature.count else {
            throw count(of: name, signature.count, found: arguments.count)
        }
        let model = settings.last { $0.key == "model" }?.value
        var query = Query(name: name, arguments: arguments, model: model ?? parser.context.model)
        query.settings = try settings.filter { $0.key != "model" && $0.key != "of" }.map(checked)
        if let source { try ask(&query, source) }
        query.place.value = place
        return query
    }

    private func ask(_ query: inout Query, _ source: String) throws {
        let sources = parser.context.sources
        guard let words = sources[source] else {
            let known = sources.keys.sorted().joined(separator: ", ")
            throw place.error(.unknownSource, ["found": Phrase(source), "expected": Phrase(known)])
        }
        query.subject = words
        query.subjectName = source
    }

    private func checked(_ setting: FigureReference.Word) throws -> FigureReference.Word {
        let number = Double(setting.value)
        let isWhole = Int(setting.value).map { $0 >= 0 } ?? false
        let isRight = setting.key == "top-k" || setting.key == "seed" ? isWhole : number.map { $0 >= 0 } ?? false
        guard isRight else {
            throw place.error(
                .badArgument,
                [
                    "found": Phrase(setting.value), "key": Phrase(setting.key),
                    "expected": Phrase(en: "a number", zh: "一个数"),
                ])
        }
        return setting
    }
}
