import Foundation
import Tensors
import Tokenizers
import Tracing

/// A decoder with its tokenizer, as it lies in a folder.
public struct LanguageModel: Sendable {
    public let name: String
    public let folder: String
    public let family: String
    public var decoder: Decoder
    /// nil where the folder has none: such a model reads ids only.
    public let tokenizer: (any Tokenizer)?

    public init(name: String, folder: String, family: String, decoder: Decoder, tokenizer: (any Tokenizer)?) {
        self.name = name
        self.folder = folder
        self.family = family
        self.decoder = decoder
        self.tokenizer = tokenizer
    }

    /// Loads a folder in the Hugging Face layout.
    /// - Throws: ``ModelError``, `SafeTensorsError` or a tokenizer's error, each naming the file.
    public static func load(folder: String) throws -> LanguageModel {
        let object = try ConfigurationObject(path: folder + "/config.json")
        let family = try object.text("model_type", usual: "–")
        guard DecoderConfigurationFile.families.contains(family) else {
            throw ModelError.unknownFamily(
                path: object.path, found: family, supported: DecoderConfigurationFile.families)
        }
        let configuration = try DecoderConfigurationFile.read(object)
        let weights = folder + "/model.safetensors"
        let file = try SafeTensors(path: weights)
        let decoder = try Decoder(
            configuration: configuration, parameters: GPT2Checkpoint.read(file, configuration: configuration),
            path: weights)
        let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
        return LanguageModel(
            name: name, folder: folder, family: family, decoder: decoder, tokenizer: try tokenizer(folder))
    }

    private static func tokenizer(_ folder: String) throws -> (any Tokenizer)? {
        let known = ["tokenizer.json", "vocab.json", "encoder.json"]
        guard known.contains(where: { FileManager.default.fileExists(atPath: folder + "/" + $0) }) else { return nil }
        return try TokenizerFile.load(folder)
    }

    /// Writes the folder: `config.json`, `model.safetensors` and, if there is a tokenizer, `tokenizer.json`.
    public func write(to folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try WholeFile.write(
                Data(DecoderConfigurationFile.text(decoder.configuration).utf8), to: folder + "/config.json")
            if let tokenizer = tokenizer as? BytePairTokenizer {
                try WholeFile.write(Data(tokenizer.tokenizerJSON), to: folder + "/tokenizer.json")
            }
        } catch {
            throw ModelError.unwritable(path: folder, reason: (error as NSError).localizedDescription)
        }
        try GPT2Checkpoint.write(decoder).write(to: folder + "/model.safetensors")
    }

    public var card: ModelCard {
        let c = decoder.configuration
        return ModelCard(
            name: name, family: family,
            numbers: [
                "layers": Double(c.layers), "heads": Double(c.heads), "width": Double(c.width),
                "hidden": Double(c.hidden), "vocabulary": Double(c.vocabularySize), "context": Double(c.context),
                "parameters": Double(decoder.parameters.count),
            ])
    }

    /// - Throws: ``ModelError/noTokenizer(path:)``.
    public func encode(_ text: String) throws -> [Int] {
        guard let tokenizer else { throw ModelError.noTokenizer(path: folder) }
        return tokenizer.encode(text)
    }

    /// A token as people write it; its number where there is no tokenizer.
    public func display(_ id: Int) -> String { tokenizer?.piece(id).display ?? "#\(id)" }

    public func token(_ id: Int, isGenerated: Bool = false) -> TraceToken {
        TraceToken(
            id: id, display: display(id), isSpecial: tokenizer?.piece(id).isSpecial ?? false, isGenerated: isGenerated)
    }

    /// Runs a text and writes down every tensor; goes on for `generating` tokens inside the same trace.
    public func trace(
        _ ids: [Int], generating count: Int = 0, sampling: Sampling = Sampling(), stop: Set<Int> = []
    ) throws -> Trace {
        let recorder = Recorder()
        let generated = try decoder.generate(
            from: ids, count: count, sampling: sampling, stop: stop, on: recorder)
        var trace = recorder.trace(
            model: card, tokens: ids.map { token($0) } + generated.map { token($0.id, isGenerated: true) })
        trace.vocabulary = vocabulary
        return trace
    }

    public func trace(text: String) throws -> Trace { try trace(encode(text)) }

    /// Words for every id, so that a figure can name the candidates.
    public var vocabulary: [Int: String] {
        guard let tokenizer else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: (0..<decoder.configuration.vocabularySize).map { ($0, tokenizer.piece($0).display) })
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
        throw ModelError.unknownModel(name, shipped: names)
    }
}
