import Reading
import Tensors
import Wording

/// A family of checkpoints: how `config.json` and the tensors beside it become a network, and a network these files.
///
/// A value made of functions, so that one table holds all families on every compiler.
struct CheckpointFamily: Sendable {
    /// Its `model_type`.
    let name: String
    /// The classes whose heads are read.
    var classes: [String] = []
    /// Which kinds of layer `layer_types` may name.
    var window = AttentionWindow.none
    /// Refuses settings that change what its models compute and that are not computed here.
    var refuse: @Sendable (JSONPart) throws(Failure) -> Void = { (_) throws(Failure) in }
    let read: @Sendable (CheckpointSource) throws(Failure) -> Network
    /// The files of a network; nil where they cannot hold it.
    let write: @Sendable (Network) throws(Failure) -> CheckpointFiles?

    /// Every family that can be loaded. Of several that could hold a network, its own writes it, else the first.
    static let all: [CheckpointFamily] = [
        .gpt2, .glassformer, .llama, .qwen2, .qwen3, .mistral, .bert, .bart, .marian, .mbart, .vaswani2017,
    ]

    static func named(_ name: String) -> CheckpointFamily? { all.first { $0.name == name } }
}

/// Which blocks of a family see a window of the text only.
enum AttentionWindow: Sendable {
    case none, everyBlock
    /// Those that `layer_types` or `max_window_layers` name.
    case listed
}

/// What a folder holds of a model.
struct CheckpointSource {
    let settings: JSONPart
    let weights: WeightFiles
    let head: Architectures.Head
    let rules: GenerationRules
}

/// The two files that a family writes.
struct CheckpointFiles {
    /// `config.json`, in the order of its lines.
    let settings: [(String, JSONText)]
    let weights: SafeTensorsWriter
}

extension JSONText {
    static func integerOrNull(_ value: Int?) -> JSONText { value.map { .integer($0) } ?? .null }
}

extension CheckpointSource {
    func network(_ c: DecoderConfiguration, _ parameters: ParameterSet) throws(Failure) -> Network {
        var model = try Decoder(configuration: c, parameters: parameters, path: weights.path)
        model.rules = rules
        return .decoder(model)
    }

    func network(_ c: EncoderDecoderConfiguration, _ parameters: ParameterSet) throws(Failure) -> Network {
        var model = try EncoderDecoder(configuration: c, parameters: parameters, path: weights.path)
        model.rules = rules
        return .encoderDecoder(model)
    }

    func network(_ c: EncoderConfiguration, _ parameters: ParameterSet) throws(Failure) -> Network {
        .encoder(try Encoder(configuration: c, parameters: parameters, path: weights.path))
    }
}
