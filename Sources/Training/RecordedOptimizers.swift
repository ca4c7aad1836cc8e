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
    }

    /// What the optimiser remembers and what it made of each parameter, taken from the trainer before and after.
    mutating func optimizer<Task>(_ gradients: [Int?], before: Trainer<Task>, after: Trainer<Task>) throws {
        let rate = try add(
            StepName(.learningRate), Source(.constant), [],
            Tensor(scalar: Float(after.records.last?.learningRate ?? 0)), [])
        let old = Dictionary(before.optimizer.memory.map { ($0.name, $0.tensors) }) { first, _ in first }
        let new = Dictionary(after.optimizer.memory.map { ($0.name, $0.tensors) }) { first, _ in first }
        for (place, parameter) in before.model.parameters.all.enumerated() {
            guard let gradient = gradients[place], let weight = trace.place(of: parameter.name) else { continue }
            let part = Part(
                place: place, name: parameter.name, axes: parameter.axes, shape: parameter.tensor.shape, weight: weight,
                gradient: gradient, rate: rate, updated: after.model.parameters.all[place].tensor)
            switch after.optimizer {
            case let adamW as AdamW:
                let settings = OptimizerSettings(
                    .adamw, beta1: adamW.beta1, beta2: adamW.beta2, epsilon: adamW.epsilon,
                    weightDecay: adamW.weightDecay, decaysVectors: adamW.decaysVectors)
                try adam(part, settings, old, new, step: adamW.steps)
            case let adam as Adam: try self.adam(part, adam.settings, old, new, step: adam.steps)
            case let sgd as SGD: try descend(part, sgd.settings, old, new)
            case let lamb as LAMB: try self.lamb(part, lamb, old, new)
            default: _ = try add(part.name.about("updated"), Source(.unexplained), [], part.updated, part.axes)
            }
        }
    }

    /// A running mean before and after, as the optimiser holds it.
    private mutating func average(
        _ part: Part, _ suffix: String, _ operation: MovingAverage, of gradient: Int, _ old: [Tensor]?, _ new: [Tensor]?
    ) throws -> Int {
        guard let old, let new else { return gradient }
        let start = try add(part.name.about(suffix + ".before"), Source(.constant), [], old[part.place], part.axes)
        return try add(part.name.about(suffix), operation, [start, gradient], new[part.place], part.axes)
    }

    private mutating func moments(
        _ part: Part, _ settings: OptimizerSettings, of gradient: Int, _ old: [String: [Tensor]],
        _ new: [String: [Tensor]]
    ) throws -> [Int] {
        // As the kernels round: 1 − β in single precision.
        func mean(_ beta: Double, _ power: Int) -> MovingAverage {
            MovingAverage(keep: Double(Float(beta)), add: Double(1 - Float(beta)), power: power)
        }
        return [
            try average(part, "first_moment", mean(settings.beta1, 1), of: gradient, old["first"], new["first"]),
            try average(part, "second_moment", mean(settings.beta2, 2), of: gradient, old["second"], new["second"]),
        ]
    }

    /// The gradient with weight decay added to it (L2), where there is any.
    private mutating func decayed(_ part: Part, _ settings: OptimizerSettings) throws -> Int {
        let decay = settings.decay(of: part.shape)
        guard decay != 0 else { return part.gradient }
        return try compute(
            part.name.about("decayed_grad"), DecayedGradient(decay: decay), [part.weight, part.gradient], part.axes)
    }

    private mutating func adam(
        _ part: Part, _ settings: OptimizerSettings, _ old: [String: [Tensor]], _ new: [String: [Tensor]], step: Int
    ) throws {
        let isAdamW = settings.kind == .adamw
        let gradient = isAdamW ? part.gradient : try decayed(part, settings)
        let moments = try moments(part, settings, of: gradient, old, new)
        let operation = AdamStep(
            beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon,
            decay: isAdamW ? settings.decay(of: part.shape) : 0, step: step)
        _ = try add(
            part.name.about("updated"), operation, [part.weight] + moments + [part.rate], part.updated, part.axes)
    }

    private mutating func descend(
        _ part: Part, _ settings: OptimizerSettings, _ old: [String: [Tensor]], _ new: [String: [Tensor]]
    ) throws {
        let gradient = try decayed(part, settings)
        var direction = gradient
        if settings.momentum > 0 {
            let follow = MovingAverage(keep: settings.momentum, add: 1)
            direction = try average(part, "velocity", follow, of: gradient, old["velocity"], new["velocity"])
            if settings.nesterov {
                direction = try compute(part.name.about("look_ahead"), follow, [direction, gradient], part.axes)
            }
        }
        _ = try add(
            part.name.about("updated"), DescentStep(), [part.weight, direction, part.rate], part.updated, part.axes)
    }

    private mutating func lamb(
        _ part: Part, _ lamb: LAMB, _ old: [String: [Tensor]], _ new: [String: [Tensor]]
    ) throws {
        let settings = lamb.settings
        let moments = try moments(part, settings, of: part.gradient, old, new)
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
        _ = try add(
            part.name.about("updated"), TrustedStep(), [part.weight, direction, part.rate, trust], part.updated,
            part.axes)
    }
}
