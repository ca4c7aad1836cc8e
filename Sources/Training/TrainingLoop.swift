import Foundation
import Models
import Reading
import Tensors
import Tracing
import Wording

/// A trainer carried on to its last step, in a folder where it can be killed at any moment and called again.
struct TrainingLoop<Task: TrainingTask> {
    let task: Task
    var trainer: Trainer<Task>
    let folder: String
    /// What must agree for a checkpoint to be gone on from.
    let fingerprint: String
    /// The checkpoint's file name, where a run has several stages one after the other.
    var checkpointName = "checkpoint.safetensors"

    var checkpoint: String { folder + "/" + checkpointName }

    /// Updates until the last step, and keeps a checkpoint now and then.
    ///
    /// - Parameters:
    ///   - limit: fewer updates than the settings', for a test.
    ///   - report: told what happens.
    ///   - sample: what to show at a checkpoint.
    ///   - validate: the loss on held-out data, for settings that stop early.
    mutating func run(
        steps limit: Int? = nil, report: (TrainingEvent) throws -> Void,
        sample: (Task.Model, Int) throws -> TrainingEvent? = { _, _ in nil },
        validate: ((Task.Model) throws -> Double)? = nil
    ) throws {
        // Parts of a batch run side by side; threads inside each product would only fight over the cores.
        limitMatrixThreads(to: 1)
        try RunFolder.create(folder)
        let patience = trainer.settings.patience
        var stopping = patience > 0 && validate != nil ? EarlyStopping(patience: patience) : nil
        if try TrainingCheckpoint.resume(&trainer, stopping: &stopping, recipe: fingerprint, from: checkpoint) {
            try report(.resumed(step: trainer.step))
        }
        let last = min(limit ?? .max, trainer.settings.steps)
        while trainer.step < last {
            let before = trainer.step
            if let wanted = TracedStep.wanted, trainer.step + 1 == wanted.step {
                let trace = try trainer.tracedUpdate(task)
                if trainer.step > before {
                    try TraceFile.write(trace, to: wanted.path)
                    try report(.wrote([wanted.path]))
                }
            } else {
                try trainer.update(task)
            }
            // Loss scaling threw the update away: there is nothing new to report, to measure or to keep.
            guard trainer.step > before else { continue }
            if let record = trainer.records.last { try report(.update(record, of: last)) }
            if trainer.step % trainer.settings.checkpointEvery == 0, trainer.step < last {
                if let validate, let loss = try stopping.map({ _ in try validate(trainer.model) }),
                    stopping?.shouldStop(at: trainer.step, loss: loss, parameters: trainer.model.parameters) == true
                {
                    break
                }
                try TrainingCheckpoint.write(trainer, stopping: stopping, recipe: fingerprint, to: checkpoint)
                if let event = try sample(trainer.model, trainer.step) { try report(event) }
            }
        }
        stopping?.restore(&trainer.model.parameters)
    }
}

/// A session that a run can be interrupted in, and can be called again.
public protocol RunSession: TrainingSession {
    /// Goes on from where a killed run has left off in a folder, if it has.
    mutating func resume(in folder: String) throws -> Bool

    /// Called after each step but the last: what is to be found again is kept now and then.
    /// - Returns: what to show at that moment.
    mutating func pause(in folder: String) throws -> TrainingEvent?
}

extension RunSession {
    public mutating func resume(in folder: String) throws -> Bool { false }
    public mutating func pause(in folder: String) throws -> TrainingEvent? { nil }

    /// Steps until the last one, in a folder where it can be killed at any moment and called again.
    mutating func carryOn(in folder: String, report: (TrainingEvent) throws -> Void) throws {
        // Parts of a batch run side by side; threads inside each product would only fight over the cores.
        limitMatrixThreads(to: 1)
        try RunFolder.create(folder)
        if try resume(in: folder) { try report(.resumed(step: step)) }
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
            if step < steps, let event = try pause(in: folder) { try report(event) }
        }
    }
}

/// What a run leaves beside its model.
public enum RunFolder {
    /// The files of a language model.
    static let languageModel = ["config.json", "model.safetensors", "tokenizer.json"]

    /// Refuses a folder whose model is somebody else's: neither what a finished run says of itself lies in it, nor the
    /// checkpoint of one in mid-course.
    /// - Throws: `ReadingError.foreign`.
    public static func checkForeign(_ folder: String) throws {
        struct Measured: Decodable { var name, recipe: String }
        struct Early: Decodable { var step: Int }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        func holds<Value: Decodable>(_ name: String, _ type: Value.Type) -> Bool {
            (try? read(folder + "/" + name, otherwise: "") as Value) != nil
        }
        let isOurs =
            holds("quality.json", Measured.self) || holds("early.json", Early.self)
            || names.contains { $0.hasPrefix("checkpoint") && OwnFile.isOurs(folder + "/" + $0) }
        let written =
            languageModel + [
                "quality.json", "training.json", "early.json", "tokenizer_config.json", "generation_config.json",
            ]
        guard !isOurs, let other = names.sorted().first(where: { written.contains($0) }) else { return }
        throw Failure(ReadingError.foreign(path: folder + "/" + other))
    }

    static func create(_ folder: String) throws {
        try Place.makeFolder(folder)
    }

    static func write(_ value: some Encodable, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        // A model that has learned nothing may be infinitely perplexed: that is written as everywhere else.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let bytes: [UInt8]
        do {
            bytes = Array(try encoder.encode(value) + Data("\n".utf8))
        } catch {
            throw TrainingError.unwritable(path: path, reason: SystemReason.of(error))
        }
        try OutputFile(path, mayReplace: true).write(bytes)
    }

    /// What `read` gives of a file; its error becomes one that names the file.
    static func reading<Value>(_ path: String, _ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch {
            throw TrainingError.unreadable(path: path, reason: SystemReason.of(error))
        }
    }

    static func text(_ path: String) throws -> String { try PlainText.read(path) }

    /// Reads what ``write(_:to:)`` wrote.
    /// - Parameter reason: what the error says of a file that is something else.
    static func read<Value: Decodable>(_ path: String, otherwise reason: Phrase) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            return try decoder.decode(Value.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw TrainingError.unreadable(path: path, reason: reason)
        }
    }

    /// Where a finished run's files are written before they appear together.
    static func open(_ folder: String) throws -> OutputFolder { try OutputFolder(folder, mayReplace: true) }

    /// Ends a run: its measures are told, quality and records are written, and with the model's files they appear in
    /// the folder; then the checkpoints, which nothing needs any more, go.
    ///
    /// In this order, so that a run that is killed here is still gone on with.
    static func finish(
        _ output: OutputFolder, quality: some QualityFile, records: [TrainingRecord],
        model files: [String]? = nil,
        checkpoints: [String] = ["checkpoint.safetensors"], report: (TrainingEvent) throws -> Void
    ) throws {
        try report(.measured(quality.measures))
        let written = try FileManager.default.contentsOfDirectory(atPath: output.unfinished).sorted()
        try write(quality, to: output.unfinished + "/quality.json")
        try write(thinned(records), to: output.unfinished + "/training.json")
        try output.commit(first: ["quality.json"])
        for name in checkpoints { try? FileManager.default.removeItem(atPath: output.path + "/" + name) }
        try report(.wrote(((files ?? written) + ["quality.json", "training.json"]).map { output.path + "/" + $0 }))
    }

    /// The records that a curve needs: every one at first, then every tenth.
    static func thinned(_ records: [TrainingRecord]) -> [TrainingRecord] {
        records.filter { $0.step <= 50 || $0.step % 10 == 0 || $0.step == records.count }
    }
}
