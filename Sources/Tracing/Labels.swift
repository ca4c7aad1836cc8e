// The labels that not every family has: encoders, translators, rotary and gated models.
extension Label {
    // Embeddings.
    public static let segmentEmbedding = Label(rawValue: "token_type_embed.W_type")
    public static let typedEmbed = Label(rawValue: "embed.with_type")
    /// The sum of BERT's three embeddings, before its normalisation.
    public static let embedSum = Label(rawValue: "embed.sum")
    public static let embedNormScale = Label(rawValue: "embed.ln.scale")
    public static let embedNormGain = Label(rawValue: "embed.ln.w")
    public static let embedNormBias = Label(rawValue: "embed.ln.b")
    /// An embedding before it is multiplied by √width.
    public static let unscaledEmbed = Label(rawValue: "embed.unscaled")

    // Rotary positions and gates.
    public static let rotaryCosines = Label(rawValue: "rope.cos")
    public static let rotarySines = Label(rawValue: "rope.sin")
    /// Scores whose future is hidden, where padding is hidden after it.
    public static let causalScores = Label(rawValue: "attn.attn_scores_causal")
    // Queries and keys that each head normalises (Qwen3); the scales are `[batch, position, head, 1]`.
    public static let queryNormScale = Label(rawValue: "attn.q_norm.scale")
    public static let queryNorm = Label(rawValue: "attn.q_norm.normalized")
    public static let queryNormGain = Label(rawValue: "attn.q_norm.w")
    public static let keyNormScale = Label(rawValue: "attn.k_norm.scale")
    public static let keyNorm = Label(rawValue: "attn.k_norm.normalized")
    public static let keyNormGain = Label(rawValue: "attn.k_norm.w")
    public static let rotatedQuery = Label(rawValue: "attn.rot_q")
    public static let rotatedKey = Label(rawValue: "attn.rot_k")
    public static let gateWeight = Label(rawValue: "mlp.W_gate")
    public static let gateBias = Label(rawValue: "mlp.b_gate")
    /// The activated gate, before it meets ``hiddenPreLinear``.
    public static let gate = Label(rawValue: "mlp.gate")
    public static let hiddenPreLinear = Label(rawValue: "mlp.pre_linear")

    // Cross-attention.
    public static let crossAttentionOut = Label(rawValue: "cross_attn_out")
    public static let residualMidCross = Label(rawValue: "resid_mid_cross")
    public static let normalizedMidCross = Label(rawValue: "normalized_resid_mid_cross")
    public static let norm3Scale = Label(rawValue: "ln3.scale")
    public static let norm3 = Label(rawValue: "ln3.normalized")
    public static let norm3Gain = Label(rawValue: "ln3.w")
    public static let norm3Bias = Label(rawValue: "ln3.b")
    /// What the encoder hands to the decoder.
    public static let memory = Label(rawValue: "memory")
    /// What the decoder hands to the output layer.
    public static let output = Label(rawValue: "output")

    // BERT's heads.
    public static let firstPosition = Label(rawValue: "pooler.first")
    public static let poolerDense = Label(rawValue: "pooler.dense")
    public static let poolerOutput = Label(rawValue: "pooler.output")
    public static let poolerWeight = Label(rawValue: "pooler.W")
    public static let poolerBias = Label(rawValue: "pooler.b")
    public static let maskedDense = Label(rawValue: "mlm.dense")
    public static let maskedActivation = Label(rawValue: "mlm.act")
    public static let maskedNormScale = Label(rawValue: "mlm.scale")
    public static let maskedNorm = Label(rawValue: "mlm.normalized")
    public static let maskedWeight = Label(rawValue: "mlm.W")
    public static let maskedBias = Label(rawValue: "mlm.b")
    public static let maskedNormGain = Label(rawValue: "mlm.ln.w")
    public static let maskedNormBias = Label(rawValue: "mlm.ln.b")
    public static let maskedLogits = Label(rawValue: "mlm_logits")
    public static let maskedProbabilities = Label(rawValue: "mlm_probs")
    public static let nextSentenceWeight = Label(rawValue: "nsp.W")
    public static let nextSentenceBias = Label(rawValue: "nsp.b")
    public static let nextSentenceLogits = Label(rawValue: "nsp_logits")
    public static let nextSentenceProbabilities = Label(rawValue: "nsp_probs")
    public static let classifierWeight = Label(rawValue: "classifier.W")
    public static let classifierBias = Label(rawValue: "classifier.b")
    public static let classLogits = Label(rawValue: "classifier_logits")
    public static let classProbabilities = Label(rawValue: "classifier_probs")

    /// The same label of the attention that reads the encoder: `attn.q` → `cross_attn.q`.
    public var crossed: Label { Label(rawValue: "cross_" + rawValue) }

    /// `cross_attn.q` → `attn.q`; nil of any other.
    public var uncrossed: Label? {
        rawValue.hasPrefix("cross_attn") ? Label(rawValue: String(rawValue.dropFirst(6))) : nil
    }
}
