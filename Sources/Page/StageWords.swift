import Figures
import Tracing
import Wording

/// The stages that one steps through, by their figures, in a word or two for the timeline.
enum StageWords: String, PhraseTable {
    case tokenStrip = "token-strip"
    case lookup = "embedding-lookup"
    case sum = "embedding-sum"
    case norm = "layer-norm"
    case projections, rotary, scores, scaling, mask, softmax
    case pattern = "attention-pattern"
    case weightedSum = "weighted-sum"
    case oneHead = "one-head"
    case join = "join-heads"
    case output = "output-projection"
    case cross = "cross-attention"
    case feedForward = "feed-forward"
    case stream = "residual-stream"
    case finalNorm = "final-norm"
    case logits, candidates
    case masked = "masked-words"
    case nextSentence = "next-sentence"
    case classification
    case translation = "translation-chain"

    var phrase: Phrase {
        switch self {
        case .tokenStrip: Phrase(en: "tokens", zh: "词元")
        case .lookup: Phrase(en: "look-up", zh: "查表")
        case .sum: Phrase(en: "+ position", zh: "+ 位置")
        case .norm: Phrase(en: "norm", zh: "归一化")
        case .projections: "Q K V"
        case .rotary: Phrase(en: "turn", zh: "转动")
        case .scores: "Q·Kᵀ"
        case .scaling: "÷ √d"
        case .mask: Phrase(en: "mask", zh: "掩码")
        case .softmax: "softmax"
        case .pattern: Phrase(en: "pattern", zh: "注意力")
        case .weightedSum: Phrase(en: "weigh V", zh: "加权求和")
        case .oneHead: Phrase(en: "one head", zh: "一个头")
        case .join: Phrase(en: "join", zh: "拼接")
        case .output: "W_O"
        case .cross: Phrase(en: "cross", zh: "交叉")
        case .feedForward: Phrase(en: "neurons", zh: "前馈")
        case .stream: Phrase(en: "stream", zh: "残差流")
        case .finalNorm: Phrase(en: "norm", zh: "归一化")
        case .logits: "logits"
        case .candidates: Phrase(en: "next token", zh: "下一个词元")
        case .masked: Phrase(en: "hidden word", zh: "遮住的词")
        case .nextSentence: Phrase(en: "next sentence", zh: "下一句")
        case .classification: Phrase(en: "class", zh: "类别")
        case .translation: Phrase(en: "translation", zh: "译文")
        }
    }
}

/// Where in the map of the model a figure belongs.
struct FigurePart: Hashable {
    enum Kind: String { case tokens, embedding, layer, output }

    var kind: Kind
    var stack: Stack
    var layer: Int?

    init(_ kind: Kind, _ stack: Stack, _ layer: Int? = nil) {
        self.kind = kind
        self.stack = stack
        self.layer = layer
    }

    /// - Parameter stacks: those of the trace; what knows both itself stands with the last.
    init(_ placement: Catalogue.Placement, stacks: [Stack]) {
        if let layer = placement.layer {
            self.init(.layer, placement.stack == .single ? stacks.last ?? .single : placement.stack, layer)
            return
        }
        let stack = placement.stack == .single ? stacks.first ?? .single : placement.stack
        switch placement.figure.id {
        case "token-strip", "merge-ladder": self.init(.tokens, stack)
        case "embedding-lookup", "embedding-matrix", "position-matrix", "embedding-sum": self.init(.embedding, stack)
        default: self.init(.output, .single)
        }
    }
}
