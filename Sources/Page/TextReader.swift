import Models
import Subjects
import Tokenizers
import Tracing
import Wording

/// Runs a model of any kind on a typed text.
struct TextReader {
    let model: LanguageModel

    /// - Throws: ``PageError/nothingToRead``, or what the model says of the text and the changes.
    func trace(_ source: TextSource) throws(Failure) -> Trace {
        let typed = TypedText(source: source)
        return try changed(try unchanged(typed), typed)
    }

    /// The run without its changes.
    /// - Throws: ``PageError/nothingToRead``, ``PageError/put(place:last:)``, or what the model says of the text.
    func unchanged(_ given: TypedText) throws(Failure) -> Trace {
        try trace(try input(given), given.put)
    }

    /// What depends on the changes is computed again.
    func changed(_ trace: Trace, _ given: TypedText) throws(Failure) -> Trace {
        guard !given.source.changes.isEmpty else { return trace }
        return try typed(given.source).changed(trace, of: model) { (input) throws(Failure) in
            try self.trace(input, [])
        }
    }

    /// What the model reads: the tokens that were put by hand are in it, but for a target's.
    func input(_ given: TypedText) throws(Failure) -> ModelInput {
        let source = try typed(given.source)
        var input = try source.input(of: model)
        guard !input.ids.isEmpty, source.ids != nil || source.text?.isEmpty == false else {
            throw Failure(PageError.nothingToRead)
        }
        switch model.network {
        case .decoder: try Self.put(given.put, into: &input.ids, mayGrow: true)
        case .encoder: try Self.put(given.put, into: &input.ids, mayGrow: false)
        case .encoderDecoder: break
        }
        return input
    }

    private static func put(_ tokens: [PutToken], into ids: inout [Int], mayGrow: Bool) throws(Failure) {
        for token in tokens {
            if mayGrow, token.place == ids.count {
                ids.append(token.id)
            } else if !mayGrow, ids.indices.contains(token.place) {
                ids[token.place] = token.id
            } else {
                throw Failure(PageError.put(place: token.place, last: mayGrow ? ids.count : ids.count - 1))
            }
        }
    }

    /// What is meant by what was typed: the numbers of tokens where a model has no tokenizer (`5, 1, 3`), a second
    /// sentence where it reads pairs.
    private func typed(_ given: TextSource) throws(Failure) -> TextSource {
        guard let text = given.text else { return given }
        var source = given
        guard model.tokenizer != nil else {
            let parts = text.split { !$0.isNumber && $0 != "-" }
            let ids = parts.compactMap { Int($0) }
            guard ids.count == parts.count else { throw Failure(PageError.notIds) }
            (source.text, source.ids) = (nil, ids)
            return source
        }
        if source.pair == nil { (source.text, source.pair) = parts(text) }
        return source
    }

    private func trace(_ given: ModelInput, _ put: [PutToken]) throws(Failure) -> Trace {
        var input = given
        guard case .encoderDecoder(let translator) = model.network, input.target == nil else {
            return try model.trace(input)
        }
        // It writes word by word; then the whole is read once more at once, so that every figure shows whole matrices.
        // Both ways give the same numbers: no place sees what comes after it.
        let target = try target(of: translator, input, put)
        input.target = target.dropLast()
        var trace = try model.trace(input)
        if let last = target.last { trace.targetTokens.append(model.token(last)) }
        for place in trace.targetTokens.indices.dropFirst() { trace.targetTokens[place].isGenerated = true }
        return trace
    }

    /// The start token, what was put by hand at its places, and what the model writes before and behind it.
    private func target(
        of translator: EncoderDecoder, _ input: ModelInput, _ put: [PutToken]
    ) throws(Failure) -> [Int] {
        let most = model.usualLength(input)
        var target = [translator.configuration.startID]
        for token in put {
            if token.place > target.count {
                // Only before the first that was put does the model write by itself.
                let missing = token.place - target.count
                guard target.count == 1, missing < most else {
                    throw Failure(PageError.put(place: token.place, last: target.count))
                }
                target += try translator.generate(from: input.ids, count: missing).map { $0.id }
            }
            guard token.place > 0, token.place <= target.count else {
                throw Failure(PageError.put(place: token.place, last: target.count))
            }
            target = target.prefix(token.place) + [token.id]
        }
        if let last = put.last?.id, ends(of: translator).contains(last) { return target }
        let rest = min(most + 1, translator.configuration.context) - target.count
        guard put.isEmpty || rest > 0 else { return target }
        return target
            + (try translator.generate(from: input.ids, prefix: target, count: max(rest, put.isEmpty ? most : 1)))
            .map { $0.id }
    }

    private func ends(of translator: EncoderDecoder) -> Set<Int> {
        model.rules.ends.isEmpty ? [translator.configuration.endID] : Set(model.rules.ends)
    }

    /// A second sentence stands behind the token that separates two, as an encoder of pairs is used to: `… [SEP] …`.
    private func parts(_ text: String) -> (first: String, second: String?) {
        guard case .encoder(let encoder) = model.network, encoder.configuration.segments > 1,
            let tokenizer = model.tokenizer,
            let id = tokenizer.id(of: .separator) ?? tokenizer.id(ofSpelling: "[SEP]"),
            let mark = tokenizer.spelling(of: id), let found = text.firstRange(of: mark)
        else { return (text, nil) }
        let (first, second) = (text[..<found.lowerBound], text[found.upperBound...])
        guard first.contains(where: { !$0.isWhitespace }), second.contains(where: { !$0.isWhitespace }) else {
            return (text, nil)
        }
        return (String(first), String(second))
    }
}
