import Models
import Subjects
import Wording

/// Everything a figure needs to be drawn, by name, in the words of the command line's options.
package struct FigureReference: Sendable, Hashable {
    /// One option: `layer` and `1`. The value may be `@` and the path of a measured number.
    package struct Word: Sendable, Hashable {
        package let key: String
        package let value: String

        package init(_ key: String, _ value: String) {
            self.key = key
            self.value = value
        }

        /// The path of the measured number that the value is.
        var measured: String? { value.hasPrefix("@") && value.count > 1 ? String(value.dropFirst()) : nil }
    }

    /// The figure's name, such as `attention-pattern`.
    package let id: String
    /// What is looked at, and how.
    package let words: [Word]

    package init(id: String, words: [Word] = []) {
        self.id = id
        self.words = words
    }

    /// What may be written for a figure.
    static let keys = SubjectSource.keys + Look.keys.filter { !["figure", "theme", "language"].contains($0) }

    func value(_ key: String) -> String? { words.last { $0.key == key }?.value }

    /// The command that draws this figure with the same options, unless a step names another one.
    package var command: Template {
        var pieces: [Template.Piece] = [.text("glassformer draw")]
        if let text = value("text") { pieces.append(.text(" " + Self.quoted(text))) }
        pieces += Self.options(
            words.filter { SubjectSource.keys.contains($0.key) && !isPlain($0) }, model: value("model"))
        pieces.append(.text(" --figure \(id)"))
        pieces += Self.options(words.filter { !SubjectSource.keys.contains($0.key) }, model: value("model"))
        return Template(pieces: pieces)
    }

    /// The text stands by itself, and the program's own model needs no naming.
    private func isPlain(_ word: Word) -> Bool {
        word.key == "text" || (word.key == "model" && word.value == ModelLibrary.standard)
    }

    private static func options(_ words: [Word], model: String?) -> [Template.Piece] {
        words.flatMap { word -> [Template.Piece] in
            if word.value.isEmpty || word.value == "true" { return [.text(" --\(word.key)")] }
            guard let path = word.measured else { return [.text(" --\(word.key) \(quoted(word.value))")] }
            let query = Query(name: .quality, arguments: [.text(path)], model: model ?? ModelLibrary.standard)
            return [.text(" --\(word.key) "), .placeholder(Placeholder(query: query, format: .plain))]
        }
    }

    /// A word as a shell takes it literally.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "-_.,:/".contains($0) } && !text.isEmpty
        if isPlain { return text }
        // On one line, as it is printed: bash, zsh and ksh read the escapes of `$'…'`.
        if text.contains("\n") {
            let escaped = text.map { $0 == "\n" ? "\\n" : "\\'".contains($0) ? "\\\($0)" : String($0) }.joined()
            return "$'\(escaped)'"
        }
        let escaped = text.map { "\\\"$`".contains($0) ? "\\\($0)" : String($0) }.joined()
        return "\"\(escaped)\""
    }
}

extension [FigureReference.Word] {
    /// - Parameter measured: the number at a path, where a value is one.
    func written(_ measured: (String) throws -> Int) rethrows -> SubjectWords {
        var words = SubjectWords()
        for word in self {
            words.add(word.key, try word.measured.map { "\(try measured($0))" } ?? word.value)
        }
        return words
    }
}
