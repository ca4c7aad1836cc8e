import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// Reinforcement learning: a decoder that answers learns to answer as a stated reward wants it.
public struct RewardRecipe: TrainedRecipe, Hashable {
    public static let kind = "reward"
    public static let keys: Set<String> = ["algorithm", "from", "questions", "reward", "policy", "training"]

    /// How answers are gathered, and how they are learned from.
    public struct Policy: Sendable, Hashable {
        /// Answers written between two learnings.
        public var answers: Int
        /// How often each is learned from.
        public var epochs: Int
        /// PPO's ε.
        public var clip: Double
        /// β: what a token pays for each nat that it is likelier than the reference holds it.
        public var kl: Double
        /// γ and λ of the advantages.
        public var discount: Double
        public var smoothing: Double
        public var valueWeight: Double
        public var entropyWeight: Double
    }

    public var head: RecipeHead
    public var algorithm: PolicyRule.Algorithm
    /// The folder of the model to begin with, which is also the reference, relative to the recipe's.
    public var from: String
    public var questions: QuestionSettings
    public var reward: AnswerReward
    public var policy: Policy
    public var training: TrainingSettings

    public var rule: PolicyRule {
        PolicyRule(
            algorithm, clip: policy.clip, valueWeight: policy.valueWeight, entropyWeight: policy.entropyWeight)
    }

    public init(_ root: YAMLReader, head: RecipeHead) throws {
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

    public func run(into folder: String, steps limit: Int?, report: (TrainingEvent) throws -> Void) throws {
        let base = try LanguageModel.load(folder: head.file(from))
        let decoder = try base.decoder
        let words = try AnswerWords(base)
        let grammar = try CorpusGrammar(path: head.file(questions.grammar))
        let asked = try questions.questions(.training, grammar: grammar)
        let heldOut = try questions.questions(.heldOut, grammar: grammar)
        var loop = PolicyLoop(
            maker: maker(words: words, reference: decoder), questions: asked, shown: heldOut.first,
            trainer: Trainer(model: PolicyModel(decoder, hasValueHead: algorithm == .ppo), settings: training),
            folder: folder,
            fingerprint: try head.fingerprint(
                with: [head.file(questions.grammar)], startingFrom: head.file(from), seed: seed))
        try loop.run(steps: limit, report: report)
        let learned = loop.trainer.model.decoder
        let output = try RunFolder.open(folder)
        try head.write(.decoder(learned), family: base.family, tokenizer: base.tokenizer, to: output.unfinished)
        let quality = RewardQuality(
            RunQuality(
                self, of: learned, records: loop.trainer.records,
                measures: try measures(words: words, before: decoder, after: learned, questions: heldOut)),
            try RewardFindings(recipe: self, words: words, before: decoder, after: learned, questions: heldOut))
        try RunFolder.finish(output, quality: quality, records: loop.trainer.records, report: report)
    }

    func maker(words: AnswerWords, reference: Decoder) -> RolloutMaker {
        RolloutMaker(words: words, reference: reference, reward: reward, settings: policy, rule: rule)
    }

    public func measure(folder: String) throws -> [Measure] {
        let base = try LanguageModel.load(folder: head.file(from))
        let heldOut = try questions.questions(.heldOut, grammar: CorpusGrammar(path: head.file(questions.grammar)))
        return try measures(
            words: AnswerWords(base), before: base.decoder, after: LanguageModel.load(folder: folder).decoder,
            questions: heldOut)
    }

    /// Held-out questions answered by drawing, as the policy acts: mean reward, divergence from the reference, the
    /// share of right answers and of whole sentences, each beside the reference's.
    func measures(
        words: AnswerWords, before: Decoder, after: Decoder, questions: [AnswerQuestion]
    ) throws -> [Measure] {
        let maker = maker(words: words, reference: before)
        var random = RandomSource(seed: self.questions.seed &+ 3)
        let seeds = questions.map { _ in random.next() }
        let (old, new) = try (
            maker.rollout(of: questions, by: PolicyModel(before, hasValueHead: false), seeds: seeds).measures,
            maker.rollout(of: questions, by: PolicyModel(after, hasValueHead: false), seeds: seeds).measures
        )
        return ["reward", "kl", "accuracy", "whole_sentences"].compactMap { name in
            new[name].map { Measure(name, $0, baseline: name == "kl" ? nil : old[name]) }
        }
    }
}
