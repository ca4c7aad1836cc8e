import Wording

/// The words of the figures of a block and of the whole model: what each step is called, and what an axis counts.
enum BlockText: PhraseTable {
    case intoLayer, attentionAdds, afterAttention, feedForwardAdds, afterLayer, normalizedMid, normalizedPost
    case embedding, position, attentionOf, feedForwardOf, final, afterNorm
    case token, widthAxis, column, shownOf, size, tokenVector
    case scale, reads, hidden, activated, active, barOf, barScale, ownScale
    case neuron, activationAt, before

    var phrase: Phrase {
        switch self {
        case .intoLayer: Phrase(en: "into the layer", zh: "进入本层")
        case .attentionAdds: Phrase(en: "attention adds", zh: "注意力加上")
        case .afterAttention: Phrase(en: "after attention", zh: "注意力之后")
        case .feedForwardAdds: Phrase(en: "feed-forward adds", zh: "前馈加上")
        case .afterLayer: Phrase(en: "out of the layer", zh: "离开本层")
        case .normalizedMid, .normalizedPost: Phrase(en: "normalised", zh: "归一化后")
        case .embedding: Phrase(en: "embedding", zh: "词嵌入")
        case .position: Phrase(en: "position", zh: "位置")
        case .attentionOf: Phrase(en: "attention {layer}", zh: "第 {layer} 层注意力")
        case .feedForwardOf: Phrase(en: "feed-forward {layer}", zh: "第 {layer} 层前馈")
        case .final: Phrase(en: "final", zh: "最终")
        case .afterNorm: Phrase(en: "normalised {layer}", zh: "第 {layer} 层归一化")
        case .token: Phrase(en: "token", zh: "词元")
        case .widthAxis: Phrase(en: "width", zh: "宽度")
        case .column: Phrase(en: "column {number}", zh: "第 {number} 列")
        case .shownOf: Phrase(en: "{shown} of {all} columns shown", zh: "{all} 列中画出 {shown} 列")
        case .size: Phrase(en: "size (root mean square)", zh: "大小（均方根）")
        case .tokenVector: Phrase(en: "the vector of “{token}”", zh: "“{token}”的向量")
        case .reads: Phrase(en: "reads", zh: "读入")
        case .hidden: Phrase(en: "neurons, before", zh: "神经元，激活前")
        case .activated: Phrase(en: "neurons, after", zh: "神经元，激活后")
        case .active: Phrase(en: "{count} of {all} above 0", zh: "{all} 个中有 {count} 个大于 0")
        case .barOf: Phrase(en: "each bar: strongest of {count}", zh: "每条为 {count} 个数中绝对值最大者")
        case .barScale: Phrase(en: "height and colour of a bar", zh: "条的高度和颜色")
        case .ownScale: Phrase(en: "full height: ±{limit}", zh: "满高：±{limit}")
        case .neuron: Phrase(en: "neuron {number}", zh: "第 {number} 个神经元")
        case .activationAt: Phrase(en: "activation at “{token}”", zh: "在“{token}”处的激活值")
        case .before: Phrase(en: "before", zh: "激活前")
        case .scale: Phrase(en: "cell value", zh: "格中数值")
        }
    }
}
