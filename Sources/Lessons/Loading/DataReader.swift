import Training
import Wording

/// Reads a part of a chapter's data, in which texts may differ by language and what is asked is asked in each.
struct DataReader {
    let yaml: YAMLReader
    let context: Bilingual<QueryContext>

    func both<Value>(_ key: String, _ read: (QueryParser, String) throws -> Value) throws -> Bilingual<Value> {
        try both(yaml.phraseOrText(key), at: yaml.place(of: key), read)
    }

    private func both<Value>(
        _ text: Phrase, at place: Place, _ read: (QueryParser, String) throws -> Value
    ) throws -> Bilingual<Value> {
        try Bilingual { try read(QueryParser(place: place, context: context[$0]), text[$0]) }
    }

    func ask(_ key: String) throws -> Bilingual<Ask> { try both(key) { try $0.ask($1) } }

    func claim(_ key: String) throws -> Bilingual<Claim> { try both(key) { try $0.claim($1) } }

    func template(_ key: String) throws -> Bilingual<Template> { try both(key) { try Template($1, parser: $0) } }

    /// Where a cell is: its indices, or what finds them.
    func cell(_ key: String) throws -> Bilingual<Ask> { try both(key) { try Self.cell($0, $1) } }

    private static func cell(_ parser: QueryParser, _ text: String) throws -> Ask {
        let word = QueryParser.Word(text: text, isQuoted: false)
        if case .indices(let index)? = try? parser.argument(word, kind: .indices, of: "cell") { return .cell(index) }
        let ask = try parser.ask(text)
        guard ask.kind == .cell else {
            throw parser.place.error(
                .badArgument,
                [
                    "found": Phrase(text), "key": "cell",
                    "expected": Phrase(
                        en: "indices such as 0,2,1, or where-greatest …", zh: "形如 0,2,1 的下标，或 where-greatest …"),
                ])
        }
        return ask
    }

    /// Running text in both languages.
    func label(_ key: String) throws -> Bilingual<[Inline]> {
        let phrase = try yaml.phraseOrText(key)
        let place = yaml.place(of: key)
        return try Bilingual { try MarkdownReader.label(phrase[$0], place: place, context: context[$0]) }
    }

    func labels(_ key: String) throws -> [Bilingual<[Inline]>] {
        try yaml.sections(key).map { entry in
            try entry.allow(Set(Language.allCases.map(\.rawValue)))
            return try Bilingual { language in
                let place = entry.place(of: language.rawValue)
                return try MarkdownReader.label(
                    entry.text(language.rawValue), place: place, context: context[language])
            }
        }
    }

    func format(_ key: String, of ask: Bilingual<Ask>) throws -> NumberFormat {
        guard let text = try yaml.optionalText(key) else { return ask.english.format }
        guard let format = NumberFormat(text) else {
            throw yaml.place(of: key).error(
                .unknownFormat, ["found": Phrase(text), "expected": Phrase(NumberFormat.list)])
        }
        return format
    }

    /// What one gets who understood something wrongly: `{is: QUERY, hint: {en: …, zh-Hans: …}}`, or the query alone.
    func misconceptions(_ key: String) throws -> [Question.Misconception] {
        guard yaml.has(key) else { return [] }
        return try yaml.entries(key).map { entry in
            switch entry {
            case .text(let text, let line):
                let place = Place(file: yaml.file, line: line)
                return Question.Misconception(
                    ask: try both(Phrase(text), at: place) { try Self.any($0, $1) }, hint: nil, place: place)
            case .section(let section):
                try section.allow(["is", "hint"])
                let inner = DataReader(yaml: section, context: context)
                return Question.Misconception(
                    ask: try inner.both("is") { try Self.any($0, $1) },
                    hint: try section.has("hint") ? inner.label("hint") : nil, place: section.place(of: "is"))
            }
        }
    }

    private static func any(_ parser: QueryParser, _ text: String) throws -> Ask {
        text.contains(",") && !text.contains(" ") ? try cell(parser, text) : try parser.ask(text)
    }

    /// Claims, each with the words that rest on it.
    func claims(_ key: String) throws -> [BackedClaim] {
        guard yaml.has(key) else { return [] }
        return try yaml.entries(key).map { entry in
            switch entry {
            case .text(let text, let line):
                let place = Place(file: yaml.file, line: line)
                return BackedClaim(
                    claim: try both(Phrase(text), at: place) { try $0.claim($1) }, words: [], place: place)
            case .section(let section):
                try section.allow(["holds", "for"])
                let words = try (try? section.text("for")).map { [$0] } ?? section.texts("for")
                return BackedClaim(
                    claim: try DataReader(yaml: section, context: context).claim("holds"), words: words,
                    place: section.place(of: "holds"))
            }
        }
    }
}
