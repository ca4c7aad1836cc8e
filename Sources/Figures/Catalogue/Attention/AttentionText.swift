import Wording

/// The words that the figures inside attention share.
enum AttentionText: PhraseTable {
    case queries, keys, values, scores, scaled, masked, pattern, weights, output, joined, hidden, sees, turned

    var phrase: Phrase {
        switch self {
        case .queries: Phrase(en: "queries", zh: "查询")
        case .keys: Phrase(en: "keys", zh: "键")
        case .values: Phrase(en: "values", zh: "值")
        case .scores: Phrase(en: "scores", zh: "得分")
        case .scaled: Phrase(en: "scaled scores", zh: "缩放后的得分")
        case .masked: Phrase(en: "masked scores", zh: "加掩码后的得分")
        case .pattern: Phrase(en: "pattern", zh: "注意力分布")
        case .weights: Phrase(en: "weights", zh: "权重")
        case .output: Phrase(en: "output", zh: "输出")
        case .joined: Phrase(en: "heads joined", zh: "各头拼接")
        case .hidden: Phrase(en: "the future: hidden", zh: "未来：看不到")
        case .turned: Phrase(en: "{vectors}, turned", zh: "{vectors}（已转动）")
        case .sees: Phrase(en: "{query} looks at", zh: "{query}在看")
        }
    }
}
