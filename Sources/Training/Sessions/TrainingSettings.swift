import Models
import Tensors
import Wording

/// How a model is trained: what every recipe that updates by gradients shares.
package struct TrainingSettings: Sendable, Hashable {
    package var steps: Int
    /// Examples in a batch.
    package var batch: Int
    /// Tokens of an example, where examples are texts.
    package var context: Int
    package var schedule: Schedule
    package var optimizer: OptimizerSettings
    package var clip: ClipRule
    /// How many pieces a batch is computed in, one after the other, before the update: as large a batch in less memory.
    package var accumulation = 1
    /// How often a number that joins the residual stream is dropped while training.
    package var dropout = 0.0
    /// What matrix products compute in; the parameters themselves stay float32.
    package var precision = FloatFormat.float32
    package var lossScale = LossScaler.Rule.none
    /// After how many checkpoints without a gain on held-out data the run ends; 0 for never.
    package var patience = 0
    package var seed: UInt64
    /// Which part of the training windows are repeated random tokens, 0 … 1.
    package var drills: Double
    /// The amplitude of the waves that learned positions start as; 0 for noise.
    package var positionWaves: Double
    /// A checkpoint is kept every so many steps, and samples are shown.
    package var checkpointEvery: Int

    package init(
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
    ///   - examples: how many there are to draw a batch from; nil where they never end.
    /// - Throws: ``TrainingError/recipe(path:line:key:expected:found:)``.
    init(_ run: YAMLReader, allowing others: Set<String> = [], examples: Int? = nil) throws {
        try run.allow(Self.keys.union(others))
        let steps = try run.integer("steps", in: 1...100_000_000)
        self.init(
            steps: steps, batch: try run.integer("batch", in: 1...min(examples ?? .max, 65_536)),
            schedule: Schedule(
                rate: try run.number("learning_rate", above: 0, to: 10),
                warmUp: try run.integer("warm_up", in: 0...steps, default: 0),
                shape: try run.choice("schedule", default: .cosine), steps: steps,
                final: try run.number("final_rate", in: 0...10, default: 0),
                stepSize: try run.integer("step_size", in: 1...100_000_000, default: 10),
                factor: try run.number("gamma", above: 0, to: 1, default: 0.1),
                width: try run.integer("width", in: 1...1_000_000, default: 512)),
            seed: try run.seed(),
            checkpointEvery: try run.integer("checkpoint_every", in: 1...100_000_000, default: 500))
        let kind: OptimizerSettings.Kind = try run.choice("optimizer", default: .adamw)
        // In single precision what lies nearer to one is one: a mean that takes nothing new up, divided by nothing.
        let most = 0.999_999
        optimizer = OptimizerSettings(
            kind, momentum: try run.number("momentum", in: 0...most, default: 0),
            nesterov: try run.flag("nesterov", default: false),
            beta1: try run.number("beta1", in: 0...most, default: 0.9),
            beta2: try run.number("beta2", in: 0...most, default: 0.999),
            epsilon: run.has("epsilon") ? try run.number("epsilon", in: 1e-20...1) : nil,
            weightDecay: try run.number("weight_decay", in: 0...10, default: kind == .adamw ? 0.01 : 0))
        clip = .norm(1)
        if run.has("clip_value") {
            clip = .value(try run.number("clip_value", above: 0, to: 1_000_000))
        } else if run.has("clip_norm") {
            clip = try run.text("clip_norm") == "none" ? .none : .norm(run.number("clip_norm", above: 0, to: 1_000_000))
        }
        precision = try run.choice("precision", default: .float32)
        // Half gradients need it; bfloat16 has float32's range and does not.
        lossScale = precision == .float16 ? .dynamic : .none
        if run.has("loss_scale") {
            let text = try run.text("loss_scale")
            switch text {
            case "dynamic": lossScale = .dynamic
            case "none": lossScale = .none
            default: lossScale = .fixed(try run.number("loss_scale", in: LossScaler.range))
            }
        }
        patience = try run.integer("patience", in: 0...1_000_000, default: 0)
        dropout = try run.number("dropout", in: 0...0.99, default: 0)
        accumulation = try run.integer("accumulation", in: 1...batch, default: 1)
        try refuseWhatHasNoEffect(run)
    }

    /// Settings that another one leaves without effect, unless they say what goes without saying: whoever wrote them expects what will not happen.
    private func refuseWhatHasNoEffect(_ run: YAMLReader) throws {
        func need(_ isMet: Bool, _ keys: [String], _ other: Phrase) throws {
            guard !isMet, let key = keys.first(where: run.has) else { return }
            throw run.wrong(
                key,
                expected: Phrase(
                    en: "nothing, as it has no effect without \(other.english)",
                    zh: "空缺（没有 \(other.chinese) 就不起作用）"))
        }
        let isDescent = optimizer.kind == .sgd
        try need(isDescent || optimizer.momentum == 0, ["momentum"], "optimizer: sgd")
        try need(isDescent || !optimizer.nesterov, ["nesterov"], "optimizer: sgd")
        try need(optimizer.momentum > 0 || !optimizer.nesterov, ["nesterov"], "momentum")
        try need(
            !isDescent, ["beta1", "beta2", "epsilon"],
            Phrase(en: "optimizer: adam, adamw or lamb", zh: "optimizer: adam、adamw 或 lamb"))
        try need(
            precision != .float32 || lossScale == .none, ["loss_scale"],
            Phrase(en: "precision: float16 or bfloat16", zh: "precision: float16 或 bfloat16"))
        try need(schedule.shape == .step, ["step_size", "gamma"], "schedule: step")
        try need(schedule.shape == .noam, ["width"], "schedule: noam")
        try need(
            schedule.shape == .linear || schedule.shape == .cosine || schedule.final == 0, ["final_rate"],
            Phrase(en: "schedule: linear or cosine", zh: "schedule: linear 或 cosine"))
        guard run.has("clip_value"), run.has("clip_norm") else { return }
        throw run.wrong("clip_norm", expected: Phrase(en: "nothing beside clip_value", zh: "空缺（已有 clip_value）"))
    }
}
