import Models
import Tensors
import Tracing
import Wording

/// Training with the batch split over workers: each has the whole model and a part of the batch; they average their
/// gradients over a ring and then all make the same update (synchronous data parallelism).
///
/// Real threads and real messages, in one process: it shows how the work is shared, not how to make it fast.
package struct DataParallelTrainer<Task: TrainingTask>: Sendable {
    /// What one worker owns: nothing of it is shared with another.
    package struct Worker: Sendable {
        package internal(set) var model: Task.Model
        package internal(set) var optimizer: any Optimizer
    }

    package private(set) var workers: [Worker]
    package let settings: TrainingSettings

    /// - Throws: ``ParallelError/workers(found:most:)``.
    package init(model: Task.Model, settings: TrainingSettings, workers: Int) throws(ParallelError) {
        try Crew.check(workers)
        self.settings = settings
        self.workers = (0..<workers).map { _ in
            var own = model
            own.parameters.update { _, tensor in tensor = tensor.copied() }
            return Worker(
                model: own,
                optimizer: settings.optimizer.make(for: own.parameters))
        }
    }

    /// How many updates have been made.
    package var step: Int { workers[0].optimizer.steps }

    /// Any worker's model: they are equal to the last bit.
    package var model: Task.Model { workers[0].model }

    /// Whether all workers' parameters are the same, bit by bit.
    package var workersAgree: Bool {
        func bits(_ worker: Worker) -> [[UInt32]] {
            worker.model.parameters.all.map { $0.tensor.scalars.map(\.bitPattern) }
        }
        guard let first = workers.first.map(bits) else { return true }
        return workers.dropFirst().allSatisfy { bits($0) == first }
    }

    /// One update: every worker goes forward and backward over its part, the gradients are averaged, and every worker
    /// clips and updates for itself.
    /// - Throws: ``TrainingError/diverged(step:cause:)``, and what the task throws.
    @discardableResult
    package mutating func update(_ task: Task, on batch: Task.Batch) throws -> DataParallelRecord {
        let parts = task.parts(of: batch, count: workers.count)
        let weights = workers.indices.map { $0 < parts.count ? task.weight(of: parts[$0]) : 0 }
        let whole = max(weights.reduce(0, +), .leastNormalMagnitude)
        let rate = settings.schedule.rate(at: step)
        let (workers, settings) = (workers, settings)

        let passes = try Crew.run(workers.count) { place in
            // With more workers than examples the last have none, and add nothing to the sum.
            guard place.worker < parts.count else { return Contribution(idle: workers[place.worker].model.parameters) }
            return try Contribution(
                task, of: workers[place.worker].model, on: parts[place.worker],
                share: Float(weights[place.worker] / whole),
                divergence: Divergence(settings: settings, updates: workers[place.worker].optimizer.steps))
        }.results
        let loss = zip(passes, weights).reduce(0.0) { $0 + $1.0.loss * $1.1 / whole }
        if let cause = passes.lazy.compactMap(\.cause).first {
            throw TrainingError.diverged(step: step + 1, cause: cause)
        }
        // Known beforehand from the model; a parameter that nobody used is left alone, as by a single worker.
        let used = workers[0].model.parameters.all.indices.map { place in passes.contains { $0.used[place] } }
        let watched = Self.watched(passes.map(\.gradients), parameters: workers[0].model.parameters)

        let (outcomes, messages) = try Crew.run(workers.count) { place in
            var (worker, gradients) = (workers[place.worker], passes[place.worker].gradients)
            var seen: [[Float]] = []
            try place.allReduce(&gradients, what: "gradients") { numbers in
                seen.append(watched.map { numbers[$0.place] })
            }
            let norm = worker.update(gradients, used: used, rate: rate, settings: settings)
            return Outcome(worker: worker, norm: norm, gradients: place.worker == 0 ? gradients : [], seen: seen)
        }
        self.workers = outcomes.map(\.worker)
        return DataParallelRecord(
            step: step, loss: loss, learningRate: rate, gradientNorm: outcomes[0].norm,
            parts: zip(passes, weights).enumerated().map {
                .init(worker: $0, targets: $1.1, share: $1.1 / whole, loss: $1.0.loss)
            },
            holdings: zip(outcomes, passes).enumerated().map { worker, pair in
                let sent = messages.filter { $0.from == worker }
                return WorkerHolding(
                    worker: worker, parameters: bytes(pair.0.worker.model.parameters.count),
                    gradients: bytes(pair.1.gradients.count),
                    optimizerState: bytes(pair.0.worker.optimizer.stateCount), activations: pair.1.activations,
                    sent: sent.reduce(0) { $0 + $1.bytes }, messages: sent.count)
            },
            messages: messages, gradients: outcomes[0].gradients,
            watched: watched.enumerated().map { place, number in
                .init(
                    chunk: number.chunk, parameter: number.parameter, index: number.index,
                    rounds: outcomes[0].seen.indices.map { round in outcomes.map { $0.seen[round][place] } })
            })
    }

    private struct Outcome: Sendable {
        var worker: Worker
        var norm: Double
        /// Of the first worker; the others' are the same.
        var gradients: [Float]
        /// `[round][watched number]`
        var seen: [[Float]]
    }

    private struct Watched: Sendable {
        var chunk: Int
        var place: Int
        var parameter: StepName
        var index: [Int]
    }

    /// In every chunk the number to which the workers' contributions are greatest: it is worth following.
    private static func watched(_ gradients: [[Float]], parameters: ParameterSet) -> [Watched] {
        var starts: [(start: Int, parameter: Parameter)] = []
        var total = 0
        for parameter in parameters.all {
            starts.append((total, parameter))
            total += parameter.tensor.count
        }
        return RingPlace.chunks(of: total, workers: gradients.count).enumerated().compactMap { chunk, range in
            let sizes = range.map { place in gradients.reduce(Float(0)) { $0 + abs($1[place]) } }
            guard let best = sizes.indices.max(by: { sizes[$0] < sizes[$1] }),
                let found = starts.last(where: { $0.start <= range.lowerBound + best })
            else { return nil }
            let place = range.lowerBound + best
            return Watched(
                chunk: chunk, place: place, parameter: found.parameter.name,
                index: found.parameter.tensor.shape.index(at: place - found.start))
        }
    }
}

