import Wording

/// Every text that the book adds around a chapter's own.
enum BookWords: String, PhraseTable {
    case tagline, contents, skip, readIn
    case part, chapters, steps, mirrors, needs, model, time, minutes
    case previousChapter, nextChapter
    case figure, figures, undrawn
    case command, startHere, copy, copied, experiment, quiz, check, showAnswer, right, wrong, answer, chooseFirst
    case recall, askFirst, tryIt, variants, sources, stage, here, inDocument
    case asideDocument, asideNote, asideLook
    case quoted, computed, notes, backToText, keyFrames, keyCells
    case wrongTwice, typeFirst, yourNumber, putInOrder, moved, moveUp, moveDown, pointAt, again, veiled, reveal
    case extras, answers, search, nothing, goOn, progress, done

    var phrase: Phrase {
        switch self {
        case .tagline: Phrase(en: "A transformer you can see through", zh: "一眼看穿的 Transformer")
        case .contents: Phrase(en: "Contents", zh: "目录")
        case .skip: Phrase(en: "Skip to the text", zh: "跳到正文")
        case .readIn: Phrase(en: "Read in English", zh: "阅读简体中文版")
        case .part: Phrase(en: "Part {number}", zh: "第 {number} 部分")
        case .chapters: Phrase(en: "Chapters", zh: "章节")
        case .steps: Phrase(en: "{number} steps", zh: "共 {number} 步")
        case .mirrors: Phrase(en: "Follows", zh: "对应原文")
        case .needs: Phrase(en: "Read first", zh: "先读")
        case .model: Phrase(en: "Model", zh: "模型")
        case .previousChapter: Phrase(en: "Previous chapter", zh: "上一章")
        case .nextChapter: Phrase(en: "Next chapter", zh: "下一章")
        case .figure: Phrase(en: "Figure {number}", zh: "图 {number}")
        case .figures: Phrase(en: "Figures of this step", zh: "这一步的图")
        case .undrawn: Phrase(en: "This figure could not be drawn.", zh: "这幅图没能画出来。")
        case .command: Phrase(en: "Draw it yourself", zh: "自己画一张")
        case .startHere: Phrase(en: "Start from this", zh: "从这条命令开始")
        case .copy: Phrase(en: "Copy", zh: "复制")
        case .copied: Phrase(en: "Copied", zh: "已复制")
        case .experiment: Phrase(en: "Change it yourself", zh: "自己动手")
        case .quiz: Phrase(en: "Quiz", zh: "小测")
        case .check: Phrase(en: "Check", zh: "对答案")
        case .showAnswer: Phrase(en: "Show the answer", zh: "看答案")
        case .right: Phrase(en: "Right.", zh: "答对了。")
        case .wrong: Phrase(en: "Not this one. Try again.", zh: "不是这个，再试一次。")
        case .recall: Phrase(en: "Do you remember? From {chapter}", zh: "还记得吗？出自 {chapter}")
        case .askFirst: Phrase(en: "Before you look", zh: "先想一想，再看图")
        case .tryIt: Phrase(en: "Try it", zh: "试一试")
        case .variants: Phrase(en: "Variants", zh: "换一种试试")
        case .sources: Phrase(en: "Sources", zh: "出处")
        case .stage: Phrase(en: "Stage", zh: "步骤")
        case .here: Phrase(en: "Here", zh: "这里")
        case .inDocument: Phrase(en: "In the document", zh: "原文")
        case .time: Phrase(en: "Time", zh: "用时")
        case .minutes: Phrase(en: "about {number} minutes", zh: "约 {number} 分钟")
        case .answer: Phrase(en: "Answer: ", zh: "答案：")
        case .chooseFirst: Phrase(en: "Choose one first.", zh: "请先选一个。")
        case .wrongTwice: Phrase(en: "Not this one either. Here is the answer.", zh: "也不是这个。答案在下面。")
        case .typeFirst: Phrase(en: "Type a number first.", zh: "请先输入一个数。")
        case .yourNumber: Phrase(en: "Your number", zh: "你的答案")
        case .putInOrder:
            Phrase(en: "Drag the lines, or move them with the arrow buttons.", zh: "拖动各行，或用箭头按钮上下移动。")
        case .moved: Phrase(en: "{label}: place {place} of {count}", zh: "{label}：第 {place} 位，共 {count} 位")
        case .moveUp: Phrase(en: "Move up: {label}", zh: "上移：{label}")
        case .moveDown: Phrase(en: "Move down: {label}", zh: "下移：{label}")
        case .pointAt:
            Phrase(
                en: "Press the cell in the picture. With the keyboard: Enter, the arrow keys, and Enter again.",
                zh: "在图上按下你选的那一格。用键盘时：先按回车，用方向键移动，再按回车。")
        case .again: Phrase(en: "Ask me again", zh: "再答一次")
        case .veiled:
            Phrase(en: "The figure comes after your answer.", zh: "回答之后，这里会出现图。")
        case .reveal: Phrase(en: "Show it now", zh: "直接看图")
        case .asideDocument: Phrase(en: "Beside the document", zh: "对照原文")
        case .asideNote: Phrase(en: "By the way", zh: "顺便一提")
        case .asideLook: Phrase(en: "Look closely", zh: "仔细看")
        case .quoted: Phrase(en: "Quoted from the document, not from our model", zh: "引自原文，不是我们的模型算出的")
        case .computed: Phrase(en: "Computed by the model: {query}", zh: "由模型算出：{query}")
        case .notes: Phrase(en: "Notes", zh: "注")
        case .backToText: Phrase(en: "Back to the text", zh: "回到正文")
        case .keyFrames: Phrase(en: "previous, next frame", zh: "上一帧、下一帧")
        case .extras: Phrase(en: "About the course", zh: "关于本课程")
        case .answers: Phrase(en: "Answers", zh: "答案")
        case .search: Phrase(en: "Search the course", zh: "搜索课程")
        case .nothing: Phrase(en: "Nothing was found.", zh: "没有找到。")
        case .goOn: Phrase(en: "Go on with", zh: "继续阅读")
        case .progress: Phrase(en: "{done} of {count} chapters read", zh: "共 {count} 章，已读 {done} 章")
        case .done: Phrase(en: "read", zh: "已读")
        case .keyCells: Phrase(en: "in a picture: from value to value, and its arithmetic", zh: "在图中：逐个查看数值和算式")
        }
    }

    subscript(_ language: Language) -> String { phrase[language] }

    func text(_ language: Language, _ values: KeyValuePairs<String, Phrase>) -> String {
        phrase.filled(values)[language]
    }
}
