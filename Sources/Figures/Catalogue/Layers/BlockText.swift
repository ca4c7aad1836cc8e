import Wording

/// The words of the figures of a block and of the whole model: what each step is called, and what an axis counts.
enum BlockText: PhraseTable {
    case intoLayer, attentionAdds, afterAttention, feedForwardAdds, afterLayer, normalizedMid, normalizedPost
    case embedding, position, attentionOf, feedForwardOf, final
    case token, widthAxis, column, shownOf, size, tokenVector
    case scale, reads, hidden, activated, active, barOf, barScale, ownScale
    case neuron, activationAt, before, after
    case tokens, queries, keys, values, pattern, mixed, neurons, finalNorm, logits, probabilities
    case norm, headsOf, mixedShort, out, hiddenShort, activatedShort

    var phrase: Phrase {
        switch self {
        case .intoLayer: Phrase(en: "into the layer", zh: "进入本层")
        case .attentionAdds: Phrase(en: "attention adds", zh: "注意力的增量")
        case .afterAttention: Phrase(en: "after attention", zh: "注意力之后")
        case .feedForwardAdds: Phrase(en: "feed-forward adds", zh: "前馈的增量")
        case .afterLayer: Phrase(en: "out of the layer", zh: "离开本层")
        case .normalizedMid, .normalizedPost: Phrase(en: "normalised", zh: "归一化后")
        case .embedding: Phrase(en: "embedding", zh: "词嵌入")
        case .position: Phrase(en: "position", zh: "位置")
        case .attentionOf: Phrase(en: "attention L{layer}", zh: "L{layer} 注意力")
        case .feedForwardOf: Phrase(en: "feed-forward L{layer}", zh: "L{layer} 前馈")
        case .final: Phrase(en: "final", zh: "最终")
        case .token: Phrase(en: "token", zh: "词元")
        case .widthAxis: Phrase(en: "width", zh: "宽度")
        case .column: Phrase(en: "column {number}", zh: "第 {number} 列")
        case .shownOf: Phrase(en: "{shown} of {all} {all|column|columns} shown", zh: "{all} 列中画出 {shown} 列")
        case .size: Phrase(en: "size (root mean square)", zh: "大小（均方根）")
        case .tokenVector: Phrase(en: "the vector of {token}", zh: "{token}的向量")
        case .reads: Phrase(en: "reads", zh: "读入")
        case .hidden: Phrase(en: "neurons, before", zh: "神经元，激活前")
        case .activated: Phrase(en: "neurons, after", zh: "神经元，激活后")
        case .active: Phrase(en: "{count} of {all} above 0", zh: "{all} 个中有 {count} 个大于 0")
        case .barOf: Phrase(en: "each bar: strongest of {count}", zh: "每条为 {count} 个数中绝对值最大者")
        case .barScale: Phrase(en: "neurons: height and colour", zh: "神经元：条的高度和颜色")
        case .ownScale: Phrase(en: "full height: ±{limit}", zh: "满格：±{limit}")
        case .neuron: Phrase(en: "neuron {number}", zh: "{number} 号神经元")
        case .activationAt: Phrase(en: "activation at {token}", zh: "在{token}处的激活值")
        case .before: Phrase(en: "before, u", zh: "激活前 u")
        case .after: Phrase(en: "after, a", zh: "激活后 a")
        case .tokens: Phrase(en: "tokens", zh: "词元")
        case .queries: Phrase(en: "queries", zh: "查询")
        case .keys: Phrase(en: "keys", zh: "键")
        case .values: Phrase(en: "values", zh: "值")
        case .pattern: Phrase(en: "attention pattern", zh: "注意力分布")
        case .mixed: Phrase(en: "mixed values", zh: "值的加权和")
        case .neurons: Phrase(en: "neurons", zh: "神经元")
        case .finalNorm: Phrase(en: "last norm", zh: "最后的归一化")
        case .logits: Phrase(en: "logits", zh: "得分（logits）")
        case .probabilities: Phrase(en: "probabilities", zh: "概率")
        case .norm: Phrase(en: "norm", zh: "归一化")
        case .headsOf: Phrase(en: "{count} {count|head|heads}", zh: "{count} 个头")
        case .mixedShort: Phrase(en: "mixed", zh: "加权和")
        case .out: Phrase(en: "adds", zh: "增量")
        case .hiddenShort: Phrase(en: "neurons", zh: "神经元")
        case .activatedShort: Phrase(en: "activated", zh: "激活后")
        case .scale: Phrase(en: "cell value", zh: "格中数值")
        }
    }
}
