import Foundation
import Models
import Reading
import Tensors
import TestSupport
import Testing
import Wording

/// `config.json`: what is read, and each way in which it can be wrong.
@Suite struct ConfigurationTests {
    static let good = """
        {"model_type": "glassformer", "vocab_size": 11, "n_positions": 6, "n_embd": 16, "n_layer": 1, "n_head": 4,
         "n_inner": 12, "activation_function": "relu", "layer_norm_epsilon": 1e-5, "tie_word_embeddings": false,
         "position_embedding_type": "sinusoidal", "norm_placement": "post"}
        """

    /// A folder with this `config.json` and the weights of a reference model.
    private func folder(_ text: String?) throws -> String {
        let folder = try Places.temporaryFolder()
        if let text { try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/config.json")) }
        try FileManager.default.copyItem(
            atPath: Places.reference("post_sinusoidal_relu_untied/model.safetensors"),
            toPath: folder + "/model.safetensors")
        return folder
    }

    private func edited(_ key: String, _ value: String?) throws -> String {
        var object = try #require(
            try JSONSerialization.jsonObject(with: Data(Self.good.utf8)) as? [String: Any])
        object[key] = nil
        var text = String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
        if let value { text = "{\"\(key)\": \(value), " + text.dropFirst() }
        return text
    }

    private func expectOneLine(_ error: any ExplainedError, naming path: String, _ facts: [String] = []) {
        for text in [error.explanation.english, error.explanation.chinese] {
            #expect(text.contains(path) && !text.contains("\n"))
            for fact in facts { #expect(text.contains(fact), "\(text) does not say \(fact)") }
        }
        #expect(error.explanation.chinese.contains { $0 >= "\u{4E00}" && $0 <= "\u{9FFF}" })
    }

    @Test(
        arguments: [
            ("vocab_size", nil), ("n_positions", nil), ("n_embd", nil), ("n_layer", nil), ("n_head", nil),
            ("vocab_size", "null"), ("vocab_size", "\"11\""), ("vocab_size", "11.5"), ("vocab_size", "true"),
            ("vocab_size", "[11]"), ("vocab_size", "{}"), ("vocab_size", "0"), ("vocab_size", "-11"),
            ("vocab_size", "1e300"), ("vocab_size", "9223372036854775807"), ("n_positions", "0"),
            ("n_positions", "100000000000"), ("n_embd", "9223372036854775807"), ("n_embd", "-9223372036854775808"),
            ("n_embd", "18"), ("n_head", "3"), ("n_head", "17"), ("n_head", "0"), ("n_layer", "0"),
            ("n_layer", "16777216"),
            ("n_layer", "5000"), ("n_inner", "0"), ("n_inner", "\"48\""), ("n_inner", "1.5"),
            ("activation_function", "\"quick_gelu\""), ("activation_function", "7"), ("activation_function", "\"\""),
            ("layer_norm_epsilon", "-1"), ("layer_norm_epsilon", "\"1e-5\""), ("layer_norm_epsilon", "true"),
            ("tie_word_embeddings", "1"), ("tie_word_embeddings", "\"no\""), ("position_embedding_type", "\"alibi\""),
            ("position_embedding_type", "1"), ("norm_placement", "\"both\""), ("scale_attn_weights", "0"),
            ("scale_attn_weights", "\"yes\""), ("scale_attn_by_inverse_layer_idx", "1"),
            ("add_cross_attention", "true"),
        ] as [(String, String?)])
    func whatIsWrongIsNamed(key: String, value: String?) throws {
        let folder = try folder(edited(key, value))
        let error = try requireFailure(ModelError.self) { try LanguageModel.load(folder: folder) }
        guard case .configuration(folder + "/config.json", let found, _, _) = error else {
            Issue.record("\(error)")
            return
        }
        // A number of heads that does not divide the width is the fault of both.
        #expect(found == key || (key == "n_head" && found == "n_embd"))
        expectOneLine(error, naming: folder + "/config.json", [key])
    }

    @Test func sizesThatNoMemoryHoldsAreErrors() throws {
        for sizes in [(1 << 24, 1 << 24), (1 << 24, 1 << 14), (16, 1 << 24)] {
            let configuration = DecoderConfiguration(
                vocabularySize: sizes.0, context: sizes.0, width: sizes.1, layers: 4096, heads: 1)
            expectFailure(ModelError.self) { try Decoder(configuration: configuration, seed: 1) }
        }
    }

    /// Half of Llama 3's layers are no mistake in a file; made anew they would be.
    @Test func sizesOfRealModelsAreNoErrors() throws {
        let configuration = DecoderConfiguration.llama(
            vocabularySize: 128_256, context: 131_072, width: 4096, layers: 16, heads: 32, keyHeads: 8, hidden: 14336)
        guard ProcessInfo.processInfo.physicalMemory > 12 << 30 else {
            print("SKIPPED: this machine has less than 12 GiB")
            return
        }
        try configuration.validate(path: "")
        expectFailure(ModelError.self) { try Decoder(configuration: configuration, seed: 1) }
    }

    @Test(arguments: ["{", "{\"vocab_size\": }", String(repeating: "{\"a\":", count: 500)])
    func whatIsNoJSON(text: String) throws {
        let folder = try folder(text)
        let error = try requireFailure(ReadingError.self) { try LanguageModel.load(folder: folder) }
        expectOneLine(error, naming: folder + "/config.json", ["1"])
    }

    @Test(arguments: ["", "[]", "null", "7", "\u{0}"]) func whatIsNoObject(text: String) throws {
        let folder = try folder(text)
        let error = try requireFailure(ModelError.self) { try LanguageModel.load(folder: folder) }
        #expect(
            error
                == .unreadable(
                    path: folder + "/config.json", reason: Phrase(en: "not a JSON object", zh: "不是 JSON 对象")))
        expectOneLine(error, naming: folder + "/config.json")
    }

