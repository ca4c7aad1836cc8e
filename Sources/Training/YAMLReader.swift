import Foundation
import Models
import Wording
import Yams

/// Reads a YAML mapping key by key; every mistake is an error that names file, line and key.
public struct YAMLReader {
    let path: String
    let node: Node
    private let mapping: Node.Mapping
    private let trail: String

    init(path: String) throws {
        try self.init(text: RunFolder.text(path), path: path)
    }

    init(text: String, path: String) throws {
        let node: Node?
        do {
            node = try YAMLText.node(text)
        } catch {
            throw TrainingError.unreadable(
                path: error.line.map { "\(path):\($0)" } ?? path, reason: error.reason)
        }
        guard let node else {
            throw TrainingError.recipe(path: path, line: 1, key: "", expected: Self.mapping, found: Self.nothing)
        }
        try self.init(node, path: path, trail: "")
    }

    private init(_ node: Node, path: String, trail: String) throws {
        guard let mapping = node.mapping else {
            throw TrainingError.recipe(
                path: path, line: node.mark?.line ?? 1, key: trail, expected: Self.mapping, found: Self.kind(node))
        }
        self.path = path
        self.node = node
        self.mapping = mapping
        self.trail = trail
    }

    /// - Throws: ``TrainingError/recipe(path:line:key:expected:found:)`` for a key that nobody asks for.
    func allow(_ keys: Set<String>) throws {
        for (key, _) in mapping where !keys.contains(key.string ?? "") {
            throw TrainingError.recipe(
                path: path, line: key.mark?.line ?? 1, key: full(key.string ?? "?"),
                expected: Self.one(of: keys.sorted()), found: Phrase(en: "an unknown key", zh: "不认识的键"))
        }
    }

    func has(_ key: String) -> Bool { mapping[Node(key)] != nil }

    func section(_ key: String) throws -> YAMLReader { try YAMLReader(required(key), path: path, trail: full(key)) }

    /// A section that has none but these keys.
    func section(_ key: String, allowing keys: Set<String>) throws -> YAMLReader {
        let section = try section(key)
        try section.allow(keys)
        return section
    }

    func text(_ key: String) throws -> String {
        let node = try required(key)
        guard let text = node.scalar?.string, !text.isEmpty else { throw wrong(key, node, expected: Self.text) }
        return text
    }

    /// The sections of a list of mappings.
    func sections(_ key: String) throws -> [YAMLReader] {
        let node = try required(key)
        guard let list = node.sequence else {
            throw wrong(key, node, expected: Phrase(en: "a list of mappings", zh: "由映射组成的列表"))
        }
        return try list.enumerated().map { place, entry in
            try YAMLReader(entry, path: path, trail: full(key) + "[\(place)]")
        }
    }

    func texts(_ key: String) throws -> [String] {
        let node = try required(key)
        guard let list = node.sequence else {
            throw wrong(key, node, expected: Phrase(en: "a list of texts", zh: "由文字组成的列表"))
        }
        return try list.map { entry in
            guard let text = entry.scalar?.string, !text.isEmpty else { throw wrong(key, entry, expected: Self.text) }
            return text
        }
    }

    func integer(_ key: String, in range: ClosedRange<Int>, default usual: Int? = nil) throws -> Int {
        let expected = Phrase(
            en: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            zh: "\(range.lowerBound) 到 \(range.upperBound) 之间的整数")
        return try bounded(key, usual, expected, read: \.int, isRight: range.contains)
    }

    /// 0 for no, 1 for yes.
    func flag(_ key: String, default usual: Bool) throws -> Bool {
        try integer(key, in: 0...1, default: usual ? 1 : 0) == 1
    }

    /// Where chance begins.
    func seed() throws -> UInt64 { UInt64(try integer("seed", in: 0...Int.max)) }

    func number(_ key: String, in range: ClosedRange<Double>, default usual: Double? = nil) throws -> Double {
        let (least, most) = (Self.text(range.lowerBound), Self.text(range.upperBound))
        let expected = Phrase(en: "a number from \(least) to \(most)", zh: "\(least) 到 \(most) 之间的数")
        return try bounded(key, usual, expected, read: Self.number, isRight: range.contains)
    }

