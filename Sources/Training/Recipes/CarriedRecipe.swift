import Models
import Tokenizers
import Wording

/// A recipe that says how a training of it begins, and what is kept and measured of the model at its end.
package protocol CarriedRecipe: Recipe {
    associatedtype Session: RunSession
    associatedtype Findings: QualityFindings

    /// A training of it, before its first step.
    /// - Parameter limit: fewer steps than the recipe's.
    func begin(steps limit: Int?) throws -> Session

    /// Writes the trained model's files into `output`, and measures it.
    /// - Parameter folder: the run's, where what it has kept on the way lies.
    func conclude(_ session: Session, in folder: String, writingTo output: String) throws -> Quality<Findings>
}

extension CarriedRecipe {
    package func session(steps limit: Int?) throws -> any TrainingSession { try begin(steps: limit) }

    package func run(into folder: String, steps limit: Int?, report: (TrainingEvent) throws -> Void) throws {
        var session = try begin(steps: limit)
        for note in session.notes { try report(.note(note)) }
        try session.carryOn(in: folder, report: report)
        let output = try RunFolder.open(folder)
        let quality = try conclude(session, in: folder, writingTo: output.unfinished)
        try RunFolder.finish(output, quality: quality, records: session.finalRecords, report: report)
    }
}

/// A recipe of a model that is updated by gradients; its chance begins where its training's does.
package protocol TrainedRecipe: CarriedRecipe where Session == CourseSession<Lessons>, Findings == Lessons.Findings {
    associatedtype Lessons: Course

    var training: TrainingSettings { get set }

    /// The recipe's data, made or read.
    func course() throws -> Lessons
}

extension TrainedRecipe {
    package static var places: [String: Set<String>] { ["training": TrainingSettings.keys] }

    package var seed: UInt64 {
        get { training.seed }
        set { training.seed = newValue }
    }

    package func begin(steps limit: Int?) throws -> CourseSession<Lessons> {
        try CourseSession(course(), steps: limit)
    }

    package func conclude(
        _ session: CourseSession<Lessons>, in folder: String, writingTo output: String
    ) throws -> Quality<Lessons.Findings> {
        let (course, model) = (session.course, session.trainer.model)
        let written = course.written(model)
        try written.write(to: output)
        try course.writeMore(of: model, to: output)
        let (measures, findings) = try course.measured(model, in: folder)
        let records = session.finalRecords
        return Quality(
            RunFacts(
                self, parameters: written.network.parameters.count, steps: records.count,
                finalLoss: records.finalLoss, measures: measures), findings)
    }

    package var steps: Int { training.steps }

    package func model(in folder: String) throws -> LiveModel { .language(try LanguageModel.load(folder: folder)) }
    package func measure(folder: String) throws -> [Measure] { try measures(in: folder) }

    /// A trained model's measures on the recipe's held-out data.
    func measures(in folder: String) throws -> [Measure] {
        let course = try course()
        return try course.measures(of: course.read(LanguageModel.load(folder: folder)))
    }
}
