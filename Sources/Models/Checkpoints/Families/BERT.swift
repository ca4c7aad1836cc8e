import Reading
import Tensors
import Tracing
import Wording

extension CheckpointFamily {
    /// BERT (Devlin et al. 2018).
    static let bert = CheckpointFamily(
        name: "bert",
        classes: [
            "BertForMaskedLM", "BertForNextSentencePrediction", "BertForPreTraining", "BertForSequenceClassification",
            "BertModel",
        ],
        refuse: { (object) throws(Failure) in
            try object.refuse("problem_type", unless: [.string("single_label_classification")])
        },
        read: { (source) throws(Failure) in
            let c = try BERTCheckpoint.configuration(source.settings, file: source.weights)
            return try source.network(c, BERTCheckpoint.read(source.weights, configuration: c))
        },
        write: { (network) throws(Failure) in
            guard case .encoder(let encoder) = network else { return nil }
            return CheckpointFiles(
                settings: BERTCheckpoint.settings(encoder.configuration), weights: try BERTCheckpoint.write(encoder))
        })
}

/// BERT's `config.json` and tensors in the Hugging Face layout, with or without the prefix `bert.`.
///
/// Which heads a model has is seen from its tensors: the same configuration serves BertModel, BertForMaskedLM,
/// BertForPreTraining and BertForSequenceClassification.
private enum BERTCheckpoint {
    private static let prefixes = ["bert.", ""]
    private static let head = "cls.predictions.decoder"
    private static let headBias = "cls.predictions.bias"

    static func configuration(_ object: JSONPart, file: WeightFiles) throws(Failure)
        -> EncoderConfiguration
    {
        try object.require("is_decoder", false)
        try object.require("add_cross_attention", false)
        _ = try object.choice("position_embedding_type", ["absolute": true], otherwise: true)
        let reader = CheckpointReader(file: file, prefixes: prefixes)
        let hasWords = reader.has(headBias) || reader.has("cls.predictions.transform.dense.weight")
        // Half a head is a head: what it lacks is then named.
        func has(_ linear: String) -> Bool { reader.has(linear + ".weight") || reader.has(linear + ".bias") }
        let classifier = file.entries["classifier.weight"]?.shape ?? file.entries["classifier.bias"]?.shape
        var configuration = EncoderConfiguration(
            vocabularySize: try object.integer("vocab_size"), context: try object.integer("max_position_embeddings"),
            width: try object.integer("hidden_size"), layers: try object.integer("num_hidden_layers"),
            heads: try object.integer("num_attention_heads"), hidden: try object.integer("intermediate_size"),
            segments: try object.integer("type_vocab_size", otherwise: 2),
            activation: try object.choice("hidden_act", ActivationFunction.named, otherwise: .gelu),
            normEpsilon: try object.number("layer_norm_eps", otherwise: 1e-12),
            paddingID: try object["pad_token_id"]?.integer(),
            hasPooler: has("pooler.dense"), hasMaskedWordHead: hasWords,
            hasNextSentenceHead: has("cls.seq_relationship"),
            classes: classifier.map { $0.rank > 0 ? $0[0] : 1 })
        if hasWords {
            configuration.tiedOutput =
                try object.flag("tie_word_embeddings", otherwise: true)
                && reader.areTied(head + ".weight", "embeddings.word_embeddings.weight")
        }
        try configuration.validate(path: object.source)
        if let classes = configuration.classes { configuration.classNames = try object.classNames(classes) }
        return configuration
    }

