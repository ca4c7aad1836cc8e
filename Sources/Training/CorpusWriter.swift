import Tensors

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes one sentence: fills slots, remembers named words, and adds up how improbable the choices were.
struct CorpusWriter {
    /// A word that was chosen, with the names that were given while it was written.
    private struct Chosen {
        let text: String
        let features: [String: [CorpusGrammar.Word]]
        let scope: [String: Chosen]
    }

    private let grammar: CorpusGrammar
    private(set) var random: RandomSource
    private(set) var bits = 0.0

    init(grammar: CorpusGrammar, random: RandomSource) {
        self.grammar = grammar
        self.random = random
    }

    mutating func text(of template: CorpusTemplate) throws -> String {
        var scope: [String: Chosen] = [:]
        return try write(template, &scope)
    }

    /// The index of one of the weights, each as likely as its share.
    mutating func choose(_ weights: [Double]) -> Int {
        guard weights.count > 1 else { return 0 }
        let total = weights.reduce(0, +)
        var rest = random.uniform() * total
        // Rounding may leave a rest beyond the last weight.
        var chosen = weights.lastIndex { $0 > 0 } ?? 0
        for (index, weight) in weights.enumerated() {
            if rest < weight {
                chosen = index
                break
            }
            rest -= weight
        }
        bits -= log2(weights[chosen] / total)
        return chosen
    }

    mutating func capitalised(_ text: String, _ probability: Double) -> String {
        guard probability > 0, let first = text.first, choose([probability, 1 - probability]) == 0 else { return text }
        return first.uppercased() + text.dropFirst()
    }

    private mutating func write(_ template: CorpusTemplate, _ scope: inout [String: Chosen]) throws -> String {
        var result = ""
        for part in template.parts {
            switch part {
            case .text(let text): result += text
            case .choice(let templates):
                var inner = scope
                result += try write(templates[choose(templates.map { _ in 1 })], &inner)
            case .slot(let slot):
                let chosen = try fill(slot, scope)
                if let name = slot.binding { scope[name] = chosen }
                result += chosen.text
            }
        }
        return result
    }

    private mutating func fill(_ slot: CorpusTemplate.Slot, _ scope: [String: Chosen]) throws -> Chosen {
        var avoided = Set(slot.excluded.compactMap { scope[$0]?.text })
        guard let repetition = slot.repetition else { return try pick(slot.source, avoided, scope) }
        let lengths = repetition.most - repetition.least + 1
        let count = repetition.least + choose(Array(repeating: 1, count: lengths))
        var texts: [String] = []
        for _ in 0..<count {
            let chosen = try pick(slot.source, avoided, scope)
            avoided.insert(chosen.text)
            texts.append(chosen.text)
        }
        return Chosen(text: texts.joined(separator: repetition.separator), features: [:], scope: [:])
    }

    private mutating func pick(
        _ source: CorpusTemplate.Slot.Source, _ avoided: Set<String>, _ scope: [String: Chosen]
    ) throws -> Chosen {
        switch source {
        case .name(let name):
            if let chosen = scope[name] { return chosen }
            return try pick(grammar.lists[name] ?? [], named: name, avoided)
        case .feature(let name, let feature):
            let owner = scope[name]
            return try pick(owner?.features[feature] ?? [], named: "\(name).\(feature)", avoided, owner?.scope ?? [:])
        }
    }

    private mutating func pick(
        _ words: [CorpusGrammar.Word], named name: String, _ avoided: Set<String>, _ outer: [String: Chosen] = [:]
    ) throws -> Chosen {
        var weights = words.map(\.weight)
        if !avoided.isEmpty {
            for (index, word) in words.enumerated() {
                if let plain = word.template.plain, avoided.contains(plain) { weights[index] = 0 }
            }
        }
        // A word with slots of its own shows only when written whether it is one of those to avoid.
        for _ in 0..<100 {
            guard weights.contains(where: { $0 > 0 }) else { break }
            let before = bits
            let word = words[choose(weights)]
            var scope = outer
            let text = try write(word.template, &scope)
            if avoided.contains(text) {
                bits = before
                continue
            }
            return Chosen(text: text, features: word.features, scope: scope)
        }
        throw CorpusError.exhausted(source: grammar.source, list: name)
    }
}

extension CorpusTemplate {
    /// The text of a template without slots.
    var plain: String? {
        if parts.isEmpty { return "" }
        guard parts.count == 1, case .text(let text) = parts[0] else { return nil }
        return text
    }
}
