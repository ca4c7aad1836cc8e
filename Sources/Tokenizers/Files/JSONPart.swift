import Reading
import Wording

/// An object of a file with its place in it, which errors name.
struct JSONPart {
    let key: String
    let source: String
    let type: String
    let members: [String: JSONValue]

    /// `nil` for null or nothing.
    init?(_ value: JSONValue?, _ key: String, _ source: String) throws(Failure) {
        guard let value, value != .null else { return nil }
        guard case .object(let members) = value else {
            throw .wrongValue(
                source: source, key: key, expected: Phrase(en: "an object", zh: "一个对象"), found: value.summary)
        }
        guard case .string(let type)? = members["type"] else {
            throw .missingKey(source: source, key: key + ".type")
        }
        self.key = key
        self.source = source
        self.type = type
        self.members = members
    }

    func bool(_ name: String, otherwise: Bool? = nil) throws(Failure) -> Bool {
        switch members[name] {
        case .bool(let value)?: return value
        case nil, .null: if let otherwise { return otherwise }
        default: break
        }
        throw wrong(name, Phrase(en: "true or false", zh: " true 或 false"))
    }

    func integer(_ name: String, otherwise: Int) throws(Failure) -> Int {
        switch members[name] {
        case .number(let value)?: if let whole = Int(exactly: value) { return whole }
        case nil, .null: return otherwise
        default: break
        }
        throw wrong(name, Phrase(en: "a whole number", zh: "整数"))
    }

    func text(_ name: String, otherwise: String? = nil) throws(Failure) -> String {
        switch members[name] {
        case .string(let value)?: return value
        case nil, .null: if let otherwise { return otherwise }
        default: break
        }
        throw wrong(name, Phrase(en: "a text", zh: "一段文字"))
    }

    func bytes(_ name: String, otherwise: String? = nil) throws(Failure) -> [UInt8] {
        Array(try text(name, otherwise: otherwise).utf8)
    }

    func list(_ name: String) throws(Failure) -> [JSONValue] {
        guard case .array(let values)? = members[name] else {
            throw wrong(name, Phrase(en: "an array", zh: "一个数组"))
        }
        return values
    }

    func unsupported(_ supported: String) -> Failure {
        .unsupported(source: source, key: key, expected: Phrase(supported), found: type)
    }

    func wrong(_ name: String, _ expected: Phrase) -> Failure {
        guard let found = members[name] else { return .missingKey(source: source, key: "\(key).\(name)") }
        return .wrongValue(source: source, key: "\(key).\(name)", expected: expected, found: found.summary)
    }
}
