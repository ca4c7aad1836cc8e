import Wording

extension Query {
    /// What can be asked. The raw value is the word that chapters use.
    package enum Name: String, Sendable, CaseIterable {
        case nextToken = "next-token"
        case topProbability = "top-probability"
        case nextTokens = "next-tokens"
        case probability
        case rank
        case candidates
        case lensToken = "lens-token"
        case lensProbability = "lens-probability"
        case lensRank = "lens-rank"
        case continuation
        case loss
        case tokenLoss = "token-loss"
        case perplexity
        case accuracy
        case bleu

        case tokenCount = "token-count"
        case byteCount = "byte-count"
        case tokenID = "token-id"
        case token
        case text

        case vocabulary, width, layers, heads, parameters, context, merges
        case headWidth = "head-width"
        case fileBytes = "file-bytes"
        case quality

        case corpusTexts = "corpus-texts"
        case corpusBytes = "corpus-bytes"
        case corpusCount = "corpus-count"
        case corpusShare = "corpus-share"

        case cell
        case sum, mean, greatest, least, norm
        case whereGreatest = "where-greatest"
        case whereLeast = "where-least"
        case rowDifference = "row-difference"
        case cosine
        case shape
        case inputShape = "input-shape"
        case attention
        case attentionRow = "attention-row"
        case mostAttended = "most-attended"

        case measure
        case value

        /// Whether it is asked of something that the chapter names, and of nothing else.
        package var asksASource: Bool { self == .measure || self == .value }

        /// What each argument must be, in order.
        package var signature: [ArgumentKind] {
            switch self {
            case .probability, .rank: [.asked, .text]
            case .nextToken, .topProbability, .tokenCount, .loss, .perplexity, .accuracy, .candidates: [.asked]
            case .nextTokens, .continuation, .lensToken, .lensProbability, .lensRank: [.asked, .index]
            case .tokenID, .token, .tokenLoss: [.asked, .position]
            case .vocabulary, .width, .layers, .heads, .parameters, .context, .headWidth, .merges, .fileBytes,
                .corpusTexts, .corpusBytes:
                []
            case .cell: [.text, .asked, .indices]
            case .sum, .mean, .greatest, .least, .norm, .whereGreatest, .whereLeast: [.text, .asked, .slice]
            case .shape: [.text, .asked]
            case .inputShape: [.text, .asked, .index]
            case .rowDifference, .cosine: [.text, .text, .position, .text, .position]
            case .attention: [.asked, .index, .index, .position, .position]
            case .attentionRow, .mostAttended: [.asked, .index, .index, .position]
            case .quality, .measure, .corpusCount, .byteCount, .text: [.text]
            case .bleu, .corpusShare: [.text, .text]
            case .value: [.text, .indices]
            }
        }

        /// What may be said beside the arguments, as `temperature=0.7`.
        var settings: [String] {
            switch self {
            case .probability, .nextTokens, .candidates: ["temperature", "top-k", "top-p"]
            case .continuation: ["temperature", "top-k", "top-p", "seed"]
            default: []
            }
        }

        /// What an answer to it is.
        package var result: Answer.Kind {
            switch self {
            case .nextToken, .token, .lensToken, .continuation, .mostAttended, .shape, .inputShape, .text: .token
            case .nextTokens, .attentionRow: .ranking
            case .whereGreatest, .whereLeast: .cell
            default: .number
            }
        }

        /// How its number is written when the chapter does not say.
        package var format: NumberFormat {
            switch self {
            case .probability, .topProbability, .lensProbability, .attention, .nextTokens, .attentionRow, .corpusShare,
                .accuracy:
                .percent
            case .cell, .rowDifference, .value, .sum, .mean, .greatest, .least, .norm, .cosine, .loss, .tokenLoss,
                .perplexity, .bleu:
                .decimal
            case .quality, .measure: .plain
            default: .integer
            }
        }
    }
}
