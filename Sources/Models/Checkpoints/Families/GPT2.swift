import Reading
import Tensors
import Tracing
import Wording

extension CheckpointFamily {
    static let gpt2 = decoder(
        "gpt2", classes: ["GPT2LMHeadModel", "GPT2Model"]
    ) { $0.positions == .learned && $0.normPlacement == .pre }

    /// GPT-2's keys and tensors, and for what GPT-2 does not have three keys of our own: `position_embedding_type`
    /// (`learned`, `sinusoidal`, `rotary` with `rope_theta`) and `norm_placement` (`pre`, `post`).
    static let glassformer = decoder("glassformer") { $0.positions != .learned || $0.normPlacement != .pre }

    private static func decoder(
        _ name: String, classes: [String] = [], holds: @escaping @Sendable (DecoderConfiguration) -> Bool
    ) -> CheckpointFamily {
        CheckpointFamily(
            name: name, classes: classes,
            read: { (source) throws(Failure) in
                let c = try GPT2Checkpoint.configuration(source)
                return try source.network(c, GPT2Checkpoint.read(source.weights, configuration: c))
            },
            write: { (network) throws(Failure) in
                guard case .decoder(let decoder) = network, decoder.configuration.isGPT2,
                    holds(decoder.configuration)
                else { return nil }
                return CheckpointFiles(
                    settings: GPT2Checkpoint.settings(decoder.configuration, family: name),
                    weights: try GPT2Checkpoint.write(decoder))
            })
    }
}

/// GPT-2 in the Hugging Face layout: names, packed query–key–value matrices, weights `[in, out]`.
///
/// Names may carry the prefix `transformer.`; the Hub's causal-mask buffers (`attn.bias`) are passed over.
enum GPT2Checkpoint {
    private static let prefixes = ["transformer.", ""]
    private static let embedding = "wte.weight"
    private static let head = "lm_head.weight"

    fileprivate static func configuration(_ source: CheckpointSource) throws(Failure) -> DecoderConfiguration {
        let object = source.settings
        // Variants of the score that this forward pass does not have would give wrong numbers in silence.
        try object.require("add_cross_attention", false)
        let width = try object.integer("n_embd")
        // A width of absurd size is refused below, with its key; here it must only not overflow.
        let usualHidden = width.multipliedReportingOverflow(by: 4)
        var c = DecoderConfiguration(
            vocabularySize: try object.integer("vocab_size"), context: try object.integer("n_positions"),
            width: width, layers: try object.integer("n_layer"), heads: try object.integer("n_head"),
            hidden: try object.integer("n_inner", otherwise: usualHidden.overflow ? width : usualHidden.partialValue),
            activation: try object.choice("activation_function", ActivationFunction.named, otherwise: .geluTanh),
            positions: try object.choice("position_embedding_type", otherwise: .learned),
            normPlacement: try object.choice("norm_placement", otherwise: .pre),
            normEpsilon: try object.number("layer_norm_epsilon", otherwise: 1e-5),
            tiedOutput: try object.flag("tie_word_embeddings", otherwise: true),
            rotary: RotarySpeeds(theta: try object.number("rope_theta", otherwise: 10_000)))
        let reader = CheckpointReader(file: source.weights, prefixes: prefixes)
        if c.tiedOutput { c.tiedOutput = reader.areTied(head, embedding) }
        c.settleHead(source.head, isThere: reader.has(head))
        c.scoreScaling = ScoreScaling(
            byHeadWidth: try object.flag("scale_attn_weights", otherwise: true),
            byDepth: try object.flag("scale_attn_by_inverse_layer_idx", otherwise: false))
        try c.validate(path: object.source)
        return c
    }

    fileprivate static func settings(_ c: DecoderConfiguration, family: String) -> [(String, JSONText)] {
        let isGPT2 = family == "gpt2"
        var settings: [(String, JSONText)] = [
            ("activation_function", .text(c.activation.fileName)),
            ("architectures", .texts([isGPT2 ? c.hasHead ? "GPT2LMHeadModel" : "GPT2Model" : "Decoder"])),
            ("attn_pdrop", .number(0)), ("embd_pdrop", .number(0)), ("resid_pdrop", .number(0)),
            ("layer_norm_epsilon", .number(c.normEpsilon)), ("model_type", .text(family)),
            ("n_embd", .integer(c.width)), ("n_head", .integer(c.heads)), ("n_inner", .integer(c.hidden)),
            ("n_layer", .integer(c.layers)), ("n_positions", .integer(c.context)),
            ("tie_word_embeddings", .bool(c.tiedOutput)), ("torch_dtype", .text("float32")),
            ("vocab_size", .integer(c.vocabularySize)),
        ]
        if !c.scoreScaling.byHeadWidth { settings.append(("scale_attn_weights", .bool(false))) }
        if c.scoreScaling.byDepth { settings.append(("scale_attn_by_inverse_layer_idx", .bool(true))) }
        if !isGPT2 {
            settings.append(("norm_placement", .text(c.normPlacement.rawValue)))
            settings.append(("position_embedding_type", .text(c.positions.rawValue)))
            if c.positions == .rotary { settings.append(("rope_theta", .number(c.rotary.theta))) }
        }
        return settings
    }

    /// - Throws: ``ModelError/checkpoint(path:missing:surplus:misshaped:)`` naming every tensor that does not fit.
    static func read(_ file: WeightFiles, configuration c: DecoderConfiguration) throws(Failure) -> ParameterSet {
        try layout(c).read(file, prefixes: prefixes) { name in
            (c.tiedOutput && name == head) || name.hasSuffix(".attn.bias") || name.hasSuffix(".attn.masked_bias")
        }
    }

    static func write(_ decoder: Decoder) throws(Failure) -> SafeTensorsWriter {
        try layout(decoder.configuration).write(decoder.parameters, prefix: "")
    }

    private static func layout(_ c: DecoderConfiguration) -> CheckpointLayout {
        var layout = CheckpointLayout(Decoder.shapes(c), keys: .gpt2)
        func pair(_ file: String, _ weight: Label, _ bias: Label, block: Int? = nil) {
            layout.add([file + ".weight"], [weight], block: block)
            layout.add([file + ".bias"], [bias], block: block)
        }
        // A tied matrix may be there under the head's name only.
        layout.add(c.tiedOutput ? [embedding, head] : [embedding], [.embedding])
        layout.add(["wpe.weight"], [.positions])
        for block in 0..<c.layers {
            let at = "h.\(block)."
            pair(at + "ln_1", .norm1Gain, .norm1Bias, block: block)
            layout.add(
                [at + "attn.c_attn.weight"], [.queryWeight, .keyWeight, .valueWeight], block: block,
                shape: [c.width, 3 * c.width])
            layout.add([at + "attn.c_attn.bias"], [.queryBias, .keyBias, .valueBias], block: block)
            pair(at + "attn.c_proj", .outputWeight, .outputBias, block: block)
            pair(at + "ln_2", .norm2Gain, .norm2Bias, block: block)
            pair(at + "mlp.c_fc", .hiddenWeight, .hiddenBias, block: block)
            pair(at + "mlp.c_proj", .feedForwardWeight, .feedForwardBias, block: block)
        }
        pair("ln_f", .finalNormGain, .finalNormBias)
        layout.add([head], [.unembedding], outside: true)
        return layout
    }
}
