import Subjects
import Training
import Wording

/// Reads what a chapter writes about a figure: the words of the command line's options, as a mapping.
enum FigureWords {
    typealias Words = [FigureReference.Word]

    /// A list of numbers is one value, a list of texts several; `{en: …, zh-Hans: …}` differs by language.
    static func read(
        _ yaml: YAMLReader, _ keys: [String], _ contexts: Bilingual<QueryContext>
    ) throws -> Bilingual<Words> {
        try yaml.allow(Set(keys))
        return try Bilingual { language in
            try yaml.keys.flatMap { key in try words(key, yaml, language, contexts[language]) }
        }
    }

    private static func words(
        _ key: String, _ yaml: YAMLReader, _ language: Language, _ context: QueryContext
    ) throws -> Words {
        if let both = try? yaml.section(key) {
            if SubjectSource.settingKeys.contains(key), !both.keys.allSatisfy({ Language(rawValue: $0) != nil }) {
                return try both.keys.map { .init(key, "\($0)=\(try setting($0, both))") }
            }
            try both.allow(Set(Language.allCases.map(\.rawValue)))
            return try words(language.rawValue, both, language, context).map { .init(key, $0.value) }
        }
        let place = yaml.place(of: key)
        if let text = try? yaml.text(key) { return [.init(key, try context.text(text, at: place))] }
        let texts = try yaml.texts(key)
        let isOne = texts.allSatisfy { Int($0) != nil }
        if isOne { return [.init(key, texts.joined(separator: ","))] }
        return try texts.map { .init(key, try context.text($0, at: place)) }
    }

    /// A value of an option of a run: `{noise: 0.3, hidden: [4, 2]}`.
    private static func setting(_ key: String, _ yaml: YAMLReader) throws -> String {
        if let text = try? yaml.text(key) { return text }
        return try yaml.texts(key).joined(separator: ",")
    }

    /// A text is read by the chapter's model, unless it names one.
    static func onModel(_ words: Words, _ model: String) -> Words {
        let readsText = words.contains { $0.key == "text" || $0.key == "ids" }
        return readsText && !words.contains { $0.key == "model" } ? words + [.init("model", model)] : words
    }

    /// What is wrong with them is said where the chapter writes it, before anything is drawn.
    static func check(_ words: Words, key: String, at place: Place) throws {
        let written = words.written { _ in 0 }
        do {
            _ = try SubjectSource(written)
            _ = try Look(written)
        } catch {
            throw place.error(.badSubject, ["key": Phrase(key), "reason": error.explanation])
        }
    }
}
