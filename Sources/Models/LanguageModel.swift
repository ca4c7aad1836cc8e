import Foundation
import Tensors
import Tokenizers
import Tracing

/// A model with its tokenizer, as it lies in a folder.
public struct LanguageModel: Sendable {
    public let name: String
    public let folder: String
    public let family: String
    public var network: Network
    /// nil where the folder has none: such a model reads ids only.
    public let tokenizer: (any Tokenizer)?
    /// Why there is none, where the folder has one of a kind that cannot be read.
    public private(set) var tokenizerProblem: TokenizerError?
    /// The tensors of a head that was passed over, such as a classifier of tokens: the model is its trunk.
    public private(set) var unreadTensors: [String] = []

    public init(name: String, folder: String, family: String, decoder: Decoder, tokenizer: (any Tokenizer)?) {
        self.init(name: name, folder: folder, family: family, network: .decoder(decoder), tokenizer: tokenizer)
    }

    public init(name: String, folder: String, family: String, network: Network, tokenizer: (any Tokenizer)?) {
        self.name = name
        self.folder = folder
        self.family = family
        self.network = network
        self.tokenizer = tokenizer
    }

    /// Loads a folder in the Hugging Face layout.
    /// - Throws: ``ModelError``, `SafeTensorsError` or a tokenizer's error, each naming the file.
    public static func load(folder: String) throws -> LanguageModel {
        let object = try ConfigurationObject(path: folder + "/config.json")
        let family = try object.text("model_type", usual: "–")
        guard families.contains(family) else {
            throw ModelError.unknownFamily(path: object.path, found: family, supported: families)
        }
        let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
        var problem: TokenizerError?
        var unread: [String] = []
        let tokenizer = try tokenizer(folder, unsupported: &problem)
        var model = LanguageModel(
            name: name, folder: folder, family: family,
            network: try network(object, family: family, folder: folder, unread: &unread), tokenizer: tokenizer)
        model.tokenizerProblem = problem
        model.unreadTensors = unread
        return model
    }

    /// Every `model_type` that can be loaded.
    public static let families =
        DecoderConfigurationFile.families + LlamaCheckpoint.families
        + [BERTCheckpoint.family] + BARTCheckpoint.families + [EncoderDecoderCheckpoint.family]

    private static func network(
        _ object: ConfigurationObject, family: String, folder: String, unread: inout [String]
    ) throws -> Network {
        let head = try Architectures.head(object, family: family)
        var file = try WeightFiles(folder: folder)
        unread = file.passOver(head.passesOver)
        let path = file.path
        let rules = try GenerationFile.rules(folder: folder, configuration: object)
        func translator(_ c: EncoderDecoderConfiguration, _ parameters: ParameterSet) throws -> Network {
            var model = try EncoderDecoder(configuration: c, parameters: parameters, path: path)
            model.rules = rules
            return .encoderDecoder(model)
        }
        func decoder(_ c: DecoderConfiguration, _ parameters: ParameterSet) throws -> Network {
            var model = try Decoder(configuration: c, parameters: parameters, path: path)
            model.rules = rules
            return .decoder(model)
        }
        switch family {
        case BERTCheckpoint.family:
            let configuration = try BERTCheckpoint.configuration(object, file: file)
            let parameters = try BERTCheckpoint.read(file, configuration: configuration)
            return .encoder(try Encoder(configuration: configuration, parameters: parameters, path: path))
        case EncoderDecoderCheckpoint.family:
            let configuration = try EncoderDecoderCheckpoint.configuration(object)
            return try translator(
                configuration, EncoderDecoderCheckpoint.read(file, configuration: configuration))
        case _ where BARTCheckpoint.families.contains(family):
            var configuration = try BARTCheckpoint.configuration(object, family: family, file: file)
            configuration.startID = rules.startID ?? configuration.startID
            return try translator(configuration, BARTCheckpoint.read(file, configuration: configuration))
        case _ where LlamaCheckpoint.families.contains(family):
            let configuration = try LlamaCheckpoint.configuration(
                object, family: family, file: file, head: head)
            return try decoder(configuration, LlamaCheckpoint.read(file, configuration: configuration))
        default:
            let configuration = try DecoderConfigurationFile.read(object, file: file, head: head)
            return try decoder(configuration, GPT2Checkpoint.read(file, configuration: configuration))
        }
    }

