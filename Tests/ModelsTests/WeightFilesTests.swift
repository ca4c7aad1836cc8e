import Foundation
import Models
import TestSupport
import Testing
import Wording

/// Checkpoints that do not hold together, in a folder of shards.
@Suite struct WeightFilesTests {
    private let folder: String
    private let index: String

    init() throws {
        folder = try Places.temporaryFolder() + "/shards"
        index = folder + "/model.safetensors.index.json"
        try FileManager.default.copyItem(
            atPath: Places.reference("families/gpt2_float16_shards"), toPath: folder)
    }

    private func problem() throws -> (path: String, text: Phrase) {
        let error = try requireFailure(ModelError.self) { try LanguageModel.load(folder: folder) }
        guard case .weights(let path, let problem) = error else {
            Issue.record("\(error)")
            return ("", "")
        }
        #expect(!error.explanation.english.contains("\n"))
        return (path, problem)
    }

    private func edit(_ change: (inout [String: String]) -> Void) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: index))
        var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        var map = try #require(object["weight_map"] as? [String: String])
        change(&map)
        object["weight_map"] = map
        try JSONSerialization.data(withJSONObject: object).write(to: URL(fileURLWithPath: index))
    }

    @Test func theShardsThemselvesAreRead() throws { _ = try LanguageModel.load(folder: folder) }

    @Test func aShardThatIsNotThere() throws {
        try FileManager.default.removeItem(atPath: folder + "/model-00002-of-00006.safetensors")
        let (path, text) = try problem()
        #expect(path == index && text.english.contains("model-00002-of-00006.safetensors"))
        #expect(text.chinese.contains("model-00002-of-00006.safetensors"))
    }

    @Test func aTensorInNoShard() throws {
        try edit { $0["transformer.h.9.ln_1.weight"] = "model-00001-of-00006.safetensors" }
        #expect(try problem().text.english.contains("transformer.h.9.ln_1.weight (model-00001-of-00006.safetensors)"))
    }

    @Test func aTensorInTwoShards() throws {
        try FileManager.default.copyItem(
            atPath: folder + "/model-00001-of-00006.safetensors", toPath: folder + "/copy.safetensors")
        let twice = "transformer.wte.weight"
        try edit { $0[twice] = "copy.safetensors" }
        let names = try problem().text.english
        #expect(names.contains("twice") && names.contains("transformer."))
    }

    @Test(arguments: ["{}", "[]", "{\"weight_map\": {}}", "{\"weight_map\": {\"a\": 1}}", "not JSON", ""])
    func anIndexThatIsNone(text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: index))
        #expect(try problem().text.english.contains("weight_map"))
    }

    @Test func anIndexThatLeadsElsewhere() throws {
        try edit { $0["transformer.wte.weight"] = "../elsewhere.safetensors" }
        #expect(try problem().text.english.contains("../elsewhere.safetensors"))
    }

    @Test(arguments: ["pytorch_model.bin", "consolidated.00.pth", "model.gguf", "tf_model.h5"])
    func weightsOfAnotherFormat(name: String) throws {
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) where !file.hasSuffix("config.json") {
            try FileManager.default.removeItem(atPath: folder + "/" + file)
        }
        try Data("PK".utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        let (path, text) = try problem()
        #expect(path == folder + "/" + name)
        let way = name.contains(".bin") || name.contains(".pth") ? "torch.load('\(name)'" : "save_pretrained"
        for words in [text.english, text.chinese] { #expect(words.contains(way)) }
    }
}
