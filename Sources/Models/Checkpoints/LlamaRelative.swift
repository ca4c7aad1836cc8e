import Reading
import Tensors
import Tracing
import Wording

/// A family that has Llama's tensors and most of its settings, by what sets it apart.
struct LlamaRelative: Sendable {
    let name: String
    /// How its classes begin: `Llama` of `LlamaForCausalLM`.
    let title: String
    // What a setting stands for that is not written.
    var usualContext = 32_768
    /// nil for as many as heads, as a written `null` has it.
    var usualKeyHeads: Int? = 32
    /// nil for the width divided by the heads.
    var usualHeadWidth: Int?
    var window = AttentionWindow.none
    /// Which maps have biases, where no setting says so.
    var biases = DecoderConfiguration.Biases.none
    /// Whether `attention_bias` gives all four maps of attention biases.
    var hasAttentionBiasSetting = false
    /// Whether `mlp_bias` gives the feed-forward's maps biases.
    var hasFeedForwardBiasSetting = false
    /// Whether each head's queries and keys are normalised.
    var hasHeadNorms = false

    private static let prefixes = ["model.", "transformer.", ""]
    private static let embedding = "embed_tokens.weight"
    private static let head = "lm_head.weight"

    fileprivate func configuration(_ source: CheckpointSource) throws(Failure) -> DecoderConfiguration {
        let object = source.settings
        let heads = try object.integer("num_attention_heads")
        var biases = biases
        if hasAttentionBiasSetting {
            biases.inputs = try object.flag("attention_bias", otherwise: false)
            biases.output = biases.inputs
        }
        if hasFeedForwardBiasSetting { biases.feedForward = try object.flag("mlp_bias", otherwise: false) }
        let usualKeyHeads = object.has("num_key_value_heads") ? heads : usualKeyHeads ?? heads
        let isTied = try object.flag("tie_word_embeddings", otherwise: false)
        let reader = CheckpointReader(file: source.weights, prefixes: Self.prefixes)
        var c = DecoderConfiguration.llama(
            vocabularySize: try object.integer("vocab_size"),
            context: try object.integer("max_position_embeddings", otherwise: usualContext),
            width: try object.integer("hidden_size"), layers: try object.integer("num_hidden_layers"), heads: heads,
            keyHeads: try object.integer("num_key_value_heads", otherwise: usualKeyHeads),
            hidden: try object.integer("intermediate_size"),
            headWidth: object.has("head_dim") ? try object["head_dim"]?.integer() : usualHeadWidth,
            rotary: try Self.speeds(object), biases: biases,
            normEpsilon: try object.number("rms_norm_eps", otherwise: 1e-6),
            tiedOutput: isTied && reader.areTied(Self.head, Self.embedding))
        c.settleHead(source.head, isThere: reader.has(Self.head))
        c.hasHeadNorms = hasHeadNorms
        c.activation = try object.choice("hidden_act", ActivationFunction.named, otherwise: .silu)
        try readWindow(object, &c)
        try c.validate(path: object.source)
        return c
    }

    private func readWindow(_ object: JSONPart, _ c: inout DecoderConfiguration) throws(Failure) {
        if window == .none { return }
        if window == .listed, try !object.flag("use_sliding_window", otherwise: false) { return }
        if object.isAbsent("sliding_window"), object.has("sliding_window") { return }
        c.window = try object.integer("sliding_window", otherwise: 4096)
        guard window == .listed else { return }
        guard let kinds = try object.texts("layer_types") else {
            let first = try object.integer("max_window_layers", otherwise: 28)
            c.unwindowedBlocks = Set(0..<max(0, min(first, c.layers, 4096)))
            return
        }
        let known = ["full_attention", "sliding_attention"]
        guard kinds.count == c.layers, kinds.allSatisfy(known.contains) else {
            let expected = "\(c.layers) × " + known.joined(separator: " / ")
            throw object.wrong("layer_types", Phrase(expected))
        }
        c.unwindowedBlocks = Set(kinds.indices.filter { kinds[$0] == known[0] })
        if c.unwindowedBlocks.count == c.layers { (c.window, c.unwindowedBlocks) = (nil, []) }
    }

