import Tensors
import Tracing

/// A model whose matrices are split over workers (Shoeybi et al. 2019): every worker computes with its part of each
/// layer, and after each attention and each feed-forward layer they add up what they have.
///
/// Real threads and real messages, in one process: it shows how the work is shared, not how to make it fast.
package struct TensorParallelRun: Sendable {
    package let workers: Int
    /// All workers' steps in one trace: `worker.1.blocks.0.attn.q` is worker 1's part, `worker.1.blocks.0.attn_out`
    /// its partial result, and what has no worker before its name is what all of them have, to the last bit.
    package let trace: Trace
    /// The gradients of the whole model's parameters, put together from the workers'; empty without a loss.
    package let gradients: [StepName: Tensor]
    package let holdings: [WorkerHolding]
    /// In the order in which they were sent, forward and then backward.
    package let messages: [Message]
    /// Whether everything that all workers have is the same in each, bit by bit.
    package let replicasAgree: Bool

    /// Runs again, split over workers, what a whole model has recorded; backward too where it recorded a loss.
    ///
    /// - Parameters:
    ///   - whole: the run of the unsplit model, parameters included.
    ///   - workers: how many; they must divide the number of heads and of neurons.
    ///   - statePerParameter: how many numbers an optimiser remembers for each parameter: two in Adam.
    /// - Throws: ``ParallelError``.
    package init(_ whole: Trace, workers: Int, statePerParameter: Int = 2) throws {
        try Crew.check(workers)
        let plan = ShardPlan(workers: workers)
        // Before any thread begins: an uneven split is one error, not one for each worker.
        for step in whole.steps where step.isParameter {
            _ = try plan.ranges(of: step, in: whole)
        }
        let loss = whole[StepName(.loss)] == nil ? nil : StepName(.loss)
        let (parts, messages) = try Crew.run(workers) { place in
            var worker = ShardWorker(whole, plan: plan, ring: UnsafeRing(place))
            try worker.run()
            let found = try loss.map { try Trace(steps: worker.steps).gradients(of: $0) } ?? [:]
            return ShardPart(steps: worker.steps, fates: worker.fates, gradients: found)
        }
        self.workers = workers
        self.messages = messages
        trace = try ShardTrace(whole: whole, parts: parts).joined()
        gradients = try ShardTrace(whole: whole, parts: parts).gradients()
        replicasAgree = ShardTrace(whole: whole, parts: parts).replicasAgree
        holdings = parts.enumerated().map { worker, part in
            let parameters = part.steps.filter(\.isParameter).reduce(0) { $0 + $1.tensor.count }
            let sent = messages.filter { $0.from == worker }
            return WorkerHolding(
                worker: worker, parameters: bytes(parameters), gradients: loss == nil ? 0 : bytes(parameters),
                optimizerState: loss == nil ? 0 : bytes(parameters * statePerParameter),
                activations: bytes(ofActivations: part.steps), sent: sent.reduce(0) { $0 + $1.bytes },
                messages: sent.count)
        }
    }

    /// A worker's name for a step: its part, or its part of a sum.
    package static func name(_ step: StepName, worker: Int) -> StepName {
        var name = step
        name.worker = worker
        return name
    }

    /// What the workers hold for a step, in their order: shards or partial results.
    package func parts(of step: StepName) -> [Tensor] {
        (0..<workers).compactMap { trace[Self.name(step, worker: $0)]?.tensor }
    }
}

/// What one worker's thread leaves behind.
struct ShardPart: Sendable {
    let steps: [Step]
    let fates: [ShardWorker.Fate]
    let gradients: [Int: Tensor]
}

/// Puts the workers' runs together again.
struct ShardTrace {
    let whole: Trace
    let parts: [ShardPart]

