import Wording

/// Whether a `tokenizer.json` describes exactly the byte-level BPE tokenizer that is here.
struct LayoutCheck {
    let source: String

    func parts(_ parts: [String: JSONValue]) throws {
        if let normalizer = parts["normalizer"], normalizer != .null {
            throw unsupported("normalizer", kind(normalizer), Phrase("null"))
        }
        for key in ["pre_tokenizer", "decoder"] {
            guard let part = parts[key], part != .null else {
                throw unsupported(key, "null", Phrase("ByteLevel"))
            }
            guard kind(part) == "ByteLevel" else { throw unsupported(key, kind(part), Phrase("ByteLevel")) }
        }
        if let processor = parts["post_processor"], processor != .null, kind(processor) != "ByteLevel" {
            throw unsupported(
                "post_processor", kind(processor), Phrase(en: "null or ByteLevel", zh: " null 或 ByteLevel"))
        }
        if case .object(let members)? = parts["pre_tokenizer"], let value = members["use_regex"], value != .bool(true) {
            throw unsupported("pre_tokenizer.use_regex", value.summary, Phrase("true"))
        }
    }

    func model(_ settings: [String: JSONValue]) throws {
        if let type = settings["type"], type != .string("BPE") {
            throw unsupported("model.type", type.summary, Phrase("BPE"))
        }
        if let dropout = settings["dropout"], dropout != .null, dropout != .number(0) {
            throw unsupported("model.dropout", dropout.summary, Phrase("null"))
        }
        for key in ["continuing_subword_prefix", "end_of_word_suffix"] {
            if let value = settings[key], value != .null, value != .string("") {
                throw unsupported("model.\(key)", value.summary, Phrase(en: "none", zh: "留空"))
            }
        }
        for key in ["byte_fallback", "ignore_merges", "fuse_unk"] {
            if let value = settings[key], value != .bool(false) {
                throw unsupported("model.\(key)", value.summary, Phrase("false"))
            }
        }
    }

    func unknownToken(_ value: JSONValue?) throws -> String? {
        switch value {
        case nil, .null: return nil
        case .string(let token): return token
        case .some(let value):
            throw TokenizerError.wrongValue(
                source: source, key: "model.unk_token", expected: Phrase(en: "a token or null", zh: "词元或 null"),
                found: value.summary)
        }
    }

    func addsPrefixSpace(_ preTokenizer: JSONValue?) throws -> Bool {
        guard case .object(let members)? = preTokenizer else { return false }
        return try bool(members, "add_prefix_space", in: "pre_tokenizer", otherwise: true)
    }

    func addedTokens(_ value: JSONValue?) throws -> [AddedToken] {
        guard let value, value != .null else { return [] }
        guard case .array(let entries) = value else {
            throw wrong("added_tokens", Phrase(en: "an array", zh: "一个数组"), value)
        }
        return try entries.enumerated().map { index, entry in
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
    ) throws -> Bool {
        switch members[name] {
        case nil: return otherwise
        case .bool(let value): return value
        case .some(let value):
            throw wrong("\(key).\(name)", Phrase(en: "true or false", zh: " true 或 false"), value)
        }
    }

    private func kind(_ part: JSONValue) -> String {
        guard case .object(let members) = part, case .string(let type)? = members["type"] else { return part.summary }
        guard type == "Sequence" else { return type }
        let list = members.values.lazy.compactMap { value -> [JSONValue]? in
            if case .array(let parts) = value { parts } else { nil }
        }.first
        return "Sequence(" + (list ?? []).map(kind).joined(separator: ", ") + ")"
    }

    private func unsupported(_ key: String, _ found: String, _ expected: Phrase) -> TokenizerError {
        .unsupported(source: source, key: key, expected: expected, found: found)
    }

    private func wrong(_ key: String, _ expected: Phrase, _ found: JSONValue?) -> TokenizerError {
        guard let found else { return .missingKey(source: source, key: key) }
        return .wrongValue(source: source, key: key, expected: expected, found: found.summary)
    }
}
