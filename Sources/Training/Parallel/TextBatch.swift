import Models
import Tensors
import Tracing

/// Next-token prediction on texts that are given rather than drawn.
package struct TextBatchTask: TrainingTask {
    package let examples: NextTokenBatch

    /// Several texts are a batch of texts. One alone is a batch of its beginnings, each asking for the token that
    /// follows, so that there is something to split; of a long one the last ``mostBeginnings``.
    ///
    /// - Parameter texts: `[text][token]`.
    /// - Throws: ``ParallelError/nothingToLearn(tokens:)``.
    package init(texts: [[Int]]) throws(ParallelError) {
        if let short = texts.first(where: { $0.count < 2 }) { throw .nothingToLearn(tokens: short.count) }
        guard let first = texts.first else { throw .nothingToLearn(tokens: 0) }
        let rows: [(inputs: [Int], targets: [Int])]
        if texts.count > 1 {
            rows = texts.map { (Array($0.dropLast()), Array($0.dropFirst())) }
        } else {
            let start = max(1, first.count - Self.mostBeginnings)
            rows = (start..<first.count).map { count in
                (Array(first[..<count]), [Int](repeating: -1, count: count - 1) + [first[count]])
            }
        }
        // Padding stands after the text, which never looks ahead, and nothing is asked of it.
        examples = NextTokenBatch(
            inputs: rows.map(\.inputs).padded(with: 0), targets: rows.map(\.targets).padded(with: -1))
    }

    package static let mostBeginnings = 32

    package func batch(_ count: Int, using random: inout RandomSource) -> NextTokenBatch { examples }
}
