import Reading
import Wording

/// The outermost parts of a `tokenizer.json`: its model, not read yet, and everything around it.
struct TokenizerParts {
    let model: JSONCursor
    private let others: JSONPart

    /// `truncation` and `padding` are for batches: they are not read.
    /// - Throws: `TokenizerError` where the file is malformed or has no model.
    init(_ bytes: [UInt8], source: String) throws(Failure) {
        var cursor = JSONCursor(bytes, source: source)
        let (values, places) = try cursor.readMembers(leaving: ["model", "truncation", "padding", "version"])
        try cursor.expectEnd()
        guard let model = places["model"] else { throw .missingKey(source: source, key: "model") }
        self.model = model
        others = JSONPart(values, "", source)
    }

    var source: String { others.source }

    subscript(key: String) -> JSONValue? { others.members[key] }

    /// - Parameter known: the id of a token in the vocabulary, which goes before the one that is written here.
    func addedTokens(known: (String) -> Int?) throws(Failure) -> [AddedToken] {
        if others.isAbsent("added_tokens") { return [] }
        return try others.list("added_tokens") { (entry) throws(Failure) in
            let part = try entry.object()
            guard let id = part.members["id"]?.tokenID else { throw part.wrong("id", Phrase(en: "an id", zh: "编号")) }
            guard let content = part.members["content"]?.text, !content.isEmpty else {
                throw part.wrong("content", Phrase(en: "a text", zh: "一段文字"))
            }
            let special = try part.flag("special", otherwise: false)
            return AddedToken(
                id: known(content) ?? id, content: content, isSpecial: special,
                stripsLeft: try part.flag("lstrip", otherwise: false),
                stripsRight: try part.flag("rstrip", otherwise: false),
                isSingleWord: try part.flag("single_word", otherwise: false),
                isNormalized: try part.flag("normalized", otherwise: !special))
        }
    }
}
