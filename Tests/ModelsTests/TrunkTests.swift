import Foundation
import Models
import TestSupport
import Testing

/// Files of a trunk, or of a head that is not read: what is there is traced, and nothing is made up.
/// `FamilyFixtureTests` compares the numbers.
@Suite struct TrunkTests {
    private func model(_ name: String) throws -> LanguageModel {
        try LanguageModel.load(folder: Places.reference("families/" + name))
    }

    /// A copy whose `config.json` is changed.
    private func edited(_ name: String, _ change: (inout [String: Any]) -> Void) throws -> String {
        let folder = try Places.temporaryFolder() + "/" + name
        try FileManager.default.copyItem(atPath: Places.reference("families/" + name), toPath: folder)
        let path = URL(fileURLWithPath: folder + "/config.json")
        var object = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: path)) as? [String: Any])
        change(&object)
        try JSONSerialization.data(withJSONObject: object).write(to: path)
        return folder
    }

    @Test(arguments: ["llama_bare_untied", "gpt2_classifier"]) func aTrunkHasNoLogits(name: String) throws {
        let model = try model(name)
        let steps = try model.trace([1, 2, 3]).steps.map(\.name.description)
        #expect(steps.last == "ln_final.normalized")
        expectFailure(ModelError.noHead) { try model.trace([1, 2, 3], generating: 1) }
        expectFailure(ModelError.noHead) { try model.decoder.generate(from: [1], count: 1) }
        let folder = try Places.temporaryFolder()
        try model.write(to: folder)
        let again = try LanguageModel.load(folder: folder)
        #expect(!(try again.decoder.configuration.hasHead) && again.unreadTensors.isEmpty)
        #expect(again.network.parameters.all.map(\.tensor) == model.network.parameters.all.map(\.tensor))
    }

    @Test func whatIsPassedOverIsNamed() throws {
        #expect(try model("llama_bare_untied").unreadTensors == [])
        #expect(try model("gpt2_classifier").unreadTensors == ["score.weight"])
        #expect(try model("bert_answers").unreadTensors == ["qa_outputs.bias", "qa_outputs.weight"])
    }

    /// Only a class that is known to have such a head excuses a missing or surplus tensor.
    @Test func othersStillMissTheirs() throws {
        let head = try edited("llama_bare_untied") { $0["architectures"] = ["LlamaForCausalLM"] }
        let missing = try requireFailure(ModelError.self) { try LanguageModel.load(folder: head) }
        #expect(missing.explanation.english.contains("missing: lm_head.weight"))
        let unnamed = try edited("llama_bare_untied") { $0["architectures"] = nil }
        expectFailure(ModelError.self) { try LanguageModel.load(folder: unnamed) }
        let surplus = try edited("bert_answers") { $0["architectures"] = ["BertModel"] }
        let found = try requireFailure(ModelError.self) { try LanguageModel.load(folder: surplus) }
        #expect(found.explanation.english.contains("not expected: qa_outputs.bias, qa_outputs.weight"))
        let other = try edited("bert_answers") { $0["architectures"] = ["RobertaForQuestionAnswering"] }
        expectFailure(ModelError.self) { try LanguageModel.load(folder: other) }
    }

    /// An empty `rope_scaling` is none; angles by kind of layer are none of these families'.
    @Test func anglesOfAnotherLayout() throws {
        let name = "llama_v4_yes_everything"
        let wanted = try model(name).decoder.configuration.rotary
        let newer = try edited(name) {
            var rope = $0["rope_scaling"] as? [String: Any] ?? [:]
            rope["rope_theta"] = $0["rope_theta"]
            ($0["rope_theta"], $0["rope_scaling"], $0["rope_parameters"]) = (nil, [String: Any](), rope)
        }
        #expect(try LanguageModel.load(folder: newer).decoder.configuration.rotary == wanted)
        let layered = try edited(name) { $0["rope_scaling"] = ["full_attention": ["rope_theta": 7.0]] }
        let error = try requireFailure(ModelError.self) { try LanguageModel.load(folder: layered) }
        #expect(error.explanation.english.contains("full_attention"))
    }
}
