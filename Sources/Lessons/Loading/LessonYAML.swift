import Training
import Wording

/// How a course reads its YAML.
extension YAMLReader {
    /// Reads a whole file, whose top must be a mapping.
    static func document(_ text: String, file: String) throws -> YAMLReader {
        try YAMLReader(text: text, file: file) { LessonError($0) }
    }

    func place(of key: String) -> Place { Place(file: file, line: line(of: key)) }

    func optionalText(_ key: String) throws -> String? { has(key) ? try text(key) : nil }

    /// None where the key is missing.
    func optionalTexts(_ key: String) throws -> [String] { has(key) ? try texts(key) : [] }

    /// A name in addresses.
    func identifier(_ key: String) throws -> String { try Identifier.checked(text(key), at: place(of: key)) }

    /// A text in both languages: `{en: …, zh-Hans: …}`.
    func phrase(_ key: String) throws -> Phrase {
        let both = try section(key)
        try both.allow(Set(Language.allCases.map(\.rawValue)))
        return Phrase(en: try both.text(Language.english.rawValue), zh: try both.text(Language.chinese.rawValue))
    }

    /// A text that is the same in both languages, or one for each.
    func phraseOrText(_ key: String) throws -> Phrase {
        if let text = try? text(key) { return Phrase(text) }
        return try phrase(key)
    }

    /// For the queries that a value holds.
    func parser(_ key: String, context: QueryContext) -> QueryParser {
        QueryParser(place: place(of: key), context: context)
    }
}

extension LessonError {
    /// A mistake in the data of a chapter or a course.
    init(_ mistake: YAMLMistake) {
        func error(_ problem: LessonProblem, _ values: KeyValuePairs<String, Phrase>) -> LessonError {
            LessonError(problem, file: mistake.file, line: mistake.line, values)
        }
        let key = Phrase(mistake.key.isEmpty ? mistake.file : mistake.key)
        self =
            switch mistake.kind {
            case .syntax(let reason): error(.notYAML, ["found": reason])
            // No key has a blank: it is the rest of a text that a comma has cut.
            case .unknownKey where mistake.key.contains(" "): error(.cutValue, ["key": key])
            case .unknownKey(let known):
                error(.unknownKey, ["key": key, "expected": Phrase(known.joined(separator: ", "))])
            case .missing: error(.missingKey, ["key": key])
            case .empty: error(.emptyValue, ["key": key])
            case .wrong(let expected, let found):
                error(.wrongType, ["key": key, "expected": expected, "found": found])
            }
    }
}
