import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tracing

@testable import Training

/// What reinforcement learns by, as PyTorch computes it (`fixtures/reference/policy.py`).
@Suite struct PolicyTests {
    private struct Reference: Decodable {
        struct Generalized: Decodable {
            let rewards, values, advantages: [Double]
            let discount, smoothing: Double
        }
        struct PPO: Decodable {
            let loss, valueLoss, clipFraction: Double
            let logits, states, weight, bias: [Double]
        }
        struct Reinforce: Decodable {
            let loss: Double
            let logits: [Double]
        }
        let shape: [Int]
        let epsilon, valueWeight, entropyWeight: Double
        let logits, states, weight, bias: [Float]
        let tokens: [[Int]]
        let advantages, targets, old: [[Float]]
        let ppo: PPO
        let reinforce: Reinforce
        let generalized: [Generalized]

        var batch: PolicyBatch {
            PolicyBatch(
                inputs: tokens, tokens: tokens, oldLogProbabilities: old, advantages: advantages,
                valueTargets: targets)
        }
    }

    private static func reference() throws -> Reference {
        try Places.reference(json: "policy.json", as: Reference.self)
    }

    /// Loss and gradients of given logits and states.
    private func run(_ algorithm: PolicyRule.Algorithm) throws -> (
        loss: Double, gradients: [String: [Double]], measures: [String: Double]
    ) {
        let it = try Self.reference()
        let (batch, length) = (it.shape[0], it.shape[1])
        let recorder = Recorder()
        func parameter(_ name: String, _ shape: Shape, _ scalars: [Float]) throws -> Value {
            try recorder.source(
                Tensor(shape, scalars), .parameter, as: Label(rawValue: name),
                axes: shape.dimensions.map { _ in .unknown })
        }
        let logits = try parameter("logits", [batch, length, it.shape[2]], it.logits)
        let states = try parameter("states", [batch, length, it.shape[3]], it.states)
        let values = try recorder.apply(
            Readout(), states, parameter("weight", [it.shape[3]], it.weight), parameter("bias", [1], it.bias),
            as: .stateValue, axes: [.batch, .position])
        let meter = PolicyMeter()
        let rule = PolicyRule(
            algorithm, clip: it.epsilon, valueWeight: it.valueWeight, entropyWeight: it.entropyWeight)
        let task = PolicyTask(rule: rule, written: it.batch, meter: meter)
        let loss = try task.loss(logits: logits, values: values, on: it.batch, recorder: recorder)
        let trace = recorder.trace()
        let gradients = try trace.gradients(of: StepName(.loss))
        var found: [String: [Double]] = [:]
        for name in ["logits", "states", "weight", "bias"] {
            found[name] = trace.place(of: StepName(name)).flatMap { gradients[$0] }?.scalars.map(Double.init)
        }
        return (Double(loss.tensor[flat: 0]), found, meter.measures(of: [it.batch]))
    }

    @Test func proximalPolicyOptimizationAgreesWithPyTorch() throws {
        let expected = try Self.reference().ppo
        let (loss, gradients, measures) = try run(.ppo)
        #expect(abs(loss - expected.loss) < 1e-6)
        #expect(abs((measures["value_loss"] ?? .nan) - expected.valueLoss) < 1e-6)
        #expect(abs((measures["clip_fraction"] ?? .nan) - expected.clipFraction) < 1e-9)
        #expect(expected.clipFraction > 0.1 && expected.clipFraction < 0.9)
        for (name, wanted) in [
            ("logits", expected.logits), ("states", expected.states), ("weight", expected.weight),
            ("bias", expected.bias),
        ] {
            #expect(relativeNorm(try #require(gradients[name]), wanted) < 1e-5, "\(name)")
        }
    }

    @Test func reinforceAgreesWithPyTorch() throws {
        let expected = try Self.reference().reinforce
        let (loss, gradients, _) = try run(.reinforce)
        #expect(abs(loss - expected.loss) < 1e-6)
        #expect(relativeNorm(try #require(gradients["logits"]), expected.logits) < 1e-5)
    }

    /// By hand: the gradient of `−A log softmax(x)[k]` is `A (p − e_k)`.
    @Test func reinforceMovesALogitByTheAdvantageTimesWhatWasNotBelieved() throws {
        let recorder = Recorder()
        let logits = try recorder.source(
            Tensor([1, 1, 2], [0, Float(log(3.0))]), .parameter, as: .logits, axes: [.batch, .position, .vocabulary])
        let batch = PolicyBatch(
            inputs: [[0]], tokens: [[0]], oldLogProbabilities: [[0]], advantages: [[2]], valueTargets: [[0]])
        _ = try PolicyTask(rule: PolicyRule(.reinforce), written: batch).loss(
            logits: logits, values: nil, on: batch, recorder: recorder)
        let trace = recorder.trace()
        let gradient = try #require(
            trace.place(of: StepName(.logits)).flatMap { try? trace.gradients(of: StepName(.loss))[$0] })
        // p = (¼, ¾): 2 · (¼ − 1) and 2 · ¾.
        #expect(relativeNorm(gradient.scalars.map(Double.init), [-1.5, 1.5]) < 1e-6)
    }

    @Test func advantagesAgreeWithTheirDefinition() throws {
        for it in try Self.reference().generalized {
            let found = Advantages.generalized(
                rewards: it.rewards, values: it.values, discount: it.discount, smoothing: it.smoothing)
            #expect(relativeNorm(found, it.advantages) < 1e-12)
        }
        let share: Double = 2.0 / 3
        let others: [Double] = Advantages.leaveOneOut([1, 0, 0, 1])
        let expected: [Double] = [share, -share, -share, share]
        #expect(relativeNorm(others, expected) < 1e-12)
        #expect(Advantages.leaveOneOut([0.5]) == [0.5])
        let even: [Double] = Advantages.normalized([[1, 2], [3]]).flatMap { $0 }
        let sum: Double = even.reduce(0, +)
        let squares: Double = even.map { $0 * $0 }.reduce(0, +)
        #expect(abs(sum) < 1e-12)
        #expect(abs(squares / 3 - 1) < 1e-6)
    }
}
