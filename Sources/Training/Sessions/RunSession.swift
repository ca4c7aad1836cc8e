import Tensors
import Tracing
import Wording

/// A session that a run can be interrupted in, and can be called again.
package protocol RunSession: TrainingSession {
    /// Goes on from where a killed run has left off in a folder, if it has.
    mutating func prepare(in folder: String, report: (TrainingEvent) throws -> Void) throws

    /// Called after each step: what is to be found again is kept now and then.
    /// - Returns: what to show at that moment.
    mutating func pause(in folder: String) throws -> TrainingEvent?

    /// The records as the run's folder keeps them.
    var finalRecords: [TrainingRecord] { get }
}

extension RunSession {
    package mutating func prepare(in folder: String, report: (TrainingEvent) throws -> Void) throws {}
    package mutating func pause(in folder: String) throws -> TrainingEvent? { nil }
    package var finalRecords: [TrainingRecord] { records }

    /// Steps until the last one, in a folder where it can be killed at any moment and called again.
    mutating func carryOn(in folder: String, report: (TrainingEvent) throws -> Void) throws {
        // Parts of a batch run side by side; threads inside each product would only fight over the cores.
        limitMatrixThreads(to: 1)
        try RunFolder.create(folder)
        try prepare(in: folder, report: report)
        while !isFinished {
            let (before, known) = (step, records.count)
            if let wanted = TracedStep.wanted, step + 1 == wanted.step {
                let trace = try tracedUpdate()
                if step > before {
                    try TraceFile.write(trace, to: wanted.path)
                    try report(.wrote([wanted.path]))
                }
            } else {
                try update()
            }
            // Loss scaling threw the update away: there is nothing new to report, to measure or to keep.
            guard step > before else { continue }
            if records.count > known, let record = records.last { try report(.update(record, of: steps)) }
            if let event = try pause(in: folder) { try report(event) }
        }
    }
}
