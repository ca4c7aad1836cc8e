extension CheckpointFamily {
    /// Qwen3 (Yang et al. 2025): each head's queries and keys are normalised, and no map has biases unless it is said.
    static let qwen3 = CheckpointFamily(
        LlamaRelative(
            name: "qwen3", title: "Qwen3", usualHeadWidth: 128, window: .listed, hasAttentionBiasSetting: true,
            hasHeadNorms: true))
}
