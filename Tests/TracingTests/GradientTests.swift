import Tensors
import TestSupport
import Testing
import Tracing

/// Gradients against finite differences, twice: of the arithmetic that explains each cell, in double precision, and
/// of the kernels themselves.
@Suite struct GradientTests {
    /// The loss is `Σ weight · cell`, so that every cell's gradient counts and none is like another.
    private struct Run {
        let output: Tensor
        let weights: Tensor
        let gradients: [Tensor?]
    }

    private func backward(_ it: OperationCase) throws -> Run {
        let recorder = Recorder()
        let inputs = try it.inputs.enumerated().map { place, tensor in
            try recorder.source(
                tensor, it.differentiable[place] ? .parameter : .tokens, as: Label(rawValue: "input\(place)"),
                axes: axes(tensor))
        }
        let output = try apply(it.operation, inputs, on: recorder)
        let weights = Tensor.test(output.shape, seed: 77)
        let weight = try recorder.source(weights, .constant, as: Label(rawValue: "weights"), axes: axes(weights))
        let rank = output.shape.rank
        let loss: Label = .loss
        if rank > 0 {
            _ = try recorder.apply(Linear(contracting: rank), output, weight, as: loss, axes: [])
        } else {
            _ = try recorder.apply(Scale(dividingBy: Double(1 / weights[flat: 0])), output, as: loss, axes: [])
        }
        let trace = recorder.trace()
        let gradients = try trace.gradients(of: "loss")
        return Run(output: output.tensor, weights: weights, gradients: it.inputs.indices.map { gradients[$0] })
    }

    private func axes(_ tensor: Tensor) -> [Axis] { Array(repeating: .unknown, count: tensor.shape.rank) }

    private func apply(_ operation: any Operation, _ inputs: [Value], on recorder: Recorder) throws -> Value {
        let label = Label(rawValue: "output")
        let rank = try operation.outputShape(inputs.map(\.shape)).rank
        let axes = Array(repeating: Axis.unknown, count: rank)
        return switch inputs.count {
        case 0: try recorder.apply(operation, as: label, axes: axes)
        case 1: try recorder.apply(operation, inputs[0], as: label, axes: axes)
        case 2: try recorder.apply(operation, inputs[0], inputs[1], as: label, axes: axes)
        case 3: try recorder.apply(operation, inputs[0], inputs[1], inputs[2], as: label, axes: axes)
        case 4: try recorder.apply(operation, inputs[0], inputs[1], inputs[2], inputs[3], as: label, axes: axes)
        default:
            try recorder.apply(
                operation, inputs[0], inputs[1], inputs[2], inputs[3], inputs[4], as: label, axes: axes)
        }
    }

    @Test(arguments: OperationCase.all) func gradientsAreTheSlopesOfTheArithmetic(it: OperationCase) throws {
        poisonFreedMemory()
        let run = try backward(it)
        var slopes = it.inputs.map { [Double](repeating: 0, count: $0.count) }
        let step = 1e-4
        for place in 0..<run.output.count where run.output[flat: place].isFinite {
            let index = run.output.shape.index(at: place)
            let expression = it.operation.expression(at: index, inputs: it.inputs, output: run.output)
            var seen: Set<[Int]> = []
            for cell in expression.cells where it.differentiable[cell.input] {
                guard seen.insert([cell.input] + cell.index).inserted else { continue }
                let flat = try #require(it.inputs[cell.input].shape.offset(of: cell.index))
                func value(_ change: Double) -> Double {
                    expression.value { input, index in
                        let number = Double(it.inputs[input].cell(index) ?? .nan)
                        return input == cell.input && index == cell.index ? number + change : number
                    }
                }
                let slope = (value(step) - value(-step)) / (2 * step)
                slopes[cell.input][flat] += slope * Double(run.weights[flat: place])
            }
        }
        try compare(run, it, slopes, tolerance: 1e-5)
    }

