import Foundation
import Tensors
import TestSupport
import Testing
import Tracing

@testable import Models

/// Every tensor and every gradient of a Llama, a BERT and an encoder–decoder that PyTorch computed.
@Suite struct FamilyOracleTests {
    /// The reference's names that are inputs, or made from what is compared already.
    private static let others: Set = [
        "input_ids", "greedy_tokens", "greedy_margins", "log_probs", "logits_f64", "attention_mask", "token_type_ids",
        "src_ids", "tgt_ids", "labels", "src_key_padding_mask", "loss_ce", "loss_ce_label_smoothing_0.1",
        "pos_encoding",
    ]

    private func compare(
        _ trace: Trace, with reference: SafeTensors, count: Int, renaming: (String) -> String = { $0 }
    ) throws {
        var compared = 0
        for name in reference.entries.keys.sorted() where !Self.others.contains(name) {
            let ours = renaming(name.replacing("hook_", with: ""))
            let step = try trace.step(StepName(ours == "probs" ? "probabilities" : ours))
            #expect(relativeDifference(step.tensor, try reference.tensor(name)) <= 1e-5, "\(name)")
            compared += 1
        }
        #expect(compared == count)
    }

    private func rows(_ file: SafeTensors, _ name: String) throws -> [[Int]] {
        let shape = try #require(file.entries[name]?.shape)
        let flat = try file.integers(name)
        return (0..<shape[0]).map { Array(flat[($0 * shape[1])..<(($0 + 1) * shape[1])]) }
    }

    /// Gradients written as a checkpoint have PyTorch's names and numbers.
    private func compareGradients(_ model: LanguageModel, _ trace: Trace, with expected: SafeTensors) throws {
        var gradients = model
        let all = model.network.parameters.all
        var parameters = model.network.parameters
        try parameters.update { place, tensor in
            tensor = try trace.step(all[place].name.gradient).tensor
        }
        gradients.network.parameters = parameters
        let folder = try Places.temporaryFolder()
        try gradients.write(to: folder)
        let written = try SafeTensors(path: folder + "/model.safetensors")
        let names = expected.entries.keys.filter { $0.hasPrefix("grad.") }
        #expect(Set(names) == Set(written.entries.keys.map { "grad." + $0 }))
        for name in written.entries.keys.sorted() {
            let (found, wanted) = (try written.tensor(name), try expected.tensor("grad." + name))
            guard name.hasSuffix("key.bias") else {
                #expect(relativeDifference(found, wanted) <= 1e-5, "\(name)")
                continue
            }
            // A key's bias moves all scores of a query alike, so its gradient is zero but for rounding.
            let largest = try expected.tensor("grad." + name.replacing("key.bias", with: "query.bias")).scalars
            let scale = largest.map { abs(Double($0)) }.max() ?? 0
            #expect(zip(found.scalars, wanted.scalars).allSatisfy { abs(Double($0 - $1)) <= 1e-5 * scale }, "\(name)")
        }
    }

    private func loss(_ logits: Value, _ targets: [Int], as label: Label = .loss, on recorder: Recorder) throws -> Value
    {
        let shape = Shape(logits.shape.dimensions.dropLast())
        let axes: [Axis] = Array([.batch, .position].prefix(shape.rank))
        let name = Label(rawValue: label.rawValue + ".targets")
        let target = try recorder.source(Tensor(shape, targets.map(Float.init)), .tokens, as: name, axes: axes)
        return try recorder.apply(CrossEntropy(), logits, target, as: label, axes: [])
    }

    @Test func llama() throws {
        guard let folder = Places.shared("oracles/llama_tiny") else { return }
        let model = try LanguageModel.load(folder: folder)
        let reference = try SafeTensors(path: folder + "/reference.safetensors")
        let ids = try reference.integers("input_ids")
        let trace = try model.trace(ids)
        try compare(trace, with: reference, count: 70)
        let generated = try model.decoder.generate(from: ids, count: 15)
        #expect(try ids + generated.map(\.id) == reference.integers("greedy_tokens"))

        let gradients = try SafeTensors(path: folder + "/gradients.safetensors")
        let recorder = Recorder()
        var cache: KeyValueCache?
        let logits = try model.decoder.logits([ids], cache: &cache, on: recorder)
        let found = try loss(logits, gradients.integers("targets"), on: recorder)
        #expect(relativeDifference(try found.tensor.reshaped([1]), try gradients.tensor("loss")) <= 1e-5)
        let backward = try recorder.trace().withGradients(of: "loss")
        try compareGradients(model, backward, with: gradients)
    }

