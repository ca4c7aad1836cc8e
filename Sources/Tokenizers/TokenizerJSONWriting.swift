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
              "normalizer": null,
              "pre_tokenizer": \(byteLevel),
              "post_processor": null,
              "decoder": \(byteLevel),
              "model": {
                "type": "BPE",
                "dropout": null,
                "unk_token": \(unknownID.flatMap(spelling).map(quoted) ?? "null"),
                "continuing_subword_prefix": null,
                "end_of_word_suffix": null,
                "fuse_unk": false,
                "byte_fallback": false,
                "ignore_merges": false,
                "vocab": {

            """
        text += (0..<table.count).lazy
            .filter { table.forms[$0] == .bytes || table.forms[$0] == .text }
            .map { id in "      \(quoted(spelling(of: id) ?? "")): \(id)" }
            .joined(separator: ",\n")
        text += "\n    },\n    \"merges\": ["
        text += merges.lazy
            .map { merge in
                // The form that every version of the library reads; a token spelt in the byte alphabet has no space.
                "\n      " + quoted("\(spelling(of: merge.left) ?? "") \(spelling(of: merge.right) ?? "")")
            }
            .joined(separator: ",")
        text += merges.isEmpty ? "]\n  }\n}\n" : "\n    ]\n  }\n}\n"
        return Array(text.utf8)
    }

    private var byteLevel: String {
        "{\"type\": \"ByteLevel\", \"add_prefix_space\": \(addsPrefixSpace), "
            + "\"trim_offsets\": true, \"use_regex\": true}"
    }
}

extension BytePairMethod {
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
        "{\"id\": \(id), \"content\": \(quoted(content)), \"single_word\": \(isSingleWord), \"lstrip\": \(stripsLeft), "
            + "\"rstrip\": \(stripsRight), \"normalized\": \(isNormalized), \"special\": \(isSpecial)}"
    }
}

/// A string of JSON: quotation mark, backslash and controls escaped, everything else as it is.
private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\u{0}"..<" ":
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
