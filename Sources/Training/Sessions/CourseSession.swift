import Models
import Tensors
import Tracing
import Wording

/// A training by gradients in mid-course.
package struct CourseSession<Lessons: Course>: RunSession {
    package private(set) var course: Lessons
    package internal(set) var trainer: Trainer<Lessons.Task>
    package let steps: Int
    private var stopping: EarlyStopping?
    private var hasStopped = false
    /// The step of the last checkpoint.
    private var kept = 0
    private let checkpointName: String

    /// - Parameters:
    ///   - limit: fewer updates than the settings'.
    ///   - model: nil for the one that the course begins with.
    ///   - checkpointName: the checkpoint's file, where a run has several stages one after the other.
    init(
        _ course: Lessons, steps limit: Int?, from model: Lessons.Task.Model? = nil,
        checkpointName: String = "checkpoint.safetensors"
    ) throws {
        self.course = course
        self.checkpointName = checkpointName
        let settings = course.settings
        steps = min(limit ?? .max, settings.steps)
        trainer = Trainer(model: try model ?? course.beginning(), settings: settings)
        stopping = settings.patience > 0 ? EarlyStopping(patience: settings.patience) : nil
    }

    package var notes: [Phrase] { course.notes }
    package var step: Int { trainer.step }
    package var isFinished: Bool { hasStopped || step >= steps }
    package var records: [TrainingRecord] { trainer.records }
    package var finalRecords: [TrainingRecord] { course.completed(trainer.records) }
    package var model: LiveModel { .language(course.written(trainer.model)) }

    package mutating func update() throws {
        try make { trainer, lesson in try trainer.update(lesson.task, on: lesson.batch) }
    }

    package mutating func tracedUpdate() throws -> Trace {
        try make { trainer, lesson in try trainer.tracedUpdate(lesson.task, on: lesson.batch) }
    }

    private mutating func make<Result>(
        _ update: (inout Trainer<Lessons.Task>, Lesson<Lessons.Task>) throws -> Result
    ) throws -> Result {
        let before = step
        let lesson = try course.lesson(for: &trainer)
        let result = try update(&trainer, lesson)
        // Loss scaling may have thrown it away.
        guard step > before else { return result }
        if let measures = course.measures(of: lesson, by: trainer) { trainer.note(measures) }
        try stopEarly()
        return result
    }

    /// Ends where the model no longer gets better on data that it does not learn from, and goes back to where it was best.
    private mutating func stopEarly() throws {
        guard stopping != nil else { return }
        if step % trainer.settings.checkpointEvery == 0, step < steps,
            let loss = try course.heldOutLoss(of: trainer.model)
        {
            let (step, parameters) = (step, trainer.model.parameters)
            hasStopped = stopping?.shouldStop(at: step, loss: loss, parameters: parameters) == true
        }
        if isFinished { stopping?.restore(&trainer.model.parameters) }
    }

    // MARK: The run

    package mutating func prepare(in folder: String, report: (TrainingEvent) throws -> Void) throws {
        try course.prepare(in: folder, steps: steps, report: report)
        let path = folder + "/" + checkpointName
        if try TrainingCheckpoint.resume(&trainer, stopping: &stopping, recipe: fingerprint, from: path) {
            kept = step - step % trainer.settings.checkpointEvery
            try report(.resumed(step: step))
        } else {
            try course.reached(0, of: steps, with: trainer.model, in: folder)
        }
    }

    package mutating func pause(in folder: String) throws -> TrainingEvent? {
        try course.reached(step, of: steps, with: trainer.model, in: folder)
        guard !isFinished, course.mayPause, step - kept >= trainer.settings.checkpointEvery else { return nil }
        kept = step
        try keep(in: folder)
        return try course.sample(of: trainer.model, at: step)
    }

    /// Writes the checkpoint.
    func keep(in folder: String) throws {
        try TrainingCheckpoint.write(
            trainer, stopping: stopping, recipe: fingerprint, to: folder + "/" + checkpointName)
    }

    private var fingerprint: String { course.fingerprint }
}