    /// Both spellings of the configuration mean the same.
    @Test(arguments: ["llama_tiny", "bert_tiny"]) func bothSpellings(name: String) throws {
        guard let shared = Places.shared("oracles/" + name) else { return }
        let folder = try Places.temporaryFolder()
        let files = FileManager.default
        try files.copyItem(atPath: shared + "/config.v4.json", toPath: folder + "/config.json")
        try files.copyItem(atPath: shared + "/model.safetensors", toPath: folder + "/model.safetensors")
        let old = try LanguageModel.load(folder: folder)
        let new = try LanguageModel.load(folder: shared)
        switch (old.network, new.network) {
        case (.decoder(let old), .decoder(let new)): #expect(old.configuration == new.configuration)
        case (.encoder(let old), .encoder(let new)): #expect(old.configuration == new.configuration)
        default: Issue.record("other kinds")
        }
    }

    @Test func bert() throws {
        guard let folder = Places.shared("oracles/bert_tiny") else { return }
        let model = try LanguageModel.load(folder: folder)
        let reference = try SafeTensors(path: folder + "/reference.safetensors")
        let input = ModelInput(
            ids: try reference.integers("input_ids"), segments: try reference.integers("token_type_ids"),
            mask: try reference.integers("attention_mask"))
        try compare(model.trace(input), with: reference, count: 46)

        let gradients = try SafeTensors(path: folder + "/gradients.safetensors")
        let recorder = Recorder()
        let output = try model.encoder.output(
            .init(ids: [input.ids], segments: input.segments.map { [$0] }, mask: input.mask.map { [$0] }), on: recorder)
        let words = try loss(
            #require(output.maskedWordLogits), gradients.integers("labels"), as: Label(rawValue: "mlm"), on: recorder)
        let next = try loss(
            #require(output.nextSentenceLogits), gradients.integers("next_sentence_label"),
            as: Label(rawValue: "nsp"), on: recorder)
        let total = try recorder.apply(Add(), words, next, as: .loss, axes: [])
        for (found, name) in [(words, "loss_mlm"), (next, "loss_nsp"), (total, "loss_total")] {
            #expect(relativeDifference(try found.tensor.reshaped([1]), try gradients.tensor(name)) <= 1e-5, "\(name)")
        }
        try compareGradients(model, recorder.trace().withGradients(of: "loss"), with: gradients)
    }

    @Test(arguments: ["model", "model.torch_names"]) func encoderDecoder(file: String) throws {
        guard let shared = Places.shared("oracles/aiayn_torch") else { return }
        let folder = try Places.temporaryFolder()
        let files = FileManager.default
        try files.copyItem(atPath: shared + "/config.json", toPath: folder + "/config.json")
        try files.copyItem(atPath: shared + "/\(file).safetensors", toPath: folder + "/model.safetensors")
        let model = try LanguageModel.load(folder: folder).encoderDecoder
        let reference = try SafeTensors(path: shared + "/reference.safetensors")
        let recorder = Recorder()
        let source = try model.encode(rows(reference, "src_ids"), on: recorder)
        var cache: KeyValueCache?
        let target = try rows(reference, "tgt_ids")
        let logits = try model.logits(target, reading: source, cache: &cache, on: recorder)
        _ = try recorder.apply(
            Softmax(), logits, as: .probabilities, axes: [.batch, .position, .vocabulary])
        let found = try loss(logits, reference.integers("labels"), on: recorder)
        #expect(relativeDifference(try found.tensor.reshaped([1]), try reference.tensor("loss_ce")) <= 1e-5)
        let smoothed = smoothedLoss(logits.tensor, try reference.integers("labels"), by: 0.1)
        let expected = Double(try reference.tensor("loss_ce_label_smoothing_0.1")[flat: 0])
        #expect(abs(smoothed - expected) <= 1e-5 * expected)
        try compare(recorder.trace(), with: reference, count: 94) { name in
            // The reference's names for what our own blocks name alike in every model.
            let isDecoder = name.hasPrefix("decoder.")
            let isInside = name.contains("blocks.")
            return
                name
                .replacing("cross_attn.out", with: "cross_attn_out").replacing("attn.out", with: "attn_out")
                .replacing("resid_mid1", with: "resid_mid").replacing("resid_mid2", with: "resid_mid_cross")
                .replacing("ln1.normalized", with: isInside ? "normalized_resid_mid" : "ln1.normalized")
                .replacing("ln2.normalized", with: isDecoder ? "normalized_resid_mid_cross" : "normalized_resid_post")
                .replacing("ln3.normalized", with: "normalized_resid_post")
        }
    }

    /// Cross-entropy against targets of which a share is spread over all words (Szegedy et al. 2016), as PyTorch has
    /// it, from our logits.
    private func smoothedLoss(_ logits: Tensor, _ targets: [Int], by share: Double) -> Double {
        let words = logits.shape[-1]
        let cells = logits.scalars.map(Double.init)
        let losses = targets.enumerated().map { row, target in
            let scores = cells[(row * words)..<((row + 1) * words)]
            let logSum = log(scores.reduce(0) { $0 + exp($1) })
            let mean = scores.reduce(0) { $0 + logSum - $1 } / Double(words)
            return (1 - share) * (logSum - scores[row * words + target]) + share * mean
        }
        return losses.reduce(0, +) / Double(losses.count)
    }
}
