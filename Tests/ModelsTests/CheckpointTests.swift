import Foundation
import Models
import Tensors
import TestSupport
import Testing

/// A checkpoint that does not fit its configuration is one error of one line that names every tensor at fault.
@Suite struct CheckpointTests {
    private let model = ReferenceModel.gpt2ReluUntied

    /// The reference model with its tensors changed.
    private func folder(_ change: (inout [String: Tensor]) -> Void) throws -> String {
        let folder = try Places.temporaryFolder()
        try FileManager.default.copyItem(atPath: model.folder + "/config.json", toPath: folder + "/config.json")
        let file = try SafeTensors(path: model.folder + "/model.safetensors")
        var tensors: [String: Tensor] = [:]
        for name in file.entries.keys { tensors[name] = try file.tensor(name) }
        change(&tensors)
        var writer = SafeTensorsWriter()
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) { writer.add(name, tensor) }
        try writer.write(to: folder + "/model.safetensors")
        return folder
    }

    private func load(_ change: (inout [String: Tensor]) -> Void) throws -> LanguageModel {
        try LanguageModel.load(folder: folder(change))
    }

    private func failure(_ change: (inout [String: Tensor]) -> Void) throws -> ModelError {
        let folder = try folder(change)
        let error = try requireFailure(ModelError.self) { try LanguageModel.load(folder: folder) }
        for text in [error.explanation.english, error.explanation.chinese] {
            #expect(text.contains(folder + "/model.safetensors") && !text.contains("\n"))
        }
        return error
    }

    @Test func unchangedItLoads() throws {
        #expect(
            try load { _ in }.decoder.parameters.all.count == Decoder.shapes(model.load().decoder.configuration).count)
    }

    @Test func everyFaultIsNamedAtOnce() throws {
        let error = try failure {
            $0["transformer.h.0.ln_1.weight"] = nil
            $0["transformer.wpe.weight"] = nil
            $0["transformer.h.7.ln_1.weight"] = Tensor([16], repeating: 1)
            $0["more"] = Tensor([16], repeating: 1)
            $0["transformer.h.1.mlp.c_fc.weight"] = Tensor([20, 16], repeating: 1)
        }
        guard case .checkpoint(_, let missing, let surplus, let misshaped) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(missing.sorted() == ["transformer.h.0.ln_1.weight", "transformer.wpe.weight"])
        #expect(surplus == ["more", "transformer.h.7.ln_1.weight"])
        #expect(misshaped == ["transformer.h.1.mlp.c_fc.weight: 20 × 16 ≠ 16 × 20 (n_embd, n_inner)"])
        for text in [error.explanation.english, error.explanation.chinese] {
            for name in missing + surplus + misshaped { #expect(text.contains(name)) }
        }
    }

    @Test(arguments: [
        "transformer.wte.weight", "transformer.h.1.attn.c_attn.bias", "transformer.ln_f.bias", "lm_head.weight",
    ])
    func eachTensorIsNeededInItsShape(name: String) throws {
        guard case .checkpoint(_, let missing, [], []) = try failure({ $0[name] = nil }) else {
            Issue.record("not a missing tensor")
            return
        }
        #expect(missing.count == 1 && missing[0].hasSuffix(name))
        let other = Tensor([3, 1], repeating: 0)
        guard case .checkpoint(_, [], [], let misshaped) = try failure({ $0[name] = other }) else {
            Issue.record("not a shape")
            return
        }
        #expect(misshaped.count == 1 && misshaped[0].hasPrefix(name))
    }

    @Test func aLongListIsCutShort() throws {
        let error = try failure { $0 = [:] }
        #expect(error.explanation.english.contains("… (29)"))
        #expect(error.explanation.english.utf8.count < 600)
    }

    @Test func namesMayComeWithoutTheirPrefix() throws {
        let bare = try load { tensors in
            tensors = Dictionary(
                uniqueKeysWithValues: tensors.map { ($0.key.replacing("transformer.", with: ""), $0.value) })
        }
        #expect(try bare.decoder.parameters.all.map(\.tensor) == model.load().decoder.parameters.all.map(\.tensor))
    }

    /// The Hub's oldest files carry their causal masks along.
    @Test func maskBuffersArePassedOver() throws {
        let file = try SafeTensors(path: ReferenceModel.gpt2GeluHubBuffers.folder + "/model.safetensors")
        #expect(file.entries["h.0.attn.bias"]?.shape == [1, 1, 6, 6])
        _ = try ReferenceModel.gpt2GeluHubBuffers.load()
    }

    @Test func aWeightFileThatIsNotThereOrNoWeightFile() throws {
        let folder = try folder { _ in }
        try FileManager.default.removeItem(atPath: folder + "/model.safetensors")
        expectFailure(ModelError.self) { try LanguageModel.load(folder: folder) }
        try Data("not tensors at all".utf8).write(to: URL(fileURLWithPath: folder + "/model.safetensors"))
        expectFailure(SafeTensorsError.self) { try LanguageModel.load(folder: folder) }
    }

    @Test func parametersThatDoNotFitAConfigurationAreErrors() throws {
        let decoder = try model.load().decoder
        let some = ParameterSet(Array(decoder.parameters.all.dropFirst()))
        let missing = try requireFailure(ModelError.self) {
            try Decoder(configuration: decoder.configuration, parameters: some)
        }
        #expect(missing == .checkpoint(path: "", missing: ["embed.W_E"], surplus: [], misshaped: []))
        var wider = decoder.configuration
        wider.vocabularySize = 12
        let misshaped = try requireFailure(ModelError.self) {
            try Decoder(configuration: wider, parameters: decoder.parameters)
        }
        #expect(
            misshaped
                == .checkpoint(
                    path: "", missing: [], surplus: [],
                    misshaped: ["embed.W_E: 11 × 16 ≠ 12 × 16", "unembed.W_U: 11 × 16 ≠ 12 × 16"]))
    }

    /// GPT-2 small's parameters, as its paper's authors and every library count them.
    @Test func gpt2SmallHasItsPublishedSize() {
        let gpt2 = DecoderConfiguration(vocabularySize: 50257, context: 1024, width: 768, layers: 12, heads: 12)
        #expect(Decoder.shapes(gpt2).reduce(0) { $0 + $1.shape.count } == 124_439_808)
    }

    @Test func aFreshDecoderDependsOnItsSeedAlone() throws {
        let configuration = DecoderConfiguration(vocabularySize: 50, context: 8, width: 32, layers: 2, heads: 4)
        let first = try Decoder(configuration: configuration, seed: 1)
        #expect(
            try Decoder(configuration: configuration, seed: 1).parameters.all.map(\.tensor)
                == first.parameters.all.map(\.tensor))
        #expect(
            try Decoder(configuration: configuration, seed: 2).parameters.all[0].tensor
                != first.parameters.all[0].tensor)
        func deviation(_ name: String) throws -> Double {
            let tensor = try #require(first.parameters.all.first { $0.name.description == name }?.tensor)
            return (tensor.sumOfSquares() / Double(tensor.count)).squareRoot()
        }
        #expect(try abs(deviation("embed.W_E") - 0.02) < 0.002)
        #expect(try abs(deviation("blocks.1.mlp.W_out") - 0.01) < 0.001)
        #expect(try deviation("blocks.1.ln1.w") == 1)
        #expect(try deviation("blocks.1.attn.b_Q") == 0)
    }
}
