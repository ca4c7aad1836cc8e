import Drawing
import Figures
import Models
import Subjects
import Tensors
import Tokenizers
import Tracing
import Wording

/// What a cell of a trace is called: which number, of which token, where. Layers, heads and positions count from zero.
struct CellWords {
    let trace: Trace
    let tokenizer: AnyTokenizer?
    let language: Language

    private enum Templates: PhraseTable {
        case pair, of, after, at, ofClass, ofPosition, follows, not
        case encoder, decoder, position, query, key, row, column, neuron, id, place, text, example

        var phrase: Phrase {
            switch self {
            case .pair: Phrase(en: "{step}: “{query}” → “{key}”", zh: "“{query}”对“{key}”的{step}")
            case .of: Phrase(en: "{step} of “{token}”{which}", zh: "“{token}”的{step}{which}")
            case .after: Phrase(en: "{step} of “{word}” after “{token}”", zh: "“{token}”之后是“{word}”的{step}")
            case .at: Phrase(en: "{step} of “{word}” in place of “{token}”", zh: "“{token}”处是“{word}”的{step}")
            case .ofClass: Phrase(en: "{step} of the class “{name}”", zh: "类别“{name}”的{step}")
            case .ofPosition: Phrase(en: "{step}, position {place}", zh: "{step}，位置 {place}")
            case .follows: Phrase(en: "{step}: it follows", zh: "{step}：是下文")
            case .not: Phrase(en: "{step}: it does not follow", zh: "{step}：不是下文")
            case .encoder: Phrase(en: "encoder", zh: "编码器")
            case .decoder: Phrase(en: "decoder", zh: "解码器")
            case .position: Phrase(en: "position {place}", zh: "位置 {place}")
            case .query: Phrase(en: "query {place}", zh: "查询 {place}")
            case .key: Phrase(en: "key {place}", zh: "键 {place}")
            case .row: Phrase(en: "row {place} of 0–{last}", zh: "第 {place} 行（0–{last}）")
            case .column: Phrase(en: "column {place} of 0–{last}", zh: "第 {place} 列（0–{last}）")
            case .neuron: Phrase(en: "neuron {place} of 0–{last}", zh: "{place} 号神经元（0–{last}）")
            case .id: Phrase(en: "id {place}", zh: "编号 {place}")
            case .place: Phrase(en: "{place} of 0–{last}", zh: "{place}（0–{last}）")
            case .text: Phrase(en: "text {place}", zh: "文本 {place}")
            case .example: Phrase(en: "example {place}", zh: "样本 {place}")
            }
        }
    }

    // MARK: Tokens

    /// A token as a sentence quotes it: without the mark of the space before it.
    static func quoted(_ display: String) -> String {
        display.count > 1 && display.hasPrefix("␣") ? String(display.dropFirst()) : display
    }

    func display(_ id: Int) -> String { tokenizer?.piece(id).display ?? trace.vocabulary[id] ?? "#\(id)" }

    func word(_ id: Int) -> String { Self.quoted(display(id)) }

    /// A class's name, or its number where it has none.
    func className(_ place: Int) -> String {
        let names = trace.model.classNames
        return names.indices.contains(place) ? names[place] : String(place)
    }

    /// The token at a place of a stack's text; a pass after the first reads a single one that the model wrote.
    private func token(_ place: Int, ofTarget isTarget: Bool, pass: Int) -> String? {
        let all = isTarget ? trace.targetTokens : trace.tokens
        let first = all.firstIndex { $0.isGenerated }
        let at = pass > 0 ? (first ?? all.count) + pass - 1 + place : place
        return all.indices.contains(at) ? Self.quoted(all[at].display) : nil
    }

    private func isTarget(_ name: StepName) -> Bool {
        name.stack == .decoder || name.stack == .single && !trace.targetTokens.isEmpty
    }

    /// The token that an axis of a step speaks of; nil where it speaks of none.
    func token(_ step: Step, axis: Axis, at index: [Int]) -> String? {
        guard let place = step.axes.firstIndex(of: axis), index.indices.contains(place) else { return nil }
        let name = step.name
        guard !step.isParameter, name.label != .positionTable, name.label != .rotaryCosines,
            name.label != .rotarySines
        else { return nil }
        switch axis {
        case .position, .query:
            // What attention to the encoder reads as key and value lies along the source.
            let isSource = [.key, .value].contains(name.label.uncrossed)
            return token(index[place], ofTarget: isTarget(name) && !isSource, pass: isSource ? 0 : name.pass)
        case .key:
            return token(index[place], ofTarget: isTarget(name) && name.label.uncrossed == nil, pass: 0)
        default: return nil
        }
    }

    // MARK: Words

    /// `dot product: “mat” → “the”`, `query of “mat”`, `probability of “and” after “mat”`.
    func title(_ step: Step, at index: [Int]) -> String { phrase(step, index)[language] }