    /// `rope_theta` and `rope_scaling` of older files, or both inside `rope_parameters` of newer ones.
    private static func speeds(_ object: JSONPart) throws(Failure) -> RotarySpeeds {
        // `rope_scaling` goes first where a file has both; an angle's base may stand in the section or beside it.
        var older = try object["rope_scaling"]?.object()
        if older?.members.isEmpty == true { older = nil }
        let newer = try object["rope_parameters"]?.object()
        let section = older ?? newer
        // Angles for each kind of layer: none of these families has them, and the usual base would be a wrong one.
        if let section, let key = section.members.filter({ $0.value.members != nil }).keys.min() {
            throw section.wrong(
                key, Phrase(en: "a number or a name, the same for all layers", zh: "各层共用的数或名称"))
        }
        let theta = try (section ?? object).number(
            "rope_theta", otherwise: object.number("rope_theta", otherwise: 10_000))
        if try object.number("partial_rotary_factor", otherwise: 1) != 1 {
            throw object.wrong("partial_rotary_factor", "1")
        }
        guard let scaling = section else { return RotarySpeeds(theta: theta) }
        if try scaling.number("partial_rotary_factor", otherwise: 1) != 1 {
            throw scaling.wrong("partial_rotary_factor", "1")
        }
        let key = scaling.isAbsent("rope_type") ? "type" : "rope_type"
        switch try scaling.choice(
            key, ["default": "default", "linear": "linear", "llama3": "llama3"], otherwise: "default")
        {
        case "linear":
            return RotarySpeeds(theta: theta, scaling: .linear(factor: try positive("factor", scaling)))
        case "llama3":
            let low = try positive("low_freq_factor", scaling)
            let high = try positive("high_freq_factor", scaling)
            guard high > low else {
                throw scaling.wrong(
                    "high_freq_factor", Phrase(en: "more than low_freq_factor", zh: "大于 low_freq_factor 的数"))
            }
            return RotarySpeeds(
                theta: theta,
                scaling: .llama3(
                    factor: try positive("factor", scaling), low: low, high: high,
                    originalContext: try originalContext(scaling, object)))
        default: return RotarySpeeds(theta: theta)
        }
    }

    /// How long the texts were that the model first learned from.
    private static func originalContext(
        _ scaling: JSONPart, _ object: JSONPart
    ) throws(Failure) -> Double {
        let key = "original_max_position_embeddings"
        if !scaling.isAbsent(key) { return try positive(key, scaling) }
        return try positive(object.isAbsent(key) ? "max_position_embeddings" : key, object)
    }

    private static func positive(_ key: String, _ object: JSONPart) throws(Failure) -> Double {
        let number = try object.number(key, otherwise: .nan)
        guard number > 0, number.isFinite else { throw object.wrong(key, .aboveZero) }
        return number
    }

    /// Whether its files can hold a configuration.
    private func holds(_ c: DecoderConfiguration) -> Bool {
        guard c.isLlama, c.hasHeadNorms == hasHeadNorms,
            hasFeedForwardBiasSetting || c.biases.feedForward == biases.feedForward,
            hasAttentionBiasSetting
                ? c.biases.inputs == c.biases.output
                : c.biases.inputs == biases.inputs && c.biases.output == biases.output
        else { return false }
        switch window {
        case .none: return c.window == nil
        case .everyBlock: return c.unwindowedBlocks.isEmpty
        case .listed: return true
        }
    }

