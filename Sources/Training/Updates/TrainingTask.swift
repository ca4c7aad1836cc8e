import Models
import Tensors
import Tracing
import Wording

/// What a model is to learn: where its examples come from, and how wrong it is about them.
///
/// A new task is one new file: the trainer cuts its batches, goes backward and updates.
package protocol TrainingTask: Sendable {
    associatedtype Model: ParametricModel
    associatedtype Batch: Sendable

    /// Examples drawn at random; the same generator draws the same ones.
    func batch(_ count: Int, using random: inout RandomSource) throws -> Batch

    /// The batch cut into at most `count` parts, in order, none of them empty.
    func parts(of batch: Batch, count: Int) -> [Batch]

    /// How much a part's mean loss counts in the whole batch's: how many targets it has.
    func weight(of batch: Batch) -> Double

    /// The mean loss over the batch, a single number recorded as `loss`.
    func loss(of model: Model, on batch: Batch, recorder: Recorder) throws -> Value
}

extension TrainingTask {
    /// Where `count` examples are cut into at most `parts` ranges.
    package static func ranges(of count: Int, parts: Int) -> [Range<Int>] {
        let parts = max(min(parts, count), 1)
        return (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
    }
}

/// Examples that can be shared out.
package protocol TrainingBatch: Sendable {
    /// How many there are.
    var examples: Int { get }

    /// How many targets they have.
    var weight: Double { get }

    /// Some of the examples, in order.
    func part(_ range: Range<Int>) -> Self
}

extension TrainingTask where Batch: TrainingBatch {
    package func parts(of batch: Batch, count: Int) -> [Batch] {
        Self.ranges(of: batch.examples, parts: count).map { batch.part($0) }
    }

    package func weight(of batch: Batch) -> Double { batch.weight }
}

/// Tasks of decoders that read texts differ in where the texts come from.
extension TrainingTask where Model == Decoder, Batch == NextTokenBatch {
    package func loss(of model: Decoder, on batch: NextTokenBatch, recorder: Recorder) throws -> Value {
        try batch.loss(of: model, recorder: recorder)
    }
}

extension [[Int]] {
    /// The rows filled up to the longest of them.
    func padded(with filler: Int) -> [[Int]] {
        let length = map(\.count).max() ?? 0
        return map { $0 + [Int](repeating: filler, count: length - $0.count) }
    }
}

extension Array {
    /// Cut into pieces of `size` elements, in order; the last may be shorter.
    func batches(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}

/// Texts and, at every place, the token that should follow.
package struct NextTokenBatch: TrainingBatch, Hashable {
    /// `[text][position]`
    package var inputs: [[Int]]
    /// `[text][position]`; −1 where nothing is asked.
    package var targets: [[Int]]

    package init(inputs: [[Int]], targets: [[Int]]) {
        self.inputs = inputs
        self.targets = targets
    }
}

/// Next-token prediction (the pre-training of every GPT): cross-entropy at each place.
package struct NextTokenTask: TrainingTask {
    package let batches: Batches

    package init(batches: Batches) { self.batches = batches }

    package func batch(_ count: Int, using random: inout RandomSource) -> NextTokenBatch {
        let (inputs, targets) = batches.draw(count, using: &random)
        return NextTokenBatch(inputs: inputs, targets: targets)
    }
}

extension NextTokenBatch {
    package var examples: Int { inputs.count }

    package func part(_ range: Range<Int>) -> NextTokenBatch {
        NextTokenBatch(inputs: Array(inputs[range]), targets: Array(targets[range]))
    }

    package var weight: Double { Double(targets.joined().count { $0 >= 0 }) }

    /// Cross-entropy of a decoder's logits at every place that asks for a token.
    package func loss(of model: Decoder, recorder: Recorder) throws -> Value {
        var cache: KeyValueCache?
        let logits = try model.logits(inputs, cache: &cache, on: recorder)
        let target = try recorder.targets(targets)
        return try recorder.apply(CrossEntropy(), logits, target, as: .loss, axes: [])
    }
}

extension Tensor {
    /// `[text, position]`, all texts of one length.
    init(rows: [[Int]]) throws(Failure) {
        try self.init([rows.count, rows.first?.count ?? 0], rows.joined().map { Float($0) })
    }
}

extension Recorder {
    /// The token that is asked for at each place of each text; −1 where nothing is asked.
    func targets(_ rows: [[Int]]) throws -> Value {
        try source(Tensor(rows: rows), .tokens, as: .targets, axes: .places)
    }

    /// The class that is asked for of each text; −1 where nothing is asked.
    func targets(_ classes: [Int], as label: Label) throws -> Value {
        try source(Tensor([classes.count], classes.map { Float($0) }), .tokens, as: label, axes: [.batch])
    }

    /// A number that is given at each place of each text.
    func constants(_ rows: [[Float]], as label: Label) throws -> Value {
        try source(
            Tensor([rows.count, rows.first?.count ?? 0], Array(rows.joined())), .constant, as: label, axes: .places)
    }
}
