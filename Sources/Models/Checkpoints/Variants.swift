import Reading
import Wording

/// Settings of related families that change what a model computes and that this forward pass has not: a file may name
/// them only as switched off. Passed over, they would give wrong numbers in silence.
enum Variants {
    /// What each stands for where it changes nothing, besides `null` and its absence.
    private static let neutral: [(key: String, values: [JSONValue])] = [
        ("quantization_config", []), ("pruned_heads", [.object([:])]),
        ("attn_logit_softcapping", []), ("final_logit_softcapping", []), ("query_pre_attn_scalar", []),
        ("attention_multiplier", []), ("embedding_multiplier", [.number(1)]), ("residual_multiplier", [.number(1)]),
        ("logits_scaling", [.number(1)]), ("logit_scale", [.number(1)]), ("scale_emb", [.number(1)]),
        ("clip_qkv", []), ("attention_chunk_size", []), ("rotary_pct", [.number(1)]),
        ("use_qk_norm", [.bool(false)]), ("qk_layernorm", [.bool(false)]), ("qk_norm", [.bool(false)]),
        ("alibi", [.bool(false)]), ("use_alibi", [.bool(false)]), ("parallel_attn", [.bool(false)]),
        ("use_parallel_residual", [.bool(false)]), ("use_bidirectional_attention", [.bool(false)]),
        ("num_local_experts", [.number(0), .number(1)]), ("num_experts", [.number(0), .number(1)]),
        ("n_routed_experts", [.number(0), .number(1)]), ("no_rope_layers", [.array([])]),
    ]

    /// - Throws: ``ModelError/configuration(path:key:expected:found:)``.
    static func refuse(_ object: JSONPart, family: CheckpointFamily) throws(Failure) {
        for (key, values) in neutral { try object.refuse(key, unless: values) }
        try family.refuse(object)
        guard family.window != .listed, let kinds = try object.texts("layer_types") else { return }
        let isWindowed = family.window == .everyBlock && !object.isAbsent("sliding_window")
        let usual = isWindowed ? "sliding_attention" : "full_attention"
        guard kinds.allSatisfy({ $0 == usual }) else {
            throw object.wrong("layer_types", Phrase("[\(usual), …]"))
        }
    }
}
