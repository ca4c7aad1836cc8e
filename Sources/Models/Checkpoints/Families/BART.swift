import Reading
import Tensors
import Tracing
import Wording

extension CheckpointFamily {
    /// BART (Lewis et al. 2019).
    static let bart = translator(
        .bart, ["BartForConditionalGeneration", "BartModel"],
        built: [
            ("normalize_before", false), ("add_final_layer_norm", false), ("normalize_embedding", true),
            ("static_position_embeddings", false),
        ])

    /// Marian (Junczys-Dowmunt et al. 2018).
    static let marian = translator(
        .marian, ["MarianMTModel", "MarianModel"],
        built: [("normalize_before", false), ("add_final_layer_norm", false), ("normalize_embedding", false)])

    /// mBART (Liu et al. 2020): the blocks normalise first.
    static let mbart = translator(
        .mbart, ["MBartForConditionalGeneration", "MBartModel"],
        built: [
            ("normalize_before", true), ("add_final_layer_norm", true), ("normalize_embedding", true),
            ("static_position_embeddings", false),
        ])

    /// - Parameter built: what the forerunners of today's families wrote of the order of their layers.
    private static func translator(
        _ family: EncoderDecoderConfiguration.Family, _ classes: [String], built: [(key: String, value: Bool)]
    ) -> CheckpointFamily {
        CheckpointFamily(
            name: family.rawValue, classes: classes,
            refuse: { (object) throws(Failure) in
                for (key, value) in built { try object.require(key, value) }
            },
            read: { (source) throws(Failure) in
                var c = try BARTCheckpoint.configuration(source.settings, family: family, file: source.weights)
                c.startID = source.rules.startID ?? c.startID
                return try source.network(c, BARTCheckpoint.read(source.weights, configuration: c))
            },
            write: { (network) throws(Failure) in
                guard case .encoderDecoder(let model) = network, model.configuration.family == family else {
                    return nil
                }
                return CheckpointFiles(
                    settings: BARTCheckpoint.settings(model.configuration, architecture: classes[0]),
                    weights: try BARTCheckpoint.write(model))
            })
    }
}

/// `config.json` and tensors of BART (Lewis et al. 2019), mBART and Marian in the Hugging Face layout, with or without
/// the prefix `model.`. A file without a head is read as `transformers` does: the head is the embedding.
private enum BARTCheckpoint {
    private static let prefixes = ["model.", ""]

    private static let shared = "shared.weight"
    private static let tables = ["encoder.embed_tokens.weight", "decoder.embed_tokens.weight"]
    private static let head = "lm_head.weight"
    private static let positions = "embed_positions.weight"

    static func configuration(
        _ object: JSONPart, family: EncoderDecoderConfiguration.Family, file: WeightFiles
    ) throws(Failure) -> EncoderDecoderConfiguration {
        let isMarian = family == .marian
        try object.require("is_decoder", false)
        try object.require("is_encoder_decoder", true)
        let width = try object.integer("d_model")
        let vocabulary = try object.integer("vocab_size")
        let reader = CheckpointReader(file: file, prefixes: prefixes)
        let layers = try object.integer("encoder_layers")
        let heads = try object.integer("encoder_attention_heads")
        let hidden = try object.integer("encoder_ffn_dim")
        let end = try object.integers("eos_token_id").first ?? (isMarian ? 0 : 2)
        let scales = try object.flag("scale_embedding", otherwise: false)
        let shares = try isMarian ? object.flag("share_encoder_decoder_embeddings", otherwise: true) : true
        var c = EncoderDecoderConfiguration(
            sourceVocabulary: vocabulary,
            targetVocabulary: isMarian && !shares
                ? try object.integer("decoder_vocab_size", otherwise: vocabulary) : nil,
            context: try object.integer("max_position_embeddings", otherwise: 1024), width: width, heads: heads,
            hidden: hidden, encoderLayers: layers, decoderLayers: try object.integer("decoder_layers"),
            activation: try object.choice("activation_function", ActivationFunction.named, otherwise: .gelu),
            positions: isMarian && !tables.contains { reader.has(positionTable($0)) } ? .sinusoidalHalves : .learned,
            normPlacement: family == .mbart ? .pre : .post, hasFinalNorms: family == .mbart,
            hasOutputBias: reader.has("final_logits_bias"), embeddingScale: scales ? nil : 1,
            paddingID: try object["pad_token_id"]?.integer(),
            startID: try object.integer("decoder_start_token_id", otherwise: end), endID: end)
        c.decoderHeads = try object.integer("decoder_attention_heads")
        c.decoderHidden = try object.integer("decoder_ffn_dim")
        c.family = family
        c.positionOffset = isMarian ? 0 : 2
        c.hasEmbeddingNorms = !isMarian
        if width < 1 { c.embeddingScale = 1 }
        let matrices = Matrices(reader, isTied: try object.flag("tie_word_embeddings", otherwise: true))
        c.sharesEmbeddings = matrices.source == matrices.target
        c.tiedOutput = matrices.output == matrices.target
        try c.validate(path: object.source)
        return c
    }

    private static func positionTable(_ table: String) -> String {
        table.replacing("embed_tokens.weight", with: positions)
    }

    /// Which tensors hold the three matrices; where several hold the same numbers, or are said to, the first of them.
    struct Matrices {
        let source: String
        let target: String
        let output: String

