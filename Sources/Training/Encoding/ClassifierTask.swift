import Models
import Tensors
import Tracing
import Wording

/// A text and the class it belongs to.
public struct LabelledText: Sendable, Hashable {
    public var ids: [Int]
    public var label: Int
}

/// Texts with their classes.
public struct LabelledBatch: Sendable {
    public var input: Encoder.Input
    public var labels: [Int]

    /// Texts of unequal length are filled up, and the mask says where.
    public init(_ texts: [LabelledText], tokens: EncoderTokens) {
        input = Encoder.Input(padding: texts.map { tokens.input($0.ids).ids }, with: tokens.padding)
        labels = texts.map(\.label)
    }
}

extension Label {
    public static let classTargets = Label(rawValue: "classifier_targets")
}

/// Sorting whole texts into classes by the pooled first position (Devlin et al. 2019, §4.1).
public struct ClassifierTask: TrainingTask {
    public let texts: [LabelledText]
    public let tokens: EncoderTokens

    public func batch(_ count: Int, using random: inout RandomSource) -> LabelledBatch {
        LabelledBatch((0..<count).map { _ in texts[random.integer(below: texts.count)] }, tokens: tokens)
    }

    public func parts(of batch: LabelledBatch, count: Int) -> [LabelledBatch] {
        Self.ranges(of: batch.labels.count, parts: count).map { range in
            var part = batch
            part.input = batch.input.texts(range)
            part.labels = Array(batch.labels[range])
            return part
        }
    }

    public func weight(of batch: LabelledBatch) -> Double { Double(batch.labels.count) }

    public func loss(of model: Encoder, on batch: LabelledBatch, recorder: Recorder) throws -> Value {
        let output = try model.output(batch.input, on: recorder)
        guard let logits = output.classLogits else {
            throw TrainingError.unreadable(
                path: "config.json", reason: Phrase(en: "the encoder has no classes", zh: "编码器没有分类"))
        }
        let targets = try recorder.targets(batch.labels, as: .classTargets)
        return try recorder.apply(CrossEntropy(), logits, targets, as: .loss, axes: [])
    }

    /// The share of texts that a model sorts right.
    public func accuracy(of model: Encoder) throws -> Double {
        var right = 0
        for part in texts.batches(of: 64) {
            let batch = LabelledBatch(Array(part), tokens: tokens)
            let output = try model.output(batch.input, on: Recorder(recording: false))
            guard let logits = output.classLogits?.tensor else { continue }
            try model.check(logits, of: batch.input) { $0.classLogits }
            let classes = logits.shape[-1]
            for (place, label) in batch.labels.enumerated() {
                let row = (0..<classes).map { logits[flat: place * classes + $0] }
                if row.indices.max(by: { row[$0] < row[$1] }) == label { right += 1 }
            }
        }
        return Double(right) / Double(max(texts.count, 1))
    }
}
