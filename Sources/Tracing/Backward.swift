import Tensors

extension Trace {
    /// Reads the trace backward from one number (back-propagation, Rumelhart, Hinton & Williams 1986).
    ///
    /// - Returns: the gradient of `loss` with respect to each step that it depends on, by the step's place, each in
    ///   the step's own shape.
    /// - Throws: ``TracingError/unknownStep(_:nearest:)``, ``TracingError/notScalar(step:shape:)``,
    ///   ``TracingError/notDifferentiable(operation:)``.
    public func gradients(of loss: StepName) throws -> [Int: Tensor] {
        let step = try step(loss)
        guard step.tensor.count == 1, let place = place(of: loss) else {
            throw TracingError.notScalar(step: loss.description, shape: step.shape.description)
        }
        var gradients: [Int: Tensor] = [place: Tensor(step.shape, repeating: 1)]
        for current in stride(from: place, through: 0, by: -1) {
            guard let upstream = gradients[current] else { continue }
            let step = steps[current]
            guard !step.inputs.isEmpty else { continue }
            let pass = BackwardPass(
                inputs: step.inputs.map { steps[$0].tensor }, output: step.tensor, upstream: upstream)
            for (input, gradient) in zip(step.inputs, try step.operation.gradients(pass)) {
                guard let gradient else { continue }
                if var sum = gradients.removeValue(forKey: input) {
                    sum.accumulate(gradient)
                    gradients[input] = sum
                } else {
                    gradients[input] = gradient
                }
            }
        }
        return gradients
    }

    /// The same trace with each gradient recorded as a step of its own, named after its step plus `.grad`.
    public func withGradients(of loss: StepName) throws -> Trace {
        var result = self
        let gradients = try gradients(of: loss)
        for place in gradients.keys.sorted(by: >) {
            guard let gradient = gradients[place] else { continue }
            let step = steps[place]
            try result.append(
                Step(
                    name: step.name.gradient, operation: Gradient(), inputs: [place], tensor: gradient, axes: step.axes)
            )
        }
        return result
    }
}

/// The derivative of the loss with respect to a step, found by reading the trace backward.
public struct Gradient: Operation {
    public static let name = "gradient"
    public var attributes: Attributes { Attributes() }
    public init() {}
    public init(attributes: Attributes) {}
    public func outputShape(_ inputs: [Shape]) throws(TensorError) -> Shape {
        guard inputs.count == 1 else { throw mismatch("one tensor", inputs) }
        return inputs[0]
    }
    public func evaluate(_ inputs: [Tensor]) throws -> Tensor {
        throw TracingError.notDifferentiable(operation: Self.name)
    }
    public func gradients(_ pass: BackwardPass) throws -> [Tensor?] {
        throw TracingError.notDifferentiable(operation: Self.name)
    }
    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .constant(Double(output.cell(index) ?? .nan))
    }
}