    @Test(arguments: OperationCase.all) func gradientsAreTheSlopesOfTheKernels(it: OperationCase) throws {
        let run = try backward(it)
        let step: Float = 0x1p-6
        var slopes = it.inputs.map { [Double](repeating: 0, count: $0.count) }
        for (input, tensor) in it.inputs.enumerated() where it.differentiable[input] {
            for flat in 0..<tensor.count where tensor[flat: flat].isFinite {
                func loss(_ change: Float) throws -> Double {
                    var inputs = it.inputs
                    inputs[input].mutate { $0[flat] += change }
                    let cells = try it.operation.evaluate(inputs).scalars
                    return zip(cells, run.weights.scalars).reduce(0) { sum, pair in
                        pair.0.isFinite ? sum + Double(pair.0) * Double(pair.1) : sum
                    }
                }
                // What the step really was, after rounding.
                let width = Double(tensor[flat: flat] + step) - Double(tensor[flat: flat] - step)
                slopes[input][flat] = (try loss(step) - loss(-step)) / width
            }
        }
        try compare(run, it, slopes, tolerance: 1e-3)
    }

    private func compare(_ run: Run, _ it: OperationCase, _ slopes: [[Double]], tolerance: Double) throws {
        for (input, gradient) in run.gradients.enumerated() {
            guard it.differentiable[input] else {
                #expect(gradient == nil, "ids have no gradient")
                continue
            }
            let found = try #require(gradient)
            #expect(found.shape == it.inputs[input].shape)
            let difference = relativeNorm(found.scalars.map(Double.init), slopes[input])
            #expect(difference <= tolerance, "input \(input)")
        }
    }
}

/// Reading a whole trace backward.
@Suite struct BackwardTests {
    private func source(_ tensor: Tensor, _ name: String, on recorder: Recorder) throws -> Value {
        let axes = Array(repeating: Axis.unknown, count: tensor.shape.rank)
        return try recorder.source(tensor, .parameter, as: Label(rawValue: name), axes: axes)
    }

    /// `loss = Σ (x + x + same(x)) · w`: three ways from `x`, one gradient.
    @Test func everyUseOfAValueAddsToItsGradient() throws {
        let recorder = Recorder()
        let x = try source(.test([3]), "x", on: recorder)
        let w = try source(.test([3], seed: 2), "w", on: recorder)
        let unused = try source(.test([3], seed: 3), "unused", on: recorder)
        let twice = try recorder.apply(Add(), x, x, as: Label(rawValue: "twice"), axes: [.width])
        let alias = try recorder.alias(x, as: Label(rawValue: "alias"), axes: [.width])
        let thrice = try recorder.apply(Add(), twice, alias, as: Label(rawValue: "thrice"), axes: [.width])
        _ = try recorder.apply(Linear(), thrice, w, as: .loss, axes: [])
        let trace = try recorder.trace().withGradients(of: "loss")
        #expect(try trace.step("x.grad").tensor == w.tensor.scaled(by: 3))
        #expect(try trace.step("w.grad").tensor == thrice.tensor)
        #expect(try trace.step("loss.grad").tensor == Tensor(scalar: 1))
        #expect(trace["unused.grad"] == nil)
        #expect(unused.tensor == trace["unused"]?.tensor)
        #expect(try trace.step("x").tensor == x.tensor, "what was recorded stays as it was")
    }

    @Test func gradientsAreStepsAfterTheirs() throws {
        let recorder = Recorder()
        let x = try source(.test([3]), "x", on: recorder)
        _ = try recorder.apply(Linear(), x, source(.test([3]), "w", on: recorder), as: .loss, axes: [])
        let before = recorder.trace()
        let trace = try before.withGradients(of: "loss")
        #expect(trace.steps.count == 2 * before.steps.count)
        for step in trace.steps.dropFirst(before.steps.count) {
            #expect(step.name.isGradient)
            #expect(step.operation is Gradient)
            #expect(step.inputs.first.map { trace.steps[$0].name.gradient } == step.name)
            #expect(step.axes == trace.steps[step.inputs[0]].axes)
        }
        expectFailure(TracingError.self, "once is enough") { try trace.withGradients(of: "loss") }
        expectFailure(TracingError.notDifferentiable(operation: "gradient")) { try trace.gradients(of: "loss.grad") }
    }

    @Test func whatHasNoGradientIsAnError() throws {
        let recorder = Recorder()
        _ = try source(.test([3]), "x", on: recorder)
        let trace = recorder.trace()
        expectFailure(TracingError.notScalar(step: "x", shape: "3")) { try trace.gradients(of: "x") }
        expectFailure(TracingError.unknownStep("loss", nearest: [])) { try trace.gradients(of: "loss") }
    }
}
