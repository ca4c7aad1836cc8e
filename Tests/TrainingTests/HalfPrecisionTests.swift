import Foundation
import Models
import TestSupport
import Testing
import Tracing

@testable import Tensors
@testable import Training

/// Half precision that is really half: formats, autocast against PyTorch, underflow and its remedy.
@Suite struct HalfPrecisionTests {
    private let reference: SafeTensors

    init() throws { reference = try SafeTensors(path: Places.root + "/fixtures/reference/half.safetensors") }

    @Test(arguments: [FloatFormat.float16, .bfloat16]) func everyRoundingIsPyTorchs(_ format: FloatFormat) throws {
        let numbers = try reference.tensor("awkward")
        let expected = try reference.tensor("awkward." + format.rawValue).scalars
        #expect(numbers.rounded(to: format).scalars.map(\.bitPattern) == expected.map(\.bitPattern))
        for (number, rounded) in zip(numbers.scalars, expected) {
            #expect(format.nearest(number).bitPattern == rounded.bitPattern)
        }
        #expect(format.nearest(.nan).isNaN)
    }

    @Test func formatsAreDescribedByTheirBits() {
        #expect(FloatFormat.float16.largest == 65504)
        #expect(FloatFormat.float16.smallestNormal == 6.103515625e-05)
        #expect(FloatFormat.float16.smallest == 5.960464477539063e-08)
        #expect(FloatFormat.bfloat16.largest == 3.3895313892515355e38)
        #expect(FloatFormat.float32.largest == Double(Float.greatestFiniteMagnitude))
        #expect(FloatFormat.float16.pattern(of: 1) == 0x3C00)
        #expect(FloatFormat.float16.pattern(of: -2) == 0xC000)
        #expect(FloatFormat.float16.pattern(of: Float(FloatFormat.float16.smallest)) == 1)
        #expect(FloatFormat.float16.pattern(of: 1e9) == 0x7C00)
        #expect(FloatFormat.bfloat16.pattern(of: 1) == 0x3F80)
    }