    /// One trace of all: what every worker has stands there once, what is split once for each.
    func joined() throws -> Trace {
        var steps: [Step] = []
        /// Of each step of the whole run: where it lies now, and where the workers' parts of it do.
        var places: [(whole: Int?, parts: [Int])] = []
        for (place, step) in whole.steps.enumerated() {
            func add(_ name: StepName, _ operation: any Operation, _ inputs: [Int], _ tensor: Tensor) -> Int {
                steps.append(Step(name: name, operation: operation, inputs: inputs, tensor: tensor, axes: step.axes))
                return steps.count - 1
            }
            /// What one worker reads: its own part where the step is split.
            func inputs(_ worker: Int, _ count: Int) throws -> [Int] {
                try step.inputs.prefix(count).map { input in
                    if case .cut = parts[worker].fates[input] { return places[input].parts[worker] }
                    guard let place = places[input].whole else {
                        throw ParallelError.unsplittable(step: step.name.description, operation: step.operation.name)
                    }
                    return place
                }
            }
            func own(_ worker: Int, at local: Int, reading count: Int) throws -> Int {
                let step = parts[worker].steps[local]
                return add(
                    TensorParallelRun.name(whole.steps[place].name, worker: worker), step.operation,
                    try inputs(worker, count), step.tensor)
            }
            switch parts[0].fates[place] {
            case .whole(let local):
                places.append(
                    (add(step.name, step.operation, try inputs(0, .max), parts[0].steps[local].tensor), []))
            case .cut:
                places.append((nil, try workers { try own($0, at: parts[$0].fates[place].place, reading: .max) }))
            case .summed(_, let local):
                let partial = try workers { worker in
                    guard case .summed(let partial, _) = parts[worker].fates[place] else { return 0 }
                    return try own(worker, at: partial, reading: 2)
                }
                let bias = try step.inputs.count > 2 ? inputs(0, .max).suffix(1) : []
                places.append(
                    (add(step.name, SumShards(parts.count), partial + bias, parts[0].steps[local].tensor), partial))
            case .gathered(_, let local, let axis):
                let shards = try workers { worker in
                    guard case .gathered(let part, _, _) = parts[worker].fates[place] else { return 0 }
                    return try own(worker, at: part, reading: .max)
                }
                places.append(
                    (add(step.name, JoinShards(parts.count, axis: axis), shards, parts[0].steps[local].tensor), shards))
            }
        }
        var trace = try Trace(steps: steps, model: whole.model, tokens: whole.tokens)
        trace.targetTokens = whole.targetTokens
        trace.vocabulary = whole.vocabulary
        return trace
    }

    private func workers(_ body: (Int) throws -> Int) rethrows -> [Int] { try parts.indices.map(body) }

    /// Each parameter's gradient: of one that all have, the same from each; of shards, laid end to end.
    func gradients() throws -> [StepName: Tensor] {
        var result: [StepName: Tensor] = [:]
        for (place, step) in whole.steps.enumerated() where step.isParameter {
            let found = parts.compactMap { $0.gradients[$0.fates[place].place] }
            guard found.count == parts.count else { continue }
            if case .cut(_, let axis) = parts[0].fates[place] {
                result[step.name] = try JoinShards(parts.count, axis: axis).evaluate(found)
            } else {
                result[step.name] = found[0]
            }
        }
        return result
    }

    /// Steps and gradients that all workers have, compared bit by bit.
    var replicasAgree: Bool {
        whole.steps.indices.allSatisfy { place in
            if case .cut = parts[0].fates[place] { return true }
            func bits(_ tensor: Tensor?) -> [UInt32]? { tensor?.scalars.map(\.bitPattern) }
            let (first, gradient) = (parts[0].fates[place].place, parts[0].gradients[parts[0].fates[place].place])
            let expected = bits(parts[0].steps[first].tensor)
            return parts.dropFirst().allSatisfy { part in
                let local = part.fates[place].place
                return bits(part.steps[local].tensor) == expected && bits(part.gradients[local]) == bits(gradient)
            }
        }
    }
}
