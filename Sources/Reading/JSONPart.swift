import Wording

/// A value of a JSON file with the way to it, which errors name: `added_tokens[3].id`.
///
/// What is of the wrong kind is an error: a default in its place would be wrong in silence. `null` counts as absent, as
/// the Hub's files have it.
package struct JSONPart: Sendable {
    /// The error of a floor for a value that is not as expected; nil where there is none.
    package typealias Fault =
        @Sendable (
            _ source: String, _ key: String, _ expected: Phrase, _ found: JSONValue?
        ) -> Failure

    package let value: JSONValue
    /// Empty for the file's outermost value.
    package let key: String
    package let source: String
    private let fault: Fault

    package init(_ value: JSONValue, _ key: String, _ source: String, fault: @escaping Fault) {
        self.value = value
        self.key = key
        self.source = source
        self.fault = fault
    }

    package var members: [String: JSONValue] { value.members ?? [:] }

    /// Whether a key is written at all, be it with `null`.
    package func has(_ name: String) -> Bool { members[name] != nil }

    /// Whether it is null or not there.
    package func isAbsent(_ name: String) -> Bool { members[name] ?? .null == .null }

    private func part(_ value: JSONValue, _ key: String) -> JSONPart { JSONPart(value, key, source, fault: fault) }

    private func place(_ name: String) -> String { key.isEmpty ? name : "\(key).\(name)" }

    /// What stands under a key; nil for null or nothing.
    package subscript(name: String) -> JSONPart? {
        guard let value = members[name], value != .null else { return nil }
        return part(value, place(name))
    }

    /// What stands under a key; null or nothing is an error.
    package func member(_ name: String) throws(Failure) -> JSONPart {
        guard let part = self[name] else { throw wrong(name, Phrase(en: "a value", zh: "一个值")) }
        return part
    }

    /// The error for a member that is not as expected.
    package func wrong(_ name: String, _ expected: Phrase) -> Failure {
        fault(source, place(name), expected, members[name])
    }

    /// The error for this value itself.
    package func wrong(_ expected: Phrase) -> Failure { fault(source, key, expected, value) }

    // MARK: The value itself

    private func read<Value>(_ kind: Kind, _ read: (JSONValue) -> Value?) throws(Failure) -> Value {
        guard let found = read(value) else { throw wrong(kind.phrase) }
        return found
    }

    package func object() throws(Failure) -> JSONPart { try read(.object) { $0.members.map { _ in self } } }
    package func text() throws(Failure) -> String { try read(.text) { $0.text } }
    package func flag() throws(Failure) -> Bool { try read(.flag) { $0.flag } }
    package func integer() throws(Failure) -> Int { try read(.integer) { $0.integer } }

    package func number() throws(Failure) -> Double {
        try read(.number) { if case .number(let number) = $0 { number } else { nil } }
    }

    package func elements<Element>(
        _ read: (JSONPart) throws(Failure) -> Element
    ) throws(Failure) -> [Element] {
        let values: [JSONValue] = try self.read(.array) { if case .array(let values) = $0 { values } else { nil } }
        var elements: [Element] = []
        elements.reserveCapacity(values.count)
        for (index, value) in values.enumerated() { elements.append(try read(part(value, "\(key)[\(index)]"))) }
        return elements
    }

    // MARK: What stands under a key

    /// - Parameter otherwise: for null or nothing; without it these are errors.
    private func value<Value>(
        _ name: String, _ otherwise: Value?, _ expected: Phrase, _ read: (JSONPart) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        if let part = self[name] { return try read(part) }
        guard let otherwise else { throw wrong(name, expected) }
        return otherwise
    }

    package func flag(_ name: String, otherwise: Bool? = nil) throws(Failure) -> Bool {
        try value(name, otherwise, Kind.flag.phrase) { (part) throws(Failure) in try part.flag() }
    }

    package func integer(_ name: String, otherwise: Int? = nil) throws(Failure) -> Int {
        try value(name, otherwise, Kind.integer.phrase) { (part) throws(Failure) in try part.integer() }
    }

    package func number(_ name: String, otherwise: Double? = nil) throws(Failure) -> Double {
        try value(name, otherwise, Kind.number.phrase) { (part) throws(Failure) in try part.number() }
    }

    package func text(
        _ name: String, otherwise: String? = nil, expected: Phrase? = nil
    ) throws(Failure) -> String {
        let expected = expected ?? Kind.text.phrase
        return try value(name, otherwise, expected) { (part) throws(Failure) in
            guard let text = part.value.text else { throw part.wrong(expected) }
            return text
        }
    }

    package func list<Element>(
        _ name: String, _ read: (JSONPart) throws(Failure) -> Element
    ) throws(Failure) -> [Element] {
        try value(name, nil, Kind.array.phrase) { (part) throws(Failure) in try part.elements(read) }
    }

    /// The entry of a table that a text names.
    package func choice<Choice>(
        _ name: String, _ table: [String: Choice], otherwise: Choice? = nil
    ) throws(Failure) -> Choice {
        try choice(name, table.keys.sorted(), otherwise) { table[$0] }
    }

    /// The case that a text names.
    package func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, otherwise: Choice? = nil
    ) throws(Failure) -> Choice {
        try choice(name, Choice.allCases.map { $0.rawValue }, otherwise) { Choice(rawValue: $0) }
    }

    private func choice<Choice>(
        _ name: String, _ known: [String], _ otherwise: Choice?, _ find: (String) -> Choice?
    ) throws(Failure) -> Choice {
        let expected = Phrase(known.joined(separator: ", "))
        return try value(name, otherwise, expected) { (part) throws(Failure) in
            guard let choice = part.value.text.flatMap(find) else { throw part.wrong(expected) }
            return choice
        }
    }
}

private enum Kind: PhraseTable {
    case object, text, flag, integer, number, array

    var phrase: Phrase {
        switch self {
        case .object: Phrase(en: "an object", zh: "一个对象")
        case .text: Phrase(en: "a text", zh: "一段文字")
        case .flag: Phrase(en: "true or false", zh: " true 或 false")
        case .integer: Phrase(en: "a whole number", zh: "整数")
        case .number: Phrase(en: "a number", zh: "一个数")
        case .array: Phrase(en: "an array", zh: "一个数组")
        }
    }
}
