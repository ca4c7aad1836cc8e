import Training
import Wording
import Yams

/// A YAML mapping read strictly: every key is asked for by name and kind, and what nobody asked for is an error.
struct YAMLReader {
    let file: String
    let node: Node
    /// The way here, such as `steps[2].options`.
    let path: String

    /// Reads a whole file, whose top must be a mapping.
    static func document(_ text: String, file: String) throws -> YAMLReader {
        let node: Node?
        do {
            node = try YAMLText.node(text)
        } catch {
            throw LessonError(.notYAML, file: file, line: error.line, ["found": error.reason])
        }
        let reader = YAMLReader(file: file, node: node ?? Node.scalar(Node.Scalar("")), path: "")
        guard reader.node.mapping != nil else { throw reader.wrongType(reader.node, key: file, Kind.mapping) }
        return reader
    }

    var place: Place { Place(file: file, line: node.mark?.line) }

    /// Refuses keys that are not among these.
    func allow(_ keys: String...) throws {
        for (key, _) in node.mapping ?? [:] where !keys.contains(key.string ?? "") {
            throw Place(file: file, line: key.mark?.line).error(
                .unknownKey,
                [
                    "key": Phrase(path + (key.string ?? "?")),
                    "expected": Phrase(keys.joined(separator: ", ")),
                ])
        }
    }

    func has(_ key: String) -> Bool { node.mapping?[key] != nil }

    func line(of key: String) -> Int? { node.mapping?[key]?.mark?.line ?? place.line }

    func place(of key: String) -> Place { Place(file: file, line: line(of: key)) }

    // MARK: Values

    func text(_ key: String) throws -> String {
        let text = try read(value(key), path + key, Kind.text) { $0.scalar?.string }
        guard !text.allSatisfy(\.isWhitespace) else {
            throw place(of: key).error(.emptyValue, ["key": Phrase(path + key)])
        }
        return text
    }

    func optionalText(_ key: String) throws -> String? { has(key) ? try text(key) : nil }

    /// A name in addresses.
    func identifier(_ key: String) throws -> String { try Identifier.checked(text(key), at: place(of: key)) }

    func integer(_ key: String) throws -> Int { try read(value(key), path + key, Kind.integer) { $0.int } }

    func optionalInteger(_ key: String) throws -> Int? { has(key) ? try integer(key) : nil }

    func texts(_ key: String) throws -> [String] { try items(key, Kind.text) { $0.scalar?.string } ?? [] }

    func integers(_ key: String) throws -> [Int]? { try items(key, Kind.integer) { $0.int } }

    func mapping(_ key: String) throws -> YAMLReader { try reader(value(key), path + key) }

    func mappings(_ key: String) throws -> [YAMLReader] {
        try sequence(key).enumerated().map { index, item in try reader(item, "\(path)\(key)[\(index)]") }
    }

    /// A text in both languages: `{en: …, zh-Hans: …}`.
    func phrase(_ key: String) throws -> Phrase {
        let both = try mapping(key)
        try both.allow(Language.english.rawValue, Language.chinese.rawValue)
        return Phrase(en: try both.text(Language.english.rawValue), zh: try both.text(Language.chinese.rawValue))
    }

    /// For the queries that a value holds.
    func parser(_ key: String, model: String) -> QueryParser { QueryParser(place: place(of: key), model: model) }

    private func value(_ key: String) throws -> Node {
        guard let value = node.mapping?[key] else {
            throw place.error(.missingKey, ["key": Phrase(path + key)])
        }
        return value
    }

    private func read<Value>(
        _ node: Node, _ key: String, _ kind: Phrase, as value: (Node) -> Value?
    ) throws -> Value {
        guard let value = value(node) else { throw wrongType(node, key: key, kind) }
        return value
    }

    private func reader(_ node: Node, _ path: String) throws -> YAMLReader {
        _ = try read(node, path, Kind.mapping) { $0.mapping }
        return YAMLReader(file: file, node: node, path: path + ".")
    }

    private func sequence(_ key: String) throws -> Node.Sequence {
        try read(value(key), path + key, Kind.list) { $0.sequence }
    }

    private func items<Item>(_ key: String, _ kind: Phrase, as item: (Node) -> Item?) throws -> [Item]? {
        has(key) ? try sequence(key).map { try read($0, path + key, kind, as: item) } : nil
    }

    private enum Kind {
        static let text = Phrase(en: "a text", zh: "文本")
        static let integer = Phrase(en: "a whole number", zh: "整数")
        static let list = Phrase(en: "a list", zh: "列表")
        static let mapping = Phrase(en: "keys with values", zh: "键值对")
    }

    private func wrongType(_ found: Node, key: String, _ expected: Phrase) -> LessonError {
        let kind =
            switch found {
            case .mapping: Kind.mapping
            case .sequence: Kind.list
            case .scalar(let scalar): Phrase("‘\(scalar.string)’")
            case .alias: Phrase(en: "an alias", zh: "别名")
            }
        return Place(file: file, line: found.mark?.line).error(
            .wrongType, ["key": Phrase(key), "expected": expected, "found": kind])
    }
}
