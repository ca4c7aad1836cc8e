import Dispatch
import Models
import Tensors
import Tracing
import Wording

/// Turns batches into updates. The same seed gives the same bytes on the same machine.
package struct Trainer<Task: TrainingTask>: Sendable {
    package internal(set) var model: Task.Model
    package private(set) var optimizer: any Optimizer
    package internal(set) var random: RandomSource
    package private(set) var records: [TrainingRecord] = []
    package private(set) var scaler: LossScaler
    package let settings: TrainingSettings
    /// How many updates in a row overflowed.
    private var skippedInARow = 0
    /// More are no accident: even the largest dynamic scale has then come down to nothing.
    private static var mostSkipped: Int { 60 }

    /// Every batch is cut into this many parts whatever the machine, so that the sums round alike everywhere.
    static var shards: Int { 2 }

    package init(model: Task.Model, settings: TrainingSettings) {
        self.model = model
        self.settings = settings
        optimizer = settings.optimizer.make(for: model.parameters)
        random = RandomSource(seed: settings.seed)
        scaler = LossScaler(settings.lossScale)
    }

    /// Adds what was measured at the last update, beside its loss.
    mutating func note(_ measures: [String: Double]) {
        guard !records.isEmpty else { return }
        records[records.count - 1].measures = measures
    }

    package var step: Int { optimizer.steps }
    package var isFinished: Bool { step >= settings.steps }

    mutating func resume(
        parameters: [Tensor], optimizerSteps: Int, memory: [String: [Tensor]], random: RandomSource,
        records: [TrainingRecord], scaler: LossScaler?
    ) {
        model.parameters.update { place, tensor in tensor = parameters[place] }
        optimizer.resume(steps: optimizerSteps, memory: memory)
        self.random = random
        self.records = records
        if let scaler { self.scaler = scaler }
    }

    /// One update on examples drawn from the task: forward, loss, backward, clip, step.
    /// - Throws: ``TrainingError/diverged(step:cause:)`` where a number is no longer finite.
    package mutating func update(_ task: Task) throws {
        let batch = try task.batch(settings.batch, using: &random)
        try update(task, on: batch)
    }

    /// One update on given examples. Where half-precision gradients overflow nothing is updated, and ``step`` stays.
    package mutating func update(_ task: Task, on batch: Task.Batch, measures: [String: Double]? = nil) throws {
        var record: UpdateRecord?
        try update(by: gradients(task, on: batch), task, on: batch, measures: measures, record: &record)
    }

    /// What a batch's loss and gradients make of the parameters.
    mutating func update(
        by pass: consuming Sums, _ task: Task, on batch: Task.Batch, measures: [String: Double]?,
        record: inout UpdateRecord?
    ) throws {
        if step == 0 { try Divergence.check(model.parameters) }
        let rate = settings.schedule.rate(at: step)
        var measures = measures
        guard pass.loss.isFinite else { throw try divergence(task, on: batch) }
        if settings.precision != .float32 {
            measures = (measures ?? [:]).merging(["loss_scale": scaler.scale]) { own, _ in own }
            // Overflowed: this batch is given up, and the next one is scaled less.
            guard scaler.unscale(&pass.gradients) else {
                skippedInARow += 1
                guard skippedInARow < Self.mostSkipped else { throw try divergence(task, on: batch) }
                return
            }
            skippedInARow = 0
        }
        try record?.means(pass.gradients, of: model.parameters, loss: pass.loss)
        let norm = settings.clip.apply(to: &pass.gradients)
        guard norm.isFinite else { throw try divergence(task, on: batch) }
        try record?.clipped(pass.gradients, of: model.parameters, norm: norm, rule: settings.clip)
        let before = record == nil ? nil : (parameters: model.parameters, memory: optimizer.memory)
        optimizer.update(&model.parameters, gradients: pass.gradients, rate: rate)
        if let cause = Divergence(settings: settings, updates: step).cause(ofUpdate: model.parameters) {
            throw TrainingError.diverged(step: step, cause: cause)
        }
        if let before {
            try record?.updated(
                before.parameters, to: model.parameters, memory: before.memory, by: optimizer, rate: rate)
        }
        records.append(
            TrainingRecord(step: step, loss: pass.loss, learningRate: rate, gradientNorm: norm, measures: measures))
    }

    /// The pass once more, recorded: which of its numbers is not finite.
    private func divergence(_ task: Task, on batch: Task.Batch) throws -> TrainingError {
        let search = Divergence(settings: settings, updates: step, scale: scaler.scale)
        for (place, part) in parts(of: batch, task).enumerated() {
            let recorder = Recorder()
            recorder.part = place
            let (_, start) = try forward(task, of: model, on: part, part: place, recorder)
            if let cause = try search.cause(in: recorder.trace(), from: start, parameters: model.parameters) {
                return .diverged(step: step + 1, cause: cause)
            }
        }
        return .diverged(
            step: step + 1,
            cause: Phrase(en: "the batch’s parts add up to no finite number", zh: "各部分加起来不是有限的数"))
    }

    /// The parts that a batch is computed in, side by side and, with accumulation, one after the other.
    func parts(of batch: Task.Batch, _ task: Task) -> [Task.Batch] {
        task.parts(of: batch, count: Self.shards * max(settings.accumulation, 1))
    }

    /// The parts that are computed at once, one turn after the other.
    static func turns(_ parts: Int) -> [Range<Int>] {
        stride(from: 0, to: parts, by: shards).map { $0..<min($0 + shards, parts) }
    }

    /// How much each part counts: as much as it has targets, so that the sum is the mean over the whole batch.
    func shares(of parts: [Task.Batch], _ task: Task) -> [Float] {
        let weights = parts.map { task.weight(of: $0) }
        let whole = Float(max(weights.reduce(0, +), .leastNormalMagnitude))
        return weights.map { Float($0) / whole }
    }

    /// The batch's mean loss and its gradients in the parameters' order, computed in parallel parts; with accumulation
    /// some of them after the others.
    func gradients(_ task: Task, on batch: Task.Batch) throws -> Sums {
        let model = model
        let parts = parts(of: batch, task)
        let shares = shares(of: parts, task)
        var sums = Sums(of: model.parameters)
        for places in Self.turns(parts.count) {
            let passes = try concurrently(places.count) { turn in
                let (recorder, place) = (Recorder(), places.lowerBound + turn)
                let pass = try forward(task, of: model, on: parts[place], part: place, recorder)
                return (
                    Double(pass.loss.tensor[flat: 0]),
                    try recorder.trace().gradients(of: pass.start, for: model.parameters)
                )
            }
            try sums.add(passes, times: Array(shares[places]))
        }
        return sums
    }

    /// What this step drops in a part of its batch: a function of seed, step and part, so that a resumed run drops the
    /// same.
    func dropout(part: Int) -> DropoutPlan? {
        DropoutPlan(rate: settings.dropout, seed: settings.seed &+ UInt64(step) &* 0x9E37_79B9 &+ UInt64(part) << 40)
    }

    /// Forward and loss of one part, recorded as the settings ask: what is dropped, in which precision, how scaled.
    /// - Returns: the name of the number to go back from.
    func forward(_ task: Task, of model: Task.Model, on batch: Task.Batch, part: Int, _ recorder: Recorder) throws
        -> (loss: Value, start: StepName)
    {
        recorder.dropout = dropout(part: part)
        recorder.precision = settings.precision
        let loss = try task.loss(of: model, on: batch, recorder: recorder)
        let name = StepName(.loss, part: recorder.part)
        guard settings.precision != .float32, scaler.scale != 1 else { return (loss, name) }
        _ = try recorder.apply(Magnify(by: scaler.scale), loss, as: .scaledLoss, axes: [])
        return (loss, StepName(.scaledLoss, part: recorder.part))
    }
}