    static func settings(_ c: EncoderConfiguration) -> [(String, JSONText)] {
        let architecture =
            c.classes != nil
            ? "BertForSequenceClassification"
            : c.hasNextSentenceHead ? "BertForPreTraining" : c.hasMaskedWordHead ? "BertForMaskedLM" : "BertModel"
        let classes = (0..<(c.classes ?? 0)).map { ($0, c.className($0)) }
        let names: [(String, JSONText)] =
            classes.isEmpty ? [] : [("id2label", .members(classes.map { ("\($0)", .text($1)) }))]
        let numbers: [(String, JSONText)] =
            classes.isEmpty ? [] : [("label2id", .members(classes.map { ($1, .integer($0)) }))]
        return [
            ("architectures", .texts([architecture])), ("attention_probs_dropout_prob", .number(0)),
            ("hidden_act", .text(c.activation.fileName)), ("hidden_dropout_prob", .number(0)),
            ("hidden_size", .integer(c.width)),
        ] + names + [
            ("initializer_range", .number(0.02)), ("intermediate_size", .integer(c.hidden)),
            ("layer_norm_eps", .number(c.normEpsilon)),
        ] + numbers + [
            ("max_position_embeddings", .integer(c.context)), ("model_type", .text("bert")),
            ("num_attention_heads", .integer(c.heads)), ("num_hidden_layers", .integer(c.layers)),
            ("pad_token_id", .integerOrNull(c.paddingID)), ("tie_word_embeddings", .bool(c.tiedOutput)),
            ("torch_dtype", .text("float32")), ("type_vocab_size", .integer(c.segments)),
            ("vocab_size", .integer(c.vocabularySize)),
        ]
    }

    static func read(_ file: WeightFiles, configuration c: EncoderConfiguration) throws(Failure) -> ParameterSet {
        try layout(c).read(file, prefixes: prefixes) { name in
            // Buffers, and the tied matrix written a second time.
            name.hasSuffix("embeddings.position_ids") || name.hasSuffix("embeddings.token_type_ids")
                || (c.hasMaskedWordHead && [head + ".weight", head + ".bias", headBias].contains(name))
        }
    }

    static func write(_ encoder: Encoder) throws(Failure) -> SafeTensorsWriter {
        try layout(encoder.configuration).write(encoder.parameters, prefix: "bert.")
    }

    private static func layout(_ c: EncoderConfiguration) -> CheckpointLayout {
        var layout = CheckpointLayout(Encoder.shapes(c), keys: .bert)
        layout.add(["embeddings.word_embeddings.weight"], [.embedding])
        layout.add(["embeddings.position_embeddings.weight"], [.positions])
        layout.add(["embeddings.token_type_embeddings.weight"], [.segmentEmbedding])
        layout.norm("embeddings.LayerNorm", .embedNormGain, .embedNormBias)
        for block in 0..<c.layers {
            let at = "encoder.layer.\(block)."
            layout.linear(at + "attention.self.query", .queryWeight, .queryBias, block: block)
            layout.linear(at + "attention.self.key", .keyWeight, .keyBias, block: block)
            layout.linear(at + "attention.self.value", .valueWeight, .valueBias, block: block)
            layout.linear(at + "attention.output.dense", .outputWeight, .outputBias, block: block)
            layout.norm(at + "attention.output.LayerNorm", .norm1Gain, .norm1Bias, block: block)
            layout.linear(at + "intermediate.dense", .hiddenWeight, .hiddenBias, block: block)
            layout.linear(at + "output.dense", .feedForwardWeight, .feedForwardBias, block: block)
            layout.norm(at + "output.LayerNorm", .norm2Gain, .norm2Bias, block: block)
        }
        layout.linear("pooler.dense", .poolerWeight, .poolerBias)
        layout.linear("cls.predictions.transform.dense", .maskedWeight, .maskedBias, outside: true)
        layout.norm("cls.predictions.transform.LayerNorm", .maskedNormGain, .maskedNormBias, outside: true)
        layout.add([head + ".weight"], [.unembedding], outside: true)
        // An untied head adds its own bias, and leaves the other unread.
        layout.add(
            c.tiedOutput ? [headBias, head + ".bias"] : [head + ".bias", headBias], [.unembeddingBias], outside: true)
        layout.linear("cls.seq_relationship", .nextSentenceWeight, .nextSentenceBias, outside: true)
        layout.linear("classifier", .classifierWeight, .classifierBias, outside: true)
        return layout
    }
}
