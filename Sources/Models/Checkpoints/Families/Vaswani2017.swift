import Reading
import Tensors
import Tracing
import Wording

extension CheckpointFamily {
    /// The model of the paper (Vaswani et al. 2017).
    static let vaswani2017 = CheckpointFamily(
        name: "aiayn",
        read: { (source) throws(Failure) in
            let c = try EncoderDecoderCheckpoint.configuration(source.settings)
            return try source.network(c, EncoderDecoderCheckpoint.read(source.weights, configuration: c))
        },
        write: { (network) throws(Failure) in
            guard case .encoderDecoder(let model) = network, model.configuration.family == .aiayn else { return nil }
            return CheckpointFiles(
                settings: EncoderDecoderCheckpoint.settings(model.configuration),
                weights: try EncoderDecoderCheckpoint.write(model))
        })
}

/// An encoder–decoder's `config.json` (our own keys, `model_type` `aiayn`) and its tensors: by the names of
/// `torch.nn.Transformer`, with queries, keys and values apart (what we write) or packed (`in_proj_weight`).
private enum EncoderDecoderCheckpoint {
    static func configuration(_ object: JSONPart) throws(Failure) -> EncoderDecoderConfiguration {
        let placement: NormPlacement = try object.choice("norm", otherwise: .post)
        let width = try object.integer("d_model")
        let vocabulary = try object.integer(object.isAbsent("vocab_size") ? "src_vocab_size" : "vocab_size")
        let configuration = EncoderDecoderConfiguration(
            sourceVocabulary: vocabulary, targetVocabulary: try object.integer("tgt_vocab_size", otherwise: vocabulary),
            context: try object.integer("max_position_embeddings", otherwise: 512), width: width,
            heads: try object.integer("num_heads"), hidden: try object.integer("d_ff"),
            encoderLayers: try object.integer("encoder_layers"), decoderLayers: try object.integer("decoder_layers"),
            activation: try object.choice("activation", ActivationFunction.named, otherwise: .relu),
            positions: try object.choice(
                "positions", ["sinusoidal": .sinusoidal, "learned": .learned], otherwise: .sinusoidal),
            normPlacement: placement, normEpsilon: try object.number("layer_norm_eps", otherwise: 1e-5),
            hasFinalNorms: try object.flag("final_norms", otherwise: placement == .pre),
            tiedEmbeddings: try object.flag("tied_embeddings", otherwise: false),
            hasOutputBias: try object.flag("generator_bias", otherwise: true),
            embeddingScale: object.isAbsent("embed_scale") ? nil : try object.number("embed_scale", otherwise: 1),
            paddingID: try object["pad_id"]?.integer(),
            startID: try object.integer("bos_id", otherwise: 1), endID: try object.integer("eos_id", otherwise: 2))
        try configuration.validate(path: object.source)
        return configuration
    }

    static func settings(_ c: EncoderDecoderConfiguration) -> [(String, JSONText)] {
        [
            ("model_type", .text("aiayn")), ("d_model", .integer(c.width)), ("num_heads", .integer(c.heads)),
            ("d_ff", .integer(c.hidden)), ("encoder_layers", .integer(c.encoderLayers)),
            ("decoder_layers", .integer(c.decoderLayers)), ("vocab_size", .integer(c.sourceVocabulary)),
            ("tgt_vocab_size", .integer(c.targetVocabulary)), ("max_position_embeddings", .integer(c.context)),
            ("norm", .text(c.normPlacement.rawValue)), ("layer_norm_eps", .number(c.normEpsilon)),
            ("activation", .text(c.activation.fileName)), ("positions", .text(c.positions.rawValue)),
            ("embed_scale", .number(c.embeddingScale)), ("final_norms", .bool(c.hasFinalNorms)),
            ("tied_embeddings", .bool(c.tiedEmbeddings)), ("generator_bias", .bool(c.hasOutputBias)),
            ("pad_id", .integerOrNull(c.paddingID)), ("bos_id", .integer(c.startID)), ("eos_id", .integer(c.endID)),
        ]
    }

    static func read(_ file: WeightFiles, configuration c: EncoderDecoderConfiguration) throws(Failure) -> ParameterSet
    {
        let isPacked = file.entries.keys.contains { $0.hasSuffix("in_proj_weight") }
        return try layout(c, isPacked: isPacked).read(file, prefixes: ["transformer.", ""]) { name in
            // The one matrix, written under its other names too.
            c.tiedEmbeddings && ["tgt_embed.weight", "generator.weight"].contains(name)
        }
    }

    static func write(_ model: EncoderDecoder) throws(Failure) -> SafeTensorsWriter {
        try layout(model.configuration, isPacked: false).write(model.parameters, prefix: "")
    }

    private static func layout(_ c: EncoderDecoderConfiguration, isPacked: Bool) -> CheckpointLayout {
        var layout = CheckpointLayout(EncoderDecoder.shapes(c), keys: .aiayn)
        if c.tiedEmbeddings { layout.add(["src_embed.weight", "embed.weight"], [.embedding], outside: true) }
        for (stack, layers, side) in [(Stack.encoder, c.encoderLayers, "src"), (.decoder, c.decoderLayers, "tgt")] {
            layout.stack = stack
            layout.add([side + "_embed.weight"], [.embedding], outside: true)
            layout.add([side + "_pos_embed.weight"], [.positions], outside: true)
            for block in 0..<layers {
                let at = "\(stack).layers.\(block)."
                attention(at + "self_attn.", isCross: false, isPacked: isPacked, block: block, &layout)
                layout.norm(at + "norm1", .norm1Gain, .norm1Bias, block: block)
                if stack == .decoder {
                    let name = isPacked ? "multihead_attn." : "cross_attn."
                    attention(at + name, isCross: true, isPacked: isPacked, block: block, &layout)
                    layout.norm(at + "norm3", .norm3Gain, .norm3Bias, block: block)
                }
                layout.norm(at + "norm2", .norm2Gain, .norm2Bias, block: block)
                layout.linear(at + "linear1", .hiddenWeight, .hiddenBias, block: block)
                layout.linear(at + "linear2", .feedForwardWeight, .feedForwardBias, block: block)
            }
            layout.norm("\(stack).norm", .finalNormGain, .finalNormBias)
        }
        layout.stack = .single
        layout.add(["generator.weight"], [.unembedding], outside: true)
        layout.add(["generator.bias"], [.unembeddingBias], outside: true)
        return layout
    }

    private static func attention(
        _ at: String, isCross: Bool, isPacked: Bool, block: Int, _ layout: inout CheckpointLayout
    ) {
        guard isPacked else { return layout.attention(at, output: "out_proj", isCross: isCross, block: block) }
        func label(_ label: Label) -> Label { isCross ? label.crossed : label }
        let weights = [Label.queryWeight, .keyWeight, .valueWeight].map(label)
        let biases = [Label.queryBias, .keyBias, .valueBias].map(label)
        layout.add([at + "in_proj_weight"], weights, block: block, transposed: true)
        layout.add([at + "in_proj_bias"], biases, block: block)
        layout.linear(at + "out_proj", label(.outputWeight), label(.outputBias), block: block)
    }
}
