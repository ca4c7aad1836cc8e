import Models
import Tensors
import Tracing

/// A training step's trace as it grows beyond the gradients: what the trainer made of them is written down as it is,
/// with the operation that it is made by.
package struct UpdateRecord {
    var trace: Trace
    /// How much each part of the batch counts.
    let shares: [Float]
    /// What the loss was multiplied by before the way back.
    let scale: Double
    /// The gradients by their places in the trace, as far as they have come; nil where a parameter was not used.
    private var gradients: [Int?] = []

    init(trace: Trace, shares: [Float], scale: Double) {
        self.trace = trace
        self.shares = shares
        self.scale = scale
    }

    /// What is worked out for readers alone, from the recorded numbers.
    mutating func compute(
        _ name: StepName, _ operation: any Operation, _ inputs: [Int], _ axes: [Axis]
    ) throws -> Int {
        try trace.add(
            name, operation, inputs, tensor: operation.evaluate(inputs.map { trace.steps[$0].tensor }), axes: axes)
    }

    /// The gradient of each parameter over the whole batch.
    mutating func means(_ means: [Tensor?], of parameters: ParameterSet, loss: Double) throws {
        if shares.count > 1 {
            _ = try trace.add(
                StepName(.batchLoss), BatchMean(shares: shares.map(Double.init)),
                shares.indices.compactMap { trace.place(of: StepName(.loss, part: $0)) },
                tensor: Tensor(scalar: Float(loss)), axes: [])
        }
        gradients = try zip(parameters.all, means).map { parameter, mean in
            // A parameter that a part did not use has no gradient there.
            let used = shares.indices.compactMap { part -> (place: Int, share: Double)? in
                var name = parameter.name.gradient
                name.part = part
                return trace.place(of: name).map { ($0, Double(shares[part])) }
            }
            guard shares.count > 1 || scale != 1, let mean, !used.isEmpty else { return used.first?.place }
            return try trace.add(
                parameter.name.about("mean_grad"), BatchMean(shares: used.map { $0.share / scale }),
                used.map(\.place), tensor: mean, axes: parameter.axes)
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

    /// The gradients after clipping, with their joint norm and what they are multiplied by.
    mutating func clipped(
        _ clipped: [Tensor?], of parameters: ParameterSet, norm: Double, rule: ClipRule
    ) throws {
        let squares = try zip(parameters.all, gradients).compactMap { parameter, gradient in
            try gradient.map { try self.squares(of: $0, as: parameter.name, parameter.axes) }
        }
        guard !squares.isEmpty else { return }
        let length = try trace.add(
            StepName(.gradientNorm), RootOfSum(), squares, tensor: Tensor(scalar: Float(norm)), axes: [])
        let operation: any Operation
        var others: [Int] = []
        switch rule {
        case .none: return
        case .value(let bound): operation = CutToRange(bound: bound)
        case .norm(let maximum):
            let factor = rule.factor(of: norm)
            others = [
                try trace.add(
                    StepName(.clipFactor), ClipFactor(maximum: maximum), [length],
                    tensor: Tensor(scalar: Float(factor)), axes: [])
            ]
            guard factor < 1 else { return }
            operation = ScaledBy()
        }
        for (place, parameter) in parameters.all.enumerated() {
            guard let gradient = gradients[place], let tensor = clipped[place] else { continue }
            gradients[place] = try trace.add(
                parameter.name.about("clipped_grad"), operation, [gradient] + others, tensor: tensor,
                axes: parameter.axes)
        }
    }

    /// What the optimiser remembers and what it made of each parameter.
    /// - Parameter memory: what it remembered before.
    mutating func updated(
        _ before: ParameterSet, to after: ParameterSet, memory: [(name: String, tensors: [Tensor])],
        by optimizer: any Optimizer, rate: Double
    ) throws {
        let pace = try trace.add(
            StepName(.learningRate), Source(.constant), tensor: Tensor(scalar: Float(rate)), axes: [])
        func remembered(_ memory: [(name: String, tensors: [Tensor])], _ place: Int) -> [String: Tensor] {
            Dictionary(memory.map { ($0.name, $0.tensors[place]) }) { first, _ in first }
        }
        for (place, parameter) in before.all.enumerated() {
            guard let gradient = gradients[place], let weight = trace.place(of: parameter.name) else { continue }
            try optimizer.record(
                UpdatePart(
                    place: place, name: parameter.name, axes: parameter.axes, shape: parameter.tensor.shape,
                    weight: weight, gradient: gradient, rate: pace, updated: after.all[place].tensor,
                    before: remembered(memory, place), after: remembered(optimizer.memory, place)), in: &self)
        }
    }
}

/// One parameter's way through an optimiser.
package struct UpdatePart {
    let place: Int
    let name: StepName
    let axes: [Axis]
    let shape: Shape
    /// Where the weights, the gradient and the rate stand in the trace.
    let weight: Int
    let gradient: Int
    let rate: Int
    let updated: Tensor
    /// What the optimiser remembered of it before, and what it does after, by name.
    let before: [String: Tensor]
    let after: [String: Tensor]
}

/// What optimisers say of an update, each in its own words.
extension UpdateRecord {
    /// A running mean before and after, as the optimiser holds it.
    mutating func average(
        _ part: UpdatePart, _ memory: String, as suffix: String, _ operation: MovingAverage, of gradient: Int
    ) throws -> Int {
        guard let old = part.before[memory], let new = part.after[memory] else { return gradient }
        let start = try trace.add(
            part.name.about(suffix + ".before"), Source(.constant), tensor: old, axes: part.axes)
        return try trace.add(part.name.about(suffix), operation, [start, gradient], tensor: new, axes: part.axes)
    }

    mutating func moments(_ part: UpdatePart, _ settings: OptimizerSettings, of gradient: Int) throws -> [Int] {
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
    mutating func decayed(_ part: UpdatePart, _ settings: OptimizerSettings) throws -> Int {
        let decay = settings.decay(of: part.shape)
        guard decay != 0 else { return part.gradient }
        return try compute(
            part.name.about("decayed_grad"), DecayedGradient(decay: decay), [part.weight, part.gradient], part.axes)
    }

    /// What the optimiser made of the parameter in the end.
    mutating func update(_ part: UpdatePart, by operation: any Operation, _ inputs: [Int]) throws {
        _ = try trace.add(part.name.about("updated"), operation, inputs, tensor: part.updated, axes: part.axes)
    }
}
