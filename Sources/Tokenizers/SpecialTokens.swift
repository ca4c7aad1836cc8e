extension BytePairTokenizer {
    /// The same tokenizer, where white space before an added token belongs to it, as before RoBERTa's `<mask>`: so
    /// `I like [MASK].` hides the word with its space, and is read as training hid it.
    public func takingSpace(before token: String) -> BytePairTokenizer {
        let tokens = addedTokens.map { added in
            guard added.content == token else { return added }
            var taking = added
            taking.stripsLeft = true
            return taking
        }
        return with(tokens)
    }

    /// The special tokens that a vocabulary with merges holds and does not tell from others.
    static func usualSpecialTokens(id: (String) -> Int?) -> [AddedToken] {
        guard let mask = id("<mask>"), id("<s>") != nil, id("</s>") != nil else {
            return id("<|endoftext|>").map { [AddedToken(id: $0, content: "<|endoftext|>")] } ?? []
        }
        let others = ["<s>", "<pad>", "</s>", "<unk>"].compactMap { content in
            id(content).map { AddedToken(id: $0, content: content) }
        }
        return others + [AddedToken(id: mask, content: "<mask>", stripsLeft: true)]
    }

    /// The same tokenizer with what the files beside its own say about special tokens, and about those that stand at
    /// a text's beginning and end.
    func applying(_ options: TokenizerOptions) -> BytePairTokenizer {
        var result = with(options.adding(to: addedTokens, id: id(ofSpelling:)))
        result.roles = options.names.compactMapValues(result.id(ofSpelling:))
        let id = { result.roles[$0] } as (SpecialRole) -> Int?
        // As in transformers 5, what a tokenizer.json says of its own goes before this.
        if template == .plain, options.addsBeginning != nil || options.addsEnd != nil {
            result.template = .around(
                start: options.addsBeginning == true ? id(.beginning) : nil,
                end: options.addsEnd == true ? id(.end) : nil)
        } else if result.template.isPlain, options.namesRoBERTa, let start = id(.beginning), let end = id(.end) {
            result.template = .roberta(start: start, end: end)
        }
        return result
    }

    private func with(_ tokens: [AddedToken]) -> BytePairTokenizer {
        guard tokens != addedTokens else { return self }
        var result = BytePairTokenizer(
            table: table, merges: merges, addedTokens: tokens, method: method, unknownID: unknownID)
        result.template = template
        result.roles = roles
        return result
    }
}
