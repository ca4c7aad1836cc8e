import Wording

/// One thing that `check` found wrong with the course.
package struct Finding: Sendable, Hashable {
    /// Where: a file, and in it a chapter's step or question.
    package let place: String
    package let message: Phrase

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
    case figureFails, figureEmpty, figureWithoutWords, wordlessFrame
    case numberFails, claimFails, claimIsFalse, quizFails
    case tooLong, typedNumber, unknownGlyph, missingChapter, missingStep

    var phrase: Phrase {
        switch self {
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
        Finding(place: place, message: phrase.filled(values))
    }
}
