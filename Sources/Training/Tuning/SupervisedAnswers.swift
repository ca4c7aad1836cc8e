import Models
import Tensors
import Tokenizers
import Tracing

/// Supervised fine-tuning: next-token prediction as in pre-training, but only the answer's tokens count.
package struct SupervisedAnswers: TrainingTask {
    /// A question and the answer that is to be learned, in tokens.
    package struct Example: Sendable, Hashable {
        package let prompt: [Int]
        /// Ends with the token that ends a text.
        package let answer: [Int]
    }

    package let examples: [Example]
    /// Fills up what is shorter than the longest of its batch; nothing looks at it, nothing is asked of it.
    package let padding: Int
    /// Texts of the pre-training, read again so that they are not forgotten.
    package let rehearsal: [Example]
    /// How often one of them takes the place of a question, 0 … 1.
    package let rehearsalShare: Double

    package init(examples: [Example], padding: Int, rehearsal: [Example] = [], rehearsalShare: Double = 0) {
        self.examples = examples
        self.padding = padding
        self.rehearsal = rehearsal
        self.rehearsalShare = rehearsal.isEmpty ? 0 : rehearsalShare
    }

    package func batch(_ count: Int, using random: inout RandomSource) -> NextTokenBatch {
        let drawn = (0..<count).map { _ in
            rehearsalShare > 0 && random.uniform() < rehearsalShare
                ? rehearsal[random.integer(below: rehearsal.count)] : examples[random.integer(below: examples.count)]
        }
        return Self.batch(drawn, padding: padding)
    }

    /// Question and answer read as one text; a target only where the next token is the answer's.
    static func batch(_ examples: [Example], padding: Int) -> NextTokenBatch {
        let read = examples.map { $0.prompt + $0.answer.dropLast() }
        let asked = examples.map { [Int](repeating: -1, count: $0.prompt.count - 1) + $0.answer }
        return NextTokenBatch(inputs: read.padded(with: padding), targets: asked.padded(with: -1))
    }
}
