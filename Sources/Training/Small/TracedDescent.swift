import Models
import Tensors
import Tracing
import Wording

extension Trace {
    /// Adds a step of gradient descent to a pass with its gradients: the rate, and each parameter's `….updated`.
    /// - Parameters:
    ///   - decay: of the matrices alone.
    ///   - alive: under L1, which links of each matrix were alive before, as many numbers as it has.
    mutating func descend(
        from before: ParameterSet, to after: ParameterSet, rate: Double, decay: Double = 0,
        pull: (strength: Double, alive: [[Float]])? = nil
    ) throws(Failure) {
        let pace = try add(
            StepName(.learningRate), Source(.constant), tensor: Tensor(scalar: Float(rate)), axes: [])
        var matrices = pull?.alive ?? []
        for (parameter, updated) in zip(before.all, after.all) {
            guard let weight = place(of: parameter.name), let gradient = place(of: parameter.name.gradient) else {
                continue
            }
            let (isMatrix, shape) = (parameter.tensor.shape.rank > 1, parameter.tensor.shape)
            var operation: any Operation = DescentStep(decay: isMatrix ? decay : 0)
            var inputs = [weight, gradient, pace]
            if let pull, isMatrix, let links = matrices.first, links.count == shape.count {
                matrices.removeFirst()
                let alive = try add(
                    parameter.name.about("alive"), Source(.constant), tensor: Tensor(shape, links), axes: parameter.axes
                )
                operation = PullToZero(strength: pull.strength)
                inputs = [weight, gradient, alive, pace]
            }
            _ = try add(
                parameter.name.about("updated"), operation, inputs, tensor: updated.tensor, axes: parameter.axes)
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
