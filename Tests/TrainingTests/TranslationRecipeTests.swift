import Foundation
import Models
import TestSupport
import Testing
import Tokenizers

@testable import Training

/// A small translator trained by a recipe: numbers of two digits and two things.
@Suite struct TranslationRecipeTests {
    private static let recipe = """
        kind: translation
        name: small
        description: {en: a small translator, zh-Hans: 小翻译}
        corpus:
          numbers: {weight: 4, digits: 2}
          dates: {weight: 0, from: 1900, to: 1999}
          things:
            weight: 1
            digits: 2
            words:
              - {one: cat, many: cats, zh: 猫, measure: 只}
          held_out: 0.2
          evaluated: 10
          seed: 3
        tokenizer: {vocabulary: 900}
        model: {width: 16, encoder_layers: 1, decoder_layers: 1, heads: 2, hidden: 32, context: 16, norm: pre}
        training:
          steps: 60
          batch: 16
          learning_rate: 0.01
          warm_up: 5
          label_smoothing: 0.1
          seed: 9
          checkpoint_every: 20
        probes: [two cats, 七十三]
        """

    private func folder(_ text: String = recipe) throws -> String {
        let folder = try Places.temporaryFolder()
        try text.write(toFile: folder + "/recipe.yaml", atomically: true, encoding: .utf8)
        return folder
    }

    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    @Test func aRunLearnsMeasuresAndLoads() throws {
        let folder = try folder()
        let recipe = try Recipes.read(path: folder + "/recipe.yaml")
        var losses: [Double] = []
        try recipe.run(into: folder + "/out", steps: nil) { event in
            if case .update(let record, let count) = event {
                losses.append(record.loss)
                #expect(count == 60)
            }
        }
        #expect(losses.count == 60)
        let first = try #require(losses.first)
        #expect(losses.suffix(10).reduce(0, +) / 10 < 0.6 * first)
        let loaded = try LanguageModel.load(folder: folder + "/out")
        #expect(try loaded.encoderDecoder.configuration.paddingID == 0)
        #expect(loaded.tokenizer?.id(ofSpelling: "<eos>") == 2)
        let quality = try TranslationQuality.read(path: folder + "/out/quality.json")
        #expect(quality.kind == "translation" && quality.steps == 60)
        // Numbers below a hundred are always seen: these are counted cats.
        #expect(quality.heldOutPairs == 10)
        #expect(quality.samples.prefix(2).map(\.source) == ["two cats", "七十三"])
        #expect(quality.early.step == 2 && quality.early.outcomes.count == 2 * quality.heldOutPairs)
        #expect(try recipe.measure(folder: folder + "/out") == quality.measures)
        for name in ["checkpoint.safetensors", "early.json"] {
            #expect(!FileManager.default.fileExists(atPath: folder + "/out/" + name))
        }
    }

    private struct Interrupted: Error {}

    @Test(arguments: [1, 2, 19, 21, 45]) func anInterruptedRunGivesTheSameBytes(_ moment: Int) throws {
        let folder = try folder()
        let recipe = try Recipes.read(path: folder + "/recipe.yaml")
        try recipe.run(into: folder + "/whole", steps: nil) { _ in }
        #expect(throws: Interrupted.self) {
            try recipe.run(into: folder + "/parts", steps: nil) { event in
                if case .update(let record, _) = event, record.step == moment { throw Interrupted() }
            }
        }
        try recipe.run(into: folder + "/parts", steps: nil) { _ in }
        for file in ["model.safetensors", "config.json", "tokenizer.json", "quality.json", "training.json"] {
            #expect(try bytes(folder + "/whole/" + file) == bytes(folder + "/parts/" + file), "\(file)")
        }
    }

    @Test(arguments: [
        ("digits: 2", "digits: 12", "corpus.numbers.digits"), ("weight: 4", "weight: -1", "corpus.numbers.weight"),
        ("to: 1999", "to: 1899", "corpus.dates.to"), ("many: cats, ", "", "corpus.things.words[0].many"),
        ("vocabulary: 900", "vocabulary: 100", "tokenizer.vocabulary"), ("heads: 2", "head: 2", "model.head"),
        ("label_smoothing: 0.1", "label_smoothing: 1.5", "training.label_smoothing"),
    ]) func aMistakeIsNamed(_ right: String, _ wrong: String, _ key: String) throws {
        let folder = try folder(Self.recipe.replacing(right, with: wrong))
        let error = #expect(throws: TrainingError.self) { try Recipes.read(path: folder + "/recipe.yaml") }
        guard case .recipe(_, _, let found, _, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(found == key)
    }

    @Test func aGrammarWithoutAnyTopicIsRefused() throws {
        let folder = try folder(
            Self.recipe.replacing("weight: 4", with: "weight: 0").replacing("weight: 1\n", with: "weight: 0\n"))
        #expect(throws: TrainingError.self) { try Recipes.read(path: folder + "/recipe.yaml") }
    }

    @Test func theShippedTranslatorIsThatOfItsRecipe() throws {
        let recipe = try #require(
            try Recipes.read(path: Places.root + "/fixtures/recipes/translator.yaml") as? TranslationRecipe)
        let folder = Places.root + "/fixtures/models/translator"
        let model = try LanguageModel.load(folder: folder)
        let translator = try model.encoderDecoder
        #expect(try model.tokenizer?.bytePairs?.tokenizerJSON == recipe.tokenizer().tokenizerJSON)
        var sizes = recipe.model
        sizes.sourceVocabulary = translator.configuration.sourceVocabulary
        sizes.targetVocabulary = translator.configuration.targetVocabulary
        #expect(sizes == translator.configuration)
        let quality = try TranslationQuality.read(path: folder + "/quality.json")
        #expect(quality.steps == recipe.training.steps)
        // A tenth of what it was measured on shows that the file holds that model.
        let measured = try recipe.course().evaluation(of: translator, first: 100).measures
        #expect(measured.allSatisfy { $0.value > ($0.name.hasPrefix("bleu") ? 98 : 0.98) }, "\(measured)")
        #expect(quality.measures.first { $0.name == "exact_match" }.map { $0.value >= 0.95 } == true)
    }
}
