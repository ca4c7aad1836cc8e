extension CheckpointFamily {
    /// Qwen2 (Yang et al. 2024): biases on queries, keys and values; a window of attention in some blocks.
    static let qwen2 = CheckpointFamily(
        LlamaRelative(
            name: "qwen2", title: "Qwen2", window: .listed,
            biases: DecoderConfiguration.Biases(inputs: true, output: false, feedForward: false)))
}