    fileprivate func files(_ decoder: Decoder) throws(Failure) -> CheckpointFiles? {
        let c = decoder.configuration
        guard holds(c) else { return nil }
        var settings: [(String, JSONText)] = [
            ("architectures", .texts([title + (c.hasHead ? "ForCausalLM" : "Model")])),
            ("attention_dropout", .number(0)), ("head_dim", .integer(c.headWidth)),
            ("hidden_act", .text(c.activation.fileName)), ("hidden_size", .integer(c.width)),
            ("intermediate_size", .integer(c.hidden)), ("max_position_embeddings", .integer(c.context)),
            ("model_type", .text(name)), ("num_attention_heads", .integer(c.heads)),
            ("num_hidden_layers", .integer(c.layers)), ("num_key_value_heads", .integer(c.keyHeads)),
            ("rms_norm_eps", .number(c.normEpsilon)), ("rope_scaling", Self.scaling(c.rotary)),
            ("rope_theta", .number(c.rotary.theta)), ("tie_word_embeddings", .bool(c.tiedOutput)),
            ("torch_dtype", .text("float32")), ("vocab_size", .integer(c.vocabularySize)),
        ]
        if hasAttentionBiasSetting { settings.append(("attention_bias", .bool(c.biases.inputs))) }
        if hasFeedForwardBiasSetting { settings.append(("mlp_bias", .bool(c.biases.feedForward))) }
        if window != .none { settings.append(("sliding_window", .integerOrNull(c.window))) }
        if window == .listed {
            let kinds = (0..<c.layers).map { c.window(block: $0) == nil ? "full_attention" : "sliding_attention" }
            settings += [("use_sliding_window", .bool(c.window != nil)), ("layer_types", .texts(kinds))]
        }
        return CheckpointFiles(
            settings: settings, weights: try Self.layout(c).write(decoder.parameters, prefix: "model."))
    }

    private static func scaling(_ speeds: RotarySpeeds) -> JSONText {
        switch speeds.scaling {
        case .none: .null
        case .linear(let factor): .object(["rope_type": .text("linear"), "factor": .number(factor)])
        case .llama3(let factor, let low, let high, let context):
            .object([
                "rope_type": .text("llama3"), "factor": .number(factor), "low_freq_factor": .number(low),
                "high_freq_factor": .number(high),
                "original_max_position_embeddings": .integerOrNull(Int(exactly: context)),
            ])
        }
    }

    fileprivate func network(_ source: CheckpointSource) throws(Failure) -> Network {
        let c = try configuration(source)
        let parameters = try Self.layout(c).read(source.weights, prefixes: Self.prefixes) { name in
            name.hasSuffix("rotary_emb.inv_freq") || (c.tiedOutput && name == Self.head)
        }
        return try source.network(c, parameters)
    }

    private static func layout(_ c: DecoderConfiguration) -> CheckpointLayout {
        var layout = CheckpointLayout(Decoder.shapes(c), keys: .llama)
        layout.add(c.tiedOutput ? [embedding, head] : [embedding], [.embedding])
        for block in 0..<c.layers {
            let at = "layers.\(block)."
            layout.norm(at + "input_layernorm", .norm1Gain, .norm1Bias, block: block)
            layout.attention(at + "self_attn.", output: "o_proj", block: block)
            layout.add([at + "self_attn.q_norm.weight"], [.queryNormGain], block: block)
            layout.add([at + "self_attn.k_norm.weight"], [.keyNormGain], block: block)
            layout.norm(at + "post_attention_layernorm", .norm2Gain, .norm2Bias, block: block)
            layout.linear(at + "mlp.gate_proj", .gateWeight, .gateBias, block: block)
            layout.linear(at + "mlp.up_proj", .hiddenWeight, .hiddenBias, block: block)
            layout.linear(at + "mlp.down_proj", .feedForwardWeight, .feedForwardBias, block: block)
        }
        layout.norm("norm", .finalNormGain, .finalNormBias)
        layout.add([head], [.unembedding], outside: true)
        return layout
    }
}

extension CheckpointFamily {
    init(_ relative: LlamaRelative) {
        self.init(
            name: relative.name, classes: [relative.title + "ForCausalLM", relative.title + "Model"],
            window: relative.window,
            refuse: { (object) throws(Failure) in
                // The one window that is computed is read with the family's own settings.
                guard relative.window == .none, let window = try object["sliding_window"]?.integer(),
                    window < (try object.integer("max_position_embeddings", otherwise: relative.usualContext))
                else { return }
                let title = relative.name
                throw object.wrong(
                    "sliding_window", Phrase(en: "nothing, in a \(title)", zh: "空缺（\(title) 没有窗口）"))
            },
            read: { (source) throws(Failure) in try relative.network(source) },
            write: { (network) throws(Failure) in
                guard case .decoder(let decoder) = network else { return nil }
                return try relative.files(decoder)
            })
    }
}
