import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tracing
import Training

/// Optimisers, clipping and schedules, step by step as PyTorch and transformers computed them.
@Suite struct OptimizerTests {
    private static let names = ["w1", "b1", "w2", "b2"]

    /// `fixtures/reference/optimizers.py` says how they were made.
    private func load() throws -> (file: SafeTensors, facts: [String: Any]) {
        let data = try Data(contentsOf: URL(fileURLWithPath: Places.reference("optimizers.json")))
        let facts = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        return (try SafeTensors(path: Places.reference("optimizers.safetensors")), facts)
    }

    private func parameters(_ file: SafeTensors) throws -> ParameterSet {
        ParameterSet(
            try Self.names.map { name in
                let tensor = try file.tensor("init." + name)
                return Parameter(
                    name: StepName(name), tensor: tensor, axes: tensor.shape.dimensions.map { _ in .unknown })
            })
    }

    private func gradients(_ file: SafeTensors, step: Int) throws -> [Tensor?] {
        try Self.names.map { try file.tensor("grads." + $0).entry(step) }
    }

    private static let kinds: [(name: String, kind: OptimizerSettings.Kind)] = [
        ("sgd", .sgd), ("sgd_momentum", .sgd), ("sgd_momentum_wd", .sgd), ("sgd_nesterov", .sgd), ("adam", .adam),
        ("adam_l2", .adam), ("adam_noam_betas", .adam), ("adamw", .adamw), ("lamb", .lamb), ("lamb_nowd", .lamb),
    ]

    private func settings(_ name: String, _ kind: OptimizerSettings.Kind, _ it: [String: Any]) -> OptimizerSettings {
        let betas = it["betas"] as? [Double] ?? [0.9, 0.999]
        return OptimizerSettings(
            kind, momentum: it["momentum"] as? Double ?? 0, nesterov: it["nesterov"] as? Bool ?? false,
            beta1: betas[0], beta2: betas[1], epsilon: it["eps"] as? Double,
            weightDecay: it["weight_decay"] as? Double ?? 0, decaysVectors: true)
    }

    @Test(arguments: kinds) func everyStepAgrees(_ name: String, _ kind: OptimizerSettings.Kind) throws {
        let (file, facts) = try load()
        let all = try #require(facts["optimizers"] as? [String: [String: Any]])
        let it = try #require(all[name])
        var parameters = try parameters(file)
        var optimizer = settings(name, kind, it).make(for: parameters)
        for step in 0..<20 {
            optimizer.update(
                &parameters, gradients: try gradients(file, step: step), rate: try #require(it["lr"] as? Double))
            for parameter in parameters.all {
                let expected = try file.tensor("\(name).\(parameter.name)").entry(step)
                #expect(relativeDifference(parameter.tensor, expected) <= 1e-5, "\(parameter.name) \(step)")
            }
        }
        #expect(optimizer.steps == 20)
    }

    @Test func warmUpClippingAndAdamWTogetherAgree() throws {
        let (file, facts) = try load()
        let it = try #require(facts["adamw_cosine_clip1"] as? [String: Any])
        let rates = try #require(it["lr"] as? [Double])
        let norms = try #require(it["total_norm_before_clip"] as? [Double])
        let schedule = Schedule(rate: 0.01, warmUp: 5, shape: .cosine, steps: 20)
        var parameters = try parameters(file)
        var optimizer = OptimizerSettings(.adamw, weightDecay: 0.1, decaysVectors: true).make(for: parameters)
        for step in 0..<20 {
            #expect(abs(schedule.rate(at: step) - rates[step]) <= 1e-12)
            var gradients = try gradients(file, step: step)
            let norm = ClipRule.norm(1).apply(to: &gradients)
            #expect(abs(norm - norms[step]) <= 1e-5 * norm)
            optimizer.update(&parameters, gradients: gradients, rate: schedule.rate(at: step))
            for parameter in parameters.all {
                let expected = try file.tensor("adamw_cosine_clip1.\(parameter.name)").entry(step)
                #expect(relativeDifference(parameter.tensor, expected) <= 1e-5, "\(parameter.name) \(step)")
            }
        }
    }

    private static let schedules: [(key: String, schedule: Schedule)] = [
        ("StepLR", Schedule(rate: 0.1, warmUp: 0, shape: .step, steps: 40, stepSize: 7, factor: 0.5)),
        ("hf_cosine_with_warmup", Schedule(rate: 0.1, warmUp: 10, shape: .cosine, steps: 40)),
        ("CosineAnnealingLR", Schedule(rate: 0.1, warmUp: 0, shape: .cosine, steps: 40, final: 0.001)),
        ("noam", Schedule(rate: 1, warmUp: 10, shape: .noam, steps: 40, width: 32)),
    ]

    @Test(arguments: schedules) func schedulesAgree(_ key: String, _ schedule: Schedule) throws {
        let (_, facts) = try load()
        let schedules = try #require(facts["schedules"] as? [String: Any])
        let expected = try #require(schedules[key] as? [Double])
        for (step, rate) in expected.enumerated() {
            #expect(abs(schedule.rate(at: step) - rate) <= 1e-12, "step \(step)")
        }
    }

    @Test func clippingByValueCutsEachNumber() throws {
        var gradients: [Tensor?] = [try Tensor([2, 2], [3, -4, 0.5, -0.25]), nil]
        #expect(abs(ClipRule.value(1).apply(to: &gradients) - (9 + 16 + 0.25 + 0.0625).squareRoot()) < 1e-6)
        #expect(gradients[0]?.scalars == [1, -1, 0.5, -0.25])
    }

    /// Layer by layer the paper's algorithm: the step is as long as the weights themselves, times the rate.
    @Test func lambsStepIsAsLongAsTheWeights() throws {
        var random = RandomSource(seed: 3)
        var parameters = ParameterSet([
            Parameter(
                name: StepName("w"), tensor: .normal([6, 4], deviation: 2, using: &random), axes: [.width, .hidden])
        ])
        let before = parameters.all[0].tensor
        var lamb = OptimizerSettings(.lamb).make(for: parameters)
        lamb.update(
            &parameters, gradients: [.normal([6, 4], deviation: 1e-3, using: &random)], rate: 0.01)
        var change = parameters.all[0].tensor
        change.accumulate(before, times: -1)
        #expect(abs(change.sumOfSquares().squareRoot() / before.sumOfSquares().squareRoot() - 0.01) < 1e-5)
    }

    @Test func clippingAgrees() throws {
        let (file, facts) = try load()
        let cases = try #require(facts["clip_grad_norm"] as? [[String: Any]])
        for (place, it) in cases.enumerated() {
            var gradients = try gradients(file, step: try #require(it["grads_step"] as? Int))
            let norm = ClipRule.norm(try #require(it["max_norm"] as? Double)).apply(to: &gradients)
            #expect(abs(norm - (try #require(it["total_norm"] as? Double))) <= 1e-5 * norm)
            for (name, gradient) in zip(Self.names, gradients) {
                let expected = try file.tensor("clip\(place).\(name)")
                #expect(relativeDifference(try #require(gradient), expected) <= 1e-5)
            }
        }
    }
}
