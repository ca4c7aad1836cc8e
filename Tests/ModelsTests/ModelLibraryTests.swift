import Foundation
import Models
import Reading
import TestSupport
import Testing
import Wording

@Suite struct ModelLibraryTests {
    private func home() throws -> Home {
        let path = try Places.temporaryFolder()
        for folder in ["lessons", "fixtures/models"] {
            try FileManager.default.createDirectory(atPath: path + "/" + folder, withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(
            atPath: ReferenceModel.postLearnedGelu.folder, toPath: path + "/fixtures/models/small")
        try FileManager.default.createDirectory(
            atPath: path + "/fixtures/models/no-model", withIntermediateDirectories: true)
        return Home(path: path)
    }

    @Test func modelsAreFoundByNameOrFolder() throws {
        let library = ModelLibrary(home: try home())
        #expect(library.names == ["small"])
        #expect(try library.load("small").name == "small")
        #expect(try library.load(ReferenceModel.gpt2ReluUntied.folder).name == "gpt2_relu_untied")
        #expect(try library.load(ReferenceModel.gpt2ReluUntied.folder + "/").name == "gpt2_relu_untied")
        for name in ["none", "", "no-model", "/"] {
            expectFailure(ModelError.unknownModel(name, shipped: ["small"])) { try library.load(name) }
        }
        #expect(ModelLibrary(home: Home(path: "/nowhere")).names.isEmpty)
    }

    /// Settings, weights and tokenizer: byte by byte what a recipe once wrote.
    @Test(arguments: ["answers", "classifier", "masked-word", "next-word", "polite", "translator"])
    func aShippedModelIsWrittenAsItLies(name: String) throws {
        let shipped = Places.root + "/fixtures/models/" + name
        let folder = try Places.temporaryFolder() + "/" + name
        try LanguageModel.load(folder: shipped).write(to: folder)
        let written = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(Set(written).isSuperset(of: ["config.json", "model.safetensors"]))
        for file in written {
            #expect(
                try DiskFile(path: folder + "/" + file).copy == DiskFile(path: shipped + "/" + file).copy, "\(file)")
        }
    }

    @Test func homeIsWhereTheEnvironmentSays() throws {
        let home = try home()
        let found = try Home.locate(environment: ["GLASSFORMER_HOME": home.path], executable: "/bin/x")
        #expect(found.path == home.path)
        expectFailure(ModelError.noHome(searched: ["/nowhere"])) {
            try Home.locate(environment: ["GLASSFORMER_HOME": "/nowhere"], executable: home.path + "/bin/x")
        }
    }

    @Test func homeIsAboveOrBesideTheExecutable() throws {
        let home = try home()
        let above = try Home.locate(environment: [:], executable: home.path + "/.build/debug/glassformer")
        #expect(above.path == home.path)
    }

    @Test func aModelWithoutATokenizerReadsIdsOnly() throws {
        let model = try ReferenceModel.postLearnedGelu.load()
        #expect(model.tokenizer == nil)
        #expect(model.display(7) == "#7")
        expectFailure(ModelError.noTokenizer(path: model.folder)) { try model.encode("words") }
        expectFailure(ModelError.noTokenizer(path: model.folder)) { try model.trace(text: "words") }
        let trace = try model.trace([1, 2])
        #expect(trace.tokens.map(\.display) == ["#1", "#2"])
        #expect(trace.vocabulary.isEmpty)
        #expect(trace.model.name == "post_learned_gelu")
        #expect(trace.model.family == "glassformer")
    }

    @Test func aFolderThatCannotBeWrittenIsAnError() throws {
        let path = try Places.temporaryFolder() + "/file"
        try Data().write(to: URL(fileURLWithPath: path))
        let error = try requireFailure(ReadingError.self) { try ReferenceModel.postLearnedGelu.load().write(to: path) }
        guard case .unwritable(path, _) = error else {
            Issue.record("\(error)")
            return
        }
    }

    /// What ships with the project loads, fits its tokenizer, and reads and writes text.
    @Test(arguments: ModelLibrary(home: Home(path: Places.root)).names) func shippedModels(name: String) throws {
        let model = try ModelLibrary(home: Home(path: Places.root)).load(name)
        let tokenizer = try #require(model.tokenizer)
        #expect(tokenizer.vocabularySize <= model.network.sizes.vocabulary)
        // What goes on from a text is tried here; encoders and translators have tests of their own.
        guard case .decoder = model.network else { return }
        let ids = Array(try model.encode("the cat").prefix(4))
        let trace = try model.trace(ids, generating: 2)
        #expect(trace.tokens.count == ids.count + 2)
        #expect(try trace.vocabulary.count == model.decoder.configuration.vocabularySize)
        let probabilities = try trace.step("probabilities").tensor
        #expect(abs(probabilities.sum() - Double(ids.count)) < 1e-4)
    }
}

/// Every error of models in both languages: one line, the same facts.
@Suite struct ModelErrorTests {
    static let all: [ModelError] = [
        .missingParameter("wte"), .contextExceeded(tokens: 52, context: 61), .emptyText,
        .unknownToken(id: 52, vocabulary: 62),
        .configuration(path: "a/b", key: "n_embd", expected: "1 … 61", found: "52"),
        .configuration(
            path: "a/b", key: "n_embd", expected: Phrase(en: "a number", zh: "数字"),
            found: Phrase(en: "nothing", zh: "空缺")),
        .unreadable(path: "a/b", reason: Phrase(en: "gone", zh: "没有了")),
        .unknownFamily(path: "a/b", found: "magic", supported: ["gpt2"]),
        .checkpoint(path: "a/b", missing: ["wte"], surplus: ["wpe"], misshaped: ["ln_f"]),
        .checkpoint(path: "a/b", missing: [], surplus: [], misshaped: ["ln_f"]),
        .unknownModel("magic", shipped: ["next-word"]), .noTokenizer(path: "a/b"), .noHome(searched: ["a/b"]), .noHead,
        .given(.topK, expected: "≥ 1", found: "52"),
    ]

    @Test(arguments: all) func bothLanguagesSayIt(error: ModelError) {
        let (english, chinese) = (error.explanation.english, error.explanation.chinese)
        #expect(english == "\(error)")
        #expect(english != chinese)
        #expect(chinese.contains { $0 >= "\u{4E00}" && $0 <= "\u{9FFF}" })
        #expect(!english.contains { $0 >= "\u{4E00}" && $0 <= "\u{9FFF}" })
        for text in [english, chinese] {
            #expect(!text.isEmpty && !text.contains("\n") && !text.contains("Optional") && !text.contains("Phrase"))
        }
        let facts = [
            "52", "61", "magic", "wte", "wpe", "ln_f", "a/b", "gpt2", "n_embd", "next-word", "top-k", "≥ 1",
        ]
        #expect(facts.filter(english.contains) == facts.filter(chinese.contains))
    }
}
