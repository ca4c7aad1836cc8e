import Tensors
import Tracing
import Wording

/// Llama's `config.json` and tensors in the Hugging Face layout, and those of the families that differ in a word:
/// Qwen2 (biases on queries, keys and values) and Mistral (a window of attention).
enum LlamaCheckpoint {
    static let families = ["llama", "qwen2", "mistral"]
    private static let prefixes = ["model.", "transformer.", ""]
    private static let embedding = "embed_tokens.weight"
    private static let head = "lm_head.weight"

    static func configuration(
        _ object: ConfigurationObject, family: String, file: WeightFiles, head: Architectures.Head
    ) throws(Failure) -> DecoderConfiguration {
        let heads = try object.integer("num_attention_heads")
        let isLlama = family == "llama"
        let attention = isLlama ? try object.flag("attention_bias", usual: false) : false
        let biases = DecoderConfiguration.Biases(
            inputs: attention || family == "qwen2", output: attention,
            feedForward: isLlama ? try object.flag("mlp_bias", usual: false) : false)
        // What a key that is not written stands for; `null` means as many as heads.
        let usualKeyHeads = object.has("num_key_value_heads") || isLlama ? heads : family == "mistral" ? 8 : 32
        let usualContext = isLlama ? 2048 : family == "mistral" ? 131_072 : 32_768
        let context = try object.integer("max_position_embeddings", usual: usualContext)
        let isTied = try object.flag("tie_word_embeddings", usual: false)
        var configuration = DecoderConfiguration.llama(
            vocabularySize: try object.integer("vocab_size"), context: context,
            width: try object.integer("hidden_size"), layers: try object.integer("num_hidden_layers"), heads: heads,
            keyHeads: try object.integer("num_key_value_heads", usual: usualKeyHeads),
            hidden: try object.integer("intermediate_size"),
            headWidth: try object.integerIfThere("head_dim"),
            rotary: try speeds(object), biases: biases, normEpsilon: try object.number("rms_norm_eps", usual: 1e-6),
            tiedOutput: isTied && CheckpointReader(file: file, prefixes: prefixes).areTied(Self.head, embedding))
        configuration.settleHead(head, isThere: CheckpointReader(file: file, prefixes: prefixes).has(Self.head))
        configuration.activation = try object.choice(
            "hidden_act", DecoderConfigurationFile.activations, usual: .silu)
        try window(object, family: family, &configuration)
        try configuration.validate(path: object.path)
        return configuration
    }

    /// Mistral's window is every block's, Qwen2's that of the blocks that `layer_types` or `max_window_layers` name.
    private static func window(
        _ object: ConfigurationObject, family: String, _ c: inout DecoderConfiguration
    ) throws(Failure) {
        guard family == "mistral" || family == "qwen2" else { return }
        let isQwen = family == "qwen2"
        if isQwen, try !object.flag("use_sliding_window", usual: false) { return }
        if object.isAbsent("sliding_window"), object.has("sliding_window") { return }
        c.window = try object.integer("sliding_window", usual: 4096)
        guard isQwen else { return }
        guard let kinds = try object.texts("layer_types") else {
            let first = try object.integer("max_window_layers", usual: 28)
            c.unwindowedBlocks = Set(0..<max(0, min(first, c.layers, 4096)))
            return
        }
        let known = ["full_attention", "sliding_attention"]
        guard kinds.count == c.layers, kinds.allSatisfy(known.contains) else {
            let expected = "\(c.layers) × " + known.joined(separator: " / ")
            throw object.mismatch("layer_types", expected: Phrase(expected))
        }
        c.unwindowedBlocks = Set(kinds.indices.filter { kinds[$0] == known[0] })
        if c.unwindowedBlocks.count == c.layers { (c.window, c.unwindowedBlocks) = (nil, []) }
    }

