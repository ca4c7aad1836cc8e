import Foundation
import Models
import TestSupport
import Testing
import Tokenizers

@testable import Training

/// Fine-tuning and reinforcement by their recipes, shortened.
@Suite struct TuningTests {
    private static let fixtures = Places.root + "/fixtures"

    /// A shipped recipe with other settings, and its files named in full.
    private func recipe(_ name: String, _ changes: [(String, String)]) throws -> any Recipe {
        var text = try String(contentsOfFile: Self.fixtures + "/recipes/\(name).yaml", encoding: .utf8)
        for (old, new) in changes + [("../", Self.fixtures + "/")] {
            #expect(text.contains(old), "\(name) no longer says “\(old)”")
            text = text.replacing(old, with: new)
        }
        let folder = try Places.temporaryFolder()
        try text.write(toFile: folder + "/recipe.yaml", atomically: true, encoding: .utf8)
        return try Recipes.read(path: folder + "/recipe.yaml")
    }

    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    private struct Interrupt: Error {}

    /// A run broken off at `step` and gone on with leaves the same files as one that was not.
    private func survives(_ recipe: any Recipe, steps: Int, interruptedAt step: Int) throws {
        let (plain, broken) = (try Places.temporaryFolder(), try Places.temporaryFolder())
        try recipe.run(into: plain, steps: steps) { _ in }
        #expect(throws: Interrupt.self) {
            try recipe.run(into: broken, steps: steps) { event in
                if case .update(let record, _) = event, record.step == step { throw Interrupt() }
            }
        }
        var resumed = false
        try recipe.run(into: broken, steps: steps) { event in if case .resumed = event { resumed = true } }
        #expect(resumed)
        for file in ["model.safetensors", "training.json", "quality.json"] {
            #expect(try bytes(plain + "/" + file) == bytes(broken + "/" + file), "\(file)")
        }
    }

    @Test func questionsHeldOutAreNeverLearned() throws {
        let recipe = try #require(try recipe("answers", [("train: 20000", "train: 5000")]) as? AnswerRecipe)
        let grammar = try CorpusGrammar(path: Self.fixtures + "/corpora/answers.yaml")
        let learned = Set(try recipe.questions.questions(.training, grammar: grammar).map(\.text))
        let heldOut = try recipe.questions.questions(.heldOut, grammar: grammar)
        #expect(heldOut.allSatisfy { !learned.contains($0.text) })
        #expect(heldOut.allSatisfy { $0.judge($0.whole) == .whole && $0.judge($0.short) == .short })
        // Both languages are asked about.
        #expect(heldOut.contains { $0.text.hasSuffix("?") } && heldOut.contains { $0.text.hasSuffix("？") })
    }

    @Test func onlyTheAnswerIsATarget() {
        let batch = SupervisedAnswers.batch(
            [.init(prompt: [5, 6, 7], answer: [8, 0]), .init(prompt: [5], answer: [9, 9, 9, 0])], padding: 0)
        #expect(batch.inputs == [[5, 6, 7, 8], [5, 9, 9, 9]])
        #expect(batch.targets == [[-1, -1, 8, 0], [9, 9, 9, 0]])
    }

    @Test func aShortFineTuningBeginsToAnswerAndSurvivesAnInterrupt() throws {
        let recipe = try recipe(
            "answers",
            [
                ("steps: 1500", "steps: 40"), ("train: 20000", "train: 500"), ("held_out: 500", "held_out: 20"),
                ("sentences: 500", "sentences: 20"), ("warm_up: 50", "warm_up: 5"),
                ("checkpoint_every: 250", "checkpoint_every: 10"),
            ])
        try survives(recipe, steps: 40, interruptedAt: 25)
        let folder = try Places.temporaryFolder()
        try recipe.run(into: folder, steps: nil) { _ in }
        let quality = try AnswerQuality.read(path: folder + "/quality.json")
        let perplexity = try #require(quality.measures.first { $0.name == "answer_perplexity" })
        #expect(perplexity.value < 0.05 * (perplexity.baseline ?? 0))
        #expect(try recipe.measure(folder: folder) == quality.measures)
    }

    /// What the recipe expects, from an eighth of its updates: the reward rises, and the policy stays near.
    @Test func aShortReinforcementRaisesTheReward() throws {
        let recipe = try recipe("polite", [("steps: 480", "steps: 120"), ("held_out: 500", "held_out: 100")])
        let folder = try Places.temporaryFolder()
        var records: [TrainingRecord] = []
        try recipe.run(into: folder, steps: nil) { event in if case .update(let it, _) = event { records.append(it) } }
        let measures = try RewardQuality.read(path: folder + "/quality.json").measures
        let reward = try #require(measures.first { $0.name == "reward" })
        #expect(reward.value > (reward.baseline ?? .infinity) + 0.2)
        #expect(try #require(measures.first { $0.name == "kl" }).value < 3)
        for key in ["reward", "kl", "entropy", "clip_fraction", "value_loss", "update_kl"] {
            #expect(records.allSatisfy { $0.measures?[key]?.isFinite == true }, "\(key)")
        }
        // A rollout's first update starts from the policy that wrote: no ratio is clipped, nothing has drifted.
        #expect(records[0].measures?["clip_fraction"] == 0)
        #expect(abs(records[0].measures?["update_kl"] ?? 1) < 1e-6)
        #expect(records.contains { ($0.measures?["clip_fraction"] ?? 0) > 0 })
    }

    @Test(arguments: ["polite", "polite-reinforce"]) func aReinforcementSurvivesAnInterrupt(_ name: String) throws {
        let recipe = try recipe(
            name,
            [
                ("held_out: 500", "held_out: 20"), ("train: 20000", "train: 200"), ("answers: 64", "answers: 8"),
                name == "polite" ? ("batch: 32", "batch: 4") : ("batch: 64", "batch: 8"),
                name == "polite"
                    ? ("checkpoint_every: 80", "checkpoint_every: 8") : ("checkpoint_every: 50", "checkpoint_every: 2"),
            ])
        try survives(recipe, steps: name == "polite" ? 28 : 7, interruptedAt: name == "polite" ? 19 : 5)
    }
}
