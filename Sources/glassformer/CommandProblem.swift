import Reading
import Rendering
import Subjects
import Wording

/// Why a command could not do what it was asked.
enum CommandProblem: ExplainedError, Equatable {
    /// What was written about the subject.
    case subject(SubjectError)
    case argumentEncoding(place: Int)
    case readTwice
    case recipeFromInput
    case noCommand(String, nearest: [String])
    case textLikeOption(String, command: String)
    case noStep(pattern: String)
    case unwritable(path: String, reason: Phrase)
    case unreadable(path: String, reason: Phrase)
    case merges(path: String)
    case tooManyTerms(most: Int)
    case noRecipe(model: String)
    case malformed(path: String)
    case unknownLesson(String, known: [String])
    case findings(count: Int)
    /// A chapter that cannot be shown: where, and why.
    case chapter(Phrase)
    case nothingToVerify(path: String)
    case doesNotFollow(path: String, count: Int, cell: String, found: String, expected: String)
    case altered(path: String, cell: String, found: String?, expected: String?)
    case alteredMetadata(path: String)
    case notOneFigure(path: String, figures: Int)
    case frames(path: String, count: Int)
    /// None of so many figures could be drawn; one of them says why.
    case nothingDrawn(count: Int, name: String, reason: Phrase)
    case severalFiles
    case rootFolder
    case pictureFormat(path: String)

    static func together(_ first: String, _ second: String) -> CommandProblem { .subject(.together(first, second)) }
    static func needs(_ option: String, _ other: String) -> CommandProblem { .subject(.needs(option, other)) }

    static func list(expected: Phrase, found: String) -> CommandProblem {
        .subject(.value(expected: expected, found: found))
    }

    static func outside(option: String, expected: String, found: String) -> CommandProblem {
        .subject(.outside(option: option, expected: expected, found: found))
    }

    /// 2 where the command line itself has to change, else 1.
    var code: Int32 {
        switch self {
        case .subject(let error): error.isUsage ? Main.usageFailure : Main.workFailure
        case .argumentEncoding, .readTwice, .recipeFromInput, .noCommand, .textLikeOption, .severalFiles, .rootFolder,
            .pictureFormat:
            Main.usageFailure
        default: Main.workFailure
        }
    }

    /// The argument parser prints errors by their description, after the value that was found.
    var description: String {
        guard case .subject(.value(let expected, _)) = self else { return explanation.text }
        return Phrase(en: "expected \(expected.english)", zh: "应为 \(expected.chinese)").text
    }

