import Models
import Wording
import Yams

/// What is wrong in a YAML file, and where.
package struct YAMLMistake: Sendable {
    package enum Kind: Sendable {
        case syntax(Phrase)
        case unknownKey(known: [String])
        case missing
        case empty
        case wrong(expected: Phrase, found: Phrase)
    }

    package let file: String
    /// Counted from one.
    package let line: Int?
    /// The way there, such as `steps[2].options`.
    package let key: String
    package let kind: Kind
}

/// Reads a YAML mapping key by key: every key is asked for by name and kind, and every mistake, also a key that nobody
/// asks for, is an error that names file, line and key.
package struct YAMLReader {
    package let file: String
    /// The way here, such as `steps[2].options`; empty at the top.
    package let trail: String
    private let node: Node
    private let mapping: Node.Mapping
    /// How the owner of the file says what is wrong.
    private let error: (YAMLMistake) -> any Error

    /// A file that is a recipe, or what belongs to one.
    init(path: String) throws {
        try self.init(text: RunFolder.text(path), file: path) { TrainingError($0) }
    }

    /// A whole file, whose top must be a mapping.
    /// - Parameter error: how its owner says what is wrong.
    package init(text: String, file: String, error: @escaping (YAMLMistake) -> any Error) throws {
        let node: Node?
        do {
            node = try YAMLText.node(text)
        } catch let problem {
            throw error(YAMLMistake(file: file, line: problem.line, key: "", kind: .syntax(problem.reason)))
        }
        try self.init(node ?? Node.scalar(Node.Scalar("")), file: file, trail: "", error: error)
    }

    /// The same file with some of its values set otherwise.
    /// - Parameter change: changes the tree, and says what it changed by the full name of each key.
    func changing(_ change: (inout Node) throws -> [String: String]) throws -> YAMLReader {
        var root = node
        let changed = try change(&root)
        return try YAMLReader(root, file: file, trail: trail) { mistake in
            // A section that only the change brings in is its mistake too.
            let change = changed[mistake.key] ?? changed.first { $0.key.hasPrefix(mistake.key + ".") }?.value
            return change.map { TrainingError(mistake, inChange: $0) } ?? error(mistake)
        }
    }

    private init(_ node: Node, file: String, trail: String, error: @escaping (YAMLMistake) -> any Error) throws {
        guard let mapping = node.mapping else {
            let kind = YAMLMistake.Kind.wrong(expected: Self.mapping, found: Self.kind(node))
            throw error(YAMLMistake(file: file, line: node.mark?.line ?? 1, key: trail, kind: kind))
        }
        self.file = file
        self.node = node
        self.mapping = mapping
        self.trail = trail
        self.error = error
    }

    /// - Throws: for a key that nobody asks for.
    package func allow(_ keys: Set<String>) throws {
        for (key, _) in mapping where !keys.contains(key.string ?? "") {
            throw error(
                YAMLMistake(
                    file: file, line: key.mark?.line, key: full(key.string ?? "?"),
                    kind: .unknownKey(known: keys.sorted())))
        }
    }

    /// In the order in which they are written.
    package var keys: [String] { mapping.keys.compactMap { $0.string } }

    package func has(_ key: String) -> Bool { mapping[key] != nil }

    /// The line of a key's value, or where it is missing that of the mapping.
    package func line(of key: String) -> Int { (mapping[key] ?? node).mark?.line ?? 1 }

    /// A key with the way to it.
    package func full(_ key: String) -> String { trail.isEmpty ? key : trail + "." + key }

    // MARK: Values

    package func section(_ key: String) throws -> YAMLReader { try reader(required(key), full(key)) }

    /// A section that has none but these keys.
    func section(_ key: String, allowing keys: Set<String>) throws -> YAMLReader {
        let section = try section(key)
        try section.allow(keys)
        return section
    }

    /// The sections of a list of mappings.
    package func sections(_ key: String) throws -> [YAMLReader] {
        try list(key, of: Phrase(en: "a list of mappings", zh: "由键值对组成的列表")).enumerated().map { place, entry in
            try reader(entry, full(key) + "[\(place)]")
        }
    }

    package func text(_ key: String) throws -> String { try text(key, required(key)) }

    /// One entry of a list that holds texts and mappings.
    package enum Entry {
        case text(String, line: Int)
        case section(YAMLReader)
    }

    package func entries(_ key: String) throws -> [Entry] {
        let expected = Phrase(en: "a list of texts or mappings", zh: "由文字或键值对组成的列表")
        return try list(key, of: expected).enumerated().map { place, entry in
            guard entry.mapping == nil else { return .section(try reader(entry, full(key) + "[\(place)]")) }
            return .text(try text(key, entry), line: entry.mark?.line ?? line(of: key))
        }
    }

    package func texts(_ key: String) throws -> [String] {
        try list(key, of: Phrase(en: "a list of texts", zh: "由文字组成的列表")).map { try text(key, $0) }
    }

    package func integers(_ key: String) throws -> [Int] {
        let expected = Phrase(en: "a list of whole numbers", zh: "由整数组成的列表")
        return try list(key, of: expected).map { entry in
            guard let number = entry.int else { throw wrong(key, entry, expected: expected) }
            return number
        }
    }

    private func reader(_ node: Node, _ trail: String) throws -> YAMLReader {
        try YAMLReader(node, file: file, trail: trail, error: error)
    }

    private func list(_ key: String, of expected: Phrase) throws -> Node.Sequence {
        let node = try required(key)
        guard let list = node.sequence else { throw wrong(key, node, expected: expected) }
        return list
    }

    private func text(_ key: String, _ node: Node) throws -> String {
        guard let text = node.scalar?.string else { throw wrong(key, node, expected: Self.text) }
        guard !text.allSatisfy(\.isWhitespace) else { throw mistake(key, node, .empty) }
        return text
    }

    /// Any whole number.
    package func integer(_ key: String) throws -> Int {
        try bounded(key, nil, Phrase(en: "a whole number", zh: "整数"), read: \.int, isRight: { _ in true })
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
            throw self.error(
                YAMLMistake(
                    file: file, line: node.mark?.line, key: trail,
                    kind: .wrong(
                        expected: Phrase(en: "\(key): \(expected.english)", zh: "\(key)：\(expected.chinese)"),
                        found: found)))
        }
    }

    private static func number(_ node: Node) -> Double? { node.float ?? node.int.map(Double.init) }

    private static func text(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }

    private func bounded<Number>(
        _ key: String, _ usual: Number?, _ expected: Phrase, read: (Node) -> Number?, isRight: (Number) -> Bool
    ) throws -> Number {
        if let usual, mapping[key] == nil { return usual }
        let node = try required(key)
        guard let number = read(node), isRight(number) else { throw wrong(key, node, expected: expected) }
        return number
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, default usual: Choice
    ) throws -> Choice where Choice.RawValue == String {
        guard let node = mapping[key] else { return usual }
        guard let choice = node.scalar.flatMap({ Choice(rawValue: $0.string) }) else {
            throw wrong(key, node, expected: Self.one(of: Choice.allCases.map(\.rawValue)))
        }
        return choice
    }

    private func required(_ key: String) throws -> Node {
        guard let value = mapping[key] else { throw mistake(key, node, .missing) }
        return value
    }

    /// The error for a key whose value is not what was expected.
    func wrong(_ key: String, expected: Phrase) -> any Error {
        guard let value = mapping[key] else {
            return mistake(key, node, .wrong(expected: expected, found: Self.nothing))
        }
        return wrong(key, value, expected: expected)
    }

    private func wrong(_ key: String, _ node: Node, expected: Phrase) -> any Error {
        mistake(key, node, .wrong(expected: expected, found: Self.kind(node)))
    }

    private func mistake(_ key: String, _ node: Node, _ kind: YAMLMistake.Kind) -> any Error {
        error(YAMLMistake(file: file, line: node.mark?.line, key: full(key), kind: kind))
    }

    private static func kind(_ node: Node) -> Phrase {
        if let scalar = node.scalar { return scalar.string.isEmpty ? nothing : Phrase("“\(scalar.string)”") }
        return node.mapping == nil ? Phrase(en: "a list", zh: "列表") : mapping
    }

    private static let mapping = Phrase(en: "keys with values", zh: "键值对")
    private static let text = Phrase(en: "a text", zh: "一段文字")
    private static let nothing = Phrase(en: "nothing", zh: "空缺")

    static func one(of names: [String]) -> Phrase {
        Phrase(
            en: "one of \(names.joined(separator: ", "))", zh: "\(names.joined(separator: "、")) 之一")
    }
}
