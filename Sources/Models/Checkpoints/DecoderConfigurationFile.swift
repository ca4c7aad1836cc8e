import Foundation
import Tensors

/// A decoder's `config.json`: GPT-2's keys, and for what GPT-2 does not have, three of our own.
///
/// `position_embedding_type` (`learned`, `sinusoidal`), `norm_placement` (`pre`, `post`) and the family
/// `glassformer` that goes with them; a plain GPT-2 is written as `gpt2`, so that others can load it.
enum DecoderConfigurationFile {
    static let families = ["gpt2", "glassformer"]

    private static let activations: [String: ActivationFunction] = [
        "gelu_new": .geluTanh, "gelu_pytorch_tanh": .geluTanh, "gelu_fast": .geluTanh, "gelu": .gelu, "relu": .relu,
        "silu": .silu, "swish": .silu, "tanh": .tanh, "sigmoid": .sigmoid,
    ]

    static func read(_ object: [String: Any], path: String) throws(ModelError) -> DecoderConfiguration {
        func found(_ key: String) -> String { object[key].map { "\($0)" } ?? "nothing" }
        func integer(_ key: String) throws(ModelError) -> Int {
            guard let value = object[key] as? Int else {
                throw .configuration(path: path, key: key, expected: "a whole number", found: found(key))
            }
            return value
        }
        func flag(_ key: String, expected: Bool) throws(ModelError) {
            if let value = object[key] as? Bool, value != expected {
                throw .configuration(path: path, key: key, expected: "\(expected)", found: "\(value)")
            }
        }
        let name = object["activation_function"] as? String ?? "gelu_new"
        guard let activation = activations[name] else {
            throw .configuration(
                path: path, key: "activation_function", expected: activations.keys.sorted().joined(separator: ", "),
                found: name)
        }
        // Variants of the score that this forward pass does not have would give wrong numbers in silence.
        try flag("scale_attn_weights", expected: true)
        try flag("scale_attn_by_inverse_layer_idx", expected: false)
        try flag("add_cross_attention", expected: false)
        let width = try integer("n_embd")
        let hidden = object["n_inner"] is NSNull || object["n_inner"] == nil ? 4 * width : try integer("n_inner")
        let positions: DecoderConfiguration.Positions = try choice("position_embedding_type", object, path, .learned)
        let placement: DecoderConfiguration.NormPlacement = try choice("norm_placement", object, path, .pre)
        let configuration = DecoderConfiguration(
            vocabularySize: try integer("vocab_size"), context: try integer("n_positions"), width: width,
            layers: try integer("n_layer"), heads: try integer("n_head"), hidden: hidden, activation: activation,
            positions: positions, normPlacement: placement,
            normEpsilon: object["layer_norm_epsilon"] as? Double ?? 1e-5,
            tiedOutput: object["tie_word_embeddings"] as? Bool ?? true)
        try configuration.validate(path: path)
        return configuration
    }

    private static func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _ object: [String: Any], _ path: String, _ usual: Choice
    ) throws(ModelError) -> Choice where Choice.RawValue == String {
        guard let value = object[key] else { return usual }
        guard let choice = (value as? String).flatMap(Choice.init(rawValue:)) else {
            let expected = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .configuration(path: path, key: key, expected: expected, found: "\(value)")
        }
        return choice
    }

    static func text(_ c: DecoderConfiguration) -> String {
        let activation =
            switch c.activation {
            case .geluTanh: "gelu_new"
            default: c.activation.rawValue
            }
        let isGPT2 = c.positions == .learned && c.normPlacement == .pre
        var lines = [
            "\"activation_function\": \"\(activation)\"",
            "\"architectures\": [\"\(isGPT2 ? "GPT2LMHeadModel" : "Decoder")\"]",
            "\"attn_pdrop\": 0.0", "\"embd_pdrop\": 0.0", "\"resid_pdrop\": 0.0",
            "\"layer_norm_epsilon\": \(c.normEpsilon)", "\"model_type\": \"\(isGPT2 ? "gpt2" : "glassformer")\"",
            "\"n_embd\": \(c.width)", "\"n_head\": \(c.heads)", "\"n_inner\": \(c.hidden)", "\"n_layer\": \(c.layers)",
            "\"n_positions\": \(c.context)", "\"tie_word_embeddings\": \(c.tiedOutput)",
            "\"torch_dtype\": \"float32\"", "\"vocab_size\": \(c.vocabularySize)",
        ]
        if !isGPT2 {
            lines.append("\"norm_placement\": \"\(c.normPlacement.rawValue)\"")
            lines.append("\"position_embedding_type\": \"\(c.positions.rawValue)\"")
        }
        return "{\n" + lines.map { "  " + $0 }.joined(separator: ",\n") + "\n}\n"
    }
}
