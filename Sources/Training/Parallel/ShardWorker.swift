import Tensors
import Tracing
import Wording

/// One worker's run of a model of which it has a part: the whole model's own steps, one by one, on its shards.
///
/// The steps are those that the whole model recorded, so that there is one forward pass, not a second one for
/// workers; only where split work begins and ends is something put between.
struct ShardWorker {
    /// What became of a step of the whole run.
    enum Fate: Sendable {
        /// Every worker has it whole, at this place of its own steps.
        case whole(Int)
        /// Every worker has a part, cut along this axis.
        case cut(Int, axis: Int)
        /// Every worker has a part of the sum, then the sum itself.
        case summed(partial: Int, whole: Int)
        /// Every worker has a part, then all of them side by side.
        case gathered(part: Int, whole: Int, axis: Int)
    }

    let original: Trace
    let plan: ShardPlan
    let ring: UnsafeRing
    private(set) var steps: [Step] = []
    private(set) var fates: [Fate] = []
    /// Where something whole enters split work, by its place among ``steps``.
    private var entries: [Int: Int] = [:]
    /// Which of ``steps`` depend on a parameter: only these have gradients.
    private var learns: [Bool] = []

    init(_ original: Trace, plan: ShardPlan, ring: UnsafeRing) {
        self.original = original
        self.plan = plan
        self.ring = ring
    }

    /// - Throws: ``ParallelError/uneven(what:step:count:workers:)``,
    ///   ``ParallelError/unsplittable(step:operation:)``, and what operations throw.
    mutating func run() throws {
        for (place, step) in original.steps.enumerated() {
            fates.append(try step.isSource ? source(step) : computed(step, place))
        }
    }

    private mutating func add(_ step: Step) -> Int {
        steps.append(step)
        learns.append(step.isParameter || step.inputs.contains { learns[$0] })
        return steps.count - 1
    }

    /// - Parameter suffix: tells apart what stands between the model's own steps.
    private mutating func apply(
        _ operation: some Operation, _ inputs: [Int], like step: Step, suffix: String = ""
    ) throws -> Int {
        let tensor = try operation.evaluate(inputs.map { steps[$0].tensor })
        var name = step.name
        if !suffix.isEmpty { name.label = Label(rawValue: name.label.rawValue + suffix) }
        return add(Step(name: name, operation: operation, inputs: inputs, tensor: tensor, axes: step.axes))
    }

    private mutating func source(_ step: Step) throws -> Fate {
        guard step.isParameter, let axis = ShardPlan.axis(of: step), plan.workers > 1 else {
            // A copy of one's own: workers share no memory.
            let tensor = step.isParameter ? step.tensor.copied() : step.tensor
            return .whole(add(Step(name: step.name, operation: step.operation, tensor: tensor, axes: step.axes)))
        }
        let range = try plan.ranges(of: step, in: original)[ring.worker]
        let shard = try step.tensor.shard(range, along: axis)
        return .cut(add(Step(name: step.name, operation: step.operation, tensor: shard, axes: step.axes)), axis: axis)
    }

    private mutating func computed(_ step: Step, _ place: Int) throws -> Fate {
        let fates = step.inputs.map { self.fates[$0] }
        guard fates.contains(where: { if case .cut = $0 { true } else { false } }) else {
            return .whole(try apply(step.operation, fates.map(\.place), like: step))
        }
        if step.operation is Embedding, case .cut(let table, _) = fates[0] {
            let parameter = original.steps[step.inputs[0]]
            let start = try plan.ranges(of: parameter, in: original)[ring.worker].lowerBound
            let partial = try apply(
                EmbeddingShard(start: start), [table, fates[1].place], like: step, suffix: ".partial")
            return .summed(partial: partial, whole: try leave([partial], step))
        }
        if let linear = step.operation as? Linear, fates.count > 1, case .cut(let weight, let axis) = fates[1],
            linear.contracts(axis, of: steps[weight].shape.rank)
        {
            guard case .cut(let input, _) = fates[0] else { throw unsplittable(step) }
            let partial = try apply(linear, [input, weight], like: step, suffix: ".partial")
            let bias = fates.count > 2 ? [fates[2].place] : []
            return .summed(partial: partial, whole: try leave([partial] + bias, step))
        }
        let inputs = try fates.map { fate in
            if case .cut(let place, _) = fate { place } else { try enter(fate.place) }
        }
        let axis = ShardPlan.axis(ofComputed: step)
        let isVocabulary = step.axes.indices.contains(axis) && step.axes[axis] == .vocabulary
        let part: Int
        do {
            part = try apply(step.operation, inputs, like: step, suffix: isVocabulary ? ".part" : "")
        } catch let failure as Failure where failure.cause(as: TensorError.self) != nil {
            throw unsplittable(step)
        }
        guard isVocabulary else {
            // Whatever was not cut where we think it was is found out here, not in a wrong number later.
            var lengths = step.shape.dimensions
            guard lengths.indices.contains(axis) else { throw unsplittable(step) }
            lengths[axis] /= plan.workers
            guard Shape(lengths) == steps[part].shape else { throw unsplittable(step) }
            return .cut(part, axis: axis)
        }
        let ranges = RingPlace.chunks(of: step.shape[axis], workers: plan.workers)
        let whole = try apply(
            GatherShards(ring: ring, step: step.name, axis: axis, ranges: ranges), [part], like: step)
        return .gathered(part: part, whole: whole, axis: axis)
    }

    private mutating func leave(_ inputs: [Int], _ step: Step) throws -> Int {
        try apply(LeaveShards(ring: ring, step: step.name), inputs, like: step)
    }

    private mutating func enter(_ place: Int) throws -> Int {
        guard learns[place] else { return place }
        if let entry = entries[place] { return entry }
        let entry = try apply(
            EnterShards(ring: ring, step: steps[place].name), [place], like: steps[place], suffix: ".entry")
        entries[place] = entry
        return entry
    }

    private func unsplittable(_ step: Step) -> ParallelError {
        .unsplittable(step: step.name.description, operation: step.operation.name)
    }
}

extension ShardWorker.Fate {
    /// Where what later steps read lies among the worker's steps.
    var place: Int {
        switch self {
        case .whole(let place), .cut(let place, _), .summed(_, let place), .gathered(_, let place, _): place
        }
    }
}

extension Linear {
    /// Whether an axis of the weight is one of those that are summed over.
    func contracts(_ axis: Int, of rank: Int) -> Bool {
        transposed ? axis >= rank - contracted : axis < contracted
    }
}
