import Models
import Tensors
import Tracing
import Wording

extension Trace {
    /// Adds a step of gradient descent to a pass with its gradients: the rate, and each parameter's `….updated`.
    /// - Parameter decay: of the matrices alone.
    mutating func descend(
        from before: ParameterSet, to after: ParameterSet, rate: Double, decay: Double = 0, isExplained: Bool = true
    ) throws(Failure) {
        let pace = try add(
            StepName(.learningRate), Source(.constant), tensor: Tensor(scalar: Float(rate)), axes: [])
        for (parameter, updated) in zip(before.all, after.all) {
            guard let weight = place(of: parameter.name), let gradient = place(of: parameter.name.gradient) else {
                continue
            }
            _ = try add(
                parameter.name.about("updated"),
                isExplained
                    ? DescentStep(decay: parameter.tensor.shape.rank > 1 ? decay : 0) : Source(.unexplained),
                isExplained ? [weight, gradient, pace] : [], tensor: updated.tensor, axes: parameter.axes)
        }
    }

    /// Adds a step whose numbers are known.
    /// - Returns: its place.
    mutating func add(
        _ name: StepName, _ operation: any Operation, _ inputs: [Int] = [], tensor: Tensor, axes: [Axis]
    ) throws(Failure) -> Int {
        try append(Step(name: name, operation: operation, inputs: inputs, tensor: tensor, axes: axes))
        return steps.count - 1
    }
}
