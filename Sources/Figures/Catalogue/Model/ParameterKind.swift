import Drawing
import Tensors
import Tracing
import Wording

/// What a parameter is for: the kinds whose shares of a model are compared.
///
/// A name that no kind knows is `other`, and is called so.
package enum ParameterKind: Int, CaseIterable, Sendable {
    case embedding, position, segment, attention, crossAttention, feedForward, output
    case pooler, maskedHead, nextSentenceHead, classifier, small, other

    package var words: Phrase {
        switch self {
        case .embedding: Phrase(en: "embedding", zh: "词嵌入")
        case .position: Phrase(en: "positions", zh: "位置")
        case .segment: Phrase(en: "segments", zh: "句段")
        case .attention: Phrase(en: "self-attention", zh: "自注意力")
        case .crossAttention: Phrase(en: "cross-attention", zh: "交叉注意力")
        case .feedForward: Phrase(en: "feed-forward", zh: "前馈")
        case .output: Phrase(en: "output", zh: "输出层")
        case .pooler: Phrase(en: "pooler", zh: "池化层")
        case .maskedHead: Phrase(en: "masked words", zh: "掩码词预测")
        case .nextSentenceHead: Phrase(en: "next sentence", zh: "下一句预测")
        case .classifier: Phrase(en: "classifier", zh: "分类层")
        case .small: Phrase(en: "norms and biases", zh: "归一化与偏置")
        case .other: Phrase(en: "others", zh: "其他")
        }
    }

    var role: Role {
        switch self {
        case .embedding: .embedding
        case .position, .segment: .position
        case .attention: .attentionOutput
        case .crossAttention: .key
        case .feedForward: .feedForward
        case .output, .maskedHead, .nextSentenceHead, .classifier: .probability
        case .pooler: .residual
        case .small, .other: .token
        }
    }

    /// By the label's own words; what stands in a list of many (`attn.W_Q`) counts with its list.
    package init(_ label: Label) {
        let parts = label.rawValue.split(separator: ".").map(String.init)
        let last = parts.last ?? ""
        let isNorm = parts.dropLast().contains { $0.hasPrefix("ln") || $0.hasSuffix("_norm") }
        if (isNorm && ["w", "b"].contains(last)) || last == "b" || last.hasPrefix("b_") {
            self = .small
            return
        }
        // Matrices: `W`, `W_Q`. Anything else is nothing that is known here.
        guard last == "W" || last.hasPrefix("W_") else {
            self = .other
            return
        }
        self =
            switch parts.first {
            case "embed": .embedding
            case "pos_embed": .position
            case "token_type_embed": .segment
            case "attn": .attention
            case "cross_attn": .crossAttention
            case "mlp": .feedForward
            case "unembed": .output
            case "pooler": .pooler
            case "mlm": .maskedHead
            case "nsp": .nextSentenceHead
            case "classifier": .classifier
            default: .other
            }
    }
}
