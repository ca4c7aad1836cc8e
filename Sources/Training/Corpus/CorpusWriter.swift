import Platform
import Tensors

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

    /// A sentence, with `CorpusTemplate.joint` wherever a word of the grammar begins or ends.
    mutating func text(of template: CorpusTemplate) throws -> String {
        var scope: [String: Chosen] = [:]
        return try write(template, &scope)
    }

    /// One of so many, equally likely.
    mutating func choose(count: Int) -> Int {
        guard count > 1 else { return 0 }
        bits += log2(Double(count))
        return random.integer(below: count)
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
        guard probability > 0, let first = text.firstIndex(where: { $0 != CorpusTemplate.joint }),
            choose([probability, 1 - probability]) == 0
        else { return text }
        return text[first].uppercased() + text[text.index(after: first)...]
    }

    private mutating func write(_ template: CorpusTemplate, _ scope: inout [String: Chosen]) throws -> String {
        var result = ""
        let joint = String(CorpusTemplate.joint)
        for part in template.parts {
            switch part {
            case .text(let text): result += text
            case .choice(let templates):
                var inner = scope
                result += joint + (try write(templates[choose(count: templates.count)], &inner)) + joint
            case .slot(let slot):
                let chosen = try fill(slot, scope)
                if let name = slot.binding { scope[name] = chosen }
                if !slot.isSilent { result += joint + chosen.text + joint }
            }
        }
        return result
    }

    private mutating func fill(_ slot: CorpusTemplate.Slot, _ scope: [String: Chosen]) throws -> Chosen {
        var avoided = Set(slot.excluded.compactMap { scope[$0].map { CorpusTemplate.joined($0.text) } })
        guard let repetition = slot.repetition else { return try pick(slot.source, avoided, scope) }
        let lengths = repetition.most - repetition.least + 1
        let count = repetition.least + choose(count: lengths)
        var texts: [String] = []
        for _ in 0..<count {
            let chosen = try pick(slot.source, avoided, scope)
            avoided.insert(CorpusTemplate.joined(chosen.text))
            texts.append(chosen.text)
        }
        let joint = String(CorpusTemplate.joint)
        return Chosen(
            text: texts.joined(separator: joint + repetition.separator + joint), features: [:], scope: [:])
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
                if let plain = word.plain, avoided.contains(plain) { weights[index] = 0 }
            }
        }
        // A word with slots of its own shows only when written whether it is one of those to avoid.
        for _ in 0..<100 {
            guard weights.contains(where: { $0 > 0 }) else { break }
            let before = bits
            let word = words[choose(weights)]
            if let plain = word.plain { return Chosen(text: plain, features: word.features, scope: outer) }
            var scope = outer
            let text = try write(word.template, &scope)
            if avoided.contains(CorpusTemplate.joined(text)) {
                bits = before
                continue
            }
            return Chosen(text: text, features: word.features, scope: scope)
        }
        throw CorpusError.exhausted(source: grammar.source, list: name)
    }
}

extension CorpusTemplate {
    /// Stands, while a sentence is being written, where one word ends and another begins: a character that no text
    /// has.
    static let joint: Character = "\u{1F}"

    /// Stands between the sentences of a story.
    static let storyBreak: Character = "‖"

    static func parts(_ text: String) -> [String] { text.split(separator: storyBreak).map(String.init) }

    /// The text without its joints.
    static func joined(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != jointScalar { result.append(scalar) }
        return String(result)
    }

    /// The text cut at the joints where a letter meets a letter; a joint beside a space or a mark cuts nothing.
    static func segments(_ text: String) -> [String] {
        var segments: [String] = []
        var segment = String.UnicodeScalarView()
        var isJoint = false
        for scalar in text.unicodeScalars {
            if scalar == jointScalar {
                isJoint = true
                continue
            }
            if isJoint, let last = segment.last, last.properties.isAlphabetic, scalar.properties.isAlphabetic {
                segments.append(String(segment))
                segment = String.UnicodeScalarView()
            }
            segment.append(scalar)
            isJoint = false
        }
        return segments + [String(segment)]
    }

    private static let jointScalar: Unicode.Scalar = "\u{1F}"
}