    /// A number that may not be the least itself: a rate of zero learns nothing.
    func number(_ key: String, above least: Double, to most: Double, default usual: Double? = nil) throws -> Double {
        let expected = Phrase(
            en: "a number above \(Self.text(least)), at most \(Self.text(most))",
            zh: "大于 \(Self.text(least))、不超过 \(Self.text(most)) 的数")
        return try bounded(key, usual, expected, read: Self.number, isRight: { $0 > least && $0 <= most })
    }

    /// How many heads share a width.
    func heads(of width: Int) throws -> Int {
        let heads = try integer("heads", in: 1...min(width, 1_024))
        guard width % heads == 0 else {
            throw wrong("heads", expected: Phrase(en: "a divisor of width (\(width))", zh: "width（\(width)）的约数"))
        }
        return heads
    }

    /// Sizes that a model's own check refuses are mistakes of this section.
    func checked<Configuration>(
        _ configuration: Configuration, _ validate: (Configuration) throws(Failure) -> Void
    ) throws -> Configuration {
        do throws(Failure) {
            try validate(configuration)
            return configuration
        } catch {
            guard case .configuration(_, let key, let expected, let found)? = error.cause(as: ModelError.self) else {
                throw error
            }
            throw TrainingError.recipe(
                path: path, line: node.mark?.line ?? 1, key: trail,
                expected: Phrase(en: "\(key): \(expected.english)", zh: "\(key)：\(expected.chinese)"), found: found)
        }
    }

    private static func number(_ node: Node) -> Double? { node.float ?? node.int.map(Double.init) }

    private static func text(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }

    private func bounded<Number>(
        _ key: String, _ usual: Number?, _ expected: Phrase, read: (Node) -> Number?, isRight: (Number) -> Bool
    ) throws -> Number {
        if let usual, mapping[Node(key)] == nil { return usual }
        let node = try required(key)
        guard let number = read(node), isRight(number) else { throw wrong(key, node, expected: expected) }
        return number
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, default usual: Choice
    ) throws -> Choice where Choice.RawValue == String {
        guard let node = mapping[Node(key)] else { return usual }
        guard let choice = node.scalar.flatMap({ Choice(rawValue: $0.string) }) else {
            throw wrong(key, node, expected: Self.one(of: Choice.allCases.map(\.rawValue)))
        }
        return choice
    }

    private func required(_ key: String) throws -> Node {
        guard let value = mapping[Node(key)] else {
            throw wrong(key, expected: Phrase(en: "a value", zh: "一个值"))
        }
        return value
    }

    /// The error for a key whose value is not what was expected.
    func wrong(_ key: String, expected: Phrase) -> TrainingError {
        guard let node = mapping[Node(key)] else {
            return .recipe(
                path: path, line: node.mark?.line ?? 1, key: full(key), expected: expected, found: Self.nothing)
        }
        return wrong(key, node, expected: expected)
    }

    private func wrong(_ key: String, _ node: Node, expected: Phrase) -> TrainingError {
        .recipe(
            path: path, line: node.mark?.line ?? 1, key: full(key), expected: expected, found: Self.kind(node))
    }

    private func full(_ key: String) -> String { trail.isEmpty ? key : trail + "." + key }

    private static func kind(_ node: Node) -> Phrase {
        if let scalar = node.scalar { return Phrase("“\(scalar.string)”") }
        return node.mapping == nil ? Phrase(en: "a list", zh: "列表") : mapping
    }

    private static let mapping = Phrase(en: "a mapping", zh: "映射")
    private static let text = Phrase(en: "a text", zh: "一段文字")
    private static let nothing = Phrase(en: "nothing", zh: "空缺")

    static func one(of names: [String]) -> Phrase {
        Phrase(
            en: "one of \(names.joined(separator: ", "))", zh: "\(names.joined(separator: "、")) 之一")
    }
}
