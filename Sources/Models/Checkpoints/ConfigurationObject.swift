import Foundation
import Wording

/// `config.json` by its keys. A value of the wrong kind is an error: a default in its place would give wrong numbers
/// in silence. `null` counts as absent, as the Hub's files have it.
struct ConfigurationObject {
    let path: String
    private let values: [String: Value]

    /// - Throws: ``ModelError/unreadable(path:reason:)`` where there is no such file, or no JSON object in it.
    init(path: String) throws(ModelError) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw .unreadable(path: path, reason: Phrase((error as NSError).localizedDescription))
        }
        guard let values = try? JSONDecoder().decode([String: Value].self, from: data) else {
            throw .unreadable(path: path, reason: Phrase(en: "not a JSON object", zh: "不是 JSON 对象"))
        }
        self.init(path: path, values: values)
    }

    private init(path: String, values: [String: Value]) {
        self.path = path
        self.values = values
    }

    /// The object under a key; nil where there is none.
    func section(_ key: String) throws(ModelError) -> ConfigurationObject? {
        if isAbsent(key) { return nil }
        guard case .object(let values)? = values[key] else {
            throw mismatch(key, expected: Phrase(en: "an object", zh: "对象"))
        }
        return ConfigurationObject(path: path, values: values)
    }

    var isEmpty: Bool { values.isEmpty }

    /// The first key with an object under it.
    var firstObject: String? {
        values.filter { if case .object = $0.value { true } else { false } }.keys.min()
    }

    func integer(_ key: String) throws(ModelError) -> Int {
        guard case .integer(let value)? = values[key] else {
            throw mismatch(key, expected: Phrase(en: "a whole number", zh: "整数"))
        }
        return value
    }

    func integer(_ key: String, usual: Int) throws(ModelError) -> Int { isAbsent(key) ? usual : try integer(key) }

    func number(_ key: String, usual: Double) throws(ModelError) -> Double {
        switch values[key] {
        case nil, .null?: return usual
        case .integer(let value)?: return Double(value)
        case .number(let value)?: return value
        default: throw mismatch(key, expected: Phrase(en: "a number", zh: "数字"))
        }
    }

    func flag(_ key: String, usual: Bool) throws(ModelError) -> Bool {
        if isAbsent(key) { return usual }
        guard case .flag(let value)? = values[key] else { throw mismatch(key, expected: "true, false") }
        return value
    }

    /// A variant that the forward pass does not have must be switched off.
    func require(_ key: String, _ expected: Bool) throws(ModelError) {
        guard try flag(key, usual: expected) == expected else { throw mismatch(key, expected: "\(expected)") }
    }

    func text(_ key: String, usual: String) throws(ModelError) -> String {
        if isAbsent(key) { return usual }
        guard case .text(let value)? = values[key] else {
            throw mismatch(key, expected: Phrase(en: "a text", zh: "字符串"))
        }
        return value
    }

    /// The entry of `table` that the key names.
    func choice<Choice>(_ key: String, _ table: [String: Choice], usual: Choice) throws(ModelError) -> Choice {
        if isAbsent(key) { return usual }
        guard case .text(let name)? = values[key], let choice = table[name] else {
            throw mismatch(key, expected: Phrase(table.keys.sorted().joined(separator: ", ")))
        }
        return choice
    }

    /// One whole number or a list of them; none where the key is absent.
    func integers(_ key: String) throws(ModelError) -> [Int] {
        switch values[key] {
        case nil, .null?: return []
        case .integer(let value)?: return [value]
        case .list(let values)?:
            var all: [Int] = []
            for case .integer(let value) in values { all.append(value) }
            guard all.count == values.count else { fallthrough }
            return all
        default: throw mismatch(key, expected: Phrase(en: "a whole number or a list of them", zh: "整数或整数列表"))
        }
    }

    /// Lists of whole numbers; none where the key is absent.
    func integerLists(_ key: String) throws(ModelError) -> [[Int]] {
        if isAbsent(key) { return [] }
        let wrong = mismatch(key, expected: Phrase(en: "lists of whole numbers", zh: "由整数列表组成的列表"))
        guard case .list(let rows)? = values[key] else { throw wrong }
        var all: [[Int]] = []
        for row in rows {
            guard case .list(let cells) = row else { throw wrong }
            var ids: [Int] = []
            for case .integer(let id) in cells { ids.append(id) }
            guard ids.count == cells.count else { throw wrong }
            all.append(ids)
        }
        return all
    }

    /// A list of texts; nil where the key is absent.
    func texts(_ key: String) throws(ModelError) -> [String]? {
        if isAbsent(key) { return nil }
        guard case .list(let cells)? = values[key] else {
            throw mismatch(key, expected: Phrase(en: "a list of texts", zh: "字符串列表"))
        }
        var all: [String] = []
        for case .text(let text) in cells { all.append(text) }
        guard all.count == cells.count else {
            throw mismatch(key, expected: Phrase(en: "a list of texts", zh: "字符串列表"))
        }
        return all
    }

    /// Whether the key is written at all, be it as `null`.
    func has(_ key: String) -> Bool { values[key] != nil }

    func isAbsent(_ key: String) -> Bool {
        switch values[key] {
        case nil, .null?: true
        default: false
        }
    }

    func mismatch(_ key: String, expected: Phrase) -> ModelError {
        let found = values[key].map { Phrase($0.description) } ?? Phrase(en: "nothing", zh: "空缺")
        return .configuration(path: path, key: key, expected: expected, found: found)
    }
}

extension ConfigurationObject {
    /// One JSON value, as far as a configuration needs to tell them apart.
    indirect enum Value: Decodable, CustomStringConvertible {
        case null
        case flag(Bool)
        case integer(Int)
        case number(Double)
        case text(String)
        case object([String: Value])
        case list([Value])

        init(from decoder: any Swift.Decoder) throws {
            guard let value = try? decoder.singleValueContainer() else {
                self = .list([])
                return
            }
            if value.decodeNil() {
                self = .null
            } else if let flag = try? value.decode(Bool.self) {
                self = .flag(flag)
            } else if let integer = try? value.decode(Int.self) {
                self = .integer(integer)
            } else if let number = try? value.decode(Double.self) {
                self = .number(number)
            } else if let text = try? value.decode(String.self) {
                self = .text(text)
            } else if let object = try? value.decode([String: Value].self) {
                self = .object(object)
            } else {
                self = .list((try? value.decode([Value].self)) ?? [])
            }
        }

        var description: String {
            switch self {
            case .null: "null"
            case .flag(let flag): "\(flag)"
            case .integer(let integer): "\(integer)"
            case .number(let number): "\(number)"
            case .text(let text): "“\(text)”"
            case .object: "{…}"
            case .list: "[…]"
            }
        }
    }
}