    var explanation: Phrase {
        switch self {
        case .subject(let error): error.explanation
        case .argumentEncoding(let place):
            Phrase(en: "argument \(place) is not UTF-8", zh: "第 \(place) 个参数不是 UTF-8 编码")
        case .noCommand(let name, let nearest):
            Phrase(
                en: "no command “\(name)”: did you mean “\(nearest.joined(separator: "”, “"))”?",
                zh: "没有“\(name)”这个命令，是不是“\(nearest.joined(separator: "”“"))”？")
        case .textLikeOption(let text, let command):
            Phrase(
                en: "“\(text)” begins as options do: a text goes after “--”, as in: \(command)",
                zh: "“\(text)”以“-”开头，会被当作选项：文本请写在“--”之后，例如 \(command)")
        case .recipeFromInput:
            Phrase(
                en: "“-”: a recipe names files beside it: expected its own file", zh: "“-”：配方会引用旁边的文件，请给出配方文件本身")
        case .readTwice:
            Phrase(en: "“-” is given twice: standard input can be read only once", zh: "“-”给了两次：标准输入只能读一次")
        case .noStep(let pattern):
            Phrase(
                en:
                    "--step \(pattern): no step of this run has such a name (“glassformer steps --parameters” lists them)",
                zh: "--step \(pattern)：这次运行没有这样命名的步骤（可用“glassformer steps --parameters”查看各步骤）")
        case .unwritable(let path, let reason):
            Phrase(en: "\(path): cannot be written: \(reason.english)", zh: "\(path)：无法写入：\(reason.chinese)")
        case .unreadable(let path, let reason):
            Phrase(en: "\(path): cannot be read: \(reason.english)", zh: "\(path)：无法读取：\(reason.chinese)")
        case .merges(let path):
            Phrase(en: "\(path): this tokenizer has no merges to show", zh: "\(path)：这个分词器没有可展示的合并过程")
        case .tooManyTerms(let most):
            Phrase(en: "more than \(most) terms: lower --depth", zh: "项数超过 \(most)：请减小 --depth")
        case .noRecipe(let model):
            Phrase(
                en: "“\(model)” has no quality.json that names its recipe: expected a data file to measure it on",
                zh: "“\(model)”没有注明配方的 quality.json：请给一个用来测量的数据文件")
        case .unknownLesson(let id, let known):
            Phrase(
                en: "no chapter “\(id)”: expected one of \(known.joined(separator: ", "))",
                zh: "没有“\(id)”这一章：应为 \(known.joined(separator: "、")) 之一")
        case .notOneFigure(let path, let figures):
            Phrase(
                en:
                    "\(path): one file holds one figure, found \(figures): choose by --figure, --layer and --head, or give a folder",
                zh: "\(path)：一个文件只放一幅图，现在有 \(figures) 幅：请用 --figure、--layer、--head 选定一幅，或改给文件夹")
        case .frames(let path, let count):
            Phrase(
                en: "\(path): the figure has \(count) frames: an SVG or a PDF holds them all, a folder each as a file",
                zh: "\(path)：这幅图有 \(count) 帧：SVG 或 PDF 能装下全部，给文件夹则每帧一个文件")
        case .nothingDrawn(let count, let name, let reason):
            count == 1
                ? DrawText.undrawn.phrase.filled(["figure": Phrase(name), "reason": reason])
                : Phrase(
                    en: "none of the \(count) figures could be drawn; \(name): \(reason.english)",
                    zh: "\(count) 幅图一幅也没画成；\(name)：\(reason.chinese)")
        case .chapter(let reason): reason
        case .severalFiles:
            Phrase(
                en: "several files are written, so that it must be a folder (one of such a name ends with “/”)",
                zh: "会写出多个文件，必须是文件夹（真要用这个名字，请以“/”结尾）")
        case .rootFolder: SystemReason.root.phrase
        case .pictureFormat(let path):
            Phrase(
                en: "\(path): a figure's file ends with \(Self.endings(", ")) (a folder of this name ends with “/”)",
                zh: "\(path)：图的文件名应以 \(Self.endings("、")) 结尾（若是文件夹，请以“/”结尾）")
        case .findings(let count): Phrase(en: "things found wrong: \(count)", zh: "发现 \(count) 处问题")
        case .nothingToVerify(let path):
            Phrase(
                en: "\(path): \(VerifyText.nothing.phrase.english)", zh: "\(path)：\(VerifyText.nothing.phrase.chinese)")
        case .doesNotFollow(let path, let count, let cell, let found, let expected):
            Phrase(
                en:
                    "\(path): numbers that do not follow from what they read, in \(count) step(s); the first: \(cell) is \(found), its arithmetic gives \(expected)",
                zh: "\(path)：有 \(count) 个步骤里的数与算式不符；第一处：\(cell) 是 \(found)，按算式应为 \(expected)")
        case .altered(let path, let cell, let found?, let expected?):
            Phrase(
                en: "\(path): \(cell) is not what was written: it is \(found), by its arithmetic \(expected)",
                zh: "\(path)：\(cell) 与写入时不同：现在是 \(found)，按算式应为 \(expected)")
        case .altered(let path, let cell, _, _):
            Phrase(
                en: "\(path): \(cell) is not what was written: its checksum is another",
                zh: "\(path)：\(cell) 与写入时不同：校验和不符")
        case .alteredMetadata(let path):
            Phrase(
                en: "\(path): its metadata is not what was written: the checksum is another",
                zh: "\(path)：元数据与写入时不同：校验和不符")
        case .malformed(let path):
            Phrase(en: "\(path): expected JSON, found something else", zh: "\(path)：应为 JSON，实际不是")
        }
    }

    /// Those of the files that a figure is written to: `.png, .svg …`
    private static func endings(_ comma: String) -> String {
        Renderer.Format.allCases.map { "." + $0.rawValue }.joined(separator: comma)
    }
}
