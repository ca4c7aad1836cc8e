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
    public var optimizer: OptimizerSettings
    public var clip: ClipRule
    /// How many pieces a batch is computed in, one after the other, before the update: as large a batch in less memory.
    public var accumulation = 1
    /// How often a number that joins the residual stream is dropped while training.
    public var dropout = 0.0
    /// What matrix products compute in; the parameters themselves stay float32.
    public var precision = FloatFormat.float32
    public var lossScale = LossScaler.Rule.none
    /// After how many checkpoints without a gain on held-out data the run ends; 0 for never.
    public var patience = 0
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
        optimizer = OptimizerSettings(.adamw, beta2: beta2, weightDecay: weightDecay)
        clip = clipNorm > 0 ? .norm(clipNorm) : .none
        self.seed = seed
        self.checkpointEvery = checkpointEvery
    }
}

extension TrainingSettings {
    static let keys: Set<String> = [
        "steps", "batch", "learning_rate", "final_rate", "warm_up", "schedule", "step_size", "gamma", "width",
        "optimizer", "momentum", "nesterov", "beta1", "beta2", "epsilon", "weight_decay", "clip_norm", "clip_value",
        "accumulation", "dropout", "precision", "loss_scale", "patience", "seed", "checkpoint_every",
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
                rate: try run.number("learning_rate", in: 0...10),
                warmUp: try run.integer("warm_up", in: 0...steps, default: 0),
                shape: try run.choice("schedule", default: .cosine), steps: steps,
                final: try run.number("final_rate", in: 0...10, default: 0),
                stepSize: try run.integer("step_size", in: 1...100_000_000, default: 10),
                factor: try run.number("gamma", in: 0...1, default: 0.1),
                width: try run.integer("width", in: 1...1_000_000, default: 512)),
            seed: try run.seed(),
            checkpointEvery: try run.integer("checkpoint_every", in: 1...100_000_000, default: 500))
        let kind: OptimizerSettings.Kind = try run.choice("optimizer", default: .adamw)
        optimizer = OptimizerSettings(
            kind, momentum: try run.number("momentum", in: 0...1, default: 0),
            nesterov: try run.integer("nesterov", in: 0...1, default: 0) == 1,
            beta1: try run.number("beta1", in: 0...1, default: 0.9),
            beta2: try run.number("beta2", in: 0...1, default: 0.999),
            epsilon: run.has("epsilon") ? try run.number("epsilon", in: 0...1) : nil,
            weightDecay: try run.number("weight_decay", in: 0...10, default: kind == .adamw ? 0.01 : 0))
        if run.has("clip_value") {
            clip = .value(try run.number("clip_value", in: 0...1_000_000))
        } else {
            let norm = try run.number("clip_norm", in: 0...1_000_000, default: 1)
            clip = norm > 0 ? .norm(norm) : .none
        }
        precision = try run.choice("precision", default: .float32)
        // Half gradients need it; bfloat16 has float32's range and does not.
        lossScale = precision == .float16 ? .dynamic : .none
        if run.has("loss_scale") {
            let text = try run.text("loss_scale")
            switch text {
            case "dynamic": lossScale = .dynamic
            case "none": lossScale = .none
            default: lossScale = .fixed(try run.number("loss_scale", in: 1e-6...1e12))
            }
        }
        patience = try run.integer("patience", in: 0...1_000_000, default: 0)
        dropout = try run.number("dropout", in: 0...0.99, default: 0)
        accumulation = try run.integer("accumulation", in: 1...65_536, default: 1)
    }
}
