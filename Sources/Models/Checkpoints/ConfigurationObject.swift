import Reading
import Wording

/// `config.json` by its keys. A value of the wrong kind is an error: a default in its place would give wrong numbers
/// in silence. `null` counts as absent, as the Hub's files have it.
struct ConfigurationObject {
    let path: String
    private let values: [String: JSONValue]

    /// - Throws: ``ModelError/unreadable(path:reason:)`` where there is no JSON object in the file; `ReadingError` where
    ///   there is no file.
    init(_ name: String, of folder: FileFolder) throws(Failure) {
        let path = folder.path + name
        let bytes = try folder.contents(name)
        do throws(Failure) {
            self.init(path: path, values: try Self.members(bytes, path))
        } catch {
            throw Failure.ifOfAnotherKind(bytes, path: path, expected: "JSON") ?? error
        }
    }

    private static func members(_ bytes: [UInt8], _ path: String) throws(Failure) -> [String: JSONValue] {
        var cursor = JSONCursor(bytes, source: path)
        guard cursor.peek() == UInt8(ascii: "{") else {
            throw .unreadable(path: path, en: "not a JSON object", zh: "不是 JSON 对象")
        }
        let value = try cursor.readValue()
        try cursor.expectEnd()
        return value.members ?? [:]
    }

    private init(path: String, values: [String: JSONValue]) {
        self.path = path
        self.values = values
    }

    /// The object under a key; nil where there is none.
    func section(_ key: String) throws(Failure) -> ConfigurationObject? {
        if isAbsent(key) { return nil }
        guard let values = values[key]?.members else {
            throw mismatch(key, expected: Phrase(en: "an object", zh: "对象"))
        }
        return ConfigurationObject(path: path, values: values)
    }

    var isEmpty: Bool { values.isEmpty }

    /// The first key with an object under it.
    var firstObject: String? {
        values.filter { if case .object = $0.value { true } else { false } }.keys.min()
    }

    func integer(_ key: String) throws(Failure) -> Int {
        guard let value = values[key]?.integer else {
            throw mismatch(key, expected: Phrase(en: "a whole number", zh: "整数"))
        }
        return value
    }

    func integerIfThere(_ key: String) throws(Failure) -> Int? { isAbsent(key) ? nil : try integer(key) }

    func integer(_ key: String, usual: Int) throws(Failure) -> Int { isAbsent(key) ? usual : try integer(key) }

    func number(_ key: String, usual: Double) throws(Failure) -> Double {
        if isAbsent(key) { return usual }
        guard case .number(let value)? = values[key] else {
            throw mismatch(key, expected: Phrase(en: "a number", zh: "数字"))
        }
        return value
    }

    func flag(_ key: String, usual: Bool) throws(Failure) -> Bool {
        if isAbsent(key) { return usual }
        guard let value = values[key]?.flag else { throw mismatch(key, expected: "true, false") }
        return value
    }

    /// A variant that the forward pass does not have must be switched off.
    func require(_ key: String, _ expected: Bool) throws(Failure) {
        guard try flag(key, usual: expected) == expected else { throw mismatch(key, expected: "\(expected)") }
    }

    /// A variant that the forward pass does not have must be `null`, or one of these values.
    func refuse(_ key: String, unless neutral: [JSONValue]) throws(Failure) {
        guard !isAbsent(key), let value = values[key], !neutral.contains(value) else { return }
        let words = neutral.map { $0.plain } + ["null"]
        throw mismatch(key, expected: Phrase(words.joined(separator: ", ")))
    }

    /// nil where there is no text.
    func text(_ key: String) -> String? { values[key]?.text }

    func text(_ key: String, usual: String) throws(Failure) -> String {
        if isAbsent(key) { return usual }
        guard let value = values[key]?.text else {
            throw mismatch(key, expected: Phrase(en: "a text", zh: "字符串"))
        }
        return value
    }

    /// The entry of `table` that the key names.
    func choice<Choice>(_ key: String, _ table: [String: Choice], usual: Choice) throws(Failure) -> Choice {
        if isAbsent(key) { return usual }
        guard let name = values[key]?.text, let choice = table[name] else {
            throw mismatch(key, expected: Phrase(table.keys.sorted().joined(separator: ", ")))
        }
        return choice
    }

    /// One whole number or a list of them; none where the key is absent.
    func integers(_ key: String) throws(Failure) -> [Int] {
        if isAbsent(key) { return [] }
        if let value = values[key]?.integer { return [value] }
        guard let all = values[key]?.integers else {
            throw mismatch(key, expected: Phrase(en: "a whole number or a list of them", zh: "整数或整数列表"))
        }
        return all
    }

    /// Lists of whole numbers; none where the key is absent.
    func integerLists(_ key: String) throws(Failure) -> [[Int]] {
        if isAbsent(key) { return [] }
        let wrong = mismatch(key, expected: Phrase(en: "lists of whole numbers", zh: "由整数列表组成的列表"))
        guard case .array(let rows)? = values[key] else { throw wrong }
        let all = rows.compactMap { $0.integers }
        guard all.count == rows.count else { throw wrong }
        return all
    }

    /// A list of texts; nil where the key is absent.
    func texts(_ key: String) throws(Failure) -> [String]? {
        if isAbsent(key) { return nil }
        let wrong = mismatch(key, expected: Phrase(en: "a list of texts", zh: "字符串列表"))
        guard case .array(let cells)? = values[key] else { throw wrong }
        let all = cells.compactMap { $0.text }
        guard all.count == cells.count else { throw wrong }
        return all
    }

    /// Whether the key is written at all, be it as `null`.
    func has(_ key: String) -> Bool { values[key] != nil }

    /// Whether it is `null` or not written.
    func isAbsent(_ key: String) -> Bool { values[key] ?? .null == .null }

    /// The classes' names under `id2label`; none unless it names all of them.
    func classNames(_ count: Int) throws(Failure) -> [String] {
        guard let labels = try section("id2label") else { return [] }
        var names: [String] = []
        for index in 0..<count {
            let name = try labels.text("\(index)", usual: "")
            guard !name.isEmpty else { return [] }
            names.append(name)
        }
        return names
    }

    func mismatch(_ key: String, expected: Phrase) -> Failure {
        let found = values[key].map { Phrase($0.plain) } ?? Phrase(en: "nothing", zh: "空缺")
        return .configuration(path: path, key: key, expected: expected, found: found)
    }
}

extension JSONValue {
    /// How a sentence about a configuration names it.
    fileprivate var plain: String {
        switch self {
        case .string(let text): "“\(text)”"
        case .array: "[…]"
        case .object: "{…}"
        default: summary
        }
    }
}
