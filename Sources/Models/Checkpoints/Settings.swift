import Reading
import Wording

/// `config.json` by its keys.
extension JSONPart {
    private static let configuration: Fault = { path, key, expected, found in
        .configuration(
            path: path, key: key, expected: expected,
            found: found.map { Phrase($0.plain) } ?? Phrase(en: "nothing", zh: "空缺"))
    }

    /// - Throws: ``ModelError/unreadable(path:reason:)`` where there is no JSON object in the file; `ReadingError` where
    ///   there is no file.
    init(_ name: String, of folder: FileFolder) throws(Failure) {
        let path = folder.path + name
        let bytes = try folder.contents(name)
        do throws(Failure) {
            var cursor = JSONCursor(bytes, source: path)
            guard cursor.peek() == UInt8(ascii: "{") else {
                throw .unreadable(path: path, en: "not a JSON object", zh: "不是 JSON 对象")
            }
            self.init(try cursor.readValue(), "", path, fault: Self.configuration)
            try cursor.expectEnd()
        } catch {
            throw Failure.ifOfAnotherKind(bytes, path: path, expected: "JSON") ?? error
        }
    }

    /// A variant that the forward pass does not have must be switched off.
    func require(_ key: String, _ expected: Bool) throws(Failure) {
        guard try flag(key, otherwise: expected) == expected else { throw wrong(key, "\(expected)") }
    }

    /// A variant that the forward pass does not have must be `null`, or one of these values.
    func refuse(_ key: String, unless neutral: [JSONValue]) throws(Failure) {
        guard let part = self[key], !neutral.contains(part.value) else { return }
        let words = neutral.map { $0.plain } + ["null"]
        throw part.wrong(Phrase(words.joined(separator: ", ")))
    }

    /// One whole number or a list of them; none where the key is absent.
    func integers(_ key: String) throws(Failure) -> [Int] {
        guard let part = self[key] else { return [] }
        if let value = part.value.integer { return [value] }
        guard let all = part.value.integers else {
            throw part.wrong(Phrase(en: "a whole number or a list of them", zh: "整数或整数列表"))
        }
        return all
    }

    /// Lists of whole numbers; none where the key is absent.
    func integerLists(_ key: String) throws(Failure) -> [[Int]] {
        try self[key]?.elements { (row) throws(Failure) in
            try row.elements { (each) throws(Failure) in try each.integer() }
        } ?? []
    }

    /// A list of texts; nil where the key is absent.
    func texts(_ key: String) throws(Failure) -> [String]? {
        try self[key]?.elements { (each) throws(Failure) in try each.text() }
    }

    /// The classes' names under `id2label`; none unless it names all of them.
    func classNames(_ count: Int) throws(Failure) -> [String] {
        guard let labels = try self["id2label"]?.object() else { return [] }
        var names: [String] = []
        for index in 0..<count {
            let name = try labels.text("\(index)", otherwise: "")
            guard !name.isEmpty else { return [] }
            names.append(name)
        }
        return names
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
