import Wording

/// What the printed book says around the chapters.
enum PrintWords: String, PhraseTable {
    case contents, answerKey, index, reading, licence, figures, page, part, chapters
    case howMeasured, howQuoted, howFact, howCommand, howKey, howIndex
    case answersAt, order, number, askFirst, question, continued, right

    var phrase: Phrase {
        switch self {
        case .contents: Phrase(en: "Contents", zh: "目录")
        case .answerKey: Phrase(en: "Answers", zh: "答案")
        case .index: Phrase(en: "Index", zh: "索引")
        case .reading: Phrase(en: "How to read this book", zh: "怎样读这本书")
        case .licence: Phrase(en: "Licence", zh: "许可")
        case .figures: Phrase(en: "Figures, by name", zh: "图名索引")
        case .page: Phrase(en: "p. {number}", zh: "第 {number} 页")
        case .part: Phrase(en: "Part {number}", zh: "第 {number} 部分")
        case .chapters: Phrase(en: "Chapters {first} to {last}", zh: "第 {first} 至 {last} 章")
        case .howMeasured:
            Phrase(
                en: "Numbers in this colour were computed by our own engine when the book was made; none was typed.",
                zh: "这种颜色的数，都是成书时由我们自己的程序算出来的，没有一个是手写的。")
        case .howQuoted:
            Phrase(
                en: "A dotted line marks a figure that one of the five documents gives; our model did not measure it.",
                zh: "下面有虚线的数引自五篇原文，不是我们的模型测得的。")
        case .howFact:
            Phrase(
                en: "A small number after a word leads to the chapter's sources.",
                zh: "词后的小号数字指向本章的出处。")
        case .howCommand:
            Phrase(
                en: "Under each figure stands the command that draws it; change its words and draw your own.",
                zh: "每幅图下面都有画出它的命令；换掉其中的话，就能画自己的图。")
        case .howKey:
            Phrase(
                en: "Answer a question before you look it up: the answers, with their reasons, are at the end.",
                zh: "先回答，再查答案：答案和理由都在书末。")
        case .howIndex:
            Phrase(
                en: "In the index a number in bold is the page where a word is explained.",
                zh: "索引中加粗的页码，是解释这个词的地方。")
        case .answersAt: Phrase(en: "The answers are at the end of the book.", zh: "答案在书末。")
        case .order: Phrase(en: "Put in order:", zh: "排出顺序：")
        case .number: Phrase(en: "Your answer:", zh: "你的答案：")
        case .askFirst: Phrase(en: "Before you look", zh: "先想一想，再看图")
        case .question: Phrase(en: "Question {number}", zh: "第 {number} 题")
        case .continued: Phrase(en: "continued", zh: "续")
        case .right: Phrase(en: "Answer", zh: "答案")
        }
    }

    subscript(_ language: Language) -> String { phrase[language] }

    func text(_ language: Language, _ values: KeyValuePairs<String, Phrase>) -> String {
        phrase.filled(values)[language]
    }
}
