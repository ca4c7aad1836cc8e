import Tokenizers
import Wording

extension LanguageModel {
    /// A text's tokens, with nothing put around them.
    /// - Throws: ``ModelError/noTokenizer(path:)``; what is wrong with a tokenizer that could not be read.
    public func encode(_ text: String, readingSpecialTokens: Bool? = nil) throws(Failure) -> [Int] {
        guard let tokenizer else {
            throw tokenizerProblem.map(Failure.init) ?? Failure(ModelError.noTokenizer(path: folder))
        }
        return try tokenizer.encode(
            bytes: Array(text.utf8), readingSpecialTokens: readingSpecialTokens ?? tokenizer.readsSpecialTokens)
    }

    /// What is put around a text before the model reads it: what the tokenizer's files say, or else what is usual for
    /// the family: `[CLS] … [SEP]` for BERT, `<s> … </s>` for BART, `… </s>` for Marian.
    public var template: TokenTemplate {
        guard let tokenizer else { return .plain }
        guard tokenizer.template == .plain else { return tokenizer.template }
        func id(_ role: SpecialRole, _ usual: String) -> Int? {
            tokenizer.id(of: role) ?? tokenizer.id(ofSpelling: usual)
        }
        switch network {
        case .decoder: return .plain
        case .encoder:
            guard let start = id(.classification, "[CLS]"), let end = id(.separator, "[SEP]") else { return .plain }
            return .bert(start: start, end: end)
        case .encoderDecoder:
            switch family {
            case "bart":
                guard let start = id(.beginning, "<s>"), let end = id(.end, "</s>") else { return .plain }
                return .roberta(start: start, end: end)
            case "marian": return .around(start: nil, end: id(.end, "</s>"))
            default: return .plain
            }
        }
    }

    /// A text, and whatever goes with it, as the model wants to read it: inside the ``template``; the second text with
    /// its segments; an encoder–decoder's target behind the start token, without the token that would end it.
    /// - Throws: ``ModelError/noTokenizer(path:)``, ``ModelError/otherKind(model:expected:found:)``.
    public func input(_ text: String, pair: String? = nil, target: String? = nil) throws(Failure) -> ModelInput {
        let first = try encode(text)
        let second = try pair.map { (each) throws(Failure) in try encode(each) }
        let template = template
        let (ids, segments) = template.ids(first, pair: second)
        switch network {
        case .decoder:
            if pair != nil { _ = try encoder }
            if target != nil { _ = try encoderDecoder }
            return ModelInput(ids: ids)
        case .encoder:
            if target != nil { _ = try encoderDecoder }
            return ModelInput(ids: ids, segments: segments)
        case .encoderDecoder(let model):
            if pair != nil { _ = try encoder }
            let target = try target.map { (text) throws(Failure) in
                [model.configuration.startID] + template.ids(try encode(text)).ids.dropLast(template.suffix.count)
            }
            return ModelInput(ids: ids, target: target)
        }
    }

    /// The tokens that end a text: those that the model's files name, else the tokenizer's.
    public var endOfText: Set<Int> {
        guard rules.ends.isEmpty else { return Set(rules.ends) }
        if let end = tokenizer?.id(of: .end) { return [end] }
        return Set(["<|endoftext|>", "</s>", "<|end_of_text|>"].compactMap { tokenizer?.id(ofSpelling: $0) })
    }
}
