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
        return BytePairTokenizer(
            table: table, merges: merges, addedTokens: tokens, method: method, unknownID: unknownID)
    }
}
