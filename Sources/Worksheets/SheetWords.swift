import Wording

/// What every sheet says.
enum SheetWords: PhraseTable {
    case name, date, answers, origin, originStory, page, hint, whole, explained, verified, steps, above, below

    var phrase: Phrase {
        switch self {
        case .name: Phrase(en: "Name", zh: "姓名")
        case .date: Phrase(en: "Date", zh: "日期")
        case .answers: Phrase(en: "Answers", zh: "答案")
        case .origin: Phrase(en: "Where the numbers come from", zh: "这些数是怎么来的")
        case .originStory:
            Phrase(
                en:
                    "The project made this little model for the sheet: its weights were chosen by the seed {seed} so that a hand can do the sums. The engine ran it and wrote every step down; given numbers and answers alike are read from that record.",
                zh: "这个小模型是专为这张练习纸造的：权重按种子 {seed} 选定，使每一步都适合手算。程序运行了它，并把每一步记录下来；纸上给出的数和答案，都取自这份记录。")
        case .page: Phrase(en: "page {page} of {count}", zh: "第 {page} 页，共 {count} 页")
        case .hint: Phrase(en: "Hint", zh: "提示")
        case .whole: Phrase(en: "This sheet again, and the run behind it:", zh: "再生成这张练习纸，并保存背后的运行记录：")
        case .explained: Phrase(en: "How one of its numbers came to be:", zh: "其中一个数是怎么算出来的：")
        case .verified: Phrase(en: "All of its numbers, computed anew and compared:", zh: "把所有的数重新算一遍并比较：")
        case .steps: Phrase(en: "The numbers of each part, by the step that holds them", zh: "各部分的数分别在哪一步")
        case .above: Phrase(en: "(numerator)", zh: "（分子）")
        case .below: Phrase(en: "(denominator)", zh: "（分母）")
        }
    }
}
