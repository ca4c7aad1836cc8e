import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tracing

/// Configurations that transformers ran: `fixtures/reference/families.py` says how, and compares many more.
@Suite struct FamilyFixtureTests {
    static let names = [
        "gpt2_unscaled_by_depth", "gpt2_rules", "gpt2_float16_shards", "llama_tied_but_different",
        "llama_bfloat16_shards", "llama_v4_yes_everything", "mistral_short_window", "qwen2_window_layer_types",
        "qwen3_window_wide_heads",
        "bert_untied_many_types", "bart_uneven_forced", "marian_own_vocabularies", "mbart_pre_norm",
        "llama_bare_untied", "gpt2_classifier", "bert_answers", "bart_source_rules",
    ]
    static let translators = names.filter { $0.contains("bart") || $0.contains("marian") }

    private struct Case {
        let model: LanguageModel
        let reference: SafeTensors

        init(_ name: String) throws {
            let folder = Places.reference("families/" + name)
            model = try LanguageModel.load(folder: folder)
            reference = try SafeTensors(path: folder + "/reference.safetensors")
        }

        func integers(_ name: String) throws -> [Int]? {
            reference.entries["input." + name] == nil ? nil : try reference.integers("input." + name)
        }

        func input() throws -> ModelInput {
            ModelInput(
                ids: try integers("input_ids") ?? [], segments: try integers("token_type_ids"),
                mask: try integers("attention_mask"), target: try integers("decoder_input_ids"))
        }
    }

    @Test(arguments: names) func everyTensorIsTheReferences(name: String) throws {
        let it = try Case(name)
        let trace = try it.model.trace(it.input())
        let names = it.reference.entries.keys.filter { !$0.hasPrefix("input.") }
        #expect(names.count >= 5)
        for name in names {
            let found = try trace.step(StepName(name)).tensor
            #expect(relativeDifference(found, try it.reference.tensor(name)) <= 1e-5, "\(name)")
        }
    }

    @Test(arguments: names) func greedyTextIsTheReferences(name: String) throws {
        let it = try Case(name)
        guard let greedy = try it.integers("greedy") else { return }
        let ids = try it.input().ids
        for recording in [false, true] {
            let recorder = Recorder(recording: recording)
            switch it.model.network {
            case .decoder(let decoder):
                let written = try decoder.generate(from: ids, count: 9, stop: it.model.endOfText, on: recorder)
                #expect(ids + written.map(\.id) == greedy)
            case .encoderDecoder(let model):
                #expect(try model.generate(from: ids, count: 9, on: recorder).map(\.id) == greedy)
            case .encoder: Issue.record("an encoder does not write")
            }
        }
    }

    /// Position *p* of BART reads row *p* + 2 of its table, and says so; also where a cache has begun the text.
    @Test func aPositionNamesItsRow() throws {
        let it = try Case("bart_uneven_forced")
        let table = try #require(it.model.network.parameters["encoder.pos_embed.W_pos"]?.tensor)
        #expect(table.shape == [22, 12])
        let trace = try it.model.trace(it.input())
        let cell = try trace.explain("encoder.pos_embed", at: [0, 3, 5])
        #expect(cell.expression == .cell(input: 0, [5, 5]) && cell.value == Double(table.cell([5, 5]) ?? .nan))
        let written = try it.model.trace(ModelInput(ids: it.input().ids), generating: 3)
        let later = try written.explain("generated.2.decoder.pos_embed", at: [0, 0, 1])
        #expect(later.expression == .cell(input: 0, [4, 1]))
    }

    @Test(arguments: names) func aModelWrittenIsTheModelRead(name: String) throws {
        let first = try Case(name).model
        let folder = try Places.temporaryFolder() + "/copy"
        try first.write(to: folder)
        let second = try LanguageModel.load(folder: folder)
        #expect(second.family == first.family && second.rules == first.rules)
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
    @Test(arguments: translators + ["mistral_short_window", "gpt2_unscaled_by_depth"])
    func everyNumberExplainsItself(name: String) throws {
        let path = try Places.temporaryFolder() + "/trace.safetensors"
        try TraceFile.write(Case(name).model.trace(ModelInput(ids: [3, 5, 4, 7]), generating: 3), to: path)
        let trace = try TraceFile.read(path: path)
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

    /// Going back through a window and through Marian's positions: what is hidden has no say.
    @Test func gradientsStopAtTheWindow() throws {
        let decoder = try Case("mistral_short_window").model.decoder
        let recorder = Recorder()
        var cache: KeyValueCache?
        let logits = try decoder.logits([[1, 2, 3, 4, 5, 6]], cache: &cache, on: recorder)
        let targets = try recorder.source(
            Tensor([1, 6], [-1, -1, -1, -1, -1, 3]), .tokens, as: .targets, axes: [.batch, .position])
        _ = try recorder.apply(CrossEntropy(), logits, targets, as: .loss, axes: [])
        let trace = try recorder.trace().withGradients(of: "loss")
        let gradient = try trace.step("blocks.1.attn.v.grad").tensor
        for position in 0..<6 {
            let row = try gradient.entry(0).entry(position)
            #expect(row.scalars.contains { $0 != 0 } == (position > 2))
        }
    }
}
