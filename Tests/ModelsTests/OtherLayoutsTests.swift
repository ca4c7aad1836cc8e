import Foundation
import Models
import Reading
import TestSupport
import Testing
import Wording

/// Folders and files that are something else than a model in the Hugging Face layout are named as what they are.
@Suite struct OtherLayoutsTests {
    /// A copy of a small model's folder.
    private let folder: String

    init() throws {
        folder = try Places.temporaryFolder() + "/model"
        try FileManager.default.copyItem(atPath: Places.reference("families/llama_bfloat16_shards"), toPath: folder)
    }

    private func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
        try Data(Array(bytes)).write(to: URL(fileURLWithPath: folder + "/" + name))
    }

    private func remove(_ isGone: (String) -> Bool) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where isGone(name) {
            try FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }

    /// What loading says, in both languages and in one line.
    private func complaint() throws -> Phrase {
        let error = try #require(throws: Failure.self) { try LanguageModel.load(folder: folder) }
        for text in [error.explanation.english, error.explanation.chinese] {
            #expect(!text.contains("\n") && text.hasPrefix(folder), "\(text)")
        }
        return error.explanation
    }

    static let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:2d89\nsize 510401385\n"

    static let kinds: [(bytes: [UInt8], kind: FileKind)] = [
        (Array(pointer.utf8), .gitPointer), (Array("\n<!DOCTYPE html>\n<html>".utf8), .page),
        (Array("<?xml version=\"1.0\"?><Error>".utf8), .markup), (Array("GGUF\u{3}\0\0\0".utf8), .gguf),
        ([0x80, 0x02, 0x8A, 0x0A], .torchPickle), ([0x93] + Array("NUMPY\u{1}".utf8), .numpy),
        ([0x1F, 0x8B, 0x08, 0x00], .gzip), ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], .hdf5),
        ([0x08, 0x07, 0x12, 0x07] + Array("pytorch".utf8), .onnx),
        ([0xFF, 0xFE] + Array("{\0}\0".utf8), .utf16), (Array("{\0\"\0a\0\"\0".utf8), .utf16),
        (Array("minbpe v1\n\n0\n".utf8), .minbpe),
        ([0x0A, 0x0E, 0x0A, 0x05] + Array("<unk>".utf8) + [0x15, 0, 0, 0, 0, 0x18, 0x02], .sentencePieces),
        (
            [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 22) + [10, 0, 0, 0] + Array("m/data.pkl".utf8),
            .torchArchive
        ),
        ([0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 22) + [5, 0, 0, 0] + Array("a.npy".utf8), .numpyArchive),
    ]

    @Test(arguments: kinds.indices) func aFileIsNamedByItsFirstBytes(_ place: Int) throws {
        let (bytes, kind) = Self.kinds[place]
        #expect(FileKind(bytes) == kind)
        // A tokenizer of a kind that is not read takes nothing from the model, which reads ids.
        let isTokenizer = [.minbpe, .sentencePieces].contains(kind)
        for name in ["config.json", "model.safetensors"] + (isTokenizer ? [] : ["tokenizer.json"]) {
            let kept = folder + "/" + name
            let before = try? Data(contentsOf: URL(fileURLWithPath: kept))
            try write(bytes, to: name)
            let said = try complaint()
            #expect(said.english.contains(kind.phrase.english), "\(name): \(said.english)")
            #expect(said.chinese.contains(kind.phrase.chinese), "\(name): \(said.chinese)")
            if let before { try before.write(to: URL(fileURLWithPath: kept)) } else { try remove { $0 == name } }
        }
        _ = try LanguageModel.load(folder: folder)
    }

    /// The first bytes of honest files are nobody else's: the length of a header may be any number.
    @Test func honestFilesAreNoOtherKind() throws {
        for text in [
            "{\"a\": 1}", "[]", "", "the cat sat", "[PAD]\n[UNK]\n", "#version: 0.2\n", "IQ== 0\n", "a\tb\n", "中",
        ] {
            #expect(FileKind(Array(text.utf8)) == nil, "\(text)")
        }
        #expect(FileKind([0x70, 0x05, 0, 0, 0, 0, 0, 0] + Array("{\"a\"".utf8)) == .safetensors)
    }

    @Test func aModelTypeThatIsMissing() throws {
        try write("{\"architectures\": [\"MistralForCausalLM\"]}".utf8, to: "config.json")
        for text in [try complaint().english, try complaint().chinese] {
            #expect(text.contains("\"model_type\": \"mistral\"") && text.contains("MistralForCausalLM"))
        }
        try write("{\"architectures\": [\"Own\"]}".utf8, to: "config.json")
        for text in [try complaint().english, try complaint().chinese] {
            #expect(text.contains("\"model_type\"") && text.contains("gpt2"))
        }
    }

    @Test func numbersThatAreNotReadAreNamedByTheirKind() throws {
        for kind in ["F8_E4M3", "F8_E5M2", "I8", "F4"] {
            try remove { $0.hasPrefix("model") }
            let header =
                "{\"model.embed_tokens.weight\":{\"dtype\":\"\(kind)\",\"shape\":[2,2],\"data_offsets\":[0,4]}}"
            let length = [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0]
            try write(length + Array(header.utf8) + [1, 2, 3, 4], to: "model.safetensors")
            let said = try complaint()
            #expect(said.english.contains("stored as \(kind); read here: F32, F16, BF16"), "\(said.english)")
            #expect(said.chinese.contains("存成了 \(kind)；这里能读：F32、F16、BF16"))
            #expect(!said.english.contains("shape"))
        }
    }

    @Test func foldersOfAnotherLayout() throws {
        try remove { $0.hasPrefix("model") }
        try write("{\"base_model_name_or_path\": \"some/base\"}".utf8, to: "adapter_config.json")
        #expect(try complaint().english.contains("merge_and_unload") && complaint().english.contains("some/base"))
        try remove { $0.hasPrefix("adapter") }
        try write("GGUF".utf8, to: "tiny.gguf")
        #expect(try complaint().english.contains("gguf_file='tiny.gguf'"))
        let file = try #require(ModelLibrary.failure(folder + "/tiny.gguf"))
        #expect(file.explanation.english.contains("a GGUF file"))
        try remove { $0.hasSuffix("gguf") }
        for shard in 1...2 { try write("PK".utf8, to: "pytorch_model-0000\(shard)-of-00002.bin") }
        #expect(try complaint().english.contains("glob.glob('*-of-*.bin')"))
        #expect(try complaint().english.contains("v.contiguous().clone()"))
    }
}

