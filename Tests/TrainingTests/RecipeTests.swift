import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tokenizers
import Tracing
import Training

private let recipe = SmallRecipe.text

@Suite struct RecipeTests {
    private func folder(recipe text: String = recipe) throws -> String { try SmallRecipe.folder(text) }

    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    /// A run whose seventh update is written down ends in the same bytes, and the file explains its gradients.
    @Test func anUpdateOfARunIsATrace() throws {
        let (plain, traced) = (try folder(), try folder())
        let recipe = try Recipes.read(path: plain + "/recipe.yaml")
        try recipe.run(into: plain + "/out", steps: 9) { _ in }
        let path = traced + "/step.safetensors"
        try TracedStep.$wanted.withValue(TracedStep(step: 7, path: path)) {
            try recipe.run(into: traced + "/out", steps: 9) { _ in }
        }
        #expect(try bytes(plain + "/out/model.safetensors") == bytes(traced + "/out/model.safetensors"))
        let trace = try TraceFile.read(path: path)
        #expect(trace["blocks.1.attn.W_Q.updated"] != nil)
        #expect(try (trace.step("embed.W_E.updated").operation as? AdamStep)?.step == 7)
        #expect(try trace.explain("part.1.blocks.0.attn.W_Q.grad", at: [0, 1, 2]).terms.count > 10)
    }

    @Test func aRunLearnsMeasuresAndLoads() throws {
        let folder = try folder()
        let recipe = try Recipes.read(path: folder + "/recipe.yaml")
        var losses: [Double] = []
        try recipe.run(into: folder + "/out", steps: nil) { event in
            if case .update(let record, _) = event { losses.append(record.loss) }
        }
        #expect(losses.count == 30)
        let (first, last) = (try #require(losses.first), try #require(losses.last))
        #expect(last < 0.8 * first)
        let loaded = try LanguageModel.load(folder: folder + "/out")
        #expect(try loaded.tokenizer?.vocabularySize == loaded.decoder.configuration.vocabularySize)
        let quality = try NextWordQuality.read(path: folder + "/out/quality.json")
        #expect(quality.heldOutPerplexity > 1 && quality.bigramPerplexity > 1)
        #expect(quality.heads.previousTokenScores.count == 2)
        #expect(!FileManager.default.fileExists(atPath: folder + "/out/checkpoint.safetensors"))
    }

    /// The error that stands for an interrupt.
    private struct Interrupt: Error {}

    @Test(arguments: [3, 10, 17, 29]) func anInterruptedRunGivesTheSameBytes(_ moment: Int) throws {
        let folder = try folder()
        let recipe = try Recipes.read(path: folder + "/recipe.yaml")
        try recipe.run(into: folder + "/whole", steps: nil) { _ in }
        #expect(throws: Interrupt.self) {
            try recipe.run(into: folder + "/parts", steps: nil) { event in
                if case .update(let record, _) = event, record.step == moment { throw Interrupt() }
            }
        }
        var resumedAt = 0
        try recipe.run(into: folder + "/parts", steps: nil) { event in
            if case .resumed(let step) = event { resumedAt = step }
        }
        #expect(resumedAt == moment / 10 * 10 - (moment % 10 == 0 ? 10 : 0))
        for name in ["model.safetensors", "tokenizer.json", "config.json", "quality.json", "training.json"] {
            #expect(try bytes(folder + "/whole/" + name) == bytes(folder + "/parts/" + name), "\(name)")
        }
    }