extension DataParallelTrainer.Worker {
    /// The update that every worker makes for itself from the averaged gradients; returns their norm before clipping.
    mutating func update(_ numbers: [Float], used: [Bool], rate: Double, settings: TrainingSettings) -> Double {
        var start = 0
        var gradients: [Tensor?] = model.parameters.all.enumerated().map { place, parameter in
            defer { start += parameter.tensor.count }
            return !used[place]
                ? nil
                : Tensor(parameter.tensor.shape) { target in
                    for place in target.indices { target[place] = numbers[start + place] }
                }
        }
        let norm = settings.clip.apply(to: &gradients)
        optimizer.update(&model.parameters, gradients: gradients, rate: rate)
        return norm
    }
}

/// What one worker found out from its part of the batch.
private struct Contribution: Sendable {
    var loss: Double
    /// All gradients in one row, times the part's share of the batch: their sum is the whole batch's.
    var gradients: [Float]
    /// Which parameters have a gradient at all.
    var used: [Bool]
    /// The bytes of what the forward pass kept.
    var activations: Int
    /// Why its numbers are not finite, where they are not.
    var cause: Phrase?

    init(idle parameters: ParameterSet) {
        loss = 0
        gradients = [Float](repeating: 0, count: parameters.count)
        used = parameters.all.map { _ in false }
        activations = 0
    }

    init<Task: TrainingTask>(
        _ task: Task, of model: Task.Model, on batch: Task.Batch, share: Float, divergence: Divergence
    ) throws {
        let recorder = Recorder()
        loss = Double(try task.loss(of: model, on: batch, recorder: recorder).tensor[flat: 0])
        let trace = recorder.trace()
        let found = try trace.gradients(of: StepName(.loss), for: model.parameters)
        (gradients, used) = ([], [])
        gradients.reserveCapacity(model.parameters.count)
        for (parameter, gradient) in zip(model.parameters.all, found) {
            used.append(gradient != nil)
            if let gradient {
                gradients += gradient.scaled(by: share).scalars
            } else {
                gradients += [Float](repeating: 0, count: parameter.tensor.count)
            }
        }
        activations = bytes(ofActivations: trace.steps)
        if !loss.isFinite || gradients.contains(where: { !$0.isFinite }) {
            cause = try divergence.cause(in: trace, from: StepName(.loss), parameters: model.parameters)
        }
    }
}

func bytes(_ numbers: Int) -> Int { numbers * MemoryLayout<Float>.size }

/// What a forward pass computed and keeps: aliases and other shapes of the same memory count once.
func bytes(ofActivations steps: [Step]) -> Int {
    var seen: Set<UnsafePointer<Float>> = []
    return steps.reduce(0) { sum, step in
        guard !step.isSource, seen.insert(step.tensor.pointer).inserted else { return sum }
        return sum + bytes(step.tensor.count)
    }
}

extension Optimizer {
    /// How many numbers it remembers.
    var stateCount: Int { memory.reduce(0) { $0 + $1.tensors.reduce(0) { $0 + $1.count } } }
}

extension Tensor {
    /// The same numbers in memory of their own.
    func copied() -> Tensor {
        Tensor(shape) { target in
            withUnsafeBuffer { source in _ = target.update(fromContentsOf: source) }
        }
    }
}
