import Tensors
import TestSupport
import Testing
import Tracing

@testable import Models

/// Every tensor of a GPT-2 that PyTorch computed.
@Suite struct GPT2OracleTests {
    private struct Case {
        let reference: SafeTensors
        let decoder: Decoder
        let ids: [[Int]]
    }

    private func load() throws -> Case? {
        guard let folder = Places.shared("oracles/gpt2_tiny") else { return nil }
        let reference = try SafeTensors(path: folder + "/reference.safetensors")
        return Case(
            reference: reference, decoder: try LanguageModel.load(folder: folder).decoder,
            ids: [try reference.integers("input_ids")])
    }

    @Test func everyTensorAgrees() throws {
        guard let it = try load() else { return }
        let recorder = Recorder()
        var cache: KeyValueCache?
        _ = try it.decoder.probabilities(it.ids, cache: &cache, on: recorder)
        let trace = recorder.trace()
        var compared = 0
        for name in it.reference.entries.keys {
            let ours = name.replacing("hook_", with: "").replacing("probs", with: "probabilities")
            guard !["input_ids", "greedy_tokens", "greedy_margins", "log_probabilities", "logits_f64"].contains(ours)
            else { continue }
            let step = try trace.step(StepName(ours))
            let difference = relativeDifference(step.tensor, try it.reference.tensor(name))
            #expect(difference <= 1e-5, "\(name)")
            compared += 1
        }
        #expect(compared == 60)
    }

    @Test func greedyTextAgreesWithAndWithoutRecording() throws {
        guard let it = try load() else { return }
        let expected = try it.reference.integers("greedy_tokens")
        for recording in [false, true] {
            let generated = try it.decoder.generate(
                from: it.ids[0], count: 15, on: Recorder(recording: recording))
            #expect(it.ids[0] + generated.map(\.id) == expected)
        }
    }

    @Test func gradientsAgree() throws {
        guard let it = try load(), let folder = Places.shared("oracles/gpt2_tiny") else { return }
        let gradients = try SafeTensors(path: folder + "/gradients.safetensors")
        let recorder = Recorder()
        var cache: KeyValueCache?
        let logits = try it.decoder.logits(it.ids, cache: &cache, on: recorder)
        let targets = try gradients.integers("targets").map { Float($0) }
        let target = try recorder.source(
            Tensor([1, targets.count], targets), .tokens, as: .targets, axes: [.batch, .position])
        let loss = try recorder.apply(CrossEntropy(), logits, target, as: .loss, axes: [])
        let expectedLoss = try gradients.tensor("loss")
        #expect(abs(loss.tensor[flat: 0] - expectedLoss[flat: 0]) <= 1e-5 * expectedLoss[flat: 0])
        let trace = try recorder.trace().withGradients(of: "loss")

        var compared = 0
        for name in gradients.entries.keys.sorted() where name.hasPrefix("grad_act.") {
            let ours = String(name.dropFirst("grad_act.".count)).replacing("hook_", with: "")
            if ours.hasSuffix("qkv") {
                // Packed in the file; each position's queries, keys and values lie side by side.
                let parts = try ["q", "k", "v"].map { part in
                    try trace.step(StepName(ours.replacing("qkv", with: part)).gradient).tensor
                }
                let packed = try gradients.tensor(name)
                let width = packed.shape[2] / 3
                let joined = Tensor(packed.shape) { target in
                    for place in target.indices {
                        let (row, column) = (place / (3 * width), place % (3 * width))
                        target[place] = parts[column / width][flat: row * width + column % width]
                    }
                }
                #expect(relativeDifference(joined, packed) <= 1e-5, "\(name)")
                compared += 1
                continue
            }
            let gradient = try trace.step(StepName(ours).gradient).tensor
            #expect(relativeDifference(gradient, try gradients.tensor(name)) <= 1e-5, "\(name)")
            compared += 1
        }
        compared += try compareParameters(trace, of: it, with: gradients, prefix: "grad.transformer.")
        #expect(compared > 60)
        let squares = try it.decoder.parameters.all.reduce(0.0) { sum, parameter in
            try sum + trace.step(parameter.name.gradient).tensor.sumOfSquares()
        }
        let norm = Double(try gradients.tensor("grad_global_norm")[flat: 0])
        #expect(abs(squares.squareRoot() - norm) <= 1e-5 * norm)
    }

    /// Each token is to be foretold from those before it: the library's own way with labels.
    @Test func gradientsOfShiftedLabelsAgree() throws {
        guard let it = try load(), let folder = Places.shared("oracles/gpt2_tiny") else { return }
        let gradients = try SafeTensors(path: folder + "/gradients.safetensors")
        let recorder = Recorder()
        var cache: KeyValueCache?
        let logits = try it.decoder.logits(it.ids, cache: &cache, on: recorder)
        let targets = it.ids[0].dropFirst().map { Float($0) } + [-1]
        let target = try recorder.source(
            Tensor([1, targets.count], targets), .tokens, as: .targets, axes: [.batch, .position])
        let loss = try recorder.apply(CrossEntropy(), logits, target, as: .loss, axes: [])
        let expected = try gradients.tensor("loss_hf_shifted_labels_eq_input")[flat: 0]
        #expect(abs(loss.tensor[flat: 0] - expected) <= 1e-5 * expected)
        let trace = try recorder.trace().withGradients(of: "loss")
        #expect(try compareParameters(trace, of: it, with: gradients, prefix: "grad_hf_shifted.transformer.") > 30)
    }

    /// Parameters: written as a checkpoint, the gradients must have PyTorch's names and numbers.
    private func compareParameters(
        _ trace: Trace, of it: Case, with gradients: SafeTensors, prefix: String
    ) throws -> Int {
        let parameters = try it.decoder.parameters.all.map { parameter in
            Parameter(
                name: parameter.name, tensor: try trace.step(parameter.name.gradient).tensor, axes: parameter.axes)
        }
        let asModel = try Decoder(configuration: it.decoder.configuration, parameters: ParameterSet(parameters))
        let path = try Places.temporaryFolder() + "/gradients.safetensors"
        try GPT2Checkpoint.write(asModel).write(to: path)
        let written = try SafeTensors(path: path)
        for name in written.entries.keys {
            let expected = try gradients.tensor(prefix + name)
            #expect(relativeDifference(try written.tensor(name), expected) <= 1e-5, "\(name)")
        }
        return written.entries.count
    }
}