/// A setting that changes what is computed is honoured, or refused by its name.
@Suite struct VariantTests {
    static let refused: [(family: String, member: String, key: String)] = [
        ("llama", "\"quantization_config\": {\"quant_method\": \"gptq\"}", "quantization_config"),
        ("llama", "\"final_logit_softcapping\": 30.0", "final_logit_softcapping"),
        ("llama", "\"attn_logit_softcapping\": 50", "attn_logit_softcapping"),
        ("llama", "\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4.0}", "rope_scaling.rope_type"),
        ("llama", "\"sliding_window\": 2", "sliding_window"),
        ("llama", "\"pruned_heads\": {\"0\": [1]}", "pruned_heads"),
        ("llama", "\"layer_types\": [\"sliding_attention\", \"full_attention\"]", "layer_types"),
        ("llama", "\"use_qk_norm\": true", "use_qk_norm"), ("llama", "\"num_local_experts\": 8", "num_local_experts"),
        ("llama", "\"residual_multiplier\": 0.2", "residual_multiplier"),
        ("llama", "\"hidden_act\": \"relu2\"", "hidden_act"),
        ("bart", "\"normalize_before\": true", "normalize_before"),
        ("bart", "\"static_position_embeddings\": true", "static_position_embeddings"),
        ("mbart", "\"add_final_layer_norm\": false", "add_final_layer_norm"),
        ("bert", "\"problem_type\": \"multi_label_classification\"", "problem_type"),
        ("bert", "\"position_embedding_type\": \"relative_key\"", "position_embedding_type"),
    ]

    static let folders = [
        "llama": "llama_bare_untied", "bart": "bart_source_rules", "mbart": "mbart_pre_norm", "bert": "bert_answers",
    ]

    private func load(_ family: String, adding member: String) throws {
        let folder = try Places.temporaryFolder() + "/model"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let source = try #require(Self.folders[family])
        try FileManager.default.copyItem(atPath: Places.reference("families/" + source), toPath: folder)
        let url = URL(fileURLWithPath: folder + "/config.json")
        let added = try #require(
            JSONSerialization.jsonObject(with: Data("{\(member)}".utf8)) as? [String: Any])
        let old = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
        try JSONSerialization.data(withJSONObject: old.merging(added) { $1 }).write(to: url)
        _ = try LanguageModel.load(folder: folder)
    }

    @Test(arguments: refused.indices) func whatIsNotDoneIsRefused(_ place: Int) throws {
        let (family, member, key) = Self.refused[place]
        let error = try requireFailure(ModelError.self) { try load(family, adding: member) }
        #expect("\(error)".contains("“\(key)”"), "\(error)")
        #expect(error.explanation.chinese.contains("“\(key)”"))
    }

    @Test(arguments: [
        ("llama", "\"quantization_config\": null, \"final_logit_softcapping\": null, \"pruned_heads\": {}"),
        ("llama", "\"sliding_window\": 100000, \"layer_types\": null, \"use_qk_norm\": false, \"num_experts\": 1"),
        ("bart", "\"normalize_before\": false, \"normalize_embedding\": true, \"static_position_embeddings\": false"),
        ("mbart", "\"normalize_before\": true, \"add_final_layer_norm\": true"),
        ("bert", "\"problem_type\": \"single_label_classification\", \"position_embedding_type\": \"absolute\""),
    ]) func whatIsSwitchedOffIsRead(_ family: String, _ member: String) throws {
        try load(family, adding: member)
    }
}
