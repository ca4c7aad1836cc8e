import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tracing
import Training

/// AdamW, clipping and the cosine schedule, step by step as PyTorch and transformers computed them.
@Suite struct OptimizerTests {
    private static let names = ["w1", "b1", "w2", "b2"]

    private func load() throws -> (file: SafeTensors, facts: [String: Any])? {
        guard let folder = Places.shared("oracles/optim") else { return nil }
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/optim.json"))
        let facts = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        return (try SafeTensors(path: folder + "/optim.safetensors"), facts)
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

    @Test(arguments: ["adam", "adam_noam_betas", "adamw"]) func everyStepAgrees(_ name: String) throws {
        guard let (file, facts) = try load() else { return }
        let all = try #require(facts["optimizers"] as? [String: [String: Any]])
        let settings = try #require(all[name])
        let betas = try #require(settings["betas"] as? [Double])
        var parameters = try parameters(file)
        var optimizer = AdamW(
            for: parameters, beta1: betas[0], beta2: betas[1], epsilon: try #require(settings["eps"] as? Double),
            weightDecay: settings["weight_decay"] as? Double ?? 0, decaysVectors: true)
        for step in 0..<20 {
            optimizer.update(
                &parameters, gradients: try gradients(file, step: step), rate: try #require(settings["lr"] as? Double))
            for parameter in parameters.all {
                let expected = try file.tensor("\(name).\(parameter.name)").entry(step)
                #expect(relativeDifference(parameter.tensor, expected) <= 1e-5, "\(name) \(parameter.name) \(step)")
            }
        }
    }

    @Test func cosineScheduleAgrees() throws {
        guard let (_, facts) = try load() else { return }
        let schedules = try #require(facts["schedules"] as? [String: Any])
        let key = try #require(schedules.keys.first { $0.hasPrefix("hf_cosine_with_warmup") })
        let expected = try #require(schedules[key] as? [Double])
        let schedule = Schedule(rate: 0.1, warmUp: 10, shape: .cosine, steps: 40)
        for (step, rate) in expected.enumerated() {
            #expect(abs(schedule.rate(at: step) - rate) <= 1e-12, "step \(step)")
        }
    }

    @Test func clippingAgrees() throws {
        guard let (file, facts) = try load() else { return }
        let cases = try #require(facts["clip_grad_norm"] as? [[String: Any]])
        for (place, it) in cases.enumerated() {
            var gradients = try gradients(file, step: try #require(it["grads_step"] as? Int))
            let norm = clip(&gradients, toNorm: try #require(it["max_norm"] as? Double))
            #expect(abs(norm - (try #require(it["total_norm"] as? Double))) <= 1e-5 * norm)
            for (name, gradient) in zip(Self.names, gradients) {
                let expected = try file.tensor("clip\(place).\(name)")
                #expect(relativeDifference(try #require(gradient), expected) <= 1e-5)
            }
        }
    }
}