    /// A rate that changes no number learns nothing: after two measurements without a gain the run ends, interrupted or not.
    @Test func aRunThatLearnsNothingStopsEarly() throws {
        let text = recipe.replacing("learning_rate: 0.01", with: "learning_rate: 1.0e-30")
            .replacing("checkpoint_every: 10", with: "checkpoint_every: 4\n  patience: 2")
        let folder = try folder(recipe: text)
        let recipe = try Recipes.read(path: folder + "/recipe.yaml")
        var steps = 0
        try recipe.run(into: folder + "/whole", steps: nil) { event in
            if case .update(let record, _) = event { steps = record.step }
        }
        #expect(steps == 12)
        #expect(throws: Interrupt.self) {
            try recipe.run(into: folder + "/parts", steps: nil) { event in
                if case .update(let record, _) = event, record.step == 10 { throw Interrupt() }
            }
        }
        try recipe.run(into: folder + "/parts", steps: nil) { _ in }
        #expect(try bytes(folder + "/whole/model.safetensors") == bytes(folder + "/parts/model.safetensors"))
        #expect(try bytes(folder + "/whole/training.json") == bytes(folder + "/parts/training.json"))
    }

    /// Checkpoints keep the loss scale; parameters go on from float32.
    @Test(arguments: ["float16", "bfloat16"]) func anInterruptedRunInHalfPrecisionGivesTheSameBytes(
        _ precision: String
    ) throws {
        let settings = "  precision: \(precision)\n  loss_scale: dynamic\n  seed: 9"
        let folder = try folder(recipe: recipe.replacing("  seed: 9", with: settings))
        let recipe = try Recipes.read(path: folder + "/recipe.yaml")
        var records: [TrainingRecord] = []
        try recipe.run(into: folder + "/whole", steps: nil) { event in
            if case .update(let record, _) = event { records.append(record) }
        }
        #expect(records.map(\.step) == Array(1...30))
        #expect(records[29].loss < 0.9 * records[0].loss)
        #expect(records.allSatisfy { $0.measures?["loss_scale"] == 65_536 })
        #expect(throws: Interrupt.self) {
            try recipe.run(into: folder + "/parts", steps: nil) { event in
                if case .update(let record, _) = event, record.step == 17 { throw Interrupt() }
            }
        }
        try recipe.run(into: folder + "/parts", steps: nil) { _ in }
        for name in ["model.safetensors", "quality.json", "training.json"] {
            #expect(try bytes(folder + "/whole/" + name) == bytes(folder + "/parts/" + name), "\(name)")
        }
    }

    @Test func aCheckpointOfAnotherRecipeIsRefused() throws {
        let first = try folder()
        let run = try Recipes.read(path: first + "/recipe.yaml")
        #expect(throws: Interrupt.self) {
            try run.run(into: first + "/out", steps: nil) { event in
                if case .update(let record, _) = event, record.step == 12 { throw Interrupt() }
            }
        }
        let text = recipe.replacing("learning_rate: 0.01", with: "learning_rate: 0.02")
        try text.write(toFile: first + "/recipe.yaml", atomically: true, encoding: .utf8)
        let other = try Recipes.read(path: first + "/recipe.yaml")
        #expect(throws: TrainingError.self) { try other.run(into: first + "/out", steps: nil) { _ in } }
    }

    @Test(arguments: [
        ("width: 16", "width: 17", "model.heads"), ("steps: 30", "steps: none", "training.steps"),
        ("steps: 30", "stepz: 30", "training.stepz"), ("name: small", "nam: small", "nam"),
        ("seed: 9", "seed: -1", "training.seed"), ("vocabulary: 300", "vocabulary: 3", "tokenizer.vocabulary"),
        ("probes: [the cat sat on the]", "probes: 4", "probes"), ("heads: 2,", "heads: [2],", "model.heads"),
        ("model: {width: 16, layers: 2, heads: 2, context: 24}", "model: 3", "model"),
    ]) func aMistakeIsNamed(_ right: String, _ wrong: String, _ key: String) throws {
        let folder = try folder(recipe: recipe.replacing(right, with: wrong))
        let error = #expect(throws: (any Error).self) { _ = try Recipes.read(path: folder + "/recipe.yaml") }
        let text = "\(try #require(error))"
        #expect(text.contains("recipe.yaml") && text.contains("“\(key)”"), "\(text)")
        #expect(!text.contains("\n"))
    }
}

/// A run that stops when it no longer gets better.
@Suite struct EarlyStoppingTests {
    @Test func theBestParametersComeBack() {
        func parameters(_ value: Float) -> ParameterSet {
            ParameterSet([Parameter(name: StepName("w"), tensor: Tensor([2], repeating: value), axes: [.width])])
        }
        var stopping = EarlyStopping(patience: 2, least: 0.01)
        let losses: [(Double, Bool)] = [(3, false), (2, false), (1.995, false), (2.5, true)]
        for (step, (loss, stops)) in losses.enumerated() {
            let ends = stopping.shouldStop(at: step, loss: loss, parameters: parameters(Float(step)))
            #expect(ends == stops)
        }
        var last = parameters(9)
        stopping.restore(&last)
        #expect(last.all[0].tensor.scalars == [1, 1])
        #expect(stopping.bestStep == 1 && stopping.bestLoss == 2)
    }
}
