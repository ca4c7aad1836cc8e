import Wording

/// One thing that `check` found wrong with the course.
package struct Finding: Sendable, Hashable {
    /// Where: a file, and in it a chapter's step or question.
    package let place: String
    package let message: Phrase
    /// Whether nothing is wrong, but something that a chapter must have is not there yet: a hint, a gloss, a claim.
    package var isUnfinished = false

    package var line: Phrase { Phrase(en: "\(place): \(message.english)", zh: "\(place)：\(message.chinese)") }

    static func reason(_ error: any Error) -> Phrase {
        (error as? any ExplainedError)?.explanation ?? Phrase("\(error)")
    }
}

extension Finding {
    package init(_ error: LessonError) { self.init(place: error.place, message: error.message) }

    /// What keeps a chapter from being shown, at its place where the error has one.
    package init(_ error: any Error, of chapter: Chapter) {
        self =
            (error as? LessonError).map(Finding.init)
            ?? Finding(place: chapter.dataFile, message: Finding.reason(error))
    }
}

/// What a check can find beyond mistakes in the files themselves.
enum CheckWords: String, PhraseTable {
    case pageFails, figureFails, figureEmpty, figureWithoutWords, wordlessFrame
    case numberFails, claimFails, claimIsFalse, quizFails
    case languagesDiffer, unbackedName, unbackedQuantity, askedInCode, hintMissing, unknownFigure
    case minutesMissing, recallMissing, glossMissing, factUnused, unusedOption, commandDiffers, commandFails
    case tooLong, typedNumber, unknownGlyph, missingChapter, missingStep

    var phrase: Phrase {
        switch self {
        case .pageFails: Phrase(en: "the page cannot be written: {reason}", zh: "页面写不出来：{reason}")
        case .figureFails: Phrase(en: "the figure ‘{figure}’ cannot be drawn: {reason}", zh: "图“{figure}”画不出来：{reason}")
        case .figureEmpty: Phrase(en: "the figure ‘{figure}’ has no frames", zh: "图“{figure}”一帧也没有")
        case .figureWithoutWords: Phrase(en: "the figure ‘{figure}’ has no title", zh: "图“{figure}”没有标题")
        case .wordlessFrame:
            Phrase(
                en: "frame {frame} of ‘{figure}’ has no caption or no text for those who cannot see it",
                zh: "图“{figure}”第 {frame} 帧缺少说明或替代文字")
        case .numberFails: Phrase(en: "no answer to ‘{query}’: {reason}", zh: "算不出“{query}”：{reason}")
        case .claimFails: Phrase(en: "cannot decide ‘{claim}’: {reason}", zh: "无法判定“{claim}”：{reason}")
        case .claimIsFalse: Phrase(en: "the prose relies on ‘{claim}’, which is false", zh: "正文依赖“{claim}”，但它不成立")
        case .quizFails: Phrase(en: "no quiz: {reason}", zh: "测验不成立：{reason}")
        case .languagesDiffer:
            Phrase(en: "the other language has a {what} that is missing here: {found}", zh: "另一种语言有{what}，这里没有：{found}")
        case .unbackedName:
            Phrase(
                en: "nothing backs ‘{word}’: no claim, number or text asks of it; claim it, or list it under ‘names’",
                zh: "“{word}”没有依据：没有断言、数或文本提到它；请写一条断言，或列入 names")
        case .unbackedQuantity:
            Phrase(
                en: "‘{word}’ says how much: no claim has it under ‘for’", zh: "“{word}”说的是多少，却没有哪条断言在 for 里写着它")
        case .askedInCode:
            Phrase(
                en: "‘{word}’ prints as it stands: nothing is asked inside back-quotes", zh: "“{word}”会照原样印出来：反引号里不能提问")
        case .hintMissing: Phrase(en: "a wrong answer has no hint: {what}", zh: "错误的答案缺少提示：{what}")
        case .unknownFigure:
            Phrase(
                en: "the chapter has no figure ‘{figure}’; expected one of: {expected}",
                zh: "本章没有图“{figure}”，应为其中之一：{expected}")
        case .minutesMissing: Phrase(en: "the key ‘minutes’ is missing", zh: "缺少键“minutes”")
        case .recallMissing:
            Phrase(en: "the key ‘recall’ is missing: a question of an earlier chapter", zh: "缺少键“recall”：前面某一章的一道题")
        case .glossMissing:
            Phrase(
                en: "readers are not told what ‘{text}’ says: add it to ‘glosses’",
                zh: "没有告诉读者“{text}”是什么意思：请写进 glosses")
        case .factUnused: Phrase(en: "no prose states the fact ‘{fact}’", zh: "正文没有用到 facts 里的“{fact}”")
        case .unusedOption:
            Phrase(en: "the figure ‘{figure}’ does not read ‘{option}’", zh: "图“{figure}”用不到“{option}”")
        case .commandDiffers:
            Phrase(en: "‘{command}’ draws something else than the page shows", zh: "“{command}”画出来的和页面上的不一样")
        case .commandFails: Phrase(en: "‘{command}’ fails: {reason}", zh: "“{command}”运行失败：{reason}")
        case .tooLong:
            Phrase(en: "{count} words; at most {limit} fit beside a figure", zh: "共 {count} 字，图旁最多放 {limit} 字")
        case .typedNumber:
            Phrase(
                en: "‘{number}’ is typed; ask the engine with {{…}}, or mark it [{number}]{quoted}",
                zh: "“{number}”是手写的数；请用 {{…}} 向引擎要，或标成 [{number}]{quoted}")
        case .unknownGlyph: Phrase(en: "no font draws ‘{character}’", zh: "没有字体能显示“{character}”")
        case .missingChapter: Phrase(en: "a link leads to {chapter}, which does not exist", zh: "链接指向 {chapter}，但没有这一章")
        case .missingStep:
            Phrase(
                en: "a link leads to step ‘{step}’ of {chapter}, which does not exist",
                zh: "链接指向 {chapter} 的步骤“{step}”，但没有这一步")
        }
    }

    func finding(at place: String, _ values: KeyValuePairs<String, Phrase> = [:]) -> Finding {
        var finding = Finding(place: place, message: phrase.filled(values))
        finding.isUnfinished = Self.unfinished.contains(self)
        return finding
    }

    private static let unfinished: Set<CheckWords> = [
        .minutesMissing, .recallMissing, .glossMissing, .hintMissing, .unbackedName, .unbackedQuantity,
    ]
}
