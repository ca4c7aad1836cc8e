import Models
import Tensors
import Tracing

/// Which update of a run is to be written down, and where; whatever the recipe's kind.
package struct TracedStep: Sendable, Hashable {
    /// Counted from one.
    package var step: Int
    /// The trace file.
    package var path: String

    package init(step: Int, path: String) {
        self.step = step
        self.path = path
    }

    /// Set around a recipe's run: `TracedStep.$wanted.withValue(…) { … }`.
    @TaskLocal package static var wanted: TracedStep?
}

extension Trainer {
    /// The next update as ``update(_:)`` makes it, on the same examples, written down.
    /// - Throws: as ``tracedUpdate(_:on:model:tokens:endsWhereNotFinite:)``.
    package mutating func tracedUpdate(_ task: Task) throws -> Trace {
        try tracedUpdate(task, on: task.batch(settings.batch, using: &random))
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
    package mutating func tracedUpdate(
        _ task: Task, on batch: Task.Batch, model card: ModelCard = ModelCard(), tokens: [TraceToken] = [],
        endsWhereNotFinite: Bool = false
    ) throws -> Trace {
        let before = self
        let parts = parts(of: batch, task)
        let recorder = Recorder()
        let passes = try parts.enumerated().map { place, part in
            recorder.part = place
            return try forward(task, of: model, on: part, part: place, recorder)
        }
        var trace = recorder.trace(model: card, tokens: tokens)
        for pass in passes { trace = try trace.withGradients(of: pass.start) }
        let shares = shares(of: parts, task)
        let found = passes.enumerated().map { place, pass in
            let gradients = model.parameters.all.map { parameter in
                var name = parameter.name.gradient
                name.part = place
                return trace[name]?.tensor
            }
            return (loss: Double(pass.loss.tensor[flat: 0]), gradients: gradients)
        }
        var sums = Sums(of: model.parameters)
        // As many at once as where they are computed side by side, so that they round alike.
        for places in Self.turns(parts.count) { try sums.add(Array(found[places]), times: Array(shares[places])) }
        var record: UpdateRecord? = UpdateRecord(
            trace: trace, shares: shares, scale: settings.precision == .float32 ? 1 : scaler.scale)
        do {
            try update(by: sums, task, on: batch, measures: nil, record: &record)
        } catch TrainingError.diverged where endsWhereNotFinite && trace.firstNotFinite != nil {
            self = before
            return trace
        }
        // Where half-precision gradients overflowed there is no update to show.
        return step > before.step ? record?.trace ?? trace : trace
    }
}
