import Models
import Tensors
import Tracing

/// Which update of a run is to be written down, and where; whatever the recipe's kind.
public struct TracedStep: Sendable, Hashable {
    /// Counted from one.
    public var step: Int
    /// The trace file.
    public var path: String

    public init(step: Int, path: String) {
        self.step = step
        self.path = path
    }

    /// Set around a recipe's run: `TracedStep.$wanted.withValue(…) { … }`.
    @TaskLocal public static var wanted: TracedStep?
}

extension Trainer {
    /// The next update as ``update(_:)`` makes it, on the same examples, written down.
    /// - Throws: as ``tracedUpdate(_:on:model:tokens:)``.
    public mutating func tracedUpdate(_ task: Task) throws -> Trace {
        let batch = try task.batch(settings.batch, using: &random)
        return try tracedUpdate(task, on: batch)
    }

    /// One update as ``update(_:on:measures:)`` makes it, to the same bytes, written down: forward, loss and backward
    /// of each part of the batch, the gradients' mean, their norm, clipping, and what the optimiser made of them.
    ///
    /// For each parameter the trace holds `….grad` (`part.1.….grad` for the batch's second part, and `….mean_grad`
    /// where there are several), `….clipped_grad` where the gradients were too long, the optimiser's memory before
    /// and after (`….first_moment.before`, `….first_moment` …) and `….updated`.
    ///
    /// - Parameter endsWhereNotFinite: whether a pass with numbers that are not finite is given as it is, without an
    ///   update, to be looked at; else it is an error.
    /// - Throws: as ``update(_:on:measures:)``, and what recording throws.
    public mutating func tracedUpdate(
        _ task: Task, on batch: Task.Batch, model card: ModelCard = ModelCard(), tokens: [TraceToken] = [],
        endsWhereNotFinite: Bool = false
    ) throws -> Trace {
        let before = self
        let parts = parts(of: batch, task)
        let recorder = Recorder()
        var starts: [StepName] = []
        for (place, part) in parts.enumerated() {
            recorder.part = place
            starts.append(try forward(task, of: model, on: part, part: place, recorder).start)
        }
        var trace = recorder.trace(model: card, tokens: tokens)
        for start in starts { trace = try trace.withGradients(of: start) }
        let scale = settings.precision == .float32 ? 1 : scaler.scale
        do {
            try update(task, on: batch)
        } catch TrainingError.diverged where endsWhereNotFinite && trace.firstNotFinite != nil {
            self = before
            return trace
        }
        // Where half-precision gradients overflowed there is no update to show.
        guard step > before.step else { return trace }
        let weights = parts.map { task.weight(of: $0) }
        var record = UpdateRecord(trace: trace)
        let gradients = try record.means(
            of: model.parameters, weights: weights.map(Float.init), scale: scale, record: records[records.count - 1])
        let clipped = try record.clip(gradients, of: model.parameters, rule: settings.clip, records.last)
        try record.optimizer(clipped, before: before, after: self)
        return record.trace
    }
}

/// A training step's trace as it grows beyond the gradients.
struct UpdateRecord {
    private(set) var trace: Trace

    mutating func add(
        _ name: StepName, _ operation: any Operation, _ inputs: [Int], _ tensor: Tensor, _ axes: [Axis]
    ) throws -> Int {
        try trace.append(Step(name: name, operation: operation, inputs: inputs, tensor: tensor, axes: axes))
        return trace.steps.count - 1
    }

    /// Computed here, since the trainer keeps no tensor of it.
    mutating func compute(
        _ name: StepName, _ operation: any Operation, _ inputs: [Int], _ axes: [Axis]
    ) throws -> Int {
        try add(name, operation, inputs, operation.evaluate(inputs.map { trace.steps[$0].tensor }), axes)
    }

    /// The gradient of each parameter over the whole batch, by its place in the trace; nil where it was not used.
    mutating func means(
        of parameters: ParameterSet, weights: [Float], scale: Double, record: TrainingRecord
    ) throws -> [Int?] {
        let whole = max(weights.reduce(0, +), .leastNormalMagnitude)
        let mean = BatchMean(shares: weights.map { Double($0 / whole) })
        if weights.count > 1 {
            let losses = weights.indices.compactMap { trace.place(of: StepName(.loss, part: $0)) }
            _ = try add(StepName(.batchLoss), mean, losses, Tensor(scalar: Float(record.loss)), [])
        }
        return try parameters.all.map { parameter in
            // A parameter that a part did not use has no gradient there.
            let used = weights.indices.compactMap { part -> (place: Int, share: Double)? in
                var name = parameter.name.gradient
                name.part = part
                return trace.place(of: name).map { ($0, mean.shares[part]) }
            }
            guard weights.count > 1 || scale != 1, !used.isEmpty else { return used.first?.place }
            return try compute(
                parameter.name.about("mean_grad"), BatchMean(shares: used.map { $0.share / scale }),
                used.map(\.place), parameter.axes)
        }
    }

    /// The sum of a step's squares, in two stages, so that the norm of a large matrix can still be read.
    mutating func squares(of place: Int, as name: StepName, _ axes: [Axis]) throws -> Int {
        switch axes.count {
        case 0: return try compute(name.about("squares"), MovingAverage(keep: 0, add: 1, power: 2), [place, place], [])
        case 1: return try compute(name.about("squares"), SumOfSquares(), [place], [])
        default:
            let rows = try compute(name.about("row_squares"), SumOfSquares(), [place], Array(axes.dropLast()))
            return try compute(name.about("squares"), Total(), [rows], [])
        }
    }

    /// The gradients after clipping to a joint norm, with the norm itself and what they are multiplied by.
    mutating func clip(
        _ gradients: [Int?], of parameters: ParameterSet, rule: ClipRule, _ record: TrainingRecord?
    ) throws -> [Int?] {
        var squares: [Int] = []
        for (parameter, gradient) in zip(parameters.all, gradients) {
            guard let gradient else { continue }
            squares.append(try self.squares(of: gradient, as: parameter.name, parameter.axes))
        }
        guard let record, !squares.isEmpty else { return gradients }
        let norm = try add(
            StepName(.gradientNorm), RootOfSum(), squares, Tensor(scalar: Float(record.gradientNorm)), [])
        if case .value(let bound) = rule {
            return try clipped(gradients, of: parameters, by: CutToRange(bound: bound))
        }
        guard case .norm(let maximum) = rule else { return gradients }
        let factor = min(maximum / (record.gradientNorm + 1e-6), 1)
        let place = try add(
            StepName(.clipFactor), ClipFactor(maximum: maximum), [norm], Tensor(scalar: Float(factor)), [])
        guard factor < 1 else { return gradients }
        return try clipped(gradients, of: parameters, by: ScaledBy(), reading: [place])
    }

    private mutating func clipped(
        _ gradients: [Int?], of parameters: ParameterSet, by operation: any Operation, reading others: [Int] = []
    ) throws -> [Int?] {
        try zip(parameters.all, gradients).map { parameter, gradient in
            guard let gradient else { return nil }
            return try compute(parameter.name.about("clipped_grad"), operation, [gradient] + others, parameter.axes)
        }
    }
}
