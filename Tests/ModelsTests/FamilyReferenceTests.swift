import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tracing

/// Models of every family that PyTorch and transformers ran: `fixtures/reference/make_families.py` says how.
@Suite struct FamilyReferenceTests {
    static let decoders = ["qwen2_biases_tied", "llama3_scaled_wide_heads", "mistral_window", "qwen3_head_norms"]
    static let encoders = ["bert_masked_words", "bert_classifier"]
    static let translators = ["translator_pre_learned", "translator_paper_tied"]

    private struct Case {
        let folder: String
        let model: LanguageModel
        let reference: SafeTensors

        init(_ name: String) throws {
            folder = Places.reference(name)
            model = try LanguageModel.load(folder: folder)
            reference = try SafeTensors(path: folder + "/reference.safetensors")
        }

        func rows(_ name: String) throws -> [[Int]] {
            let shape = try #require(reference.entries[name]?.shape)
            let flat = try reference.integers(name)
            return (0..<shape[0]).map { Array(flat[($0 * shape[1])..<(($0 + 1) * shape[1])]) }
        }

        /// Records the loss, and compares it, what is named, and every gradient.
        func compare(_ logits: Value, _ named: [String], on recorder: Recorder) throws {
            let shape = Shape(logits.shape.dimensions.dropLast())
            let targets = try recorder.source(
                Tensor(shape, reference.integers("targets").map { Float($0) }), .tokens, as: .targets,
                axes: Array([Axis.batch, .position].prefix(shape.rank)))
            _ = try recorder.apply(CrossEntropy(), logits, targets, as: .loss, axes: [])
            let trace = try recorder.trace().withGradients(of: "loss")
            for name in named + ["loss"] {
                let found = try trace.step(StepName(name)).tensor
                let difference = relativeDifference(found, try reference.tensor(name))
                #expect(difference <= 1e-5, "\(name)")
            }
            for name in reference.entries.keys where name.hasPrefix("grad_of.") {
                let found = try trace.step(StepName(String(name.dropFirst("grad_of.".count))).gradient).tensor
                #expect(relativeDifference(found, try reference.tensor(name)) <= 1e-5, "\(name)")
            }
            for gradient in try gradients() {
                let found = try trace.step(gradient.name.gradient).tensor
                // A key's bias moves all scores of a query alike: without rotation its gradient is zero.
                if isZero(gradient.name) {
                    #expect(found.scalars.allSatisfy { abs($0) < 1e-5 }, "\(gradient.name)")
                    continue
                }
                #expect(relativeDifference(found, gradient.tensor) <= 2e-5, "\(gradient.name)")
            }
        }

        private func isZero(_ name: StepName) -> Bool {
            guard name.label.rawValue.hasSuffix("attn.b_K") else { return false }
            if case .decoder = model.network { return false }
            return true
        }

        /// PyTorch's gradients, read as if they were a model.
        private func gradients() throws -> [Parameter] {
            let place = try Places.temporaryFolder()
            try FileManager.default.copyItem(atPath: folder + "/config.json", toPath: place + "/config.json")
            var writer = SafeTensorsWriter()
            for name in reference.entries.keys.sorted() where name.hasPrefix("grad.") {
                writer.add(String(name.dropFirst("grad.".count)), try reference.tensor(name))
            }
            try writer.write(to: place + "/model.safetensors")
            return try LanguageModel.load(folder: place).network.parameters.all
        }
    }

    @Test(arguments: decoders) func decoder(name: String) throws {
        let it = try Case(name)
        let decoder = try it.model.decoder
        let recorder = Recorder()
        var cache: KeyValueCache?
        let logits = try decoder.logits(it.rows("ids"), cache: &cache, on: recorder)
        let patterns = (0..<decoder.configuration.layers).map { "blocks.\($0).attn.pattern" }
        try it.compare(logits, ["logits"] + patterns, on: recorder)
        let greedy = try it.rows("greedy")[0]
        let start = try it.rows("ids")[0]
        let generated = try decoder.generate(from: start, count: greedy.count - start.count)
        #expect(start + generated.map(\.id) == greedy)
    }

    @Test func aWindowIsTheModels() throws {
        let configuration = try Case("mistral_window").model.decoder.configuration
        #expect(configuration.window == 12 && configuration.context > 12)
    }

    @Test(arguments: encoders) func encoder(name: String) throws {
        let it = try Case(name)
        let encoder = try it.model.encoder
        let recorder = Recorder()
        let output = try encoder.output(.init(ids: it.rows("ids"), segments: it.rows("segments")), on: recorder)
        let logits = try #require(output.maskedWordLogits ?? output.classLogits)
        let patterns = (0..<encoder.configuration.layers).map { "blocks.\($0).attn.pattern" }
        try it.compare(
            logits, [output.classLogits == nil ? "mlm_logits" : "classifier_logits"] + patterns, on: recorder)
    }

