import Foundation
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
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw TrainingError.unreadable(path: path, reason: "\(error)".replacing("\n", with: " "))
        }
        guard let node else {
            throw TrainingError.recipe(path: path, line: 1, key: "", expected: "a mapping", found: "nothing")
        }
        try self.init(node, path: path, trail: "")
    }

    private init(_ node: Node, path: String, trail: String) throws {
        guard let mapping = node.mapping else {
            throw TrainingError.recipe(
                path: path, line: node.mark?.line ?? 1, key: trail, expected: "a mapping", found: Self.kind(node))
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
                expected: "one of \(keys.sorted().joined(separator: ", "))", found: "an unknown key")
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
        guard let text = node.scalar?.string, !text.isEmpty else { throw wrong(key, node, expected: "a text") }
        return text
    }

    /// The sections of a list of mappings.
    func sections(_ key: String) throws -> [YAMLReader] {
        let node = try required(key)
        guard let list = node.sequence else { throw wrong(key, node, expected: "a list of mappings") }
        return try list.enumerated().map { place, entry in
            try YAMLReader(entry, path: path, trail: full(key) + "[\(place)]")
        }
    }

    func texts(_ key: String) throws -> [String] {
        let node = try required(key)
        guard let list = node.sequence else { throw wrong(key, node, expected: "a list of texts") }
        return try list.map { entry in
            guard let text = entry.scalar?.string else { throw wrong(key, entry, expected: "a text") }
            return text
        }
    }

    func integer(_ key: String, in range: ClosedRange<Int>, default usual: Int? = nil) throws -> Int {
        try bounded(key, range, usual, "a whole number") { $0.int }
    }

    /// Where chance begins.
    func seed() throws -> UInt64 { UInt64(try integer("seed", in: 0...Int.max)) }

    func number(_ key: String, in range: ClosedRange<Double>, default usual: Double? = nil) throws -> Double {
        try bounded(key, range, usual, "a number") { $0.float ?? $0.int.map(Double.init) }
    }

    private func bounded<Number: Comparable>(
        _ key: String, _ range: ClosedRange<Number>, _ usual: Number?, _ kind: String, read: (Node) -> Number?
    ) throws -> Number {
        if let usual, mapping[Node(key)] == nil { return usual }
        let node = try required(key)
        guard let number = read(node), range.contains(number) else {
            throw wrong(key, node, expected: "\(kind) from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, default usual: Choice
    ) throws -> Choice where Choice.RawValue == String {
        guard let node = mapping[Node(key)] else { return usual }
        guard let choice = node.scalar.flatMap({ Choice(rawValue: $0.string) }) else {
            throw wrong(key, node, expected: Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    private func required(_ key: String) throws -> Node {
        guard let value = mapping[Node(key)] else {
            throw wrong(key, expected: "a value")
        }
        return value
    }

    /// The error for a key whose value is not what was expected.
    func wrong(_ key: String, expected: String) -> TrainingError {
        guard let node = mapping[Node(key)] else {
            return .recipe(path: path, line: node.mark?.line ?? 1, key: full(key), expected: expected, found: "nothing")
        }
        return wrong(key, node, expected: expected)
    }

    private func wrong(_ key: String, _ node: Node, expected: String) -> TrainingError {
        .recipe(
            path: path, line: node.mark?.line ?? 1, key: full(key), expected: expected, found: Self.kind(node))
    }

    private func full(_ key: String) -> String { trail.isEmpty ? key : trail + "." + key }

    private static func kind(_ node: Node) -> String {
        if let scalar = node.scalar { return "“\(scalar.string)”" }
        return node.mapping == nil ? "a list" : "a mapping"
    }
}