    /// Two layers as PyTorch's autocast computes them; sums are made in another order, so that a result may be the
    /// neighbouring half number.
    @Test(arguments: [FloatFormat.float16, .bfloat16]) func autocastAgrees(_ format: FloatFormat) throws {
        let recorder = Recorder()
        recorder.precision = format
        func parameter(_ name: String, _ axes: [Axis]) throws -> Value {
            try recorder.source(
                reference.tensor("init." + name), .parameter, as: Label(rawValue: name), axes: axes)
        }
        let x = try recorder.source(reference.tensor("x"), .constant, as: .inputs, axes: [.batch, .width])
        let hidden = try recorder.apply(
            Linear(), x, parameter("w1", [.width, .hidden]), parameter("b1", [.hidden]), as: Label(rawValue: "hidden"),
            axes: [.batch, .hidden])
        let active = try recorder.apply(
            Activation(.relu), hidden, as: Label(rawValue: "active"), axes: [.batch, .hidden])
        let logits = try recorder.apply(
            Linear(), active, parameter("w2", [.hidden, .vocabulary]), parameter("b2", [.vocabulary]), as: .logits,
            axes: [.batch, .vocabulary])
        let targets = try recorder.source(reference.tensor("y"), .tokens, as: .targets, axes: [.batch])
        let loss = try recorder.apply(CrossEntropy(), logits, targets, as: .loss, axes: [])
        _ = try recorder.apply(Magnify(by: 1024), loss, as: .scaledLoss, axes: [])
        let trace = recorder.trace()
        func compare(_ found: Tensor, _ name: String, steps: Double) throws {
            let expected = try reference.tensor("\(format.rawValue).\(name)")
            let difference = relativeDifference(found, expected)
            #expect(difference <= steps * format.epsilon, "\(name): \(difference)")
        }
        for (value, name) in [(hidden, "hidden"), (logits, "logits")] {
            try compare(value.tensor, name, steps: 1)
            // Every number is one of the format.
            #expect(value.tensor.scalars == value.tensor.rounded(to: format).scalars)
        }
        try compare(loss.tensor, "loss", steps: 1)
        let gradients = try trace.gradients(of: StepName(.scaledLoss))
        for name in ["w1", "b1", "w2", "b2"] {
            let place = try #require(trace.place(of: StepName(name)))
            try compare(try #require(gradients[place]).scaled(by: 1 / 1024), "grad." + name, steps: 2)
        }
        for step in trace.steps where !step.isSource {
            let index = step.shape.index(at: step.tensor.count - 1)
            let explained = try trace.explain(step.name, at: index)
            let arithmetic = explained.expression.value { input, cell in
                Double(try! #require(trace[explained.inputs[input]]?.tensor.cell(cell)))
            }
            #expect(abs(arithmetic - explained.value) <= 1e-5 * max(abs(arithmetic), 1e-3), "\(step.name)")
        }
    }

    /// A task whose gradients are tiny: one weight that should become 10⁻⁶, from a hundred thousand examples.
    private struct Tiny: TrainingTask {
        struct Model: ParametricModel { var parameters: ParameterSet }

        func batch(_ count: Int, using random: inout RandomSource) -> Int { count }
        func parts(of batch: Int, count: Int) -> [Int] { [batch] }
        func weight(of batch: Int) -> Double { Double(batch) }
        func loss(of model: Model, on batch: Int, recorder: Recorder) throws -> Value {
            let x = try recorder.source(
                Tensor([batch, 1], repeating: 1e-3), .constant, as: .inputs, axes: [.batch, .width])
            let y = try recorder.source(
                Tensor([batch, 1], repeating: 1e-3), .constant, as: .targets, axes: [.batch, .width])
            let parameter = model.parameters.all[0]
            let w = try recorder.source(parameter.tensor, .parameter, as: parameter.name.label, axes: parameter.axes)
            let prediction = try recorder.apply(Linear(), x, w, as: .prediction, axes: [.batch, .width])
            return try recorder.apply(SquaredError(), prediction, y, as: .loss, axes: [])
        }
    }

    private func train(_ format: FloatFormat, _ rule: LossScaler.Rule, steps: Int = 20) throws -> Trainer<Tiny> {
        var settings = TrainingSettings(
            steps: steps, batch: 100_000, schedule: Schedule(rate: 1e4, warmUp: 0, shape: .constant, steps: steps),
            clipNorm: 0)
        settings.optimizer = OptimizerSettings(.sgd)
        settings.precision = format
        settings.lossScale = rule
        let weight = Parameter(
            name: StepName("w"), tensor: Tensor([1, 1], repeating: 0.5), axes: [.width, .hidden])
        var trainer = Trainer<Tiny>(model: .init(parameters: ParameterSet([weight])), settings: settings)
        while !trainer.isFinished { try trainer.update(Tiny()) }
        return trainer
    }

    /// Each example's gradient is 10⁻⁸, less than half of the smallest float16. Without scaling nothing is learned at all; with it as much as in
    /// float32. bfloat16 has the range, and needs none.
    @Test func smallGradientsVanishUnlessTheLossIsScaled() throws {
        let start: Float = 0.5
        func weight(_ trainer: Trainer<Tiny>) -> Float { trainer.model.parameters.all[0].tensor[flat: 0] }
        let full = try train(.float32, .none)
        let unscaled = try train(.float16, .none)
        #expect(weight(full) != start)
        #expect(weight(unscaled) == start)
        #expect(unscaled.records.allSatisfy { $0.gradientNorm == 0 })
        for trainer in [
            try train(.float16, .dynamic), try train(.float16, .fixed(65536)), try train(.bfloat16, .none),
        ] {
            #expect(abs(weight(trainer) - weight(full)) < 0.05 * abs(weight(full) - start))
        }
    }

    /// Too large a scale overflows: the update is thrown away, the dynamic scale halves until it fits.
    @Test func overflowIsSkippedAndTheScaleRetreats() throws {
        var scaler = LossScaler(.dynamic)
        var gradients: [Tensor?] = [Tensor([2], repeating: .infinity), nil]
        #expect(scaler.scale == 65536)
        let used = scaler.unscale(&gradients)
        #expect(!used && scaler.scale == 32768 && scaler.skipped == 1)
        var good: [Tensor?] = [Tensor([2], repeating: 32768)]
        for _ in 0..<LossScaler.growthInterval {
            good = [Tensor([2], repeating: Float(scaler.scale))]
            let used = scaler.unscale(&good)
            #expect(used)
        }
        #expect(good[0]?.scalars == [1, 1])
        #expect(scaler.scale == 65536)
        let saved = try JSONDecoder().decode(LossScaler.self, from: JSONEncoder().encode(scaler))
        #expect(saved == scaler)
    }
}