    @Test(arguments: translators) func translator(name: String) throws {
        let it = try Case(name)
        let model = try it.model.encoderDecoder
        let recorder = Recorder()
        let logits = try model.logits(source: it.rows("source"), target: it.rows("target"), on: recorder)
        try it.compare(logits, ["encoder.memory", "logits"], on: recorder)
        let greedy = try it.rows("greedy")[0]
        for recording in [false, true] {
            let generated = try model.generate(
                from: it.rows("source")[0], count: greedy.count - 1, on: Recorder(recording: recording))
            #expect([1] + generated.map(\.id) == greedy)
        }
    }

    /// With its cache a decoder of two stacks computes what it would compute without.
    @Test(arguments: translators) func theCacheChangesNothing(name: String) throws {
        let model = try Case(name).model.encoderDecoder
        let recorder = Recorder()
        let generated = try model.generate(from: [4, 5, 3, 0], prefix: [1, 4], count: 4, on: recorder)
        let trace = recorder.trace()
        #expect(trace.steps.count { $0.name.label == .memory } == 1, "the source is read once")
        #expect(trace.steps.count { $0.name.label == Label.key.crossed } == model.configuration.decoderLayers)
        let whole = Recorder()
        var cache: KeyValueCache?
        _ = try model.probabilities(
            [[1, 4] + generated.dropLast().map(\.id)], reading: model.encode([[4, 5, 3, 0]], on: whole),
            cache: &cache, on: whole)
        let expected = try whole.trace().step("probabilities").tensor
        for pass in 1..<generated.count {
            let found = try trace.step(StepName(.probabilities, pass: pass)).tensor
            let row = try expected.entry(0).entry(1 + pass)
            #expect(relativeDifference(try found.reshaped(row.shape), row) < 1e-5)
        }
    }

    @Test(arguments: decoders + encoders + translators) func aModelWrittenIsTheModelRead(name: String) throws {
        let first = try Case(name).model
        let folder = try Places.temporaryFolder() + "/copy"
        try first.write(to: folder)
        let second = try LanguageModel.load(folder: folder)
        #expect(second.family == first.family)
        switch (first.network, second.network) {
        case (.decoder(let a), .decoder(let b)): #expect(a.configuration == b.configuration)
        case (.encoder(let a), .encoder(let b)): #expect(a.configuration == b.configuration)
        case (.encoderDecoder(let a), .encoderDecoder(let b)): #expect(a.configuration == b.configuration)
        default: Issue.record("another kind")
        }
        #expect(first.network.parameters.all.map(\.name) == second.network.parameters.all.map(\.name))
        for (a, b) in zip(first.network.parameters.all, second.network.parameters.all) {
            #expect(a.tensor.shape == b.tensor.shape && a.tensor.bits == b.tensor.bits, "\(a.name)")
        }
    }

    /// Every number of a whole trace is the one that its arithmetic gives, also after the file.
    @Test(arguments: ["llama3_scaled_wide_heads", "bert_classifier", "translator_paper_tied"])
    func everyNumberExplainsItself(name: String) throws {
        let model = try Case(name).model
        let made = try model.trace(
            ModelInput(ids: [3, 5, 4, 7], mask: name.hasPrefix("llama") ? nil : [1, 1, 1, 0]), generating: 2)
        let path = try Places.temporaryFolder() + "/trace.safetensors"
        try TraceFile.write(made, to: path)
        let trace = try TraceFile.read(path: path)
        #expect(trace.targetTokens == made.targetTokens)
        #expect(trace.notes.isEmpty)
        for step in trace.steps where !step.isSource {
            let scale = step.tensor.scalars.filter(\.isFinite).map { abs(Double($0)) }.max() ?? 0
            for place in stride(from: 0, to: step.tensor.count, by: step.tensor.count > 40 ? 7 : 1) {
                let it = try trace.explain(step.name, at: step.shape.index(at: place))
                let inputs = try it.inputs.map { try trace.step($0).tensor }
                let exact = it.expression.value { Double(inputs[$0].cell($1) ?? .nan) }
                #expect(it.value == exact || abs(it.value - exact) <= 1e-5 * (abs(exact) + scale), "\(step.name)")
            }
        }
    }

