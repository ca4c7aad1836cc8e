import Models
import Tensors
import Tracing
import Wording

/// What a recipe brings to a training by gradients: its task, and what is shown, measured and kept of its model.
package protocol Course: Sendable {
    associatedtype Task: TrainingTask
    associatedtype Findings: QualityFindings

    var settings: TrainingSettings { get }

    /// What it works on, in words.
    var notes: [Phrase] { get }

    /// What must agree for a checkpoint to be gone on from.
    var fingerprint: String { get }

    /// The model before its first update.
    func beginning() throws -> Task.Model

    /// What the next update learns from.
    mutating func lesson(for trainer: inout Trainer<Task>) throws -> Lesson<Task>

    /// What was measured of the update beside its loss; nil for nothing.
    func measures(of lesson: Lesson<Task>, by trainer: Trainer<Task>) -> [String: Double]?

    /// Whether nothing but the trainer's own state is needed to go on from here.
    var mayPause: Bool { get }

    /// What else is done before the first update, in the run's folder.
    /// - Parameter steps: how many updates the run has.
    mutating func prepare(in folder: String, steps: Int, report: (TrainingEvent) throws -> Void) throws

    /// Called before the first update and after each one.
    func reached(_ step: Int, of steps: Int, with model: Task.Model, in folder: String) throws

    /// What to show of the model when a checkpoint is kept.
    func sample(of model: Task.Model, at step: Int) throws -> TrainingEvent?

    /// The loss on held-out data, for settings that stop early; nil where it is not measured.
    func heldOutLoss(of model: Task.Model) throws -> Double?

    /// The model with its tokenizer, as a folder holds it.
    func written(_ model: Task.Model) -> LanguageModel

    /// What lies beside the model's own files.
    func writeMore(of model: Task.Model, to folder: String) throws

    /// The model of a folder.
    func read(_ model: LanguageModel) throws -> Task.Model

    /// Measures a model on the recipe's held-out data.
    func measures(of model: Task.Model) throws -> [Measure]

    /// The same, with what else is found out about a trained model.
    /// - Parameter folder: the run's.
    func measured(_ model: Task.Model, in folder: String) throws -> (measures: [Measure], findings: Findings)

    /// The run's records, with what belongs to them.
    func completed(_ records: [TrainingRecord]) -> [TrainingRecord]
}

/// The examples of one update.
package struct Lesson<Task: TrainingTask>: Sendable {
    package let task: Task
    package let batch: Task.Batch
}

extension Course {
    package var mayPause: Bool { true }
    package func measures(of lesson: Lesson<Task>, by trainer: Trainer<Task>) -> [String: Double]? { nil }
    package mutating func prepare(in folder: String, steps: Int, report: (TrainingEvent) throws -> Void) throws {}
    package func reached(_ step: Int, of steps: Int, with model: Task.Model, in folder: String) throws {}
    package func sample(of model: Task.Model, at step: Int) throws -> TrainingEvent? { nil }
    package func heldOutLoss(of model: Task.Model) throws -> Double? { nil }
    package func writeMore(of model: Task.Model, to folder: String) throws {}
    package func completed(_ records: [TrainingRecord]) -> [TrainingRecord] { records }
}

/// A course whose examples are drawn from one task, whatever the model has learned.
package protocol PlainCourse: Course {
    var task: Task { get }
}

extension PlainCourse {
    package mutating func lesson(for trainer: inout Trainer<Task>) throws -> Lesson<Task> {
        Lesson(task: task, batch: try task.batch(settings.batch, using: &trainer.random))
    }
}

extension Course where Task.Model == Decoder {
    package func read(_ model: LanguageModel) throws -> Decoder { try model.decoder }
}

extension Course where Task.Model == Encoder {
    package func writeMore(of encoder: Encoder, to folder: String) throws {
        try EncoderTokens.writeConfiguration(to: folder, context: encoder.configuration.context)
    }

    package func read(_ model: LanguageModel) throws -> Encoder { try model.encoder }
}
