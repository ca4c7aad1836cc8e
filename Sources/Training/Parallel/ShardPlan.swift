import Tensors
import Tracing
import Wording

/// How a model's tensors are cut over workers (Shoeybi et al. 2019, “Megatron-LM”, section 3): attention by heads,
/// the feed-forward layer by neurons, the embedding by rows of the vocabulary; the rest every worker keeps whole.
struct ShardPlan: Sendable {
    let workers: Int

    /// The axis along which a parameter is cut; nil for one that is kept whole.
    static func axis(of parameter: Step) -> Int? {
        // The output matrix's rows are the heads side by side.
        if isOutput(parameter.name.label) { return 0 }
        return parameter.axes.firstIndex { $0 == .head || $0 == .hidden || $0 == .vocabulary }
    }

    private static func isOutput(_ label: Label) -> Bool { label == .outputWeight || label == .outputWeight.crossed }

    /// The axis along which what a step computed is cut.
    static func axis(ofComputed step: Step) -> Int {
        step.axes.firstIndex { $0 == .head || $0 == .hidden || $0 == .vocabulary } ?? max(step.shape.rank - 1, 0)
    }

    /// Each worker's places along the axis of a parameter.
    /// - Throws: ``ParallelError/uneven(what:step:count:workers:)``: heads and neurons go evenly or not at all; rows of
    ///   the vocabulary may differ by one.
    func ranges(of parameter: Step, in whole: Trace) throws(ParallelError) -> [Range<Int>] {
        guard let axis = Self.axis(of: parameter) else { return [] }
        let count = parameter.shape[axis]
        let isVocabulary = parameter.axes[axis] == .vocabulary
        var units = count
        if Self.isOutput(parameter.name.label) {
            // It is cut between heads, never through one.
            var queries = parameter.name
            queries.label = queries.label == .outputWeight ? .queryWeight : .queryWeight.crossed
            units = whole[queries].flatMap { $0.shape.rank > 1 ? $0.shape[1] : nil } ?? count
        }
        guard isVocabulary ? count >= workers : units % workers == 0 else {
            let what =
                switch parameter.axes[axis] {
                case .vocabulary: Phrase(en: "vocabulary entries", zh: "词表项")
                case .hidden: Phrase(en: "neurons", zh: "神经元")
                default: Phrase(en: "heads", zh: "注意力头")
                }
            throw .uneven(what: what, step: parameter.name.description, count: units, workers: workers)
        }
        return RingPlace.chunks(of: count, workers: workers)
    }
}

/// An exchange over a ring, put between a model's own steps: it belongs to one run, and no trace file holds it.
protocol RingOperation: Operation {}

extension RingOperation {
    init(attributes: Attributes) throws(Failure) { throw .attribute(operation: Self.name, key: "ring") }
    var attributes: Attributes { Attributes() }
    func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape { inputs[0] }
    func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression { .cell(input: 0, index) }
}

/// Identity on the way forward, all-reduce on the way back: where something that all have enters work that is split,
/// each worker's gradient of it is a part of the whole's (Megatron's *f*).
final class EnterShards: RingOperation {
    static let name = "enter_shards"
    let ring: UnsafeRing
    let step: StepName

    init(ring: UnsafeRing, step: StepName) {
        self.ring = ring
        self.step = step
    }

    func evaluate(_ inputs: [Tensor]) -> Tensor { inputs[0] }

    func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        [try ring.sum(pass.upstream, what: step.gradient.description)]
    }
}

/// All-reduce on the way forward, identity on the way back: the workers' partial results become the whole, and the
/// bias is added once (Megatron's *g*).
final class LeaveShards: RingOperation {
    static let name = "leave_shards"
    let ring: UnsafeRing
    let step: StepName

    init(ring: UnsafeRing, step: StepName) {
        self.ring = ring
        self.step = step
    }

    func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor {
        let sum = try ring.sum(inputs[0], what: step.description)
        return inputs.count > 1 ? sum.addingToRows(inputs[1]) : sum
    }

    func gradients(_ pass: BackwardPass) -> [Tensor?] {
        [pass.upstream] + pass.inputs.dropFirst().map { pass.upstream.summedRows(into: $0.shape) }
    }
}

/// All-gather on the way forward, one's own part on the way back: each worker has some columns of the logits.
final class GatherShards: RingOperation {
    static let name = "gather_shards"
    let ring: UnsafeRing
    let step: StepName
    let axis: Int
    /// Each worker's places along the axis.
    let ranges: [Range<Int>]

    init(ring: UnsafeRing, step: StepName, axis: Int, ranges: [Range<Int>]) {
        self.ring = ring
        self.step = step
        self.axis = axis
        self.ranges = ranges
    }

    func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try JoinShards(ranges.count, axis: axis).outputShape(shapes(inputs[0]))
    }

    private func shapes(_ own: Shape) -> [Shape] {
        ranges.map { range in
            var lengths = own.dimensions
            lengths[axis] = range.count
            return Shape(lengths)
        }
    }

    func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor {
        let shapes = shapes(inputs[0].shape)
        let all = try ring.gather(inputs[0], lengths: shapes.map(\.count), what: step.description)
        var start = 0
        let parts = try shapes.map { (shape) throws(Failure) in
            defer { start += shape.count }
            return try Tensor(shape, Array(all[start..<start + shape.count]))
        }
        return try JoinShards(ranges.count, axis: axis).evaluate(parts)
    }

    func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        [try pass.upstream.shard(ranges[ring.worker], along: axis)]
    }
}

/// A place in the ring inside operations, which are values that may go anywhere; these never leave their thread.
struct UnsafeRing: @unchecked Sendable {
    // Unchecked: made, used and dropped by one worker's thread.
    private let place: RingPlace

    init(_ place: RingPlace) { self.place = place }

    var worker: Int { place.worker }

    func sum(_ tensor: Tensor, what: String) throws(Failure) -> Tensor {
        guard place.count > 1 else { return tensor }
        var numbers = tensor.scalars
        do throws(ParallelError) { try place.allReduce(&numbers, what: what) } catch { throw Failure(error) }
        return try Tensor(tensor.shape, numbers)
    }

    func gather(_ tensor: Tensor, lengths: [Int], what: String) throws(Failure) -> [Float] {
        do throws(ParallelError) {
            return try place.allGather(tensor.scalars, lengths: lengths, what: what)
        } catch {
            throw Failure(error)
        }
    }
}