    /// A shape that does not fit names the keys of `config.json` that decided it.
    @Test(
        arguments: [
            ("", "gpt2_relu_untied", "n_inner", ["h.0.mlp.c_fc.weight", "(n_embd, n_inner)"]),
            ("", "qwen2_biases_tied", "num_key_value_heads", ["layers.0.self_attn.k_proj.weight"]),
            ("", "bert_masked_words", "vocab_size", ["word_embeddings.weight", "(vocab_size, hidden_size)"]),
            ("families/", "bart_uneven_forced", "decoder_ffn_dim", ["decoder.layers.0.fc1", "decoder_ffn_dim"]),
            ("families/", "bart_uneven_forced", "max_position_embeddings", ["22 × 12 ≠ 20 × 12"]),
        ])
    func aShapeNamesWhatDecidedIt(parent: String, name: String, key: String, facts: [String]) throws {
        let source = Places.reference(parent + name)
        let folder = try Places.temporaryFolder()
        try FileManager.default.copyItem(atPath: source + "/model.safetensors", toPath: folder + "/model.safetensors")
        let data = try Data(contentsOf: URL(fileURLWithPath: source + "/config.json"))
        var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        object[key] = key == "max_position_embeddings" ? 18 : key == "num_key_value_heads" ? 1 : 50
        try JSONSerialization.data(withJSONObject: object).write(to: URL(fileURLWithPath: folder + "/config.json"))
        let error = try requireFailure(ModelError.self) { try LanguageModel.load(folder: folder) }
        for fact in facts + [key] { #expect(error.explanation.english.contains(fact), "\(error.explanation.english)") }
    }

    @Test(arguments: ["qwen2_biases_tied", "bert_masked_words", "translator_pre_learned"])
    func whatDoesNotFitIsOneError(name: String) throws {
        let source = Places.reference(name)
        let folder = try Places.temporaryFolder()
        try FileManager.default.copyItem(atPath: source + "/config.json", toPath: folder + "/config.json")
        let file = try SafeTensors(path: source + "/model.safetensors")
        let names = file.entries.keys.sorted().filter { $0.hasSuffix("weight") && $0.contains("layer") }
        var writer = SafeTensorsWriter()
        for name in file.entries.keys where name != names[0] {
            writer.add(name, name == names[1] ? Tensor([2, 2, 2], repeating: 0) : try file.tensor(name))
        }
        writer.add("surplus", Tensor([1], repeating: 0))
        try writer.write(to: folder + "/model.safetensors")
        let error = try requireFailure(ModelError.self) { try LanguageModel.load(folder: folder) }
        guard case .checkpoint(_, let missing, let surplus, let misshaped) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(missing == [names[0]] && surplus == ["surplus"])
        #expect(misshaped.count == 1 && misshaped[0].hasPrefix(names[1]))
    }

    @Test func freshModelsAreTheirSeeds() throws {
        let bert = EncoderConfiguration(vocabularySize: 9, context: 8, width: 8, layers: 1, heads: 2, classes: 3)
        let a = try Encoder(configuration: bert, seed: 1).parameters.all
        #expect(try a.map(\.tensor.bits) == Encoder(configuration: bert, seed: 1).parameters.all.map(\.tensor.bits))
        #expect(try a.map(\.tensor.bits) != Encoder(configuration: bert, seed: 2).parameters.all.map(\.tensor.bits))
        let two = EncoderDecoderConfiguration(sourceVocabulary: 9, width: 8, heads: 2, encoderLayers: 1)
        let b = try EncoderDecoder(configuration: two, seed: 1)
        #expect(b.parameters.all.allSatisfy { $0.tensor.scalars.allSatisfy(\.isFinite) })
        let gains = b.parameters.all.filter { $0.name.label.rawValue.hasSuffix(".w") }
        #expect(gains.count == 5 && gains.allSatisfy { $0.tensor.scalars.allSatisfy { $0 == 1 } })
        let sorter = try Encoder(
            configuration: EncoderConfiguration(vocabularySize: 9, context: 8, width: 8, layers: 1, heads: 2), seed: 1
        ).classifying(into: 5, seed: 3)
        #expect(sorter.configuration.classes == 5)
        #expect(sorter.parameters["classifier.W"]?.tensor.shape == [8, 5])
    }

    @Test func whatAModelCannotReadIsAnError() throws {
        let decoder = try Case("mistral_window").model
        expectFailure(ModelError.self) { try decoder.trace(ModelInput(ids: [1], segments: [0])) }
        expectFailure(ModelError.self) { try decoder.encoder }
        let encoder = try Case("bert_classifier").model
        expectFailure(ModelError.self) { try encoder.decoder }
        expectFailure(ModelError.emptyText) { try encoder.trace(ModelInput(ids: [1, 2], mask: [0, 0])) }
        expectFailure(ModelError.given(.mask, expected: "0, 1", found: "2")) {
            try encoder.trace(ModelInput(ids: [1, 2], mask: [1, 2]))
        }
        expectFailure(ModelError.given(.mask, expected: "2 × (0, 1)", found: "1")) {
            try encoder.trace(ModelInput(ids: [1, 2], mask: [1]))
        }
        expectFailure(ModelError.given(.segments, expected: "2 × (0 … 2)", found: "1")) {
            try encoder.trace(ModelInput(ids: [1, 2], segments: [1]))
        }
        expectFailure(ModelError.given(.segments, expected: "0 … 2", found: "3")) {
            try encoder.trace(ModelInput(ids: [1, 2], segments: [1, 3]))
        }
        expectFailure(ModelError.contextExceeded(tokens: 9, context: 8)) {
            try encoder.trace(ModelInput(ids: Array(repeating: 1, count: 9)))
        }
    }
}
