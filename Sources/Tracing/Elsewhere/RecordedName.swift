import Tensors

/// A tensor's name as other programs write it, read as one of ours.
///
/// TransformerLens writes `blocks.0.attn.hook_pattern` (Nanda & Bloom 2022), its TransformerBridge
/// `blocks.0.hook_in` too; `hook_` may be missing.
struct RecordedName {
    let step: StepName
    /// What the axes stand for, a batch first; nil for a name that no figure knows.
    let axes: [Axis]?

    init(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("hook_") ? String($0.dropFirst(5)) : String($0) }
        var name = StepName(parts.joined(separator: "."))
        if let other = (name.block == nil ? Self.outside : Self.inside)[name.label.rawValue] {
            name.label = Label(rawValue: other)
        }
        let label = name.label.rawValue
        axes = Self.axes[label.hasPrefix("cross_attn.") ? String(label.dropFirst(6)) : label]
        // A name of ours keeps for itself what ours mean: weights are laid out otherwise elsewhere.
        step = axes == nil ? StepName(Label(rawValue: "other." + text)) : name
    }

    /// A tensor that is kept as it is, whatever it is called.
    init(surplus text: String) {
        step = StepName(Label(rawValue: "other." + text))
        axes = nil
    }

    /// Where it stands in a list of a run's steps.
    var order: [Int] {
        let stack = step.stack.isEmpty ? 0 : step.stack == "encoder" ? 1 : 2
        let isLast = step.block == nil && Self.last.contains(step.label)
        let place = Self.sequence.firstIndex(of: step.label) ?? (axes == nil ? 1000 : 500)
        return [axes == nil ? 1 : 0, isLast && stack == 0 ? 3 : stack, isLast ? 1 << 24 : (step.block ?? -1), place]
    }

    private static let outside = [
        "embed.out": "embed", "pos_embed.out": "pos_embed", "unembed.out": "logits",
        "ln_final.out": "ln_final.normalized",
        "output_logits": "logits", "input_ids": "tokens", "ids": "tokens",
    ]
    private static let inside = [
        "in": "resid_pre", "out": "resid_post", "attn.out": "attn_out", "mlp.out": "mlp_out", "mlp.in.out": "mlp.pre",
        "mlp.out.in": "mlp.post", "attn.q.out": "attn.q", "attn.k.out": "attn.k", "attn.v.out": "attn.v",
        "ln1.out": "ln1.normalized", "ln2.out": "ln2.normalized", "attn.o.in": "attn.z_joined",
    ]

    private static let axes: [String: [Axis]] = {
        var table: [String: [Axis]] = [:]
        func add(_ labels: [Label], _ axes: Axis...) { for label in labels { table[label.rawValue] = axes } }
        add([.tokens, .segments, .mask], .batch, .position)
        add(
            [.embed, .positionEmbed, .segmentEmbed, .fullEmbed, .residualPre, .norm1, .joined, .attentionOut],
            .batch, .position, .width)
        add(
            [
                .residualMid, .norm2, .feedForwardOut, .residualPost, .normalizedMid, .normalizedPost, .finalNorm,
                .crossAttentionOut, .residualMidCross, .normalizedMidCross, .norm3,
            ], .batch, .position, .width)
        add([.norm1Scale, .norm2Scale, .norm3Scale, .finalNormScale], .batch, .position, .single)
        add([.query, .key, .value, .z, .rotatedQuery, .rotatedKey], .batch, .position, .head, .headWidth)
        add([.dotProducts, .unmaskedScores, .causalScores, .scores, .pattern], .batch, .head, .query, .key)
        add([.hiddenPre, .hiddenPost, .gate, .hiddenPreLinear], .batch, .position, .hidden)
        add([.logits, .probabilities, .maskedLogits, .maskedProbabilities], .batch, .position, .vocabulary)
        return table
    }()

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
