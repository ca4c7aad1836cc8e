import Reading

extension BytePairTokenizer {
    /// The tokenizer as a `tokenizer.json`, which `tokenizers` and `transformers` load with the same ids.
    ///
    /// A tokenizer of a kind that this project does not train is the file that it was read from.
    ///
    /// The same tokenizer gives the same bytes: tokens are in the order of their ids, merges of their ranks.
    public var tokenizerJSON: [UInt8] {
        if let original = method.original { return original }
        var text = """
            {
              "version": "1.0",
              "truncation": null,
              "padding": null,
              "added_tokens": [\(addedTokens.map { "\n    " + $0.json }.joined(separator: ","))\(addedTokens.isEmpty ? "" : "\n  ")],
              "normalizer": \(method.writtenNormalizer),
              "pre_tokenizer": \(method.writtenPreTokenizer ?? byteLevel),
              "post_processor": \(writtenTemplate),
              "decoder": \(byteLevel),
              "model": {
                "type": "BPE",
                "dropout": null,
                "unk_token": \(unknownID.flatMap(spelling).map(JSONText.quoted) ?? "null"),
                "continuing_subword_prefix": null,
                "end_of_word_suffix": null,
                "fuse_unk": false,
                "byte_fallback": false,
                "ignore_merges": \(method.takesWholeWords),
                "vocab": {

            """
        text += (0..<table.count).lazy
            .filter { table.forms[$0] == .bytes || table.forms[$0] == .text }
            .map { id in "      \(JSONText.quoted(spelling(of: id) ?? "")): \(id)" }
            .joined(separator: ",\n")
        text += "\n    },\n    \"merges\": ["
        text += writtenMerges.lazy
            .map { merge in
                // The form that every version of the library reads; a token spelt in the byte alphabet has no space.
                "\n      " + JSONText.quoted("\(spelling(of: merge.left) ?? "") \(spelling(of: merge.right) ?? "")")
            }
            .joined(separator: ",")
        text += writtenMerges.isEmpty ? "]\n  }\n}\n" : "\n    ]\n  }\n}\n"
        return Array(text.utf8)
    }

    /// Of ranks every pair of tokens that together are a token, in the order of what becomes of them.
    private var writtenMerges: [Merge] {
        guard method.merging == .ranks else { return merges }
        return (0..<table.count).flatMap { id -> [Merge] in
            guard table.forms[id] == .bytes, let bytes = table.bytes(of: id), bytes.count > 1 else { return [] }
            return bytes.indices.dropFirst().compactMap { middle in
                guard let left = table.id(of: bytes[..<middle]), let right = table.id(of: bytes[middle...]) else {
                    return nil
                }
                return Merge(left: left, right: right, merged: id)
            }
        }
    }

    private var byteLevel: String {
        "{\"type\": \"ByteLevel\", \"add_prefix_space\": \(addsPrefixSpace), "
            + "\"trim_offsets\": true, \"use_regex\": true}"
    }
}

extension BytePairMethod {
    fileprivate var writtenNormalizer: String {
        guard normalizer.steps.count == 1, case .form(let form) = normalizer.steps[0] else { return "null" }
        return "{\"type\": \"\(form.rawValue)\"}"
    }

    /// A pattern that is not GPT-2's, then the bytes.
    fileprivate var writtenPreTokenizer: String? {
        guard preTokenizer.steps.count == 2, let pattern = preTokenizer.pattern else { return nil }
        return """
            {"type": "Sequence", "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": \(JSONText.quoted(pattern.text))}, "behavior": "Isolated", "invert": false},
                {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}]}
            """
    }

    /// Whether `tokenizerJSON` says all there is to say: GPT-2's method, with or without a space in front.
    var isWritable: Bool {
        guard normalizer.isEmpty, decoder.joinsBytes, preTokenizer.steps.count == 1,
            case .byteLevel(_, splitsWords: true) = preTokenizer.steps[0]
        else { return false }
        return continuingPrefix.isEmpty && wordSuffix.isEmpty && !fallsBackToBytes && !fusesUnknown && !takesWholeWords
            && merging == .pairs
    }
}

extension AddedToken {
    fileprivate var json: String {
        "{\"id\": \(id), \"content\": \(JSONText.quoted(content)), \"single_word\": \(isSingleWord), \"lstrip\": \(stripsLeft), "
            + "\"rstrip\": \(stripsRight), \"normalized\": \(isNormalized), \"special\": \(isSpecial)}"
    }
}
