import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tokenizers
import Wording

/// What a model reads of a text: its tokens inside what its tokenizer puts around them.
@Suite struct ModelTextTests {
    /// A copy of a reference model with the tokenizer of these files beside it.
    private func model(_ kind: String, _ files: [String: String]) throws -> LanguageModel {
        let folder = try Places.temporaryFolder() + "/model"
        try FileManager.default.copyItem(atPath: Places.root + "/fixtures/reference/" + kind, toPath: folder)
        for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name)) }
        return try LanguageModel.load(folder: folder)
    }

    private static let pieces = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\ncat\n##s\n"

    @Test func encodersReadBERTsTemplate() throws {
        let model = try model("bert_masked_words", ["vocab.txt": Self.pieces])
        #expect(try model.encode("The cats [MASK]") == [5, 6, 7, 4])
        #expect(try model.encode("[MASK]", readingSpecialTokens: false) == [1, 1, 1])
        let input = try model.input("the cats", pair: "[MASK]")
        #expect(input.ids == [2, 5, 6, 7, 3, 4, 3])
        #expect(input.segments == [0, 0, 0, 0, 0, 1, 1])
        #expect(try model.input("").ids == [2, 3])
        let trace = try model.trace(text: "the cats")
        #expect(trace.tokens.map(\.display) == ["[CLS]", "the", "cat", "##s", "[SEP]"])
        #expect(trace.tokens.map(\.isSpecial) == [true, false, false, false, true])
    }

    /// The tables of attention grow with the square of a text: where no memory holds them, one line says so at once.
    @Test func aTraceThatNoMemoryHoldsIsRefused() throws {
        let decoder = try Decoder(
            configuration: DecoderConfiguration(
                vocabularySize: 4, context: 1 << 22, width: 4, layers: 1, heads: 2, activation: .silu,
                positions: .rotary, tiedOutput: true, norm: .rms, isGated: true, biases: .none), seed: 1)
        let model = LanguageModel(name: "", folder: "", family: "llama", decoder: decoder, tokenizer: nil)
        let error = try #require(throws: Failure.self) {
            try model.trace([Int](repeating: 1, count: 1 << 20), generating: 0)
        }
        let cause = try #require(error.cause(as: ModelError.self))
        guard case .traceTooLarge(let tokens, let gigabytes) = cause else { throw cause }
        #expect(tokens == 1 << 20)
        #expect((30_000...40_000).contains(gigabytes))
        #expect(try model.trace([1, 2]).tokens.count == 2)
    }

    /// A byte-level tokenizer of two letters, with a beginning and an end.
    private static func letters(_ template: String) -> String {
        #"""
        {"added_tokens": [{"id": 0, "content": "<s>", "special": true}, {"id": 1, "content": "</s>", "special": true}],
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false}, "decoder": {"type": "ByteLevel"},
        "post_processor": \#(template),
        "model": {"type": "BPE", "vocab": {"<s>": 0, "</s>": 1, "a": 2, "b": 3}, "merges": []}}
        """#
    }

    private static let beginning = #"""
        {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}}], "pair": [{"Sequence": {"id": "A", "type_id": 0}},
        {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}}
        """#

    @Test func decodersReadTheTokenThatBeginsAText() throws {
        let model = try model("mistral_window", ["tokenizer.json": Self.letters(Self.beginning)])
        #expect(try model.encode("ab") == [2, 3])
        #expect(try model.input("ab").ids == [0, 2, 3])
        #expect(try model.input("").ids == [0])
        #expect(try model.trace(text: "").tokens.map(\.id) == [0])
        expectFailure(ModelError.self) { try model.input("a", pair: "b") }
        let plain = try self.model("mistral_window", ["tokenizer.json": Self.letters("null")])
        #expect(try plain.input("ab").ids == [2, 3])
        let told = try self.model(
            "mistral_window",
            [
                "tokenizer.json": Self.letters(Self.beginning),
                "tokenizer_config.json": #"{"add_bos_token": false, "bos_token": "<s>", "eos_token": "a"}"#,
            ])
        // As in transformers 5, the tokenizer.json says it.
        #expect(try told.input("ab").ids == [0, 2, 3])
        if told.rules.ends.isEmpty { #expect(told.endOfText == [2]) }
    }

    @Test func aTokenizerOfAnotherKindIsSaidWhereATextIsRead() throws {
        let other = #"{"model": {"type": "Magic", "vocab": {}}}"#
        let model = try model("mistral_window", ["tokenizer.json": other])
        #expect(model.tokenizer == nil)
        #expect(try model.trace([1, 2]).tokens.count == 2)
        expectFailure(TokenizerError.self) { try model.encode("a") }
    }
}
