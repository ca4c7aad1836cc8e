import Subjects
import Training
import Wording

/// Reads what a chapter writes about a figure: the words of the command line's options, as a mapping.
enum FigureWords {
    /// A list of numbers is one value, a list of texts several.
    static func read(_ yaml: YAMLReader, _ keys: [String]) throws -> [FigureReference.Word] {
        try yaml.allow(Set(keys))
        return try yaml.keys.flatMap { key -> [FigureReference.Word] in
            if let text = try? yaml.text(key) { return [.init(key, text)] }
            let texts = try yaml.texts(key)
            let isOne = texts.allSatisfy { Int($0) != nil }
            return isOne ? [.init(key, texts.joined(separator: ","))] : texts.map { .init(key, $0) }
        }
    }

    /// A text is read by the chapter's model, unless it names one.
    static func onModel(_ words: [FigureReference.Word], _ model: String) -> [FigureReference.Word] {
        let readsText = words.contains { $0.key == "text" || $0.key == "ids" }
        return readsText && !words.contains { $0.key == "model" } ? words + [.init("model", model)] : words
    }

    /// What is wrong with them is said where the chapter writes it, before anything is drawn.
    static func check(_ words: [FigureReference.Word], key: String, at place: Place) throws {
        let written = words.written { _ in 0 }
        do {
            _ = try SubjectSource(written)
            _ = try Look(written)
        } catch {
            throw place.error(.badSubject, ["key": Phrase(key), "reason": error.explanation])
        }
    }
}
