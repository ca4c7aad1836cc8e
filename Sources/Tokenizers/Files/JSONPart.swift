import Reading
import Wording

/// An object of a file with its place in it, which errors name.
struct JSONPart {
    /// Empty for the file's outermost object.
    let key: String
    let source: String
    let members: [String: JSONValue]

    init(_ members: [String: JSONValue], _ key: String, _ source: String) {
        self.key = key
        self.source = source
        self.members = members
    }

    /// - Throws: `TokenizerError.wrongValue` where it is no object.
    init(object value: JSONValue, _ key: String, _ source: String) throws(Failure) {
        guard let members = value.members else {
            throw .wrongValue(
                source: source, key: key, expected: Phrase(en: "an object", zh: "一个对象"), found: value.summary)
        }
        self.init(members, key, source)
    }

    /// One that says of which type it is; `nil` for null or nothing.
    init?(_ value: JSONValue?, _ key: String, _ source: String) throws(Failure) {
        guard let value, value != .null else { return nil }
        try self.init(object: value, key, source)
        guard members["type"]?.text != nil else { throw .missingKey(source: source, key: place("type")) }
    }

    /// The whole of a file.
    init(file bytes: [UInt8], source: String) throws(Failure) {
        var cursor = JSONCursor(bytes, source: source)
        self.init(try cursor.readMembers().values, "", source)
        try cursor.expectEnd()
    }

    var type: String { members["type"]?.text ?? "" }

    /// Whether it is null or not there.
    func isAbsent(_ name: String) -> Bool { members[name] ?? .null == .null }

    func bool(_ name: String, otherwise: Bool? = nil) throws(Failure) -> Bool {
        try value(name, Phrase(en: "true or false", zh: " true 或 false"), otherwise: otherwise) { $0.flag }
    }

    func integer(_ name: String, otherwise: Int) throws(Failure) -> Int {
        try value(name, Phrase(en: "a whole number", zh: "整数"), otherwise: otherwise) { $0.integer }
    }

    func text(
        _ name: String, otherwise: String? = nil, expected: Phrase = Phrase(en: "a text", zh: "一段文字")
    ) throws(Failure) -> String {
        try value(name, expected, otherwise: otherwise) { $0.text }
    }

    func bytes(_ name: String, otherwise: String? = nil) throws(Failure) -> [UInt8] {
        Array(try text(name, otherwise: otherwise).utf8)
    }

    /// The case that a text names.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, otherwise: Choice? = nil
    ) throws(Failure) -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: try text(name, otherwise: otherwise?.rawValue)) else {
            throw wrong(name, Phrase(Choice.allCases.map { $0.rawValue }.joined(separator: ", ")))
        }
        return choice
    }

    func list(_ name: String) throws(Failure) -> [JSONValue] {
        guard case .array(let values)? = members[name] else {
            throw wrong(name, Phrase(en: "an array", zh: "一个数组"))
        }
        return values
    }

    /// What `read` makes of a value; `otherwise`, if that is something, for null or nothing.
    private func value<Value>(
        _ name: String, _ expected: Phrase, otherwise: Value?, _ read: (JSONValue) -> Value?
    ) throws(Failure) -> Value {
        guard let value = isAbsent(name) ? otherwise : members[name].flatMap(read) else {
            throw wrong(name, expected)
        }
        return value
    }

    func unsupported(_ supported: String) -> Failure {
        .unsupported(source: source, key: key, expected: Phrase(supported), found: type)
    }

    func wrong(_ name: String, _ expected: Phrase) -> Failure {
        guard let found = members[name] else { return .missingKey(source: source, key: place(name)) }
        return .wrongValue(source: source, key: place(name), expected: expected, found: found.summary)
    }

    private func place(_ name: String) -> String { key.isEmpty ? name : "\(key).\(name)" }
}

extension JSONCursor {
    /// The values of an object by their keys, and where those stand that are to be read later or not at all.
    mutating func readMembers(
        leaving names: [String] = []
    ) throws(Failure) -> (values: [String: JSONValue], places: [String: JSONCursor]) {
        var values: [String: JSONValue] = [:]
        var places: [String: JSONCursor] = [:]
        try readObject { (cursor, key) throws(Failure) in
            let key = String(decoding: key, as: UTF8.self)
            if names.contains(key) {
                places[key] = cursor
                try cursor.skipValue()
            } else {
                values[key] = try cursor.readValue()
            }
        }
        return (values, places)
    }

    /// The id of a token in the vocabulary under `key`, which is empty for a whole file.
    mutating func readID(of spelling: ArraySlice<UInt8>, in key: String) throws(Failure) -> Int {
        let id = try readInteger()
        let last = BytePairTokenizer.idLimit - 1
        guard (0...last).contains(id) else {
            throw .wrongValue(
                source: source, key: (key.isEmpty ? "" : key + ".") + String(decoding: spelling, as: UTF8.self),
                expected: Phrase(en: "an id from 0 to \(last)", zh: "0 到 \(last) 的编号"), found: "\(id)")
        }
        return id
    }
}

extension JSONValue {
    /// The id that a token may have; `nil` for everything else.
    var tokenID: Int? { integer.flatMap { (0..<BytePairTokenizer.idLimit).contains($0) ? $0 : nil } }
}