        init(source: String, target: String, output: String) {
            self.source = source
            self.target = target
            self.output = output
        }

        /// Tensors that should be tied and yet differ are kept apart, as `transformers` 5 does.
        init(_ reader: CheckpointReader, isTied: Bool) {
            let all = [shared] + tables + [head]
            let first = all.first(where: reader.has) ?? shared
            func own(_ name: String, or usual: String) -> String {
                guard reader.has(name), name != usual else { return usual }
                return reader.holdsSame(name, as: usual) ? usual : name
            }
            source = own(tables[0], or: first)
            // Without a table for both, a decoder that has its own shares nothing with the encoder.
            target = own(tables[1], or: reader.has(shared) || !reader.has(tables[1]) ? source : tables[1])
            output = isTied || reader.has(head) ? own(head, or: target) : head
        }
    }

    static func read(_ file: WeightFiles, configuration c: EncoderDecoderConfiguration) throws(Failure) -> ParameterSet
    {
        let reader = CheckpointReader(file: file, prefixes: prefixes)
        let matrices = Matrices(reader, isTied: c.tiedOutput)
        let known = Set([shared, head] + tables).union(["encoder.version", "decoder.version"])
        return try layout(c, matrices).read(file, prefixes: prefixes) { name in
            known.contains(name) || prefixes.contains { known.contains(String(name.dropFirst($0.count))) }
        }
    }

    static func write(_ model: EncoderDecoder) throws(Failure) -> SafeTensorsWriter {
        let c = model.configuration
        let target = c.sharesEmbeddings ? shared : tables[1]
        let matrices = Matrices(
            source: c.sharesEmbeddings ? shared : tables[0], target: target, output: c.tiedOutput ? target : head)
        return try layout(c, matrices).write(model.parameters, prefix: "model.")
    }

    private static func layout(_ c: EncoderDecoderConfiguration, _ matrices: Matrices) -> CheckpointLayout {
        var layout = CheckpointLayout(EncoderDecoder.shapes(c), keys: .bart)
        if c.sharesEmbeddings { layout.add([matrices.source], [.embedding]) }
        for (stack, layers) in [(Stack.encoder, c.encoderLayers), (.decoder, c.decoderLayers)] {
            let isDecoder = stack == .decoder
            layout.stack = stack
            if !c.sharesEmbeddings {
                layout.add([isDecoder ? matrices.target : matrices.source], [.embedding])
            }
            layout.add(["\(stack).\(positions)"], [.positions])
            layout.norm("\(stack).layernorm_embedding", .embedNormGain, .embedNormBias)
            for block in 0..<layers {
                let at = "\(stack).layers.\(block)."
                layout.attention(at + "self_attn.", output: "out_proj", block: block)
                layout.norm(at + "self_attn_layer_norm", .norm1Gain, .norm1Bias, block: block)
                if isDecoder {
                    layout.attention(at + "encoder_attn.", output: "out_proj", isCross: true, block: block)
                    layout.norm(at + "encoder_attn_layer_norm", .norm2Gain, .norm2Bias, block: block)
                }
                layout.linear(at + "fc1", .hiddenWeight, .hiddenBias, block: block)
                layout.linear(at + "fc2", .feedForwardWeight, .feedForwardBias, block: block)
                layout.norm(
                    at + "final_layer_norm", isDecoder ? .norm3Gain : .norm2Gain,
                    isDecoder ? .norm3Bias : .norm2Bias, block: block)
            }
            layout.norm("\(stack).layer_norm", .finalNormGain, .finalNormBias)
        }
        layout.stack = .single
        layout.add([head], [.unembedding], outside: true)
        layout.add(["final_logits_bias"], [.unembeddingBias], shape: [1, c.targetVocabulary], outside: true)
        return layout
    }

    static func settings(_ c: EncoderDecoderConfiguration, architecture: String) -> [(String, JSONText)] {
        var settings: [(String, JSONText)] = [
            ("activation_dropout", .number(0)), ("activation_function", .text(c.activation.fileName)),
            ("architectures", .texts([architecture])), ("attention_dropout", .number(0)),
            ("d_model", .integer(c.width)), ("decoder_attention_heads", .integer(c.decoderHeads)),
            ("decoder_ffn_dim", .integer(c.decoderHidden)), ("decoder_layers", .integer(c.decoderLayers)),
            ("decoder_start_token_id", .integer(c.startID)), ("dropout", .number(0)),
            ("encoder_attention_heads", .integer(c.heads)), ("encoder_ffn_dim", .integer(c.hidden)),
            ("encoder_layers", .integer(c.encoderLayers)), ("eos_token_id", .integer(c.endID)),
            ("is_encoder_decoder", .bool(true)), ("max_position_embeddings", .integer(c.context)),
            ("model_type", .text(c.family.rawValue)), ("pad_token_id", .integerOrNull(c.paddingID)),
            ("scale_embedding", .bool(c.embeddingScale != 1)), ("tie_word_embeddings", .bool(c.tiedOutput)),
            ("torch_dtype", .text("float32")), ("vocab_size", .integer(c.sourceVocabulary)),
        ]
        if c.family == .marian {
            settings.append(("decoder_vocab_size", .integer(c.targetVocabulary)))
            settings.append(("share_encoder_decoder_embeddings", .bool(c.sharesEmbeddings)))
            if c.positions != .learned { settings.append(("static_position_embeddings", .bool(true))) }
        }
        return settings
    }
}