/// A batch's loss and gradients as its parts add up, the gradients in the parameters' order; nil for a parameter that
/// no part has used.
struct Sums: Sendable {
    var loss: Double
    var gradients: [Tensor?]

    init(of parameters: ParameterSet) {
        loss = 0
        gradients = parameters.all.map { _ in nil }
    }

    /// Adds parts, each as much as it counts, parameter by parameter on all cores.
    mutating func add(_ passes: [(loss: Double, gradients: [Tensor?])], times shares: [Float]) throws {
        loss += zip(passes, shares).reduce(0.0) { $0 + $1.0.loss * Double($1.1) }
        let sums = gradients
        gradients = try concurrently(sums.count) { place in
            var sum = sums[place]
            for (pass, share) in zip(passes, shares) {
                guard let gradient = pass.gradients[place] else { continue }
                if sum == nil {
                    sum = gradient.scaled(by: share)
                } else {
                    sum?.accumulate(gradient, times: share)
                }
            }
            return sum
        }
    }
}

extension Trace {
    /// The gradients of a model's parameters, in their order; nil where a parameter was not used.
    func gradients(of loss: StepName, for parameters: ParameterSet) throws -> [Tensor?] {
        let found = try gradients(of: loss)
        return parameters.all.map { place(of: $0.name).flatMap { found[$0] } }
    }
}

extension Label {
    /// The loss times the scale that keeps half-precision gradients from vanishing.
    package static let scaledLoss = Label(rawValue: "scaled_loss")
}

/// What `body` gives for each of `0..<count`, as many at once as there are cores.
/// - Throws: what the first place that failed threw, once all are over.
func concurrently<Success>(_ count: Int, _ body: @Sendable (Int) throws -> Success) throws -> [Success] {
    let outcomes = Outcomes<Success>(count: count)
    DispatchQueue.concurrentPerform(iterations: count) { place in
        outcomes.store(place, Result { try body(place) })
    }
    return try (0..<count).compactMap { try outcomes.load($0)?.get() }
}

/// What the parts of a piece of work gave, each stored by its own thread.
final class Outcomes<Success>: @unchecked Sendable {
    // Unchecked: every part writes its own place, and reading waits for all of them.
    private let outcomes: UnsafeMutableBufferPointer<Result<Success, any Error>?>

    init(count: Int) {
        outcomes = .allocate(capacity: count)
        outcomes.initialize(repeating: nil)
    }

    func store(_ part: Int, _ outcome: Result<Success, any Error>) { outcomes[part] = outcome }
    func load(_ part: Int) -> Result<Success, any Error>? { outcomes[part] }

    deinit {
        outcomes.deinitialize()
        outcomes.deallocate()
    }
}
