import Wording

/// Why a tokenizer could not be read, trained or written: what was expected, what was found, where.
public enum TokenizerError: ExplainedError, Equatable {
    /// The folder holds none of the files that a tokenizer is read from.
    case noTokenizer(folder: String, lookedFor: [String])
    /// The file is of a format that is not read; the advice says what to do.
    case otherFormat(path: String, advice: Phrase)
    /// The folder holds several, none under the usual name.
    case severalTokenizers(folder: String, found: [String])
    /// A key is missing.
    case missingKey(source: String, key: String)
    /// A key has a value of the wrong kind.
    case wrongValue(source: String, key: String, expected: Phrase, found: String)
    /// The file asks for a method that this tokenizer does not have.
    case unsupported(source: String, key: String, expected: Phrase, found: String)
    /// A merge is not two tokens.
    case malformedMerge(source: String, merge: Int, found: String)
    /// A merge names a token that the vocabulary lacks.
    case unknownToken(source: String, merge: Int, token: String)
    /// The vocabulary asked of the trainer does not hold the bytes and the special tokens.
    case vocabularyTooSmall(asked: Int, least: Int)
    /// A special token is empty or occurs twice.
    case specialToken(String)

    /// Looking for a pattern in a text took more steps than there may be.
    case patternLimit(pattern: String, steps: Int)
    /// Rules that put more into a text than they take out make it larger than it may become, in bytes.
    case growth(most: Int)
    /// A vocabulary of whole words lacks this one, and has no token for those that it lacks.
    case unknownWord(String)

    public var explanation: Phrase {
        switch self {
        case .noTokenizer(let folder, let lookedFor):
            Phrase(
                en: "\(folder): no tokenizer here; looked for \(lookedFor.joined(separator: ", "))",
                zh: "\(folder)：这里没有分词器；找过 \(lookedFor.joined(separator: "、"))")
        case .otherFormat(let path, let advice):
            Phrase(en: "\(path): not read here: \(advice.english)", zh: "\(path)：不读这种格式：\(advice.chinese)")
        case .severalTokenizers(let folder, let found):
            Phrase(
                en: "\(folder): several tokenizers here: \(found.joined(separator: ", ")); name one of them",
                zh: "\(folder)：这里有好几个分词器：\(found.joined(separator: "、"))；请指定其中一个")
        case .missingKey(let source, let key):
            Phrase(en: "\(source): the key \"\(key)\" is missing", zh: "\(source)：缺少键 \"\(key)\"")
        case .wrongValue(let source, let key, let expected, let found):
            Phrase(
                en: "\(source): \"\(key)\": expected \(expected.english), found \(found)",
                zh: "\(source)：\"\(key)\" 应为\(expected.chinese)，实际为 \(found)")
        case .unsupported(let source, let key, let expected, let found):
            Phrase(
                en: "\(source): \"\(key)\" is \(found), which this tokenizer does not do; it needs \(expected.english)",
                zh: "\(source)：\"\(key)\" 是 \(found)，这个分词器不支持；需要\(expected.chinese)")
        case .malformedMerge(let source, let merge, let found):
            Phrase(
                en: "\(source): merge \(merge): expected two tokens, found \(found)",
                zh: "\(source)：第 \(merge) 条合并规则应为两个词元，实际为 \(found)")
        case .unknownToken(let source, let merge, let token):
            Phrase(
                en: "\(source): merge \(merge): the vocabulary has no token \(token)",
                zh: "\(source)：第 \(merge) 条合并规则：词表里没有词元 \(token)")
        case .vocabularyTooSmall(let asked, let least):
            Phrase(
                en: "a vocabulary of \(asked) is too small: the 256 bytes and the special tokens need \(least)",
                zh: "词表大小 \(asked) 太小：256 个字节加上特殊词元至少需要 \(least)")
        case .patternLimit(let pattern, let steps):
            Phrase(
                en:
                    "the tokenizer's pattern “\(pattern.prefix(60))” takes more than \(steps) steps on this text; it needs a simpler pattern or a shorter text",
                zh: "用分词器的模式“\(pattern.prefix(60))”匹配这段文字超过了 \(steps) 步；请换用较简单的模式或较短的文字")
        case .growth(let most):
            Phrase(
                en: "the tokenizer's rules make the text longer than \(most) bytes",
                zh: "按这个分词器的规则，文字会超过 \(most) 个字节")
        case .unknownWord(let word):
            Phrase(
                en: "the vocabulary has no token “\(word.prefix(60))”, and none for unknown words",
                zh: "词表里没有词元“\(word.prefix(60))”，也没有表示未知词的词元")
        case .specialToken(let content):
            Phrase(
                en: "the special token \"\(content)\" is empty or given twice",
                zh: "特殊词元 \"\(content)\" 为空或重复")
        }
    }
}

// Short to throw.
extension Failure {
    static func wrongValue(source: String, key: String, expected: Phrase, found: String) -> Failure {
        Failure(TokenizerError.wrongValue(source: source, key: key, expected: expected, found: found))
    }

    static func missingKey(source: String, key: String) -> Failure {
        Failure(TokenizerError.missingKey(source: source, key: key))
    }

    static func unsupported(source: String, key: String, expected: Phrase, found: String) -> Failure {
        Failure(TokenizerError.unsupported(source: source, key: key, expected: expected, found: found))
    }
}
