import Models
import Tensors

/// How a model is trained: what every recipe that updates by gradients shares.
public struct TrainingSettings: Sendable, Hashable {
    public var steps: Int
    /// Examples in a batch.
    public var batch: Int
    /// Tokens of an example, where examples are texts.
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
        steps: Int, batch: Int, context: Int = 0, schedule: Schedule, weightDecay: Double = 0.01,
        beta2: Double = 0.999, clipNorm: Double = 1, seed: UInt64 = 0, drills: Double = 0,
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

extension TrainingSettings {
    static let keys: Set<String> = [
        "steps", "batch", "learning_rate", "final_rate", "warm_up", "schedule", "weight_decay", "beta2", "clip_norm",
        "seed", "checkpoint_every",
    ]

    /// Reads the section `training` of a recipe.
    ///
    /// - Parameters:
    ///   - run: the section.
    ///   - others: the keys that this kind of recipe reads itself.
    /// - Throws: ``TrainingError/recipe(path:line:key:expected:found:)``.
    init(_ run: YAMLReader, allowing others: Set<String> = []) throws {
        try run.allow(Self.keys.union(others))
        let steps = try run.integer("steps", in: 1...100_000_000)
        self.init(
            steps: steps, batch: try run.integer("batch", in: 1...65_536),
            schedule: Schedule(
                rate: try run.number("learning_rate", in: 0...10), warmUp: try run.integer("warm_up", in: 0...steps),
                shape: try run.choice("schedule", default: .cosine), steps: steps,
                final: try run.number("final_rate", in: 0...10, default: 0)),
            weightDecay: try run.number("weight_decay", in: 0...10, default: 0.01),
            beta2: try run.number("beta2", in: 0...1, default: 0.999),
            clipNorm: try run.number("clip_norm", in: 0...1_000_000, default: 1),
            seed: UInt64(try run.integer("seed", in: 0...Int.max)),
            checkpointEvery: try run.integer("checkpoint_every", in: 1...100_000_000, default: 500))
    }
}
