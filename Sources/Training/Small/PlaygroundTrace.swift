import Models
import Tensors
import Tracing
import Wording

extension Playground {
    /// An epoch whose last update is written down, on the network as a model that records its steps; the numbers that
    /// it leads to are those of the fast kernel.
    package mutating func tracedUpdate() throws(Failure) -> Trace {
        let batch = max(settings.batch, 1)
        let start = max(training.count / batch - 1, 0) * batch
        accumulate(0..<start)
        // What the epoch before has left over waits for the first batch of this one.
        let left = start == 0 && epoch > 0 ? training.count % batch : 0
        let points = training.suffix(left) + training[start..<min(start + batch, training.count)]
        let before = try network.recorded()
        accumulate(start..<min(start + batch, training.count))
        let after = try network.recorded()
        accumulate(min(start + batch, training.count)..<training.count)
        epoch += 1
        try measure()

        let recorder = Recorder()
        let rows = points.map { point in settings.features.map { Float($0.value(x: point.x, y: point.y)) } }
        _ = try before.loss(
            Tensor([points.count, settings.features.count], rows.flatMap { $0 }),
            targets: Tensor([points.count, 1], points.map { Float($0.label) }), on: recorder)
        var trace = try recorder.trace().withGradients(of: StepName(.loss))
        try trace.descend(
            from: before.parameters, to: after.parameters, rate: settings.learningRate,
            decay: settings.regularization == .l2 ? settings.regularizationRate : 0,
            isExplained: settings.regularization != .l1)
        return trace
    }
}

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
