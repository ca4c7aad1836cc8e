import Wording

/// The executable itself.
enum GeneralText: PhraseTable {
    case abstract, discussion

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "A transformer you can see through.", zh: "一个看得透的 Transformer。")
        case .discussion:
            Phrase(
                en:
                    "Type a sentence; see every tensor that a transformer makes of it, as figures and as numbers that explain themselves. “-” means standard input or output.",
                zh: "输入一句话，就能看到 Transformer 由它算出的每一个张量：既有图，也有会自己说明来历的数字。“-”表示标准输入或标准输出。")
        }
    }
}

/// Options that every command takes.
enum CommonText: PhraseTable {
    case quiet, language, theme, json

    var phrase: Phrase {
        switch self {
        case .quiet:
            Phrase(en: "No progress, and no word about what was written.", zh: "不显示进度，也不报告写出了什么。")
        case .language:
            Phrase(en: "The language of texts and figures; by default the locale's.", zh: "文字和图所用的语言；默认随系统区域设置。")
        case .theme: Phrase(en: "Colours of figures, pages and the terminal.", zh: "图、网页和终端的配色。")
        case .json:
            Phrase(
                en: "Print one JSON value, numbers unrounded; those that JSON lacks are \"inf\", \"-inf\" and \"nan\".",
                zh: "输出一个 JSON 值，数字不作舍入；JSON 里没有的数写作 \"inf\"、\"-inf\" 和 \"nan\"。")
        }
    }
}

/// Options that say what a model reads.
enum RunText: PhraseTable {
    case model, text, ids, trace, sequence, sequences, backward, rate, unread, begins

    var phrase: Phrase {
        switch self {
        case .model:
            Phrase(
                en:
                    "A shipped model's name (see “glassformer models”), or a folder in the Hugging Face layout. (default: next-word)",
                zh: "自带模型的名字（见“glassformer models”），或 Hugging Face 格式的文件夹。（默认：next-word）")
        case .text: Phrase(en: "The text; “-” reads standard input.", zh: "文本；“-”表示从标准输入读取。")
        case .ids: Phrase(en: "Token ids in place of a text.", zh: "直接给出词元编号，代替文本。")
        case .trace: Phrase(en: "A trace file in place of a text.", zh: "用记录文件代替文本。")
        case .sequence:
            Phrase(
                en: "Of a trace of several texts read side by side: which one, counted from zero.",
                zh: "记录中有多段并排读入的文本时，取第几段，从零数起。")
        case .sequences:
            Phrase(
                en: "A batch of {count} {count|text|texts}: figures show number 0; --sequence 0 … {last} chooses one.",
                zh: "一批共 {count} 段文本：图中画的是第 0 段；可用 --sequence 0 … {last} 另选。")
        case .backward:
            Phrase(
                en:
                    "Train on the text once: the loss of foretelling each next token, the gradient of every step (….grad), and one update by AdamW (….updated).",
                zh: "用这段文本训练一步：预测每个下一个词元的损失、每个步骤的梯度（名为 ….grad），以及 AdamW 的一次更新（名为 ….updated）。")
        case .unread:
            Phrase(
                en: "{model}: without the head that its files hold, which is not read: {names}",
                zh: "{model}：文件里的输出层不读，只读主干：{names}")
        case .begins: Phrase(en: "not all numbers are finite; first, {where}", zh: "有的数不是有限数，最先是：{where}")
        case .rate: Phrase(en: "The learning rate of that update. (default: 0.001)", zh: "这次更新的学习率。（默认：0.001）")
        }
    }
}
