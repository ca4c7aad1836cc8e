import Wording

/// `glassformer compare`
enum CompareText: PhraseTable {
    case abstract, discussion, first, second, task, seed, out
    case model, parameters, operations, learned, unseen, example, right, steps

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "Put two models side by side on one task.", zh: "让两个模型并排做同一个任务。")
        case .discussion:
            Phrase(
                en:
                    "Both are taught the same cases on the spot and asked about the same others: parameters, arithmetic operations, each decision step by step, and where one of them cannot succeed, why not.",
                zh: "两个模型现场学同样的例子，再回答同样的题：列出参数个数、算术运算次数、每次判断的每一步；如果其中一个不可能成功，也说明为什么。")
        case .first:
            Phrase(
                en: "perceptron, network or transformer, taught on the spot; or a language model, which is only asked.",
                zh: "perceptron、network 或 transformer，现场教；也可以是语言模型，只问不教。")
        case .second: Phrase(en: "The other one.", zh: "另一个模型。")
        case .task:
            Phrase(
                en: "film: go or stay, from three yes-or-no facts; word-order: who gets hurt?",
                zh: "film：根据三个是非条件决定去不去看电影；word-order：谁吃了亏？")
        case .seed: Phrase(en: "The same seed gives the same machines.", zh: "种子相同，得到的模型也相同。")
        case .out: Phrase(en: "Draw the figures into this folder.", zh: "把图画到这个文件夹。")
        case .model: Phrase(en: "model", zh: "模型")
        case .parameters: Phrase(en: "parameters", zh: "参数")
        case .operations: Phrase(en: "operations", zh: "运算次数")
        case .learned: Phrase(en: "learned cases", zh: "学过的例子")
        case .unseen: Phrase(en: "unseen cases", zh: "没见过的例子")
        case .example: Phrase(en: "case", zh: "例子")
        case .right: Phrase(en: "right answer", zh: "正确答案")
        case .steps: Phrase(en: "{model}: the last case, step by step", zh: "{model}：最后一个例子，逐步列出")
        }
    }
}