    /// `rope_theta` and `rope_scaling` of older files, or both inside `rope_parameters` of newer ones.
    private static func speeds(_ object: ConfigurationObject) throws(Failure) -> RotarySpeeds {
        // `rope_scaling` goes first where a file has both; an angle's base may stand in the section or beside it.
        var older = try object.section("rope_scaling")
        if older?.isEmpty == true { older = nil }
        let newer = try object.section("rope_parameters")
        let section = older ?? newer
        // Angles for each kind of layer: none of these families has them, and the usual base would be a wrong one.
        if let section, let key = section.firstObject {
            throw section.mismatch(
                key, expected: Phrase(en: "a number or a name, the same for all layers", zh: "各层共用的数或名称"))
        }
        let theta = try (section ?? object).number("rope_theta", usual: object.number("rope_theta", usual: 10_000))
        if try object.number("partial_rotary_factor", usual: 1) != 1 {
            throw object.mismatch("partial_rotary_factor", expected: "1")
        }
        guard let scaling = section else { return RotarySpeeds(theta: theta) }
        if try scaling.number("partial_rotary_factor", usual: 1) != 1 {
            throw scaling.mismatch("partial_rotary_factor", expected: "1")
        }
        let key = scaling.isAbsent("rope_type") ? "type" : "rope_type"
        switch try scaling.choice(
            key, ["default": "default", "linear": "linear", "llama3": "llama3"], usual: "default")
        {
        case "linear":
            return RotarySpeeds(theta: theta, scaling: .linear(factor: try positive("factor", scaling)))
        case "llama3":
            let low = try positive("low_freq_factor", scaling)
            let high = try positive("high_freq_factor", scaling)
            guard high > low else {
                throw scaling.mismatch(
                    "high_freq_factor", expected: Phrase(en: "more than low_freq_factor", zh: "大于 low_freq_factor 的数"))
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
        _ scaling: ConfigurationObject, _ object: ConfigurationObject
    ) throws(Failure) -> Double {
        let key = "original_max_position_embeddings"
        if !scaling.isAbsent(key) { return try positive(key, scaling) }
        return try positive(object.isAbsent(key) ? "max_position_embeddings" : key, object)
    }

    private static func positive(_ key: String, _ object: ConfigurationObject) throws(Failure) -> Double {
        let number = try object.number(key, usual: .nan)
        guard number > 0, number.isFinite else { throw object.mismatch(key, expected: .aboveZero) }
        return number
    }

    /// An activation as these files call it.
    static func name(of activation: ActivationFunction) -> String {
        activation == .geluTanh ? "gelu_new" : activation.rawValue
    }

    /// The family that can hold a configuration; `wanted` if it can. nil where none can.
    static func family(_ c: DecoderConfiguration, wanted: String) -> String? {
        guard c.isLlama else { return nil }
        switch (c.biases.inputs, c.biases.output, c.biases.feedForward) {
        case (false, false, false): return wanted == "mistral" || c.window != nil ? mistral(c) : "llama"
        case (true, true, _), (false, false, true): return c.window == nil ? "llama" : nil
        case (true, false, false): return "qwen2"
        default: return nil
        }
    }

    private static func mistral(_ c: DecoderConfiguration) -> String? {
        c.unwindowedBlocks.isEmpty ? "mistral" : nil
    }

    static func text(_ c: DecoderConfiguration, family: String) -> String {
        let architecture = ["llama": "Llama", "qwen2": "Qwen2", "mistral": "Mistral"][family] ?? "Llama"
        let scaling =
            switch c.rotary.scaling {
            case .none: "null"
            case .linear(let factor): "{\"rope_type\": \"linear\", \"factor\": \(factor)}"
            case .llama3(let factor, let low, let high, let context):
                "{\"rope_type\": \"llama3\", \"factor\": \(factor), \"low_freq_factor\": \(low), "
                    + "\"high_freq_factor\": \(high), \"original_max_position_embeddings\": \(Int(context))}"
            }
        var lines = [
            "\"architectures\": [\"\(architecture)\(c.hasHead ? "ForCausalLM" : "Model")\"]",
            "\"attention_dropout\": 0.0",
            "\"head_dim\": \(c.headWidth)", "\"hidden_act\": \"\(name(of: c.activation))\"",
            "\"hidden_size\": \(c.width)", "\"intermediate_size\": \(c.hidden)",
            "\"max_position_embeddings\": \(c.context)", "\"model_type\": \"\(family)\"",
            "\"num_attention_heads\": \(c.heads)", "\"num_hidden_layers\": \(c.layers)",
            "\"num_key_value_heads\": \(c.keyHeads)", "\"rms_norm_eps\": \(c.normEpsilon)",
            "\"rope_scaling\": \(scaling)", "\"rope_theta\": \(c.rotary.theta)",
            "\"tie_word_embeddings\": \(c.tiedOutput)", "\"torch_dtype\": \"float32\"",
            "\"vocab_size\": \(c.vocabularySize)",
        ]
        if family == "llama" {
            lines.append("\"attention_bias\": \(c.biases.inputs)")
            lines.append("\"mlp_bias\": \(c.biases.feedForward)")
        }
        if family != "llama" { lines.append("\"sliding_window\": \(c.window.map(String.init) ?? "null")") }
        if family == "qwen2" {
            lines.append("\"use_sliding_window\": \(c.window != nil)")
            let kinds = (0..<c.layers).map {
                c.window(block: $0) == nil ? "\"full_attention\"" : "\"sliding_attention\""
            }
            lines.append("\"layer_types\": [\(kinds.joined(separator: ", "))]")
        }
        return ConfigurationObject.text(lines)
    }

    static func read(_ file: WeightFiles, configuration c: DecoderConfiguration) throws(Failure) -> ParameterSet {
        try layout(c).read(file, prefixes: prefixes) { name in
            name.hasSuffix("rotary_emb.inv_freq") || (c.tiedOutput && name == head)
        }
    }

    static func write(_ decoder: Decoder) throws(Failure) -> SafeTensorsWriter {
        try layout(decoder.configuration).write(decoder.parameters, prefix: "model.")
    }

    private static func layout(_ c: DecoderConfiguration) -> CheckpointLayout {
        var layout = CheckpointLayout(Decoder.shapes(c), keys: .llama)
        layout.add(c.tiedOutput ? [embedding, head] : [embedding], [.embedding])
        for block in 0..<c.layers {
            let at = "layers.\(block)."
            layout.norm(at + "input_layernorm", .norm1Gain, .norm1Bias, block: block)
            layout.attention(at + "self_attn.", output: "o_proj", block: block)
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
