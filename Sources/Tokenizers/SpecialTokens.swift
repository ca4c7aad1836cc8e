extension BytePairTokenizer {
    /// The same tokenizer, where white space before an added token belongs to it, as before RoBERTa's `<mask>`: so
    /// `I like [MASK].` hides the word with its space, and is read as training hid it.
    public func takingSpace(before token: String) -> BytePairTokenizer {
        let tokens = addedTokens.map { added in
            guard added.content == token else { return added }
            return AddedToken(
                id: added.id, content: added.content, isSpecial: added.isSpecial, stripsLeft: true,
                stripsRight: added.stripsRight, isSingleWord: added.isSingleWord, isNormalized: added.isNormalized)
        }
        return with(tokens)
    }

    /// The same tokenizer with what the files beside its own say about special tokens, and about those that stand at
    /// a text's beginning and end.
    func applying(_ options: TokenizerOptions) -> BytePairTokenizer {
        var result = with(options.adding(to: addedTokens, id: id(ofSpelling:)))
        func id(_ role: SpecialRole) -> Int? { options.names[role].flatMap(result.id(ofSpelling:)) }
        if options.addsBeginning != nil || options.addsEnd != nil {
            // As in the library, what is said here takes the place of the tokenizer's own template.
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
        var table = table
        for token in tokens where !table.contains(token.id) {
            table.insert(Array(token.content.utf8), id: token.id, form: .added)
        }
        var result = BytePairTokenizer(
            table: table, merges: merges, addedTokens: tokens, method: method, unknownID: unknownID)
        result.template = template
        return result
    }
}
