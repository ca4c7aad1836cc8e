import Wording
import Yams

/// Reads a grammar file and checks every name in it, so that drawing sentences cannot meet one that is unknown.
struct CorpusReader {
    let source: String

    func root(_ yaml: String) throws -> Node.Mapping {
        do {
            guard let node = try YAMLText.node(yaml) else {
                throw CorpusError.value(
                    source: source, line: 1, key: "—", expected: Self.mapping, found: "␃")
            }
            let mapping = try mapping(node, key: "—")
            try allow(["heldOut", "words", "topics"], in: mapping, key: "—")
            return mapping
        } catch let problem as YAMLText.Problem {
            throw CorpusError.syntax(source: source, line: problem.line ?? 1, message: problem.reason)
        }
    }

    func heldOutShare(_ root: Node.Mapping) throws -> Double {
        guard let node = root["heldOut"] else { return 0.1 }
        return try share(node, key: "heldOut")
    }

    func lists(_ root: Node.Mapping) throws -> [String: [CorpusGrammar.Word]] {
        guard let node = root["words"] else { return [:] }
        let entries = try mapping(node, key: "words")
        var lists: [String: [CorpusGrammar.Word]] = [:]
        var lines: [String: Int] = [:]
        for (name, node) in entries {
            let name = name.string ?? ""
            let key = "words.\(name)"
            guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
                throw wrong(
                    node, key, Phrase(en: "a name of letters and digits", zh: "由字母和数字组成的名字"), found: "\"\(name)\"")
            }
            lines[name] = line(node)
            lists[name] = try words(node, key: key)
            guard lists[name]?.contains(where: { $0.weight > 0 }) == true else {
                throw wrong(node, key, Phrase(en: "at least one word", zh: "至少一个词"))
            }
        }
        for (name, node) in entries {
            let name = name.string ?? ""
            for word in lists[name] ?? [] {
                let scope = CorpusScope(source: source, line: line(node), key: "words.\(name)", lists: lists)
                try scope.check(word)
            }
        }
        try refuseCycles(lists)
        return lists
    }

    func topics(_ root: Node.Mapping, lists: [String: [CorpusGrammar.Word]]) throws -> [CorpusGrammar.Topic] {
        guard let node = root["topics"], let sequence = node.sequence, !sequence.isEmpty else {
            throw wrong(root["topics"], "topics", Phrase(en: "a list of topics", zh: "主题列表"))
        }
        return try sequence.enumerated().map { index, node in
            try topic(node, key: "topics[\(index)]", lists: lists)
        }
    }

    private func topic(
        _ node: Node, key: String, lists: [String: [CorpusGrammar.Word]]
    ) throws -> CorpusGrammar.Topic {
        let entries = try mapping(node, key: key)
        try allow(["topic", "weight", "capital", "split", "text", "texts"], in: entries, key: key)
        guard let name = entries["topic"]?.string else {
            throw wrong(entries["topic"] ?? node, key + ".topic", Phrase(en: "a name", zh: "一个名字"))
        }
        let key = "\(key) \(name)"
        var split = CorpusGrammar.Split?.none
        if let node = entries["split"] {
            guard node.string == CorpusGrammar.Split.training.rawValue else {
                throw wrong(node, key + ".split", Phrase("training"))
            }
            split = .training
        }
        guard entries["text"] == nil || entries["texts"] == nil,
            let texts = entries["text"].map({ [$0] }) ?? entries["texts"]?.sequence.map(Array.init), !texts.isEmpty
        else {
            throw wrong(entries["texts"] ?? node, key, Phrase(en: "“text” or a list “texts”", zh: "“text” 或列表 “texts”"))
        }
        let templates = try texts.map { node in
            let template = try template(node, key: key)
            let scope = CorpusScope(source: source, line: line(node), key: key, lists: lists)
            _ = try scope.check(template, [:])
            return template
        }
        return CorpusGrammar.Topic(
            name: name, weight: try entries["weight"].map { try weight($0, key: key + ".weight") } ?? 1,
            capital: try entries["capital"].map { try share($0, key: key + ".capital") } ?? 0,
            mayBeHeldOut: split == nil, templates: templates)
    }

    /// A string of words between spaces, or a list of words, each a text or a text with weight and features.
    private func words(_ node: Node, key: String) throws -> [CorpusGrammar.Word] {
        if let text = node.string {
            let words = try text.split(whereSeparator: \.isWhitespace).map { try template(String($0), node, key: key) }
            return Self.weighted(words)
        }
        guard let sequence = node.sequence else {
            throw wrong(node, key, Phrase(en: "words between spaces, or a list", zh: "用空格隔开的词，或列表"))
        }
        return try sequence.map { node in
            if node.scalar != nil {
                return CorpusGrammar.Word(template: try template(node, key: key), weight: 1, features: [:])
            }
            let entries = try mapping(node, key: key)
            guard let word = entries["word"] else {
                throw wrong(node, key, Phrase(en: "a key “word”", zh: "键 “word”"))
            }
            var features: [String: [CorpusGrammar.Word]] = [:]
            var weight = 1.0
            for (name, node) in entries {
                switch name.string ?? "" {
                case "word": break
                case "weight": weight = try self.weight(node, key: key + ".weight")
                case let name: features[name] = try feature(node, key: "\(key).\(name)")
                }
            }
            return CorpusGrammar.Word(template: try template(word, key: key), weight: weight, features: features)
        }
    }

    /// One text or several.
    private func feature(_ node: Node, key: String) throws -> [CorpusGrammar.Word] {
        let nodes = node.sequence.map(Array.init) ?? [node]
        guard !nodes.isEmpty else { throw wrong(node, key, Phrase(en: "at least one word", zh: "至少一个词")) }
        return Self.weighted(try nodes.map { try template($0, key: key) })
    }

    /// Words of one weight each; one that is given twice is twice as likely.
    private static func weighted(_ templates: [CorpusTemplate]) -> [CorpusGrammar.Word] {
        var order: [CorpusTemplate] = []
        var weights: [CorpusTemplate: Double] = [:]
        for template in templates {
            if weights[template] == nil { order.append(template) }
            weights[template, default: 0] += 1
        }
        return order.map { CorpusGrammar.Word(template: $0, weight: weights[$0] ?? 1, features: [:]) }
    }

    private func refuseCycles(_ lists: [String: [CorpusGrammar.Word]]) throws {
        var finished: Set<String> = []
        func visit(_ name: String, _ path: [String]) throws {
            guard !path.contains(name) else { throw CorpusError.cycle(source: source, lists: path + [name]) }
            guard !finished.contains(name), let words = lists[name] else { return }
            for word in words {
                let templates = [word.template] + word.features.values.flatMap { $0.map(\.template) }
                for used in templates.flatMap(\.names) { try visit(used, path + [name]) }
            }
            finished.insert(name)
        }
        for name in lists.keys.sorted() { try visit(name, []) }
    }

    private func template(_ node: Node, key: String) throws -> CorpusTemplate {
        guard let text = node.string else { throw wrong(node, key, Phrase(en: "a text", zh: "一段文字")) }
        return try template(text, node, key: key)
    }

    private func template(_ text: String, _ node: Node, key: String) throws -> CorpusTemplate {
        do {
            return try CorpusTemplate(text)
        } catch let failure as CorpusTemplate.Failure {
            throw wrong(node, key, failure.expected, found: failure.found)
        }
    }

    private func weight(_ node: Node, key: String) throws -> Double {
        guard let value = node.float, value >= 0, value.isFinite else {
            throw wrong(node, key, Phrase(en: "a number not below 0", zh: "不小于 0 的数"))
        }
        return value
    }

    private func share(_ node: Node, key: String) throws -> Double {
        guard let value = node.float, (0...1).contains(value) else {
            throw wrong(node, key, Phrase(en: "a number from 0 to 1", zh: "0 到 1 的数"))
        }
        return value
    }

    private static let mapping = Phrase(en: "keys with values", zh: "键和值")

    private func mapping(_ node: Node, key: String) throws -> Node.Mapping {
        guard let mapping = node.mapping else { throw wrong(node, key, Self.mapping) }
        return mapping
    }

    private func allow(_ keys: [String], in mapping: Node.Mapping, key: String) throws {
        for (name, _) in mapping where !keys.contains(name.string ?? "") {
            let list = keys.map { "“\($0)”" }
            throw wrong(
                name, key,
                Phrase(en: "one of " + list.joined(separator: ", "), zh: list.joined(separator: "、") + " 之一"),
                found: "“\(name.string ?? "…")”")
        }
    }

    private func wrong(_ node: Node?, _ key: String, _ expected: Phrase, found: String? = nil) -> CorpusError {
        let shown: String
        switch node {
        case .scalar(let scalar): shown = "\"\(scalar.string)\""
        case .mapping: shown = "{…}"
        case .sequence(let sequence): shown = sequence.isEmpty ? "[]" : "[…]"
        default: shown = "—"
        }
        return .value(source: source, line: node.map(line) ?? 1, key: key, expected: expected, found: found ?? shown)
    }

    private func line(_ node: Node) -> Int { node.mark?.line ?? 1 }
}
