import Wording

/// Why a recipe could not be read or carried out.
package enum TrainingError: ExplainedError, Equatable {
    case recipe(path: String, line: Int, key: String, expected: Phrase, found: Phrase)
    /// An option of a recipe that was set otherwise than its file does.
    case change(String, expected: Phrase, found: Phrase)
    case unreadable(path: String, reason: Phrase)
    case unwritable(path: String, reason: Phrase)
    case corpusTooSmall(tokens: Int, context: Int)
    /// A run whose numbers are no longer finite, and what made them so.
    case diverged(step: Int, cause: Phrase)
    case checkpoint(path: String, problem: Phrase)
    case nothingToPredict(tokens: Int)

    package var explanation: Phrase {
        switch self {
        case .recipe(let path, let line, let key, let expected, let found):
            Phrase(
                en: "\(path):\(line): “\(key)”: expected \(expected.english), found \(found.english)",
                zh: "\(path):\(line)：“\(key)”应为\(expected.chinese.spaced)，实际为\(found.chinese.spaced)")
        case .change(let change, let expected, let found):
            Phrase(
                en: "set \(change): expected \(expected.english), found \(found.english)",
                zh: "set \(change)：应为\(expected.chinese.spaced)，实际为\(found.chinese.spaced)")
        case .unreadable(let path, let reason):
            Phrase(en: "\(path): cannot be read: \(reason.english)", zh: "\(path)：无法读取：\(reason.chinese)")
        case .unwritable(let path, let reason):
            Phrase(en: "\(path): cannot be written: \(reason.english)", zh: "\(path)：无法写入：\(reason.chinese)")
        case .corpusTooSmall(let tokens, let context):
            Phrase(
                en: "the corpus has \(tokens) tokens; expected more than the context of \(context)",
                zh: "语料只有 \(tokens) 个词元，应多于上下文长度 \(context)")
        case .diverged(let step, let cause):
            Phrase(en: "step \(step): \(cause.english)", zh: "第 \(step) 步：\(cause.chinese)")
        case .checkpoint(let path, let problem):
            Phrase(
                en: "\(path): cannot go on from this checkpoint: \(problem.english)",
                zh: "\(path)：无法从这个检查点继续：\(problem.chinese)")
        case .nothingToPredict(let tokens):
            Phrase(
                en: "a training step needs a next token to foretell: expected two tokens or more, found \(tokens)",
                zh: "训练一步要有下一个词元可供预测：至少需要两个词元，实际只有 \(tokens) 个")
        }
    }
}
