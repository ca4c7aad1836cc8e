import Drawing
import Training
import Wording

/// What is measured of a model, by the key that ``Measure`` carries.
enum MeasureText: String, PhraseTable {
    case heldOutPerplexity = "held_out_perplexity"
    case previousTokenHead = "previous_token_head"
    case inductionHead = "induction_head"
    case perplexity, accuracy, bleu, reward, kl
    case testLoss = "test_loss"
    case trainLoss = "train_loss"
    case maskedAccuracy = "masked_accuracy"
    case maskedPerplexity = "masked_perplexity"
    case twoSidedAccuracy = "two_sided_bigram_accuracy"
    case twoSidedPerplexity = "two_sided_bigram_perplexity"
    case scratchAccuracy = "accuracy_from_scratch"
    case nextSentenceAccuracy = "next_sentence_accuracy"
    case exactMatch = "exact_match"
    case exactMatchToChinese = "exact_match_to_chinese"
    case exactMatchToEnglish = "exact_match_to_english"
    case bleuToChinese = "bleu_to_chinese"
    case bleuToEnglish = "bleu_to_english"
    case friendShare = "friend_share"
    case slope, intercept
    case answerPerplexity = "answer_perplexity"
    case plainPerplexity = "plain_perplexity"
    case wholeSentences = "whole_sentences"

    var phrase: Phrase {
        switch self {
        case .heldOutPerplexity: Phrase(en: "perplexity on held-out text", zh: "在留出文本上的困惑度")
        case .previousTokenHead: Phrase(en: "best previous-token head", zh: "最强的“前一词元”头")
        case .inductionHead: Phrase(en: "best induction head", zh: "最强的归纳头")
        case .perplexity: Phrase(en: "perplexity", zh: "困惑度")
        case .accuracy: Phrase(en: "accuracy", zh: "准确率")
        case .bleu: Phrase(en: "BLEU", zh: "BLEU")
        case .reward: Phrase(en: "mean reward", zh: "平均奖励")
        case .kl: Phrase(en: "KL divergence from the reference", zh: "相对参考模型的 KL 散度")
        case .testLoss: Phrase(en: "test loss", zh: "测试损失")
        case .trainLoss: Phrase(en: "training loss", zh: "训练损失")
        case .maskedAccuracy: Phrase(en: "masked words right", zh: "遮住的词猜对的比例")
        case .maskedPerplexity: Phrase(en: "perplexity of the masked words", zh: "遮住的词的困惑度")
        case .twoSidedAccuracy:
            Phrase(en: "masked words right, by a bigram on both sides", zh: "左右两侧的二元模型猜对遮词的比例")
        case .twoSidedPerplexity:
            Phrase(en: "perplexity of a bigram on both sides", zh: "左右两侧的二元模型的困惑度")
        case .scratchAccuracy:
            Phrase(en: "accuracy without pre-training", zh: "不预训练时的准确率")
        case .nextSentenceAccuracy: Phrase(en: "next sentence right", zh: "下一句判断正确的比例")
        case .exactMatch: Phrase(en: "whole answers right", zh: "整句完全正确的比例")
        case .answerPerplexity: Phrase(en: "perplexity of held-out answers", zh: "留出问题的答案的困惑度")
        case .plainPerplexity: Phrase(en: "perplexity of plain text (what was forgotten)", zh: "普通文本的困惑度（忘了多少）")
        case .wholeSentences: Phrase(en: "right answers in whole sentences", zh: "用完整句子答对的比例")
        case .slope: Phrase(en: "price of a square metre", zh: "每平方米的价格")
        case .intercept: Phrase(en: "price before the first square metre", zh: "面积为零时的价格")
        case .exactMatchToChinese: Phrase(en: "whole answers right, into Chinese", zh: "译成中文，整句完全正确的比例")
        case .exactMatchToEnglish: Phrase(en: "whole answers right, into English", zh: "译成英文，整句完全正确的比例")
        case .bleuToChinese: Phrase(en: "BLEU into Chinese", zh: "译成中文的 BLEU")
        case .bleuToEnglish: Phrase(en: "BLEU into English", zh: "译成英文的 BLEU")
        case .friendShare: Phrase(en: "the friend's share of the weights", zh: "“朋友”占权重的比例")
        }
    }

    /// `perplexity on held-out text: 2.87 (before or simpler: 17.89)`
    static func line(_ measure: Measure) -> String {
        let title = MeasureText(rawValue: measure.name)?.phrase ?? Phrase(measure.name)
        func number(_ value: Double) -> String { Numbers.significant(value, digits: 4) }
        let line = Phrase(en: "{title}: {value}", zh: "{title}：{value}").filled([
            "title": title, "value": Phrase(number(measure.value)),
        ]).text
        guard let baseline = measure.baseline else { return line }
        return line + Phrase(en: " (to compare: \(number(baseline)))", zh: "（对照：\(number(baseline))）").text
    }
}
