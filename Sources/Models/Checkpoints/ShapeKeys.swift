import Tracing

/// What a family's `config.json` calls the sizes that decide the lengths of tensors' axes, so that an error can name
/// them.
struct ShapeKeys {
    var vocabulary = "vocab_size"
    var position = "max_position_embeddings"
    var width = "hidden_size"
    var layers = "num_hidden_layers"
    var heads = "num_attention_heads"
    var keyHeads: String?
    var headWidth: String?
    var hidden = "intermediate_size"
    /// What the decoder of a model of two stacks calls its own.
    var decoder: [Axis: String] = [:]

    static let gpt2 = ShapeKeys(
        position: "n_positions", width: "n_embd", layers: "n_layer", heads: "n_head", hidden: "n_inner")
    static let llama = ShapeKeys(keyHeads: "num_key_value_heads", headWidth: "head_dim")
    static let bert = ShapeKeys()
    static let aiayn = ShapeKeys(
        width: "d_model", heads: "num_heads", hidden: "d_ff", decoder: [.vocabulary: "tgt_vocab_size"])
    static let bart = ShapeKeys(
        width: "d_model", heads: "encoder_attention_heads", hidden: "encoder_ffn_dim",
        decoder: [
            .vocabulary: "decoder_vocab_size", .head: "decoder_attention_heads", .hidden: "decoder_ffn_dim",
        ])

    /// The keys behind a parameter's axes, each once.
    func names(_ axes: [Axis], of name: StepName) -> [String] {
        var all: [String] = []
        for axis in axes {
            guard let key = key(axis, of: name), !all.contains(key) else { continue }
            all.append(key)
        }
        return all
    }

    private func key(_ axis: Axis, of name: StepName) -> String? {
        if name.stack == .decoder, let own = decoder[axis] { return own }
        let isShared = [Label.keyWeight, .keyBias, .valueWeight, .valueBias].contains(name.label)
        switch axis {
        case .vocabulary: return vocabulary
        case .position: return position
        case .width: return width
        case .head: return isShared ? keyHeads ?? heads : heads
        case .headWidth: return headWidth
        case .hidden: return hidden
        default: return nil
        }
    }
}
