import Wording

/// What the walk through the course says besides the chapters' own words.
enum WalkWords: String, PhraseTable {
    case next, frame, ask, back, help, contents, choose, unknown, noChapter, brokenChapter
    case right, wrong, tryAgain, answersHidden, score, finished, kept, chapterEnd, quizOf, opening

    var phrase: Phrase {
        switch self {
        case .next: Phrase(en: "Enter next · b back · h help · q quit", zh: "回车 继续 · b 后退 · h 帮助 · q 退出")
        case .frame:
            Phrase(en: "Enter next frame · n next step · h help", zh: "回车 下一帧 · n 下一步 · h 帮助")
        case .ask: Phrase(en: "answer 1–{count} · s show · h help", zh: "答案 1–{count} · s 看答案 · h 帮助")
        case .back: Phrase(en: "This is the beginning of the course.", zh: "这里是课程的开头。")
        case .help:
            Phrase(
                en: """
                    Enter  go on (the next frame, the next step)
                    n      the next step at once
                    b      back
                    r      show this once more
                    w      the figure in words
                    c      the chapter's steps, to jump to one
                    1.9    jump to a chapter
                    s      at a question: show the answer
                    q      quit; your place is kept
                    """,
                zh: """
                    回车   继续（下一帧、下一步）
                    n      直接到下一步
                    b      后退
                    r      再显示一遍
                    w      用文字说明图
                    c      本章各步，选一步跳过去
                    1.9    跳到某一章
                    s      答题时：看答案
                    q      退出，进度会保留
                    """)
        case .contents: Phrase(en: "Steps of chapter {id}", zh: "第 {id} 章各步")
        case .choose: Phrase(en: "number, or Enter to go back", zh: "输入编号，或按回车返回")
        case .unknown: Phrase(en: "‘{found}’ means nothing here; h shows what does.", zh: "这里不认识“{found}”；按 h 查看可用的命令。")
        case .noChapter: Phrase(en: "There is no chapter {found}.", zh: "没有第 {found} 章。")
        case .brokenChapter: Phrase(en: "Chapter {id} cannot be shown: {reason}", zh: "第 {id} 章无法显示：{reason}")
        case .right: Phrase(en: "Right.", zh: "答对了。")
        case .wrong: Phrase(en: "Not this one.", zh: "不是这个。")
        case .tryAgain: Phrase(en: "Try again, or s shows the answer.", zh: "再试一次，或按 s 看答案。")
        case .answersHidden: Phrase(en: "To answer:", zh: "来答题：")
        case .score:
            Phrase(en: "{right} of {count} at the first try", zh: "共 {count} 题，一次答对 {right} 题")
        case .finished: Phrase(en: "This was the last chapter.", zh: "这是最后一章。")
        case .kept:
            Phrase(
                en: "Your place is kept: glassformer lessons walk goes on from here.",
                zh: "进度已保存：下次运行 glassformer lessons walk 会从这里继续。")
        case .chapterEnd: Phrase(en: "Next: {id} {title}", zh: "下一章：{id} {title}")
        case .quizOf: Phrase(en: "Quiz", zh: "小测")
        case .opening: Phrase(en: "Beginning", zh: "开头")
        }
    }

    subscript(_ language: Language) -> String { phrase[language] }

    func text(_ language: Language, _ values: KeyValuePairs<String, Phrase>) -> String {
        phrase.filled(values)[language]
    }
}
