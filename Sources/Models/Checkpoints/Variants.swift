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

    /// What the forerunners of today's families wrote of the order of their layers.
    private static func built(_ family: String) -> [(key: String, value: Bool)] {
        switch family {
        case "bart", "mbart", "marian":
            let isPre = family == "mbart"
            return [
                ("normalize_before", isPre), ("add_final_layer_norm", isPre),
                ("normalize_embedding", family != "marian"),
            ] + (family == "marian" ? [] : [("static_position_embeddings", false)])
        default: return []
        }
    }

    /// - Throws: ``ModelError/configuration(path:key:expected:found:)``.
    static func refuse(_ object: ConfigurationObject, family: String) throws(Failure) {
        for (key, values) in neutral { try object.refuse(key, unless: values) }
        for (key, value) in built(family) { try object.require(key, value) }
        if family == "bert" { try object.refuse("problem_type", unless: [.string("single_label_classification")]) }
        // The one window that is computed is read with the family's own settings.
        if family == "llama", let window = try object.integerIfThere("sliding_window") {
            let context = try object.integer("max_position_embeddings", usual: 2048)
            guard window >= context else {
                throw object.mismatch(
                    "sliding_window", expected: Phrase(en: "nothing, in a llama", zh: "空缺（llama 没有窗口）"))
            }
        }
        if family != "qwen2", let kinds = try object.texts("layer_types") {
            let known = family == "mistral" ? "sliding_attention" : "full_attention"
            let usual = object.isAbsent("sliding_window") ? "full_attention" : known
            guard kinds.allSatisfy({ $0 == usual }) else {
                throw object.mismatch("layer_types", expected: Phrase("[\(usual), …]"))
            }
        }
    }
}
