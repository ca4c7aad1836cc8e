extension CheckpointFamily {
    /// Llama (Touvron et al. 2023).
    static let llama = CheckpointFamily(
        LlamaRelative(
            name: "llama", title: "Llama", usualContext: 2048, usualKeyHeads: nil, hasAttentionBiasSetting: true,
            hasFeedForwardBiasSetting: true))
}
