import Models
import Tensors
import Tracing

extension UpdateRecord {
    /// One parameter's way through an optimiser.
    private struct Part {
        let place: Int
        let name: StepName
        let axes: [Axis]
        let shape: Shape
        /// Where the weights and the gradient stand in the trace.
        let weight: Int
        let gradient: Int
        let rate: Int
        let updated: Tensor
        /// What the optimiser remembered of it before, and what it does after, by name.
        let before: [String: Tensor]
        let after: [String: Tensor]
    }

    /// What the optimiser remembers and what it made of each parameter, taken from the trainer before and after.
    mutating func optimizer<Task>(_ gradients: [Int?], before: Trainer<Task>, after: Trainer<Task>) throws {
        let rate = try add(
            StepName(.learningRate), Source(.constant), [],
            Tensor(scalar: Float(after.records.last?.learningRate ?? 0)), [])
        func memory(_ trainer: Trainer<Task>, _ place: Int) -> [String: Tensor] {
            Dictionary(trainer.optimizer.memory.map { ($0.name, $0.tensors[place]) }) { first, _ in first }
        }
        for (place, parameter) in before.model.parameters.all.enumerated() {
            guard let gradient = gradients[place], let weight = trace.place(of: parameter.name) else { continue }
            let part = Part(
                place: place, name: parameter.name, axes: parameter.axes, shape: parameter.tensor.shape, weight: weight,
                gradient: gradient, rate: rate, updated: after.model.parameters.all[place].tensor,
                before: memory(before, place), after: memory(after, place))
            switch after.optimizer {
            case let adam as Adam: try self.adam(part, adam.settings, step: adam.steps)
            case let sgd as SGD: try descend(part, sgd.settings)
            case let lamb as LAMB: try self.lamb(part, lamb)
            default: try update(part, by: Source(.unexplained), [])
            }
        }
    }

    /// A running mean before and after, as the optimiser holds it.
    private mutating func average(
        _ part: Part, _ memory: String, as suffix: String, _ operation: MovingAverage, of gradient: Int
    ) throws -> Int {
        guard let old = part.before[memory], let new = part.after[memory] else { return gradient }
        let start = try add(part.name.about(suffix + ".before"), Source(.constant), [], old, part.axes)
        return try add(part.name.about(suffix), operation, [start, gradient], new, part.axes)
    }

    /// What the optimiser made of the parameter in the end.
    private mutating func update(_ part: Part, by operation: any Operation, _ inputs: [Int]) throws {
        _ = try add(part.name.about("updated"), operation, inputs, part.updated, part.axes)
    }

    private mutating func moments(
        _ part: Part, _ settings: OptimizerSettings, of gradient: Int
    ) throws -> [Int] {
        // As the kernels round: 1 − β in single precision.
        func mean(_ beta: Double, _ power: Int) -> MovingAverage {
            MovingAverage(keep: Double(Float(beta)), add: Double(1 - Float(beta)), power: power)
        }
        return [
            try average(part, "first", as: "first_moment", mean(settings.beta1, 1), of: gradient),
            try average(part, "second", as: "second_moment", mean(settings.beta2, 2), of: gradient),
        ]
    }

    /// The gradient with weight decay added to it (L2), where there is any.
    private mutating func decayed(_ part: Part, _ settings: OptimizerSettings) throws -> Int {
        let decay = settings.decay(of: part.shape)
        guard decay != 0 else { return part.gradient }
        return try compute(
            part.name.about("decayed_grad"), DecayedGradient(decay: decay), [part.weight, part.gradient], part.axes)
    }

    private mutating func adam(_ part: Part, _ settings: OptimizerSettings, step: Int) throws {
        let isAdamW = settings.kind == .adamw
        let gradient = isAdamW ? part.gradient : try decayed(part, settings)
        let moments = try moments(part, settings, of: gradient)
        let operation = AdamStep(
            beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon,
            decay: isAdamW ? settings.decay(of: part.shape) : 0, step: step)
        try update(part, by: operation, [part.weight] + moments + [part.rate])
    }

    private mutating func descend(_ part: Part, _ settings: OptimizerSettings) throws {
        let gradient = try decayed(part, settings)
        var direction = gradient
        if settings.momentum > 0 {
            let follow = MovingAverage(keep: settings.momentum, add: 1)
            direction = try average(part, "velocity", as: "velocity", follow, of: gradient)
            if settings.nesterov {
                direction = try compute(part.name.about("look_ahead"), follow, [direction, gradient], part.axes)
            }
        }
        try update(part, by: DescentStep(), [part.weight, direction, part.rate])
    }

    private mutating func lamb(_ part: Part, _ lamb: LAMB) throws {
        let settings = lamb.settings
        let moments = try moments(part, settings, of: part.gradient)
        let direction = try compute(
            part.name.about("direction"),
            AdamDirection(
                beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon,
                decay: settings.decay(of: part.shape), step: lamb.steps), [part.weight] + moments, part.axes)
        let length = try squares(of: part.weight, as: part.name.about("weights"), part.axes)
        let stride = try squares(of: direction, as: part.name.about("direction"), part.axes)
        let trust = try add(
            part.name.about("trust_ratio"), TrustRatio(), [length, stride],
            Tensor(scalar: Float(lamb.trustRatios[part.place])), [])
        try update(part, by: TrustedStep(), [part.weight, direction, part.rate, trust])
    }
}
