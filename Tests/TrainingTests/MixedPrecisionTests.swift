import Models
import Tensors
import TestSupport
import Testing
import Tracing
import Training

/// Matrix products in sixteen bits, as PyTorch's autocast computes them (`fixtures/reference/autocast.py`).
@Suite struct MixedPrecisionTests {
    static let short: [FloatFormat] = [.float16, .bfloat16]
    private static let names = ["w_q", "w_k", "w_v", "w_1", "b_1", "w_2"]

    /// The network of `autocast.py`.
    private func trace(_ file: SafeTensors, _ precision: FloatFormat) throws -> Trace {
        let recorder = Recorder()
        recorder.precision = precision
        func given(_ name: String, _ shape: Shape? = nil) throws -> Value {
            let tensor = try file.tensor(name)
            let own = try tensor.reshaped(shape ?? tensor.shape)
            return try recorder.source(
                own, .parameter, as: Label(rawValue: name), axes: own.shape.dimensions.map { _ in .unknown })
        }
        func apply(_ operation: some Operation, _ inputs: Value..., as name: String, rank: Int) throws -> Value {
            let axes = [Axis](repeating: .unknown, count: rank)
            let label = Label(rawValue: name)
            return switch inputs.count {
            case 1: try recorder.apply(operation, inputs[0], as: label, axes: axes)
            case 2: try recorder.apply(operation, inputs[0], inputs[1], as: label, axes: axes)
            case 3: try recorder.apply(operation, inputs[0], inputs[1], inputs[2], as: label, axes: axes)
            default:
                try recorder.apply(operation, inputs[0], inputs[1], inputs[2], inputs[3], as: label, axes: axes)
            }
        }
        let x = try given("x", [1, 6, 1, 16])
        let q = try apply(Linear(), x, given("w_q"), as: "q", rank: 4)
        let k = try apply(Linear(), x, given("w_k"), as: "k", rank: 4)
        let v = try apply(Linear(), x, given("w_v"), as: "v", rank: 4)
        let scores = try apply(
            Scale(dividingBy: 4), apply(DotProducts(), q, k, as: "dots", rank: 4), as: "scores", rank: 4)
        let pattern = try apply(Softmax(), scores, as: "pattern", rank: 4)
        let z = try apply(WeightedSum(), pattern, v, as: "z", rank: 4)
        let stream = try apply(Add(), x, z, as: "stream", rank: 4)
        let scale = try apply(LayerNormScale(epsilon: 1e-5), stream, as: "scale", rank: 4)
        let gain = try recorder.source(
            Tensor([16], repeating: 1), .parameter, as: Label(rawValue: "gain"), axes: [.width])
        let bias = try recorder.source(
            Tensor([16], repeating: 0), .parameter, as: Label(rawValue: "bias"), axes: [.width])
        let normal = try apply(LayerNorm(), stream, scale, gain, bias, as: "normal", rank: 4)
        let inner = try apply(Linear(), normal, given("w_1"), given("b_1"), as: "inner", rank: 4)
        let hidden = try apply(Activation(.gelu), inner, as: "hidden", rank: 4)
        let logits = try apply(Linear(), hidden, given("w_2"), as: "logits", rank: 4)
        let targets = try recorder.source(
            file.tensor("targets").reshaped([1, 6, 1]), .tokens, as: .targets, axes: [.batch, .position, .head])
        let loss = try recorder.apply(CrossEntropy(), logits, targets, as: .loss, axes: [])
        _ = try recorder.apply(Magnify(by: 1024), loss, as: .scaledLoss, axes: [])
        return recorder.trace()
    }

    @Test(arguments: short) func forwardAndBackwardAgreeWithPyTorch(_ precision: FloatFormat) throws {
        let file = try SafeTensors(path: Places.reference("autocast.safetensors"))
        let trace = try trace(file, precision)
        let exact = try self.trace(file, .float32)
        let gradients = try trace.gradients(of: StepName(.scaledLoss))
        let exactGradients = try exact.gradients(of: StepName(.scaledLoss))
        func compare(_ name: String, _ found: Tensor, _ exact: Tensor, rounded: Bool) throws {
            let expected = try file.tensor("\(precision).\(name)").reshaped(found.shape)
            // Sums in another order may end on the neighbouring short number, so most cells agree to the bit.
            let equal = zip(found.scalars, expected.scalars).count { $0 == $1 }
            if rounded { #expect(Double(equal) >= 0.9 * Double(found.count), "\(name): \(equal) of \(found.count)") }
            let epsilon = precision.epsilon
            #expect(relativeDifference(found, expected) <= epsilon, "\(name)")
            // The test would see float32 pass for sixteen bits.
            if rounded { #expect(exact != expected, "\(name)") }
        }
        for name in ["scores", "z", "hidden", "logits", "loss"] {
            let step = try trace.step(StepName(name))
            #expect((step.tensor.rounded(to: precision) == step.tensor) == (name != "loss"))
            try compare(name, step.tensor, try exact.step(StepName(name)).tensor, rounded: name != "loss")
        }
        for name in Self.names {
            let found = try #require(trace.place(of: StepName(name)).flatMap { gradients[$0] })
            let other = try #require(exact.place(of: StepName(name)).flatMap { exactGradients[$0] })
            #expect(found.rounded(to: precision).bits == found.bits, "\(name) is kept in \(precision)")
            try compare(name + ".grad", found, other, rounded: true)
        }
    }

    /// Each recorded cell, rounding and gradients included, is what its explanation computes.
    @Test(arguments: short) func everyStepExplainsItself(_ precision: FloatFormat) throws {
        let trace = try trace(try SafeTensors(path: Places.reference("autocast.safetensors")), precision)
            .withGradients(of: StepName(.scaledLoss))
        for step in trace.steps where !step.isSource {
            let cell = step.shape.index(at: step.tensor.count / 2)
            let explanation = try trace.explain(step.name, at: cell)
            let inputs = step.inputs.map { trace.steps[$0].tensor }
            let value = explanation.expression.value { Double(inputs[$0].cell($1) ?? .nan) }
            let size = step.tensor.scalars.map { abs(Double($0)) }.max() ?? 0
            // A sum made in another order may round to the neighbour.
            let steps = step.operation is Cast || step.operation is Gradient ? 1.01 * precision.epsilon : 0
            #expect(
                abs(value - explanation.value) <= steps * abs(value) + 1e-5 * size,
                "\(step.name): \(value), \(explanation.value)")
        }
        #expect(trace["w_q.half"] != nil)
        let path = try Places.temporaryFolder() + "/trace.safetensors"
        try TraceFile.write(trace, to: path)
        #expect(try TraceFile.read(path: path).steps.map(\.tensor.bits) == trace.steps.map(\.tensor.bits))
    }
}
