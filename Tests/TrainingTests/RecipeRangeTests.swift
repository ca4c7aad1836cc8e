import Foundation
import TestSupport
import Testing
import Training

private let recipe = SmallRecipe.text.replacing("\n  checkpoint_every: 10", with: "")

/// Every number of a recipe has its range, and is refused beyond it before anything is computed.
@Suite struct RecipeRangeTests {
    /// The error names the line of the key, and the key, in both languages.
    private func expectRefused(_ text: String, _ key: String) throws {
        let error = try #require(throws: TrainingError.self) { try SmallRecipe.read(text) }
        guard case .recipe(_, let line, let found, let expected, _) = error else {
            Issue.record("\(error)")
            return
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let name = key.split(separator: ".").last ?? ""
        #expect(found == key && lines[line - 1].contains(name + ":"), "\(error)")
        #expect(expected.english != expected.chinese, "\(error)")
    }

    /// Settings with which no training can go well, and those that another setting leaves without effect.
    @Test(arguments: [
        "beta2: 1", "beta2: 1.0", "beta2: 0.99999999", "beta1: 1", "beta1: -0.1", "beta2: .nan", "beta2: true",
        "epsilon: 0", "epsilon: -1", "epsilon: 1e19", "epsilon: .inf", "weight_decay: -0.1", "weight_decay: .nan",
        "clip_norm: 0", "clip_value: 0", "clip_value: -1", "dropout: 1", "dropout: 1.5", "dropout: -0.1",
        "loss_scale: 16", "loss_scale: 1000000000000\n  precision: float16", "loss_scale: 0\n  precision: float16",
        "loss_scale: .inf\n  precision: float16", "nesterov: 1", "nesterov: 1\n  optimizer: sgd",
        "nesterov: true\n  optimizer: sgd\n  momentum: 0.9", "momentum: 0.9", "momentum: 1\n  optimizer: sgd",
        "beta2: 0.9\n  optimizer: sgd", "accumulation: 0", "accumulation: 5", "patience: -1", "gamma: 0.5",
        "gamma: 0\n  schedule: step", "step_size: 0\n  schedule: step", "width: 64",
        "final_rate: 0.1\n  schedule: step", "final_rate: -1", "clip_norm: 1\n  clip_value: 1", "position_waves: .nan",
        "drills: 2", "checkpoint_every: 0",
    ]) func whatCannotGoWellIsRefused(_ setting: String) throws {
        try expectRefused(
            recipe.replacing("  warm_up: 5", with: "  warm_up: 5\n  " + setting),
            "training." + setting.prefix { $0 != ":" })
    }

    @Test(arguments: ["0", "-0.1", ".nan", ".inf", "1e19", "fast", "[1]", "true", "11"])
    func aRateThatIsNoneIsRefused(_ rate: String) throws {
        try expectRefused(
            recipe.replacing("learning_rate: 0.01", with: "learning_rate: " + rate), "training.learning_rate")
    }

    @Test(arguments: [
        ("layers: 2", "layers: 0", "model.layers"), ("heads: 2", "heads: 3", "model.heads"),
        ("width: 16", "width: 1048576", "model.width"), ("held_out: 20", "held_out: 0", "corpus.held_out"),
        ("minimum_frequency: 5", "minimum_frequency: -5", "tokenizer.minimum_frequency"),
        ("batch: 4", "batch: 0", "training.batch"), ("batch: 4", "batch: 401", "training.batch"),
        ("warm_up: 5", "warm_up: 31", "training.warm_up"), ("context: 16", "context: 25", "training.context"),
        ("steps: 30", "steps: 0", "training.steps"), ("steps: 30", "steps: 1e19", "training.steps"),
        ("steps: 30", "steps: true", "training.steps"), ("steps: 30", "steps: 2.5", "training.steps"),
        ("layers: 2, heads: 2, context: 24", "layers: 1000, heads: 2, context: 1048576, hidden: 1048576", "model"),
    ]) func aSizeThatCannotBeIsRefused(_ right: String, _ wrong: String, _ key: String) throws {
        try expectRefused(recipe.replacing(right, with: wrong), key)
    }

    @Test(arguments: [
        "beta2: 0.9999", "epsilon: 0.1", "clip_norm: none", "clip_value: 0.5", "dropout: 0.5",
        "loss_scale: 1024\n  precision: float16", "loss_scale: dynamic\n  precision: bfloat16", "accumulation: 4",
        "nesterov: 1\n  optimizer: sgd\n  momentum: 0.9", "step_size: 3\n  gamma: 0.5\n  schedule: step",
        "schedule: noam\n  width: 16", "final_rate: 0.001", "momentum: 0\n  nesterov: 0", "loss_scale: none",
    ]) func whatCanBeIsAccepted(_ setting: String) throws {
        #expect(throws: Never.self) {
            try SmallRecipe.read(recipe.replacing("  warm_up: 5", with: "  warm_up: 5\n  " + setting))
        }
    }

    /// Of the other kinds, settings that cannot be.
    @Test(arguments: [
        ("house-prices", "learning_rate: 0.1", "learning_rate: 0", "training.learning_rate"),
        ("house-prices", "houses: 60", "houses: 2", "data.houses"),
        ("house-prices", "largest: 180", "largest: 40", "data.largest"),
        ("habits", "rate: 4", "rate: 0", "training.rate"), ("habits", "people: 10000", "people: -1", "training.people"),
        ("playground-circle", "learning_rate: 0.03", "learning_rate: .inf", "training.learning_rate"),
        ("masked-word", "heads: 4", "heads: 5", "model.heads"), ("translator", "heads: 4", "heads: 7", "model.heads"),
        ("translator", "label_smoothing: 0.1", "label_smoothing: 1", "training.label_smoothing"),
        ("classifier", "batch: 16", "batch: 601", "training.batch"), ("polite", "clip: 0.2", "clip: 0", "policy.clip"),
        ("polite", "batch: 32", "batch: 65", "training.batch"),
        ("answers", "rehearsal: 0.1", "rehearsal: 1.1", "plain.rehearsal"),
    ]) func everyKindHasItsRanges(_ name: String, _ right: String, _ wrong: String, _ key: String) throws {
        let text = try String(contentsOfFile: Places.root + "/fixtures/recipes/\(name).yaml", encoding: .utf8)
        #expect(text.contains(right), "\(name) has no “\(right)” any more")
        try expectRefused(text.replacing(right, with: wrong), key)
    }
}