    @Test func aFolderWithoutConfiguration() throws {
        let folder = try folder(nil)
        let error = try requireFailure(ReadingError.self) { try LanguageModel.load(folder: folder) }
        guard case .unreadable(folder + "/config.json", _) = error else {
            Issue.record("\(error)")
            return
        }
        expectOneLine(error, naming: folder + "/config.json")
    }

    @Test(arguments: [("\"gemma\"", "gemma"), (nil, "–"), ("null", "–"), ("\"\"", "")] as [(String?, String)])
    func familiesThatAreNotSupported(value: String?, found: String) throws {
        let folder = try folder(edited("model_type", value))
        let error = try requireFailure(ModelError.self) { try LanguageModel.load(folder: folder) }
        #expect(
            error
                == .unknownFamily(path: folder + "/config.json", found: found, supported: LanguageModel.families))
        expectOneLine(error, naming: folder + "/config.json", LanguageModel.families + ["“\(found)”"])
        let wrongKind = try self.folder(edited("model_type", "7"))
        expectFailure(ModelError.self) { try LanguageModel.load(folder: wrongKind) }
    }

    @Test func whatIsLeftOutHasGPT2sDefaults() throws {
        let bare = """
            {"model_type": "gpt2", "vocab_size": 11, "n_positions": 6, "n_embd": 4, "n_layer": 1, "n_head": 2,
             "n_inner": null, "layer_norm_epsilon": null, "reorder_and_upcast_attn": true, "nested": {"a": [1, {}]}}
            """
        let folder = try Places.temporaryFolder()
        let decoder = try Decoder(
            configuration: DecoderConfiguration(vocabularySize: 11, context: 6, width: 4, layers: 1, heads: 2), seed: 1)
        try LanguageModel(name: "", folder: folder, family: "gpt2", decoder: decoder, tokenizer: nil).write(to: folder)
        try Data(bare.utf8).write(to: URL(fileURLWithPath: folder + "/config.json"))
        let read = try LanguageModel.load(folder: folder).decoder.configuration
        #expect(read == decoder.configuration)
        #expect(read.hidden == 16 && read.activation == .geluTanh && read.normEpsilon == 1e-5 && read.tiedOutput)
    }

    @Test(arguments: [
        ("gelu_new", ActivationFunction.geluTanh), ("gelu_pytorch_tanh", .geluTanh), ("gelu_fast", .geluTanh),
        ("gelu", .gelu), ("relu", .relu), ("silu", .silu), ("swish", .silu), ("tanh", .tanh), ("sigmoid", .sigmoid),
    ])
    func activationsHaveTheirHubNames(name: String, function: ActivationFunction) throws {
        let folder = try folder(
            edited("activation_function", "\"\(name)\"").replacing("\"n_layer\":1", with: "\"n_layer\":2"))
        #expect(try LanguageModel.load(folder: folder).decoder.configuration.activation == function)
    }

    @Test func everyConfigurationReadsBack() throws {
        let epsilons = [1e-5, 1e-12, 0.1, 0]
        for positions in DecoderConfiguration.Positions.allCases {
            for placement in DecoderConfiguration.NormPlacement.allCases {
                for (place, activation) in ActivationFunction.allCases.enumerated() {
                    let configuration = DecoderConfiguration(
                        vocabularySize: 3, context: 2, width: 4, layers: 1, heads: 1 + place % 2, hidden: 3,
                        activation: activation, positions: positions, normPlacement: placement,
                        normEpsilon: epsilons[place % 4],
                        tiedOutput: place % 2 == 0)
                    let folder = try Places.temporaryFolder()
                    let decoder = try Decoder(configuration: configuration, seed: 1)
                    let isGPT2 = positions == .learned && placement == .pre
                    try LanguageModel(name: "", folder: folder, family: "", decoder: decoder, tokenizer: nil)
                        .write(to: folder)
                    let again = try LanguageModel.load(folder: folder)
                    #expect(try again.decoder.configuration == configuration)
                    #expect(again.family == (isGPT2 ? "gpt2" : "glassformer"))
                    try FileManager.default.removeItem(atPath: folder)
                }
            }
        }
    }
}
