import Reading
import Subjects
import Wording

/// A question as it came: what it asks, of which source, about which text.
struct Asked: Sendable {
    let bytes: [UInt8]
    let members: [String: JSONValue]
    let source: String
    let language: Language
    /// The members of the question that read the text: `text`, `pair`, `off` …
    let about: [String: JSONValue]
    /// Whether it itself asks for the text to be read.
    let readsText: Bool

    /// Members that say nothing of the text.
    private static let own: Set<String> = ["ask", "source", "language", "theme", "about", "questions", "take", "steps"]

    /// - Throws: ``ServeError/malformed(_:)``.
    init(_ bytes: [UInt8], language: Language) throws(ServeError) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw .malformed(Phrase(en: "it is not UTF-8", zh: "它不是 UTF-8"))
        }
        var cursor = JSONCursor(bytes, source: "question")
        let value: JSONValue
        do throws(Failure) {
            value = try cursor.readValue()
            try cursor.expectEnd()
        } catch {
            throw .malformed(error.explanation)
        }
        guard let members = value.members else {
            throw .malformed(Phrase(en: "expected a JSON object", zh: "应为一个 JSON 对象"))
        }
        guard let source = members["source"]?.text else {
            throw .malformed(Phrase(en: "it lacks “source”", zh: "缺少“source”"))
        }
        self.members = members
        self.source = source
        self.language = members["language"]?.text.flatMap { Language(tag: $0) } ?? language
        self.bytes = Self.saying(self.language, members, bytes)
        var (reads, about) = (false, members["about"]?.members ?? [:])
        if let text = Self.text(in: members) {
            reads = true
            about = text
        }
        self.readsText = reads
        self.about = about.filter { !Self.own.contains($0.key) }
    }

    /// The question with a language and a theme: a session may have spoken another reader's last.
    private static func saying(_ language: Language, _ members: [String: JSONValue], _ bytes: [UInt8]) -> [UInt8] {
        var own = ""
        if members["language"] == nil { own += "\"language\":\"\(language.rawValue)\"," }
        if members["theme"] == nil { own += "\"theme\":\"light\"," }
        guard !own.isEmpty, let start = bytes.firstIndex(of: UInt8(ascii: "{")) else { return bytes }
        return Array(bytes[...start]) + Array(own.utf8) + Array(bytes[(start + 1)...])
    }

    /// The question that reads a text: this one, or the first of several.
    private static func text(in members: [String: JSONValue]) -> [String: JSONValue]? {
        switch members["ask"]?.text {
        case "text": return members
        case "all":
            guard case .array(let questions)? = members["questions"] else { return nil }
            return questions.lazy.compactMap { $0.members }.first { $0["ask"]?.text == "text" }
        default: return nil
        }
    }

    /// By what a session that knows the text is found again.
    var key: String {
        var json = JSONWriter(.dense)
        json.value(JSONValue.string(source).written)
        json.value(JSONValue.object(about).written)
        return json.text
    }

    /// The question that has the text read.
    var reading: [UInt8] {
        var members = about
        members["ask"] = .string("text")
        members["language"] = .string(language.rawValue)
        members["theme"] = self.members["theme"]
        var json = JSONWriter(.dense)
        json.value(JSONValue.object(members).written)
        return json.bytes
    }

    func words(_ keys: [String]) -> [String] { keys.compactMap { about[$0]?.text } }

    var characters: Int {
        about.values.reduce(0) { count, value in
            switch value {
            case .string(let text): count + text.count
            case .array(let values): count + values.count
            default: count
            }
        }
    }
}

extension JSONValue {
    /// To be written, the keys in their order.
    var written: JSONText {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let value): Int(exactly: value).map { .integer($0) } ?? .number(value)
        case .string(let text): .text(text)
        case .array(let values): .array(values.map(\.written))
        case .object(let members): .members(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.written) })
        }
    }
}
