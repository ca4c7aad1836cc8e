extension CheckpointFamily {
    /// Mistral (Jiang et al. 2023): every block sees a window of the text.
    static let mistral = CheckpointFamily(
        LlamaRelative(
            name: "mistral", title: "Mistral", usualContext: 131_072, usualKeyHeads: 8, window: .everyBlock))
}
