import Tensors

/// A tensor's name as other programs write it, read as one of ours.
///
/// TransformerLens writes `blocks.0.attn.hook_pattern` (Nanda & Bloom 2022), its TransformerBridge
/// `blocks.0.hook_in` too, its HookedEncoderDecoder `encoder.0.hook_resid_pre`; `hook_` may be missing.
struct RecordedName {
    let step: StepName
    /// What the axes stand for, a batch first; nil for a name that no figure knows.
    let axes: [Axis]?
    /// Whether it is another word for a step: what has the step's own name goes first, and a tensor of another shape
    /// is merely something else.
    let isAlias: Bool

    /// - Parameter other: the name that it stands for, where the file's other names say so.
    init(_ text: String, as other: String? = nil) {
        var name = StepName(other ?? Self.plain(text))
        let isRenamed = other != nil
        let other = (name.block == nil ? Self.outside : Self.inside)[name.label.rawValue]
        if let other { name.label = Label(rawValue: other) }
        isAlias = other != nil || isRenamed
        axes = LabelAxes.recorded(name.label)
        // A name of ours keeps for itself what ours mean: weights are laid out otherwise elsewhere.
        step = axes == nil ? StepName(Label(rawValue: "other." + text)) : name
    }

    /// Without `hook_`, and with `blocks` where a number of a stack says as much.
    static func plain(_ text: String) -> String {
        var parts = text.split(separator: ".", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("hook_") ? String($0.dropFirst(5)) : String($0) }
        if let first = parts.first {
            if !first.isEmpty, Stack(rawValue: first) != nil, parts.count > 2, Int(parts[1]) != nil {
                parts.insert("blocks", at: 1)
            } else if ["encoder_final_ln", "decoder_final_ln"].contains(first) {
                parts.replaceSubrange(0...0, with: [String(first.prefix(7)), "ln_final"])
            }
        }
        return parts.joined(separator: ".")
    }

    /// A tensor that is kept as it is, whatever it is called.
    init(surplus text: String) {
        step = StepName(Label(rawValue: "other." + text))
        axes = nil
        isAlias = false
    }

    /// Where it stands in a list of a run's steps.
    var order: [Int] {
        let stack = step.isOf(.single) ? 0 : step.isOf(.encoder) ? 1 : 2
        let isLast = step.block == nil && Self.last.contains(step.label)
        let place = Self.sequence.firstIndex(of: step.label) ?? (axes == nil ? 1000 : 500)
        return [
            axes == nil ? 1 : 0, isLast && stack == 0 ? 3 : stack, isLast ? 1 << 24 : (step.block ?? -1), place,
            isAlias ? 1 : 0,
        ]
    }

    private static let outside = [
        "embed.out": "embed", "pos_embed.out": "pos_embed", "unembed.out": "logits",
        "ln_final.out": "ln_final.normalized",
        "embed.embed": "embed", "embed.pos_embed": "pos_embed", "embed.token_type_embed": "token_type_embed",
        "token_type_embed.out": "token_type_embed", "embed_ln.out": "full_embed", "embed.ln.normalized": "full_embed",
        "embed.in": "tokens", "token_type_embed.in": "token_type_ids", "unembed": "logits",
        "output_logits": "logits", "input_ids": "tokens", "ids": "tokens",
    ]
    private static let inside = [
        "in": "resid_pre", "out": "resid_post", "attn.out": "attn_out", "mlp.out": "mlp_out", "mlp.in.out": "mlp.pre",
        "mlp.out.in": "mlp.post", "attn.q.out": "attn.q", "attn.k.out": "attn.k", "attn.v.out": "attn.v",
        "ln1.out": "ln1.normalized", "ln2.out": "ln2.normalized", "attn.o.in": "attn.z_joined",
        "attn.o.out": "attn_out", "mlp.out.out": "mlp_out",
    ]

    private static let last: Set<Label> = [
        .finalNormScale, .finalNorm, .logits, .probabilities, .maskedLogits, .maskedProbabilities,
    ]

    private static let sequence: [Label] = [
        .tokens, .segments, .mask, .embed, .segmentEmbed, .positionEmbed, .fullEmbed,
        .residualPre, .norm1Scale, .norm1, .query, .key, .value, .rotatedQuery, .rotatedKey, .dotProducts,
        .unmaskedScores, .causalScores, .scores, .pattern, .z, .joined, .attentionOut, .residualMid, .normalizedMid,
        .crossAttentionOut, .residualMidCross, .normalizedMidCross, .norm2Scale, .norm2, .hiddenPre, .gate,
        .hiddenPreLinear, .hiddenPost, .feedForwardOut, .residualPost, .normalizedPost,
        .finalNormScale, .finalNorm, .logits, .probabilities, .maskedLogits, .maskedProbabilities,
    ]
}
