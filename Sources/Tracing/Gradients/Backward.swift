import Tensors
import Wording

extension Trace {
    /// Reads the trace backward from one number (back-propagation, Rumelhart, Hinton & Williams 1986).
    ///
    /// - Returns: the gradient of `loss` with respect to each step that it depends on, by the step's place, each in
    ///   the step's own shape.
    /// - Throws: ``TracingError/unknownStep(_:nearest:)``, ``TracingError/notScalar(step:shape:)``,
    ///   ``TracingError/notDifferentiable(operation:)``.
    public func gradients(of loss: StepName) throws(Failure) -> [Int: Tensor] { try backward(from: loss) { _, _ in } }

    /// - Parameter met: called for every gradient that is handed on: the step it comes through, and to which of the
    ///   step's inputs, in the order in which they are added.
    private func backward(from loss: StepName, met: (_ step: Int, _ input: Int) -> Void) throws(Failure) -> [Int:
        Tensor]
    {
        let step = try step(loss)
        guard step.tensor.count == 1, let place = place(of: loss) else {
            throw Failure(TracingError.notScalar(step: loss.description, shape: step.shape.description))
        }
        var gradients: [Int: Tensor] = [place: Tensor(step.shape, repeating: 1)]
        for current in stride(from: place, through: 0, by: -1) {
            guard let upstream = gradients[current] else { continue }
            let step = steps[current]
            guard !step.inputs.isEmpty else { continue }
            let pass = BackwardPass(
                inputs: step.inputs.map { steps[$0].tensor }, output: step.tensor, upstream: upstream)
            for (slot, gradient) in try step.operation.gradients(pass).enumerated() where slot < step.inputs.count {
                guard let gradient else { continue }
                let input = step.inputs[slot]
                met(current, slot)
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

    /// The same trace with each gradient recorded as a step of its own, named after its step plus `.grad`, and with
    /// all that it is the sum of, so that it explains itself back to the loss.
    ///
    /// The gradients follow the trace's steps in the order in which they become known, the loss's own first. A
    /// parameter that several parts of a batch share has a gradient for each part, named after the loss's part.
    /// - Throws: as ``gradients(of:)``; ``TracingError/duplicateStep(_:)`` where they are recorded already.
    public func withGradients(of loss: StepName) throws(Failure) -> Trace {
        var result = self
        var contributions: [Int: [(step: Int, slot: Int)]] = [:]
        let gradients = try backward(from: loss) { contributions[steps[$0].inputs[$1], default: []].append(($0, $1)) }
        var places: [Int: Int] = [:]
        for place in gradients.keys.sorted(by: >) {
            guard let gradient = gradients[place] else { continue }
            let step = steps[place]
            var inputs = [place]
            var parts: [Gradient.Part] = []
            for contribution in contributions[place] ?? [] {
                let through = steps[contribution.step]
                // Later in the trace, so its gradient is recorded already.
                guard let upstream = places[contribution.step] else { continue }
                parts.append(.init(through.operation, input: contribution.slot, of: through.inputs.count))
                inputs += through.inputs + [contribution.step, upstream]
            }
            var name = step.name.gradient
            name.part = max(name.part, loss.part)
            places[place] = result.steps.count
            try result.append(
                Step(name: name, operation: Gradient(parts), inputs: inputs, tensor: gradient, axes: step.axes))
        }
        return result
    }
}
