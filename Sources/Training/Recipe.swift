import Foundation
import Models
import Tensors

/// Everything that makes a model again: its sizes, tokenizer, corpus and training, with their seeds.
public struct Recipe: Sendable, Hashable {
    public struct TokenizerSettings: Sendable, Hashable {
        public var vocabulary: Int
        public var minimumFrequency: Int
    }

    public struct CorpusSettings: Sendable, Hashable {
        /// The grammar's file, relative to the recipe's folder.
        public var grammar: String
        public var sentences: Int
        public var heldOut: Int
        public var seed: UInt64
    }

    public struct TrainingSettings: Sendable, Hashable {
        public var steps: Int
        public var batch: Int
        public var context: Int
        public var schedule: Schedule
        public var weightDecay: Double
        public var beta2: Double
        public var clipNorm: Double
        public var seed: UInt64
        /// Which part of the training windows are repeated random tokens, 0 … 1.
        public var drills: Double
        /// The amplitude of the waves that learned positions start as; 0 for noise.
        public var positionWaves: Double
        /// A checkpoint is kept every so many steps, and samples are shown.
        public var checkpointEvery: Int

        public init(
            steps: Int, batch: Int, context: Int, schedule: Schedule, weightDecay: Double = 0.01, beta2: Double = 0.999,
            clipNorm: Double = 1, seed: UInt64 = 0, drills: Double = 0,
            positionWaves: Double = 0, checkpointEvery: Int = 500
        ) {
            self.positionWaves = positionWaves
            self.drills = drills
            self.steps = steps
            self.batch = batch
            self.context = context
            self.schedule = schedule
            self.weightDecay = weightDecay
            self.beta2 = beta2
            self.clipNorm = clipNorm
            self.seed = seed
            self.checkpointEvery = checkpointEvery
        }
    }

    public var path: String
    public var name: String
    public var description: [String: String]
    public var decoder: DecoderConfiguration
    public var tokenizer: TokenizerSettings
    public var corpus: CorpusSettings
    public var training: TrainingSettings
    /// Texts whose continuations are measured when training ends.
    public var probes: [String]

    /// The special token that ends every sentence.
    public static let endOfText = "<|endoftext|>"

    /// - Throws: ``TrainingError/recipe(path:line:key:expected:found:)`` naming file, line and key.
    public init(path: String) throws {
        let root = try YAMLReader(path: path)
        try root.allow(["name", "description", "model", "tokenizer", "corpus", "training", "probes"])
        self.path = path
        name = try root.text("name")
        let words = try root.section("description")
        try words.allow(["en", "zh-Hans"])
        description = ["en": try words.text("en"), "zh-Hans": try words.text("zh-Hans")]

        let tokens = try root.section("tokenizer")
        try tokens.allow(["vocabulary", "minimum_frequency"])
        tokenizer = TokenizerSettings(
            vocabulary: try tokens.integer("vocabulary", in: 257...200_000),
            minimumFrequency: try tokens.integer("minimum_frequency", in: 1...1_000_000_000))

        let texts = try root.section("corpus")
        try texts.allow(["grammar", "sentences", "held_out", "seed"])
        corpus = CorpusSettings(
            grammar: try texts.text("grammar"), sentences: try texts.integer("sentences", in: 1...10_000_000),
            heldOut: try texts.integer("held_out", in: 1...1_000_000),
            seed: UInt64(try texts.integer("seed", in: 0...Int.max)))

        let sizes = try root.section("model")
        try sizes.allow(["width", "layers", "heads", "hidden", "context", "activation", "positions", "norm", "tied"])
        let width = try sizes.integer("width", in: 1...65_536)
        decoder = DecoderConfiguration(
            vocabularySize: tokenizer.vocabulary, context: try sizes.integer("context", in: 1...1_048_576),
            width: width, layers: try sizes.integer("layers", in: 1...1_000),
            heads: try sizes.integer("heads", in: 1...1_024),
            hidden: try sizes.integer("hidden", in: 1...1_048_576, default: 4 * width),
            activation: try sizes.choice("activation", default: .geluTanh),
            positions: try sizes.choice("positions", default: .learned),
            normPlacement: try sizes.choice("norm", default: .pre),
            tiedOutput: try sizes.integer("tied", in: 0...1, default: 1) == 1)
        try decoder.validate(path: path)

        let run = try root.section("training")
        try run.allow([
            "steps", "batch", "context", "learning_rate", "final_rate", "warm_up", "schedule", "weight_decay", "beta2",
            "clip_norm", "seed", "drills", "position_waves",
            "checkpoint_every",
        ])
        let steps = try run.integer("steps", in: 1...100_000_000)
        training = TrainingSettings(
            steps: steps, batch: try run.integer("batch", in: 1...65_536),
            context: try run.integer("context", in: 2...max(decoder.context, 2)),
            schedule: Schedule(
                rate: try run.number("learning_rate", in: 0...10), warmUp: try run.integer("warm_up", in: 0...steps),
                shape: try run.choice("schedule", default: .cosine), steps: steps,
                final: try run.number("final_rate", in: 0...10, default: 0)),
            weightDecay: try run.number("weight_decay", in: 0...10, default: 0.01),
            beta2: try run.number("beta2", in: 0...1, default: 0.999),
            clipNorm: try run.number("clip_norm", in: 0...1_000_000, default: 1),
            seed: UInt64(try run.integer("seed", in: 0...Int.max)),
            drills: try run.number("drills", in: 0...1, default: 0),
            positionWaves: try run.number("position_waves", in: 0...10, default: 0),
            checkpointEvery: try run.integer("checkpoint_every", in: 1...100_000_000, default: 500))
        probes = try root.texts("probes")
    }

    /// The grammar's place on disk.
    public var grammarPath: String {
        corpus.grammar.hasPrefix("/")
            ? corpus.grammar
            : URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(corpus.grammar)
                .standardizedFileURL.path
    }
}
