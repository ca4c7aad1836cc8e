import Wording

/// Reinforcement learning: a decoder that answers learns to answer as a stated reward wants it.
package struct RewardRecipe: TrainedRecipe, Hashable {
    package static let kind = "reward"
    package static let keys: Set<String> = ["algorithm", "from", "questions", "reward", "policy", "training"]

    /// How answers are gathered, and how they are learned from.
    package struct Policy: Sendable, Hashable {
        /// Answers written between two learnings.
        package var answers: Int
        /// How often each is learned from.
        package var epochs: Int
        /// PPO's ε.
        package var clip: Double
        /// β: what a token pays for each nat that it is likelier than the reference holds it.
        package var kl: Double
        /// γ and λ of the advantages.
        package var discount: Double
        package var smoothing: Double
        package var valueWeight: Double
        package var entropyWeight: Double
    }

    package var head: RecipeHead
    package var algorithm: PolicyRule.Algorithm
    /// The folder of the model to begin with, which is also the reference, relative to the recipe's.
    package var from: String
    package var questions: QuestionSettings
    package var reward: AnswerReward
    package var policy: Policy
    package var training: TrainingSettings

    package var rule: PolicyRule {
        PolicyRule(
            algorithm, clip: policy.clip, valueWeight: policy.valueWeight, entropyWeight: policy.entropyWeight)
    }

    package init(_ root: YAMLReader, head: RecipeHead) throws {
        self.head = head
        algorithm = try root.choice("algorithm", default: .ppo)
        from = try root.text("from")
        questions = try QuestionSettings(root.section("questions"))
        let wanted = try root.section("reward", allowing: ["whole", "short"])
        reward = AnswerReward(
            whole: try wanted.number("whole", in: -1000...1000), short: try wanted.number("short", in: -1000...1000))
        let p = try root.section(
            "policy",
            allowing: [
                "answers", "epochs", "clip", "kl", "discount", "smoothing", "value_weight", "entropy_weight",
            ])
        policy = Policy(
            answers: try p.integer("answers", in: 1...65_536),
            epochs: try p.integer("epochs", in: 1...1_000, default: 1),
            clip: try p.number("clip", above: 0, to: 1000, default: 0.2),
            kl: try p.number("kl", in: 0...1000, default: 0),
            discount: try p.number("discount", in: 0...1, default: 1),
            smoothing: try p.number("smoothing", in: 0...1, default: 0.95),
            valueWeight: try p.number("value_weight", in: 0...1000, default: 0.5),
            entropyWeight: try p.number("entropy_weight", in: 0...1000, default: 0))
        training = try TrainingSettings(root.section("training"), examples: policy.answers)
    }

    package func course() throws -> PolicyCourse { try PolicyCourse(self) }
}
