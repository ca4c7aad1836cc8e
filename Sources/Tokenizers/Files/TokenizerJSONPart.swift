import Reading
import Wording

/// Objects of a tokenizer's files; most say of which type they are.
extension JSONPart {
    private static let tokenizer: Fault = { source, key, expected, found in
        guard let found else { return .missingKey(source: source, key: key) }
        return .wrongValue(source: source, key: key, expected: expected, found: found.summary)
    }

    init(_ members: [String: JSONValue], _ key: String, _ source: String) {
        self.init(.object(members), key, source, fault: Self.tokenizer)
    }

    /// One that says of which type it is; `nil` for null or nothing.
    init?(_ value: JSONValue?, _ key: String, _ source: String) throws(Failure) {
        guard let value, value != .null else { return nil }
        self = try JSONPart(value, key, source, fault: Self.tokenizer).object()
        guard members["type"]?.text != nil else { throw .missingKey(source: source, key: key + ".type") }
    }

    /// The whole of a file.
    init(file bytes: [UInt8], source: String) throws(Failure) {
        var cursor = JSONCursor(bytes, source: source)
        self.init(try cursor.readMembers().values, "", source)
        try cursor.expectEnd()
    }

    var type: String { members["type"]?.text ?? "" }

    func bytes(_ name: String, otherwise: String? = nil) throws(Failure) -> [UInt8] {
        Array(try text(name, otherwise: otherwise).utf8)
    }

    func unsupported(_ supported: String) -> Failure {
        .unsupported(source: source, key: key, expected: Phrase(supported), found: type)
    }
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
