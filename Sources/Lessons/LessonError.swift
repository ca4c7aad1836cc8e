import Wording

/// What can be wrong with a course's files. Each case's phrase says what was expected, what was found, and what to do.
package enum LessonProblem: String, PhraseTable {
    case missingFolder, missingFile, unreadableFile, notYAML
    case missingKey, unknownKey, cutValue, wrongType, emptyValue
    case badIdentifier, duplicateIdentifier, folderMismatch, unknownPart, unknownChapter, needsItself
    case stepCount, questionCount, choiceCount, orderCount, figureCount, variantCount, oneKind
    case unknownText, unknownFact, factDiffers, unknownQuestion
    case titleMissing, goalMissing, askedGoal, headingWithoutIdentifier, sectionMissing, sectionUnexpected, sectionOrder
    case emptySection, quizText, headingLevel
    case emphasisTrap, unclosedMath, unclosedPlaceholder, unclosedQuotation, unclosedMarker
    case unknownQuery, argumentCount, badArgument, unknownFormat, formatMismatch, badClaim, wantsRanking
    case wantsSource, wantsNoSource, unknownSource, badSubject, sourceTwice
    case rawHTML, imageInProse, badLink, unknownCallout, unsupportedMarkdown
    case badCommand
    case noRightAnswer, severalRightAnswers, sameChoices, noAnswer, tooLarge

    package var phrase: Phrase {
        switch self {
        case .missingFolder: Phrase(en: "there is no folder here; expected {expected}", zh: "这里没有文件夹，应当有{expected}")
        case .missingFile: Phrase(en: "the file is missing; expected {expected}", zh: "文件不存在，应当有{expected}")
        case .unreadableFile: Phrase(en: "the file is not readable as text: {found}", zh: "文件无法作为文本读取：{found}")
        case .notYAML: Phrase(en: "not valid YAML: {found}", zh: "不是合法的 YAML：{found}")
        case .missingKey: Phrase(en: "the key ‘{key}’ is missing", zh: "缺少键“{key}”")
        case .unknownKey:
            Phrase(en: "unknown key ‘{key}’; expected one of: {expected}", zh: "不认识的键“{key}”，应为其中之一：{expected}")
        case .cutValue:
            Phrase(
                en: "‘{key}’ is no key: between { and }, a text that holds a comma stands in quotation marks",
                zh: "“{key}”不是键：写在花括号里的文字，有逗号就要加引号")
        case .wrongType:
            Phrase(en: "‘{key}’ must be {expected}, found {found}", zh: "“{key}”应为{expected}，却是{found}")
        case .emptyValue: Phrase(en: "‘{key}’ is empty", zh: "“{key}”是空的")
        case .badIdentifier:
            Phrase(
                en: "‘{found}’ cannot be the {key}; expected {expected}", zh: "“{found}”不能用作{key}，应为{expected}")
        case .duplicateIdentifier: Phrase(en: "‘{found}’ is already taken", zh: "“{found}”已经用过了")
        case .folderMismatch:
            Phrase(
                en: "the folder is called ‘{found}’, but the chapter says ‘{expected}’",
                zh: "文件夹名为“{found}”，章节却写着“{expected}”")
        case .unknownPart: Phrase(en: "course.yaml knows no part {found}", zh: "course.yaml 里没有第 {found} 部分")
        case .unknownChapter: Phrase(en: "there is no chapter {found}", zh: "没有第 {found} 章")
        case .needsItself: Phrase(en: "chapter {found} needs itself, directly or not", zh: "第 {found} 章直接或间接地需要它自己")
        case .stepCount: Phrase(en: "a chapter has 3 to 8 steps, found {found}", zh: "一章有三到八步，这里有 {found} 步")
        case .questionCount:
            Phrase(en: "a chapter has 2 to 5 quiz questions, found {found}", zh: "一章有二到五道测验题，这里有 {found} 道")
        case .choiceCount: Phrase(en: "a question has 2 to 5 choices, found {found}", zh: "一道题有二到五个选项，这里有 {found} 个")
        case .orderCount:
            Phrase(en: "3 to 6 things are put in order, found {found}", zh: "排序题有三到六项，这里有 {found} 项")
        case .figureCount:
            Phrase(
                en: "a step has one figure, or two under ‘figures’; found {found}",
                zh: "一步有一幅图，或在 figures 下有两幅；这里有 {found} 幅")
        case .variantCount:
            Phrase(en: "an experiment has 2 to 8 variants, found {found}", zh: "一个实验有二到八种变化，这里有 {found} 种")
        case .oneKind:
            Phrase(en: "the question ‘{found}’ is of exactly one kind: {expected}", zh: "题目“{found}”只能是其中一种：{expected}")
        case .unknownText:
            Phrase(
                en: "the chapter has no text ‘{found}’; expected one of: {expected}",
                zh: "本章的 texts 里没有“{found}”，应为其中之一：{expected}")
        case .unknownFact:
            Phrase(
                en: "the chapter has no fact ‘{found}’; expected one of: {expected}",
                zh: "本章的 facts 里没有“{found}”，应为其中之一：{expected}")
        case .factDiffers:
            Phrase(en: "the fact says ‘{expected}’, the prose ‘{found}’", zh: "facts 里写的是“{expected}”，正文写的是“{found}”")
        case .unknownQuestion:
            Phrase(
                en: "no earlier chapter asks ‘{found}’; its chapter asks: {expected}",
                zh: "前面没有哪一章问过“{found}”，那一章问的是：{expected}")
        case .titleMissing: Phrase(en: "the first line must be the title: ‘# …’", zh: "第一行必须是标题：“# …”")
        case .askedGoal:
            Phrase(
                en: "title and goal stand in the contents, where nothing is asked: no {{…}} here",
                zh: "标题和本章目标还要写进目录，那里不作计算，不能用 {{…}}")
        case .goalMissing:
            Phrase(en: "between title and first section: one paragraph, the goal", zh: "标题与第一节之间应有一段话：本章目标")
        case .headingWithoutIdentifier:
            Phrase(
                en: "the heading ‘{found}’ must end with a name, such as {#first-guess}",
                zh: "标题“{found}”末尾要有名字，例如 {#first-guess}")
        case .sectionMissing: Phrase(en: "the section {#{expected}} is missing", zh: "缺少小节 {#{expected}}")
        case .sectionUnexpected:
            Phrase(
                en: "chapter.yaml knows no {#{found}}; expected one of: {expected}",
                zh: "chapter.yaml 里没有 {#{found}}，应为其中之一：{expected}")
        case .sectionOrder:
            Phrase(en: "found {#{found}} where {#{expected}} should be", zh: "这里应是 {#{expected}}，却是 {#{found}}")
        case .emptySection: Phrase(en: "the section {#{found}} says nothing", zh: "小节 {#{found}} 没有内容")
        case .quizText:
            Phrase(en: "{#{found}} holds questions only, each under ‘### …’", zh: "{#{found}} 里只放题目，每题在“### …”之下")
        case .headingLevel:
            Phrase(en: "a heading of level {found} has no place here", zh: "这里不能有 {found} 级标题")
        case .emphasisTrap:
            Phrase(
                en: "‘{found}’ stays on the page: put the punctuation outside the emphasis, or a space after it",
                zh: "“{found}”会原样留在页面上：请把标点移到强调之外，或在其后加空格")
        case .unclosedMath: Phrase(en: "a formula begins with ‘{found}’ and never ends", zh: "公式以“{found}”开头，却没有结束")
        case .unclosedPlaceholder: Phrase(en: "a placeholder begins with ‘{{’ and never ends", zh: "占位符以“{{”开头，却没有结束")
        case .unclosedQuotation: Phrase(en: "a quotation mark is never closed in: {found}", zh: "引号没有闭合：{found}")
        case .unclosedMarker:
            Phrase(en: "‘{found}’ must follow a text in brackets", zh: "“{found}”前面应有方括号括起的文字")
        case .unknownQuery:
            Phrase(en: "nothing is called ‘{found}’; expected one of: {expected}", zh: "没有“{found}”，应为其中之一：{expected}")
        case .argumentCount:
            Phrase(
                en: "‘{key}’ takes {expected} {expected|argument|arguments}, found {found}",
                zh: "“{key}”要 {expected} 个参数，这里有 {found} 个")
        case .badArgument:
            Phrase(
                en: "‘{found}’ cannot be an argument of ‘{key}’; expected {expected}",
                zh: "“{found}”不能作“{key}”的参数，应为{expected}")
        case .unknownFormat:
            Phrase(
                en: "no number is written as ‘{found}’; expected one of: {expected}",
                zh: "没有“{found}”这种写法，应为其中之一：{expected}")
        case .formatMismatch: Phrase(en: "‘{key}’ is no number and takes no format", zh: "“{key}”不是数，不能指定写法")
        case .badClaim:
            Phrase(
                en: "‘{found}’ is no comparison; expected, for example: token-count \"…\" == 4",
                zh: "“{found}”不是比较式，应当像这样：token-count \"…\" == 4")
        case .wantsSource:
            Phrase(
                en: "‘{key}’ is asked of a source: add of=NAME, a name of ‘sources’",
                zh: "“{key}”要问某个来源：请加上 of=名字（sources 里的名字）")
        case .wantsNoSource: Phrase(en: "‘{key}’ is asked of a text, not of=…", zh: "“{key}”问的是文本，不能用 of=…")
        case .unknownSource:
            Phrase(
                en: "‘{found}’ is not among the chapter's sources; expected one of: {expected}",
                zh: "本章的 sources 里没有“{found}”，应为其中之一：{expected}")
        case .badSubject: Phrase(en: "‘{key}’: {reason}", zh: "“{key}”：{reason}")
        case .sourceTwice:
            Phrase(en: "‘{key}’ is said by the source already", zh: "来源里已经写了“{key}”")
        case .wantsRanking:
            Phrase(
                en: "‘{found}’ gives no list of candidates; expected one of: {expected}",
                zh: "“{found}”给不出候选列表，应为其中之一：{expected}")
        case .rawHTML: Phrase(en: "HTML has no place in prose: {found}", zh: "正文里不能有 HTML：{found}")
        case .imageInProse: Phrase(en: "pictures come from steps, not from prose: {found}", zh: "图来自步骤，不能写在正文里：{found}")
        case .badLink:
            Phrase(
                en: "‘{found}’ is no link of ours; expected lesson:1.9, lesson:1.9#step or https://…",
                zh: "“{found}”不是可用的链接，应为 lesson:1.9、lesson:1.9#step 或 https://…")
        case .unknownCallout:
            Phrase(
                en: "no aside is called ‘{found}’; expected one of: {expected}", zh: "没有“{found}”这种旁注，应为其中之一：{expected}"
            )
        case .unsupportedMarkdown: Phrase(en: "chapters do not use this: {found}", zh: "章节里不用这种写法：{found}")
        case .noRightAnswer: Phrase(en: "the question ‘{found}’ has no right answer", zh: "题目“{found}”没有正确答案")
        case .severalRightAnswers:
            Phrase(en: "the question ‘{found}’ has more than one right answer", zh: "题目“{found}”有不止一个正确答案")
        case .sameChoices: Phrase(en: "two choices of ‘{found}’ read the same", zh: "题目“{found}”有两个选项相同")
        case .noAnswer: CheckWords.numberFails.phrase
        case .tooLarge:
            Phrase(
                en: "the file has {found} {found|byte|bytes}; a chapter's files have at most {expected}",
                zh: "文件有 {found} 字节，章节的文件最多 {expected} 字节")
        case .badCommand: Phrase(en: "not a command of ours: {found}", zh: "不是本程序的命令：{found}")
        }
    }
}

/// A mistake in a course's files: where it is, and what is wrong there.
package struct LessonError: ExplainedError, Hashable {
    /// The file, from the course's root.
    package let file: String
    /// Counted from one.
    package let line: Int?
    package let problem: LessonProblem
    package let message: Phrase

    init(_ problem: LessonProblem, file: String, line: Int? = nil, _ values: KeyValuePairs<String, Phrase> = [:]) {
        self.file = file
        self.line = line
        self.problem = problem
        message = problem.phrase.filled(values)
    }

    /// `file:line`
    var place: String { Place(file: file, line: line).description }

    package var explanation: Phrase { Finding(self).line }
}

/// The place in a file that a reader of text is at, so that its errors can say so.
struct Place: Sendable, CustomStringConvertible {
    let file: String
    var line: Int?

    /// `file:line`
    var description: String { line.map { "\(file):\($0)" } ?? file }

    func error(_ problem: LessonProblem, _ values: KeyValuePairs<String, Phrase> = [:]) -> LessonError {
        LessonError(problem, file: file, line: line, values)
    }
}
