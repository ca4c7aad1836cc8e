import Models
import Subjects
import Tokenizers
import Tracing
import Wording

/// Runs a model of any kind on a typed text.
struct TextReader {
    let model: LanguageModel

    /// - Throws: ``PageError/nothingToRead``, or what the model says of the text and the changes.
    func trace(_ given: TextSource) throws(Failure) -> Trace {
        let source = try typed(given)
        let input = try source.input(of: model)
        guard !input.ids.isEmpty, source.ids != nil || source.text?.isEmpty == false else {
            throw Failure(PageError.nothingToRead)
        }
        return try source.changed(try trace(input), of: model) { (input) throws(Failure) in try trace(input) }
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

    private func trace(_ given: ModelInput) throws(Failure) -> Trace {
        var input = given
        guard case .encoderDecoder(let translator) = model.network, input.target == nil else {
            return try model.trace(input)
        }
        // It writes word by word; then the whole is read once more at once, so that every figure shows whole matrices.
        // Both ways give the same numbers: no place sees what comes after it.
        let start = translator.configuration.startID
        let written = try translator.generate(from: input.ids, count: model.usualLength(input))
        input.target = [start] + written.dropLast().map({ $0.id })
        var trace = try model.trace(input)
        if let last = written.last { trace.targetTokens.append(model.token(last.id)) }
        for place in trace.targetTokens.indices.dropFirst() { trace.targetTokens[place].isGenerated = true }
        return trace
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
