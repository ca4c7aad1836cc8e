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
            node = try Yams.compose(yaml: text)
        } catch {
            let line = (error as? YamlError).flatMap(Self.line)
            throw LessonError(.notYAML, file: file, line: line, ["found": .verbatim(firstLine("\(error)"))])
        }
        let reader = YAMLReader(file: file, node: node ?? Node.scalar(Node.Scalar("")), path: "")
        guard reader.node.mapping != nil else { throw reader.wrongType(reader.node, key: file, Kind.mapping) }
        return reader
    }

    private static func line(_ error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }

    private static func firstLine(_ text: String) -> String {
        text.split(separator: "\n").joined(separator: " ")
    }

    var place: Place { Place(file: file, line: node.mark?.line) }

    /// Refuses keys that are not among these.
    func allow(_ keys: String...) throws {
        for (key, _) in node.mapping ?? [:] where !keys.contains(key.string ?? "") {
            throw Place(file: file, line: key.mark?.line).error(
                .unknownKey,
                [
                    "key": .verbatim(path + (key.string ?? "?")),
                    "expected": .verbatim(keys.joined(separator: ", ")),
                ])
        }
    }

    func has(_ key: String) -> Bool { node.mapping?[key] != nil }

    func line(of key: String) -> Int? { node.mapping?[key]?.mark?.line ?? place.line }

    func place(of key: String) -> Place { Place(file: file, line: line(of: key)) }

    // MARK: Values

    func text(_ key: String) throws -> String {
        let value = try value(key)
        guard let scalar = value.scalar else { throw wrongType(value, key: path + key, Kind.text) }
        guard !scalar.string.allSatisfy(\.isWhitespace) else {
            throw place(of: key).error(.emptyValue, ["key": .verbatim(path + key)])
        }
        return scalar.string
    }

    func optionalText(_ key: String) throws -> String? { has(key) ? try text(key) : nil }

    func integer(_ key: String) throws -> Int {
        let value = try value(key)
        guard let integer = value.int else { throw wrongType(value, key: path + key, Kind.integer) }
        return integer
    }

    func optionalInteger(_ key: String) throws -> Int? { has(key) ? try integer(key) : nil }

    func texts(_ key: String) throws -> [String] {
        guard has(key) else { return [] }
        let value = try value(key)
        guard let sequence = value.sequence else { throw wrongType(value, key: path + key, Kind.list) }
        return try sequence.map { item in
            guard let scalar = item.scalar else { throw wrongType(item, key: path + key, Kind.text) }
            return scalar.string
        }
    }

    func integers(_ key: String) throws -> [Int]? {
        guard has(key) else { return nil }
        let value = try value(key)
        guard let sequence = value.sequence else { throw wrongType(value, key: path + key, Kind.list) }
        return try sequence.map { item in
            guard let integer = item.int else { throw wrongType(item, key: path + key, Kind.integer) }
            return integer
        }
    }

    func mapping(_ key: String) throws -> YAMLReader {
        let value = try value(key)
        guard value.mapping != nil else { throw wrongType(value, key: path + key, Kind.mapping) }
        return YAMLReader(file: file, node: value, path: "\(path)\(key).")
    }

    func mappings(_ key: String) throws -> [YAMLReader] {
        let value = try value(key)
        guard let sequence = value.sequence else { throw wrongType(value, key: path + key, Kind.list) }
        return try sequence.enumerated().map { index, item in
            guard item.mapping != nil else { throw wrongType(item, key: "\(path)\(key)[\(index)]", Kind.mapping) }
            return YAMLReader(file: file, node: item, path: "\(path)\(key)[\(index)].")
        }
    }

    /// A text in both languages: `{en: …, zh-Hans: …}`.
    func phrase(_ key: String) throws -> Phrase {
        let both = try mapping(key)
        try both.allow(Language.english.rawValue, Language.chinese.rawValue)
        return Phrase(en: try both.text(Language.english.rawValue), zh: try both.text(Language.chinese.rawValue))
    }

    private func value(_ key: String) throws -> Node {
        guard let value = node.mapping?[key] else {
            throw place.error(.missingKey, ["key": .verbatim(path + key)])
        }
        return value
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
            case .scalar(let scalar): Phrase.verbatim("‘\(scalar.string)’")
            case .alias: Phrase(en: "an alias", zh: "别名")
            }
        return Place(file: file, line: found.mark?.line).error(
            .wrongType, ["key": .verbatim(key), "expected": expected, "found": kind])
    }
}