    /// `config.json` and `model.safetensors` in the family that can hold the model.
    private func files() throws -> (configuration: String, weights: SafeTensorsWriter) {
        switch network {
        case .encoder(let encoder):
            return (BERTCheckpoint.text(encoder.configuration), try BERTCheckpoint.write(encoder))
        case .encoderDecoder(let model) where model.configuration.family != .aiayn:
            return (BARTCheckpoint.text(model.configuration), try BARTCheckpoint.write(model))
        case .encoderDecoder(let model):
            return (EncoderDecoderCheckpoint.text(model.configuration), try EncoderDecoderCheckpoint.write(model))
        case .decoder(let decoder):
            let c = decoder.configuration
            if let family = LlamaCheckpoint.family(c, wanted: family) {
                return (LlamaCheckpoint.text(c, family: family), try LlamaCheckpoint.write(decoder))
            }
            guard c.isGPT2 else {
                throw ModelError.unknownFamily(path: folder, found: "?", supported: Self.families)
            }
            return (DecoderConfigurationFile.text(c), try GPT2Checkpoint.write(decoder))
        }
    }

    /// A model whose tokenizer is of a kind that cannot be read still reads ids.
    private static func tokenizer(
        _ folder: String, unsupported problem: inout TokenizerError?
    ) throws -> (any Tokenizer)? {
        do {
            return try TokenizerFile.load(folder)
        } catch TokenizerError.noTokenizer {
            return nil
        } catch let error as TokenizerError {
            switch error {
            case .unsupported, .severalTokenizers, .otherFormat: break
            default: throw error
            }
            problem = error
            return nil
        }
    }

    /// Writes the folder: `config.json`, `model.safetensors` and, if there is a tokenizer, `tokenizer.json`.
    /// - Throws: ``ModelError/unwritable(path:reason:)``; ``ModelError/unknownFamily(path:found:supported:)`` for a
    ///   decoder whose choices no family's files can hold.
    public func write(to folder: String) throws {
        let files = try files()
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try WholeFile.write(
                Data(files.configuration.utf8), to: folder + "/config.json")
            if let rules = GenerationFile.text(rules) {
                try WholeFile.write(Data(rules.utf8), to: folder + "/" + GenerationFile.name)
            }
            if let tokenizer = tokenizer as? BytePairTokenizer {
                try WholeFile.write(Data(tokenizer.tokenizerJSON), to: folder + "/tokenizer.json")
            }
        } catch {
            throw ModelError.unwritable(path: folder, reason: (error as NSError).localizedDescription)
        }
        try files.weights.write(to: folder + "/model.safetensors")
    }

    public var card: ModelCard {
        let c = network.sizes
        var card = ModelCard(
            name: name, family: family,
            numbers: [
                "layers": Double(c.layers), "heads": Double(c.heads), "width": Double(c.width),
                "hidden": Double(c.hidden), "vocabulary": Double(c.vocabulary), "context": Double(c.context),
                "parameters": Double(network.parameters.count),
            ])
        if case .encoder(let encoder) = network, let classes = encoder.configuration.classes {
            card.classNames = (0..<classes).map(encoder.configuration.className)
        }
        return card
    }

    /// What the model's files ask of a generation.
    public var rules: GenerationRules {
        switch network {
        case .decoder(let model): model.rules
        case .encoderDecoder(let model): model.rules
        case .encoder: GenerationRules()
        }
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
        try trace(ModelInput(ids: ids), generating: count, sampling: sampling, stop: stop)
    }

    /// Words for every id, so that a figure can name the candidates.
    public var vocabulary: [Int: String] {
        guard let tokenizer else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: (0..<network.sizes.vocabulary).map { ($0, tokenizer.piece($0).display) })
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
