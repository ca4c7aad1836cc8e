import Wording

/// The words that the figures inside attention share.
enum AttentionText: PhraseTable {
    case query, key, token, headWidth, modelWidth, queries, keys, values, scores, scaled, masked, pattern, weights
    case value, hidden, more

    var phrase: Phrase {
        switch self {
        case .query: Phrase(en: "query", zh: "查询")
        case .key: Phrase(en: "key", zh: "键")
        case .value: Phrase(en: "value", zh: "值")
        case .token: Phrase(en: "token", zh: "词元")
        case .headWidth: Phrase(en: "head width", zh: "头的宽度")
        case .modelWidth: Phrase(en: "model width", zh: "模型宽度")
        case .queries: Phrase(en: "queries", zh: "查询")
        case .keys: Phrase(en: "keys", zh: "键")
        case .values: Phrase(en: "values", zh: "值")
        case .scores: Phrase(en: "scores", zh: "分数")
        case .scaled: Phrase(en: "scaled scores", zh: "缩放后的分数")
        case .masked: Phrase(en: "masked scores", zh: "遮住未来后的分数")
        case .pattern: Phrase(en: "pattern", zh: "注意力分布")
        case .weights: Phrase(en: "weights", zh: "权重")
        case .hidden: Phrase(en: "the future: hidden", zh: "未来：看不到")
        case .more:
            Phrase(en: "{count} tokens in all; the gaps say how many are left out", zh: "共 {count} 个词元，省略处注明了个数")
        }
    }
}
