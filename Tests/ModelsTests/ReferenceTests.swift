import Models
import Tensors
import TestSupport
import Testing
import Tracing

/// Every tensor and every gradient of decoders that PyTorch ran in double precision.
@Suite struct ReferenceTests {
    private struct Run {
        let reference: SafeTensors
        let model: LanguageModel
        let trace: Trace
    }

    private func run(_ model: ReferenceModel) throws -> Run {
        let reference = try model.reference()
        let loaded = try model.load()
        let shape = try #require(reference.entries["ids"]?.shape)
        let flat = try reference.integers("ids")
        let ids = (0..<shape[0]).map { Array(flat[($0 * shape[1])..<(($0 + 1) * shape[1])]) }
        let recorder = Recorder()
        var cache: KeyValueCache?
        let logits = try loaded.decoder.logits(ids, cache: &cache, on: recorder)
        _ = try recorder.apply(Softmax(), logits, as: .probabilities, axes: [.batch, .position, .vocabulary])
        let targets = try recorder.source(
            Tensor(shape, reference.integers("targets").map { Float($0) }), .tokens, as: .targets,
            axes: [.batch, .position])
        _ = try recorder.apply(CrossEntropy(), logits, targets, as: .loss, axes: [])
        return Run(
            reference: reference, model: loaded, trace: try recorder.trace().withGradients(of: "loss"))
    }

    @Test(arguments: ReferenceModel.allCases) func everyTensorAgrees(model: ReferenceModel) throws {
        let run = try run(model)
        let given: Set = ["ids", "targets"]
        let expected = run.reference.entries.keys.filter { !$0.hasPrefix("grad.") && !given.contains($0) }
        for name in expected.sorted() {
            let difference = relativeDifference(
                try run.trace.step(StepName(name)).tensor, try run.reference.tensor(name))
            #expect(difference <= 1e-5, "\(name)")
        }
        // And nothing that we compute goes without its reference.
        let ours = run.trace.steps.filter { !$0.isSource && !$0.name.isGradient }.map(\.name.description)
        let known = Set(expected + ["pos_table"] + ours.filter { $0.hasSuffix("attn.z_joined") })
        #expect(ours.filter { !known.contains($0) } == [])
        #expect(Set(expected).isSubset(of: ours))
    }

    /// Written as a checkpoint, the gradients must have the names and the numbers that PyTorch gives them.
    @Test(arguments: ReferenceModel.allCases) func everyParametersGradientAgrees(model: ReferenceModel) throws {
        let run = try run(model)
        let decoder = try run.model.decoder
        let gradients = try decoder.parameters.all.map { parameter in
            Parameter(
                name: parameter.name, tensor: try run.trace.step(parameter.name.gradient).tensor, axes: parameter.axes)
        }
        let folder = try Places.temporaryFolder()
        try LanguageModel(
            name: "gradients", folder: folder, family: run.model.family,
            decoder: Decoder(configuration: decoder.configuration, parameters: ParameterSet(gradients)), tokenizer: nil
        ).write(to: folder)
        let written = try SafeTensors(path: folder + "/model.safetensors")
        let expected = run.reference.entries.keys.filter { $0.hasPrefix("grad.") }
        #expect(Set(expected) == Set(written.entries.keys.map { "grad." + $0 }))
        for name in written.entries.keys.sorted() {
            let difference = relativeDifference(
                try written.tensor(name), try run.reference.tensor("grad." + name))
            #expect(difference <= 1e-5, "\(name)")
        }
    }

    /// What comes back to every activation inside GPT-2: to the residual stream, the heads, the norms and the neurons.
    @Test(arguments: [ReferenceModel.gpt2ReluUntied, .gpt2GeluHubBuffers])
    func everyActivationsGradientAgrees(model: ReferenceModel) throws {
        let trace = try run(model).trace
        let expected = try SafeTensors(path: model.folder + "/activation_gradients.safetensors")
        for name in expected.entries.keys.sorted() {
            let ours = try trace.step(StepName(name).gradient).tensor
            #expect(relativeDifference(ours, try expected.tensor(name)) <= 1e-5, "\(name)")
        }
        // Everything that is compared forward, but for what the loss does not come through: the scales of the norms,
        // which PyTorch keeps to itself, and the probabilities.
        let forward = try model.reference().entries.keys.filter { name in
            !["grad.", "ids", "targets", "loss", "prob"].contains { name.hasPrefix($0) } && !name.hasSuffix(".scale")
        }
        #expect(Set(expected.entries.keys) == Set(forward))
    }

    /// Every number of a whole model's trace is the one that its arithmetic gives.
    @Test(arguments: [ReferenceModel.postSinusoidalReluUntied, .gpt2TanhOneToken])
    func everyNumberExplainsItself(model: ReferenceModel) throws {
        let trace = try run(model).trace
        for step in trace.steps where !step.isSource && !step.name.isGradient {
            let scale = step.tensor.scalars.filter(\.isFinite).map { abs(Double($0)) }.max() ?? 0
            var worst = 0.0
            // Every cell of a small tensor, every seventh of a larger one.
            for place in stride(from: 0, to: step.tensor.count, by: step.tensor.count > 40 ? 7 : 1) {
                let it = try trace.explain(step.name, at: step.shape.index(at: place))
                let inputs = try it.inputs.map { try trace.step($0).tensor }
                let exact = it.expression.value { Double(inputs[$0].cell($1) ?? .nan) }
                if it.value == exact { continue }
                worst = max(worst, abs(it.value - exact) / (abs(exact) + 0.1 * scale))
                if worst.isNaN { worst = .infinity }
            }
            #expect(worst <= 1e-5, "\(step.name)")
        }
    }

    @Test(arguments: ReferenceModel.allCases) func aModelWrittenIsTheModelRead(model: ReferenceModel) throws {
        let first = try model.load()
        let folder = try Places.temporaryFolder() + "/copy"
        try first.write(to: folder)
        let second = try LanguageModel.load(folder: folder)
        #expect(try second.decoder.configuration == first.decoder.configuration)
        #expect(second.family == first.family)
        #expect(second.name == "copy")
        #expect(try second.decoder.parameters.all.map(\.name) == first.decoder.parameters.all.map(\.name))
        for (a, b) in try zip(first.decoder.parameters.all, second.decoder.parameters.all) {
            #expect(a.tensor.shape == b.tensor.shape)
            #expect(a.tensor.bits == b.tensor.bits, "\(a.name)")
        }
    }
}
