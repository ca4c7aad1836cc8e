import Tensors
import Tracing
import Wording

/// A decoder's `config.json`: GPT-2's keys, and for what GPT-2 does not have, three of our own.
///
/// `position_embedding_type` (`learned`, `sinusoidal`, `rotary` with `rope_theta`), `norm_placement` (`pre`, `post`)
/// and the family `glassformer` that goes with them; a plain GPT-2 is written as `gpt2`, so that others can load it.
enum DecoderConfigurationFile {
    static let families = ["gpt2", "glassformer"]

    static let activations: [String: ActivationFunction] = [
        "gelu_new": .geluTanh, "gelu_pytorch_tanh": .geluTanh, "gelu_fast": .geluTanh, "gelu_accurate": .geluTanh,
        "gelu_python_tanh": .geluTanh, "gelu": .gelu, "gelu_python": .gelu, "relu": .relu,
        "silu": .silu, "swish": .silu, "tanh": .tanh, "sigmoid": .sigmoid,
    ]

    static func read(
        _ object: ConfigurationObject, file: WeightFiles, head: Architectures.Head
    ) throws(Failure) -> DecoderConfiguration {
        // Variants of the score that this forward pass does not have would give wrong numbers in silence.
        try object.require("add_cross_attention", false)
        let width = try object.integer("n_embd")
        // A width of absurd size is refused below, with its key; here it must only not overflow.
        let usualHidden = width.multipliedReportingOverflow(by: 4)
        var configuration = DecoderConfiguration(
            vocabularySize: try object.integer("vocab_size"), context: try object.integer("n_positions"),
            width: width, layers: try object.integer("n_layer"), heads: try object.integer("n_head"),
            hidden: try object.integer("n_inner", usual: usualHidden.overflow ? width : usualHidden.partialValue),
            activation: try object.choice("activation_function", activations, usual: .geluTanh),
            positions: try object.choice("position_embedding_type", byName(), usual: .learned),
            normPlacement: try object.choice("norm_placement", byName(), usual: .pre),
            normEpsilon: try object.number("layer_norm_epsilon", usual: 1e-5),
            tiedOutput: try object.flag("tie_word_embeddings", usual: true),
            rotary: RotarySpeeds(theta: try object.number("rope_theta", usual: 10_000)))
        if configuration.tiedOutput { configuration.tiedOutput = GPT2Checkpoint.isTied(file) }
        configuration.settleHead(head, isThere: GPT2Checkpoint.hasHead(file))
        configuration.scoreScaling = ScoreScaling(
            byHeadWidth: try object.flag("scale_attn_weights", usual: true),
            byDepth: try object.flag("scale_attn_by_inverse_layer_idx", usual: false))
        try configuration.validate(path: object.path)
        return configuration
    }

    private static func byName<Choice: RawRepresentable & CaseIterable>() -> [String: Choice]
    where Choice.RawValue == String {
        Dictionary(uniqueKeysWithValues: Choice.allCases.map { ($0.rawValue, $0) })
    }

    static func text(_ c: DecoderConfiguration) -> String {
        let isGPT2 = c.positions == .learned && c.normPlacement == .pre
        var lines = [
            "\"activation_function\": \"\(LlamaCheckpoint.name(of: c.activation))\"",
            "\"architectures\": [\"\(isGPT2 ? c.hasHead ? "GPT2LMHeadModel" : "GPT2Model" : "Decoder")\"]",
            "\"attn_pdrop\": 0.0", "\"embd_pdrop\": 0.0", "\"resid_pdrop\": 0.0",
            "\"layer_norm_epsilon\": \(c.normEpsilon)", "\"model_type\": \"\(isGPT2 ? "gpt2" : "glassformer")\"",
            "\"n_embd\": \(c.width)", "\"n_head\": \(c.heads)", "\"n_inner\": \(c.hidden)", "\"n_layer\": \(c.layers)",
            "\"n_positions\": \(c.context)", "\"tie_word_embeddings\": \(c.tiedOutput)",
            "\"torch_dtype\": \"float32\"", "\"vocab_size\": \(c.vocabularySize)",
        ]
        if !c.scoreScaling.byHeadWidth { lines.append("\"scale_attn_weights\": false") }
        if c.scoreScaling.byDepth { lines.append("\"scale_attn_by_inverse_layer_idx\": true") }
        if !isGPT2 {
            lines.append("\"norm_placement\": \"\(c.normPlacement.rawValue)\"")
            lines.append("\"position_embedding_type\": \"\(c.positions.rawValue)\"")
            if c.positions == .rotary { lines.append("\"rope_theta\": \(c.rotary.theta)") }
        }
        return ConfigurationObject.text(lines)
    }
}
