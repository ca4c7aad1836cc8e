import Wording

/// `glassformer evaluate`
enum EvaluateText: PhraseTable {
    case abstract, discussion, out, data, tokens, bare, empty, pair, token, probability, nats, soFar

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "Measure how good a model is.", zh: "测一测模型有多好。")
        case .discussion:
            Phrase(
                en:
                    "Without data: on what its recipe kept back. A text file, a text a line: perplexity. A file of source, tab, target: how many answers are right to the last character, and BLEU.",
                zh: "不给数据时，用配方留出的数据。文本文件（每行一段）：困惑度。每行“原文、制表符、译文”的文件：完全答对的比例和 BLEU。")
        case .out: Phrase(en: "Also draw what was measured into this folder.", zh: "同时把测得的结果画成图，写到这个文件夹。")
        case .data: Phrase(en: "A text file or a file of pairs; “-” for standard input.", zh: "文本文件或成对的文件；“-”表示标准输入。")
        case .tokens: Phrase(en: "Show the surprise token by token.", zh: "逐个词元列出意外程度。")
        case .bare:
            Phrase(
                en: "Read each text without the end-of-text token before it.", zh: "每段文本前面不加文本结束词元。")
        case .empty: Phrase(en: "expected at least one line of text, found none", zh: "至少要有一行文本，而这里一行也没有")
        case .pair:
            Phrase(
                en: "line {line}: expected source, tab, target", zh: "第 {line} 行：应为“原文、制表符、译文”")
        case .token: Phrase(en: "token", zh: "词元")
        case .probability: Phrase(en: "probability", zh: "概率")
        case .nats: Phrase(en: "−ln p", zh: "−ln p")
        case .soFar: Phrase(en: "perplexity so far", zh: "到此为止的困惑度")
        }
    }
}
