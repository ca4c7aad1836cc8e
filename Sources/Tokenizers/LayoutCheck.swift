import Reading
import Wording

/// Reads what a `tokenizer.json` says about its model and its added tokens.
struct LayoutCheck {
    let source: String

    /// What the settings of a model say about how its tokens are made.
    func settle(_ settings: [String: JSONValue], _ method: inout BytePairMethod) throws(Failure) {
        if let type = settings["type"], type != .string("BPE") {
            throw unsupported("model.type", type.summary, Phrase("BPE"))
        }
        method.continuingPrefix = try bytes(settings, "continuing_subword_prefix")
        method.wordSuffix = try bytes(settings, "end_of_word_suffix")
        method.fallsBackToBytes = try bool(settings, "byte_fallback", in: "model", otherwise: false)
        method.takesWholeWords = try bool(settings, "ignore_merges", in: "model", otherwise: false)
        method.fusesUnknown = try bool(settings, "fuse_unk", in: "model", otherwise: false)
    }

    private func bytes(_ settings: [String: JSONValue], _ name: String) throws(Failure) -> [UInt8] {
        switch settings[name] {
        case nil, .null: return []
        case .string(let text): return Array(text.utf8)
        case .some(let value): throw wrong("model.\(name)", Phrase(en: "a text or null", zh: "一段文字或 null"), value)
        }
    }

    func unknownToken(_ value: JSONValue?) throws(Failure) -> String? {
        switch value {
        case nil, .null: return nil
        case .string(let token): return token
        case .some(let value):
            throw .wrongValue(
                source: source, key: "model.unk_token", expected: Phrase(en: "a token or null", zh: "词元或 null"),
                found: value.summary)
        }
    }

    func addedTokens(_ value: JSONValue?) throws(Failure) -> [AddedToken] {
        guard let value, value != .null else { return [] }
        guard case .array(let entries) = value else {
            throw wrong("added_tokens", Phrase(en: "an array", zh: "一个数组"), value)
        }
        return try entries.enumerated().map { (index, entry) throws(Failure) in
            let key = "added_tokens[\(index)]"
            guard case .object(let members) = entry else {
                throw wrong(key, Phrase(en: "an object", zh: "一个对象"), entry)
            }
            guard case .number(let number)? = members["id"], let id = Int(exactly: number),
                (0..<BytePairTokenizer.idLimit).contains(id)
            else { throw wrong(key + ".id", Phrase(en: "an id", zh: "编号"), members["id"]) }
            guard case .string(let content)? = members["content"], !content.isEmpty else {
                throw wrong(key + ".content", Phrase(en: "a text", zh: "一段文字"), members["content"])
            }
            let special = try bool(members, "special", in: key, otherwise: false)
            return AddedToken(
                id: id, content: content, isSpecial: special,
                stripsLeft: try bool(members, "lstrip", in: key, otherwise: false),
                stripsRight: try bool(members, "rstrip", in: key, otherwise: false),
                isSingleWord: try bool(members, "single_word", in: key, otherwise: false),
                isNormalized: try bool(members, "normalized", in: key, otherwise: !special))
        }
    }

    private func bool(
        _ members: [String: JSONValue], _ name: String, in key: String, otherwise: Bool
    ) throws(Failure) -> Bool {
        switch members[name] {
        case nil, .null: return otherwise
        case .bool(let value): return value
        case .some(let value):
            throw wrong("\(key).\(name)", Phrase(en: "true or false", zh: " true 或 false"), value)
        }
    }

    private func unsupported(_ key: String, _ found: String, _ expected: Phrase) -> Failure {
        .unsupported(source: source, key: key, expected: expected, found: found)
    }

    private func wrong(_ key: String, _ expected: Phrase, _ found: JSONValue?) -> Failure {
        guard let found else { return .missingKey(source: source, key: key) }
        return .wrongValue(source: source, key: key, expected: expected, found: found.summary)
    }
}
