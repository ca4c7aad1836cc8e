import Wording

/// Why work could not be split over workers.
package enum ParallelError: ExplainedError, Equatable {
    case workers(found: Int, most: Int)
    /// Heads or neurons that the workers cannot share evenly.
    case uneven(what: Phrase, step: String, count: Int, workers: Int)
    /// A step that reads a part where only the whole would do.
    case unsplittable(step: String, operation: String)
    case nothingToLearn(tokens: Int)
    /// Another worker failed first; its error is the one that is told.
    case neighbourStopped

    package var explanation: Phrase {
        switch self {
        case .workers(let found, let most):
            Phrase(en: "workers: expected 1 to \(most), found \(found)", zh: "工作者数量应为 1 到 \(most)，实际为 \(found)")
        case .uneven(let what, let step, let count, let workers):
            Phrase(
                en:
                    "\(step): \(count) \(what.english) cannot be shared evenly by \(workers) workers; choose a number of workers that divides \(count)",
                zh: "\(step)：\(count) 个\(what.chinese)无法平均分给 \(workers) 个工作者；请选能整除 \(count) 的工作者数量")
        case .unsplittable(let step, let operation):
            Phrase(
                en:
                    "\(step): the operation “\(operation)” needs the whole tensor, of which each worker has a part only",
                zh: "\(step)：运算“\(operation)”需要完整的张量，而每个工作者只有其中一部分")
        case .nothingToLearn(let tokens):
            Phrase(
                en: "expected a text of at least 2 tokens, so that one can be predicted from another; found \(tokens)",
                zh: "文本至少要有 2 个词元，才能用前面的预测后面的；实际只有 \(tokens) 个")
        case .neighbourStopped:
            Phrase(en: "another worker stopped before the exchange was over", zh: "交换还没结束，另一个工作者就停下了")
        }
    }
}