    /// `residual stream, after attention` of a token: `residual stream of “mat”, after attention`.
    private static func of(_ words: Phrase, _ token: String) -> Phrase {
        let (english, chinese) = (split(words.english, ", "), split(words.chinese, "（"))
        return Templates.of.phrase.filled([
            "step": Phrase(en: english.0, zh: chinese.0), "which": Phrase(en: english.1, zh: chinese.1),
            "token": Phrase(token),
        ])
    }

    private static func split(_ text: String, _ mark: String) -> (String, String) {
        guard let found = text.firstRange(of: mark) else { return (text, "") }
        return (String(text[..<found.lowerBound]), String(text[found.lowerBound...]))
    }

    private func phrase(_ step: Step, _ index: [Int]) -> Phrase {
        let words = StepWords.phrase(step.name)
        if let query = token(step, axis: .query, at: index), let key = token(step, axis: .key, at: index) {
            return Templates.pair.phrase.filled(["step": words, "query": Phrase(query), "key": Phrase(key)])
        }
        let token = token(step, axis: .position, at: index)
        if let vocabulary = step.axes.firstIndex(of: .vocabulary), index.indices.contains(vocabulary), !step.isParameter
        {
            let isMasked = step.name.label == .maskedLogits || step.name.label == .maskedProbabilities
            let template = isMasked ? Templates.at : .after
            return template.phrase.filled([
                "step": words, "word": Phrase(word(index[vocabulary])), "token": Phrase(token ?? "…"),
            ])
        }
        if let token { return Self.of(words, token) }
        switch step.name.label {
        case .classLogits, .classProbabilities:
            return Templates.ofClass.phrase.filled(["step": words, "name": Phrase(className(index.last ?? 0))])
        case .nextSentenceLogits, .nextSentenceProbabilities:
            return (index.last == 0 ? Templates.follows : .not).phrase.filled(["step": words])
        case .embedding, .unembedding, .unembeddingBias:
            guard let at = step.axes.firstIndex(of: .vocabulary), index.indices.contains(at) else { return words }
            return Self.of(words, word(index[at]))
        default: break
        }
        if let at = step.axes.firstIndex(of: .position), index.indices.contains(at) {
            return Templates.ofPosition.phrase.filled(["step": words, "place": "\(index[at])"])
        }
        return words
    }

    /// Where it lies: `L2 · H1 · query 5 · key 4`.
    func place(_ step: Step, at index: [Int]) -> String {
        var parts: [String] = []
        func add(_ template: Templates, _ place: Int, of count: Int = 0) {
            parts.append(template.phrase.filled(["place": "\(place)", "last": "\(count - 1)"])[language])
        }
        if step.name.stack == .encoder { parts.append(Templates.encoder.phrase[language]) }
        if step.name.stack == .decoder { parts.append(Templates.decoder.phrase[language]) }
        let head = step.axes.firstIndex(of: .head)
        if let block = step.name.block {
            parts.append("L\(block)" + (head.map { index.indices.contains($0) ? " · H\(index[$0])" : "" } ?? ""))
        }
        for (axis, place) in index.enumerated() where axis < step.axes.count {
            let count = step.shape[axis]
            switch step.axes[axis] {
            case .batch: if count > 1 { add(trace.tokens.isEmpty ? .example : .text, place) }
            case .head: if step.name.block == nil { parts.append("H\(place)") }
            case .position: add(.position, place)
            case .query: add(.query, place)
            case .key: add(.key, place)
            // A matrix of weights has a row for each number that it reads.
            case .width, .headWidth: add(axis < step.axes.count - 1 ? .row : .column, place, of: count)
            case .hidden: add(.neuron, place, of: count)
            case .vocabulary: add(.id, place)
            case .single: break
            case .row: add(.row, place, of: count)
            case .column: add(.column, place, of: count)
            case .unknown: if count > 1 { add(.place, place, of: count) }
            }
        }
        return parts.joined(separator: " · ")
    }

    /// The token that tells a cell from its neighbours in a sum over tokens.
    func ownToken(_ step: Step, at index: [Int]) -> String? {
        token(step, axis: .key, at: index) ?? token(step, axis: .position, at: index)
    }

    /// An operand's column head: the step, and the token where all of its cells belong to one.
    func heading(_ step: Step, _ cells: [[Int]]) -> String {
        let words = StepWords.phrase(step.name)
        for axis in [Axis.position, .query, .key] {
            guard let first = cells.first, let token = token(step, axis: axis, at: first),
                let at = step.axes.firstIndex(of: axis), cells.allSatisfy({ $0[at] == first[at] })
            else { continue }
            return Self.of(words, token)[language]
        }
        return words[language]
    }
}
