import Foundation
import Reading
import Tensors
import Tokenizers
import Tracing
import Wording

extension LanguageModel {
    /// Loads a folder of a disk in the Hugging Face layout.
    /// - Throws: as ``load(from:name:)``.
    public static func load(folder: String) throws(Failure) -> LanguageModel {
        try load(from: .disk(folder), name: URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent)
    }

    /// `config.json` and `model.safetensors` in the family that can hold the model: its own, if that can.
    private func files() throws(Failure) -> CheckpointFiles {
        let own = CheckpointFamily.named(family).map { [$0] } ?? []
        for family in own + CheckpointFamily.all {
            if let files = try family.write(network) { return files }
        }
        throw Failure(ModelError.unknownFamily(path: folder, found: "?", supported: Self.families))
    }

    /// Writes the folder: `config.json`, `model.safetensors` and, if there is a tokenizer, `tokenizer.json`.
    /// - Throws: `ReadingError.unwritable`; ``ModelError/unknownFamily(path:found:supported:)`` for a
    ///   decoder whose choices no family's files can hold.
    public func write(to folder: String) throws {
        let files = try files()
        try Place.makeFolder(folder)
        func write(_ bytes: [UInt8], to name: String) throws {
            try OutputFile(folder + "/" + name, mayReplace: true).write(bytes)
        }
        try write(Array(JSONText.members(files.settings).page.utf8), to: "config.json")
        if let rules = GenerationFile.text(rules) { try write(Array(rules.utf8), to: GenerationFile.name) }
        if let tokenizer = tokenizer?.bytePairs { try write(tokenizer.tokenizerJSON, to: "tokenizer.json") }
        try files.weights.write(to: folder + "/model.safetensors")
    }
}

/// The models that come with the project.
public struct ModelLibrary: Sendable {
    public let home: Home

    public init(home: Home) { self.home = home }

    /// The model that commands use where none is named.
    public static let standard = "next-word"

    public var names: [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: home.models)) ?? []
        return entries.filter { FileManager.default.fileExists(atPath: home.models + "/\($0)/config.json") }.sorted()
    }

    /// A shipped model by name, or any folder in the Hugging Face layout.
    /// - Throws: ``ModelError/unknownModel(_:shipped:)`` and what loading throws.
    public func load(_ name: String) throws -> LanguageModel {
        for folder in [home.models + "/" + name, name]
        where FileManager.default.fileExists(atPath: folder + "/config.json") {
            return try LanguageModel.load(folder: folder)
        }
        throw Failure(ModelError.unknownModel(name, shipped: names))
    }
}
