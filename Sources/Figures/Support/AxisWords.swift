import Tracing
import Wording

/// What the axes of a matrix are called, the same in every figure.
enum AxisWords: PhraseTable {
    case token, position, width, head, headWidth, hidden, query, key, vocabulary, layer, row, column

    var phrase: Phrase {
        switch self {
        case .token: Phrase(en: "token", zh: "词元")
        case .position: Phrase(en: "position", zh: "位置")
        case .width: Phrase(en: "width", zh: "宽度")
        case .head: Phrase(en: "head", zh: "头")
        case .headWidth: Phrase(en: "head width", zh: "头宽")
        case .hidden: Phrase(en: "hidden neuron", zh: "隐藏神经元")
        case .query: Phrase(en: "query", zh: "查询")
        case .key: Phrase(en: "key", zh: "键")
        case .vocabulary: Phrase(en: "vocabulary", zh: "词表")
        case .row: Phrase(en: "row", zh: "行")
        case .column: Phrase(en: "column", zh: "列")
        case .layer: Phrase(en: "layer", zh: "层")
        }
    }
}

extension AxisWords {
    /// The word for an axis of a tensor; nil for those that figures do not name.
    init?(_ axis: Axis) {
        switch axis {
        case .position: self = .position
        case .query: self = .query
        case .key: self = .key
        case .head: self = .head
        case .headWidth: self = .headWidth
        case .width: self = .width
        case .hidden: self = .hidden
        case .vocabulary: self = .vocabulary
        case .row: self = .row
        case .column: self = .column
        case .batch, .single, .unknown: return nil
        }
    }
}
