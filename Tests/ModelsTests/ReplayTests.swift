import Models
import Tensors
import TestSupport
import Testing
import Tracing

/// Changes in the middle of a run, against transformers with hooks: `fixtures/reference/replay.py`.
@Suite struct ReplayTests {
    static let names = [
        "gpt2_unscaled_by_depth", "llama_v4_yes_everything", "mistral_short_window", "qwen2_window_layer_types",
        "bert_untied_many_types", "bart_uneven_forced", "mbart_pre_norm",
    ]

    private struct Case {
        let model: LanguageModel
        let reference: SafeTensors
        let replay: SafeTensors

        init(_ name: String) throws {
            let folder = Places.reference("families/" + name)
            model = try LanguageModel.load(folder: folder)
            reference = try SafeTensors(path: folder + "/reference.safetensors")
            replay = try SafeTensors(path: folder + "/replay.safetensors")
        }

        private func integers(_ name: String) throws -> [Int]? {
            reference.entries["input." + name] == nil ? nil : try reference.integers("input." + name)
        }

        func trace(ids: [Int]? = nil) throws -> Trace {
            try model.trace(
                ModelInput(
                    ids: ids ?? integers("input_ids") ?? [], segments: integers("token_type_ids"),
                    mask: integers("attention_mask"), target: integers("decoder_input_ids")))
        }

        func logits(_ trace: Trace) throws -> Tensor {
            try (trace[StepName(.logits)] ?? trace.step(StepName(.maskedLogits))).tensor
        }
    }

    @Test(arguments: names) func everyChangeIsTheReferences(name: String) throws {
        let it = try Case(name)
        let trace = try it.trace()
        let names = it.replay.entries.keys.filter { !$0.hasPrefix("input.") }.sorted()
        #expect(names.count >= 8)
        #expect(relativeDifference(try it.logits(trace), try it.replay.tensor("unchanged")) <= 1e-5)
        for name in names where name != "unchanged" {
            let text = String(name.drop { $0 != "." }.dropFirst())
            let changes: [Change]
            if name.hasPrefix("off.") {
                changes = try Change.off(text, in: trace)
            } else if name.hasPrefix("scale.") {
                changes = try Change.scaled(text, in: trace)
            } else {
                let other = try it.trace(ids: it.replay.integers("input.other_ids"))
                changes = [try Change.patched(StepName(text), in: trace, from: other)]
            }
            let replayed = try trace.replaying(changes)
            #expect(relativeDifference(try it.logits(replayed), try it.replay.tensor(name)) <= 1e-5, "\(name)")
            #expect(replayed.verified().failures.isEmpty)
        }
    }

    /// Every family and layout: computed again from the parameters, nothing moves by a bit.
    @Test(arguments: FamilyFixtureTests.names) func nothingChangedGivesTheSameBits(name: String) throws {
        let model = try LanguageModel.load(folder: Places.reference("families/" + name))
        let context = min(model.network.sizes.context, 5)
        // Not every model foretells tokens.
        let input = ModelInput(ids: Array(3..<3 + context))
        let trace = try (try? model.trace(input, generating: 2)) ?? model.trace(input)
        let sources = trace.steps.filter { $0.isSource }
        let again = try trace.replaying(Dictionary(uniqueKeysWithValues: sources.map { ($0.name, $0.tensor) }))
        for step in trace.steps { #expect(try again.step(step.name).tensor.bits == step.tensor.bits, "\(step.name)") }
        let verified = trace.verified()
        #expect(verified.failures.isEmpty && verified.worst == 0 && verified.unexplained.isEmpty)
    }

    @Test func anAblationSwitchesOffEveryHead() throws {
        let it = try Case("gpt2_unscaled_by_depth")
        let trace = try it.trace()
        let ablation = try trace.ablating(StepName(.probabilities), at: [0, 1, 4])
        #expect(ablation.feedForwards.map(\.name) == ["L0M", "L1M", "L2M"])
        let probabilities = try it.replay.tensor("off.L1H2").softmax()
        let head = try #require(ablation.heads.first { $0.name == "L1H2" })
        #expect(abs(head.after - Double(probabilities.cell([0, 1, 4]) ?? .nan)) <= 1e-6)
    }

    @Test(arguments: [
        "", "L", "H0", "L0H", "L9H0", "L0H99", "L0X", "L-1H0", "other.L0H0", "L0H0 ", "cross.L0M", "L0N9999",
        "cross.L0N1",
    ])
    func whatNamesNothingIsAnError(text: String) throws {
        let trace = try Case("gpt2_unscaled_by_depth").trace()
        #expect(throws: (any Error).self) { try Change.off(text, in: trace) }
    }

    /// Parts by their short names are the same changes as the steps that they name.
    @Test func shortNamesAreTheSteps() throws {
        let it = try Case("gpt2_unscaled_by_depth")
        let trace = try it.trace()
        func logits(_ changes: [Change]) throws -> [UInt32] { try it.logits(trace.replaying(changes)).bits }
        #expect(
            try logits(Change.off("L1N3", in: trace)) == logits(Change.scaled("blocks.1.mlp.post:3=0", in: trace)))
        #expect(
            try logits(Change.scaled("L1M=0.5", in: trace)) == logits(Change.scaled("blocks.1.mlp_out=0.5", in: trace)))
        #expect(try logits(Change.scaled("L1H2=0", in: trace)) == logits(Change.off("L1H2", in: trace)))
        #expect(try logits(Change.scaled("L1H2=2", in: trace)) != logits([]))
    }

    /// One token's numbers out of a longer text: its row is the other's, every other row stays.
    @Test func oneTokenIsTakenFromAnotherText() throws {
        let it = try Case("gpt2_unscaled_by_depth")
        let (trace, other) = (try it.trace(ids: [1, 2, 3]), try it.trace(ids: [4, 5, 6, 7]))
        let changed = try trace.replaying([try Change.taken("L1:1", in: trace, from: other)])
        let name = StepName(.residualPre, block: 1)
        let (own, given, found) = (try trace.step(name), try other.step(name), try changed.step(name))
        for column in 0..<own.shape[2] {
            for row in 0..<3 {
                let source = row == 1 ? given : own
                #expect(found.tensor.cell([0, row, column]) == source.tensor.cell([0, row, column]))
            }
        }
        #expect(changed.verified().failures.isEmpty)
        for text in ["L1:3", "L1:x", "L9:0", "L1:1:1", "logits:9"] {
            #expect(throws: (any Error).self) { try Change.taken(text, in: trace, from: other) }
        }
    }

    @Test(arguments: ["logits", "logits=x", "logits:999=0", "logits:-1=0", "logits:1:2=0", "nothing=1", "logits=nan"])
    func aScaleThatNamesNothingIsAnError(text: String) throws {
        let trace = try Case("gpt2_unscaled_by_depth").trace()
        #expect(throws: (any Error).self) { try Change.scaled(text, in: trace) }
    }
}
