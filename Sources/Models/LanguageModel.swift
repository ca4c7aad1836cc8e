import Platform
import Reading
import Synchronization
import Tensors
import Tokenizers
import Tracing
import Wording

/// A model with its tokenizer, as it lies in a folder.
public struct LanguageModel: Sendable {
    public let name: String
    public let folder: String
    public let family: String
    public var network: Network
    /// nil where the folder has none: such a model reads ids only.
    public let tokenizer: AnyTokenizer?
    /// Why there is none, where the folder has one of a kind that cannot be read.
    public package(set) var tokenizerProblem: TokenizerError?
    /// The tensors of a head that was passed over, such as a classifier of tokens: the model is its trunk.
    public package(set) var unreadTensors: [String] = []
    private let words = Words()

    public init(name: String, folder: String, family: String, decoder: Decoder, tokenizer: AnyTokenizer?) {
        self.init(name: name, folder: folder, family: family, network: .decoder(decoder), tokenizer: tokenizer)
    }

    public init(name: String, folder: String, family: String, network: Network, tokenizer: AnyTokenizer?) {
        self.name = name
        self.folder = folder
        self.family = family
        self.network = network
        self.tokenizer = tokenizer
    }

    /// Every `model_type` that can be loaded.
    public static let families = CheckpointFamily.all.map { $0.name }

    /// Reads a folder in the Hugging Face layout, wherever its files lie.
    /// - Throws: ``ModelError``, `SafeTensorsError` or a tokenizer's error, each naming the file.
    public static func load(from folder: FileFolder, name: String) throws(Failure) -> LanguageModel {
        let object = try JSONPart("config.json", of: folder)
        if let failure = try Architectures.missingFamily(object) { throw failure }
        let found = try object.text("model_type", otherwise: "–")
        guard let family = CheckpointFamily.named(found) else {
            throw Failure(ModelError.unknownFamily(path: object.source, found: found, supported: families))
        }
        try Variants.refuse(object, family: family)
        var problem: TokenizerError?
        var unread: [String] = []
        let tokenizer = try tokenizer(folder, unsupported: &problem)
        var model = LanguageModel(
            name: name, folder: folder.plainPath, family: family.name,
            network: try network(object, family: family, folder: folder, unread: &unread), tokenizer: tokenizer)
        model.tokenizerProblem = problem
        model.unreadTensors = unread
        return model
    }

    /// A model whose tokenizer is of a kind that cannot be read still reads ids.
    private static func tokenizer(
        _ folder: FileFolder, unsupported problem: inout TokenizerError?
    ) throws(Failure) -> AnyTokenizer? {
        do throws(Failure) {
            return try TokenizerFile.load(from: folder)
        } catch {
            switch error.cause(as: TokenizerError.self) {
            case .noTokenizer?: return nil
            case .unsupported?, .severalTokenizers?, .otherFormat?:
                problem = error.cause(as: TokenizerError.self)
                return nil
            default: throw error
            }
        }
    }

    private static func network(
        _ object: JSONPart, family: CheckpointFamily, folder: FileFolder, unread: inout [String]
    ) throws(Failure) -> Network {
        let head = try Architectures.head(object, family: family)
        var weights = try WeightFiles(folder)
        unread = weights.passOver(head.passesOver)
        let rules = try GenerationFile.rules(folder, configuration: object)
        return try family.read(CheckpointSource(settings: object, weights: weights, head: head, rules: rules))
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
    ) throws(Failure) -> Trace {
        try trace(ModelInput(ids: ids), generating: count, sampling: sampling, stop: stop)
    }

    /// Words for every id, so that a figure can name the candidates.
    public var vocabulary: [Int: String] {
        words.made { [tokenizer, count = network.sizes.vocabulary] in
            guard let tokenizer else { return [:] }
            return Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, tokenizer.piece($0).display) })
        }
    }
}

/// A model's words, made when they are first asked for: every trace carries them.
private final class Words: Sendable {
    private let kept = Mutex<[Int: String]?>(nil)

    func made(_ make: () -> [Int: String]) -> [Int: String] {
        kept.withLock { kept in
            let words = kept ?? make()
            kept = words
            return words
        }
    }
}
