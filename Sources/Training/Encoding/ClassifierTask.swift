import Models
import Tensors
import Tracing
import Wording

/// A text and the class it belongs to.
package struct LabelledText: Sendable, Hashable {
    package var ids: [Int]
    package var label: Int
}

/// Texts with their classes.
package struct LabelledBatch: TrainingBatch {
    package var input: Encoder.Input
    package var labels: [Int]

    /// Texts of unequal length are filled up, and the mask says where.
    package init(_ texts: [LabelledText], tokens: EncoderTokens) {
        input = Encoder.Input(padding: texts.map { tokens.input($0.ids).ids }, with: tokens.padding)
        labels = texts.map(\.label)
    }

    package var examples: Int { labels.count }
    package var weight: Double { Double(labels.count) }

    package func part(_ range: Range<Int>) -> LabelledBatch {
        var part = self
        part.input = input.texts(range)
        part.labels = Array(labels[range])
        return part
    }
}

extension Label {
    package static let classTargets = Label(rawValue: "classifier_targets")
}

/// Sorting whole texts into classes by the pooled first position (Devlin et al. 2019, §4.1).
package struct ClassifierTask: TrainingTask {
    package let texts: [LabelledText]
    package let tokens: EncoderTokens

    package func batch(_ count: Int, using random: inout RandomSource) -> LabelledBatch {
        LabelledBatch((0..<count).map { _ in texts[random.integer(below: texts.count)] }, tokens: tokens)
    }

    package func loss(of model: Encoder, on batch: LabelledBatch, recorder: Recorder) throws -> Value {
        let output = try model.output(batch.input, on: recorder)
        guard let logits = output.classLogits else {
            throw TrainingError.unreadable(
                path: "config.json", reason: Phrase(en: "the encoder has no classes", zh: "编码器没有分类"))
        }
        let targets = try recorder.targets(batch.labels, as: .classTargets)
        return try recorder.apply(CrossEntropy(), logits, targets, as: .loss, axes: [])
    }

    /// The share of texts that a model sorts right.
    package func accuracy(of model: Encoder) throws -> Double {
        let right = try model.answers(
            to: texts, reading: { LabelledBatch(Array($0), tokens: tokens).input }, head: { $0.classLogits },
            by: { text, row in row.indices.max { row[$0] < row[$1] } == text.label })
        return Double(right.count { $0 }) / Double(max(texts.count, 1))
    }
}
