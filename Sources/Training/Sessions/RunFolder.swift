import Foundation
import Models
import Reading
import Wording

/// What a run leaves beside its model.
package enum RunFolder {
    /// What a run keeps of itself until it is finished.
    static let checkpointName = "checkpoint.safetensors"
    static let rivalName = "scratch.safetensors"
    static let earlyName = "early.json"

    /// Refuses a folder whose model is somebody else's: neither what a finished run says of itself lies in it, nor the
    /// checkpoint of one in mid-course.
    /// - Throws: `ReadingError.foreign`.
    package static func checkForeign(_ folder: String) throws {
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
            [
                "config.json", "model.safetensors", "tokenizer.json", "quality.json", "training.json", "early.json",
                "tokenizer_config.json", "generation_config.json",
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
        _ output: OutputFolder, quality: Quality<some QualityFindings>, records: [TrainingRecord],
        report: (TrainingEvent) throws -> Void
    ) throws {
        try report(.measured(quality.measures))
        let written = try FileManager.default.contentsOfDirectory(atPath: output.unfinished).sorted()
        try write(quality, to: output.unfinished + "/quality.json")
        try write(thinned(records), to: output.unfinished + "/training.json")
        try output.commit(first: ["quality.json"])
        for name in [checkpointName, rivalName, earlyName] {
            try? FileManager.default.removeItem(atPath: output.path + "/" + name)
        }
        try report(.wrote((written + ["quality.json", "training.json"]).map { output.path + "/" + $0 }))
    }

    /// The records that a curve needs: every one at first, then every tenth.
    static func thinned(_ records: [TrainingRecord]) -> [TrainingRecord] {
        records.filter { $0.step <= 50 || $0.step % 10 == 0 || $0.step == records.count }
    }
}
