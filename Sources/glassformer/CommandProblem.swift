import Reading
import Wording

/// Why a command could not do what it was asked.
public enum CommandProblem: ExplainedError, Equatable {
    /// Exactly one source of a run is needed.
    case oneInput(expected: [String], found: [String])
    case together(String, String)
    case needs(String, String)
    case argumentEncoding(place: Int)
    case readTwice
    case recipeFromInput
    case noCommand(String, nearest: [String])
    case textLikeOption(String, command: String)
    case list(expected: Phrase, found: String)
    case noSuchInput(option: String, model: String)
    case noMatch(pattern: String)
    case noFigures
    case noStep(pattern: String)
    case unknownFigure(String, known: [String])
    case atNeedsStep
    case outside(option: String, expected: String, found: String)
    case unwritable(path: String, reason: Phrase)
    case unreadable(path: String, reason: Phrase)
    case merges(path: String)
    case tooManyTerms(most: Int)
    case unknownPreset(String, known: [String])
    case unknownRecipe(String, known: [String])
    case noRecipe(model: String)
    case malformed(path: String)
    case unknownLesson(String, known: [String])
    case findings(count: Int)
    /// A chapter that cannot be shown: where, and why.
    case chapter(Phrase)
    case nothingToVerify(path: String)
    case doesNotFollow(path: String, count: Int, cell: String, found: String, expected: String)
    case noGuess
    case notOneFigure(path: String, figures: Int)
    case frames(path: String, count: Int)
    /// None of so many figures could be drawn; one of them says why.
    case nothingDrawn(count: Int, name: String, reason: Phrase)
    case severalFiles
    case rootFolder
    case pictureFormat(path: String)

    /// 2 where the command line itself has to change, else 1.
    var code: Int32 {
        switch self {
        case .oneInput, .together, .needs, .argumentEncoding, .readTwice, .recipeFromInput, .noCommand, .textLikeOption,
            .list, .unknownPreset, .unknownFigure, .atNeedsStep, .severalFiles, .rootFolder, .pictureFormat:
            Main.usageFailure
        default: Main.workFailure
        }
    }

    /// The argument parser prints errors by their description, after the value that was found.
    public var description: String {
        guard case .list(let expected, _) = self else { return explanation.text }
        return Phrase(en: "expected \(expected.english)", zh: "应为 \(expected.chinese)").text
    }

    public var explanation: Phrase {
        switch self {
        case .oneInput(let expected, let found):
            Phrase(
                en: "expected exactly one of \(expected.joined(separator: ", ")); found "
                    + (found.isEmpty ? "none" : found.joined(separator: " and ")),
                zh: "\(expected.joined(separator: "、")) 必须给且只能给一个；"
                    + (found.isEmpty ? "现在一个也没有" : "现在给了 " + found.joined(separator: " 和 ")))
        case .together(let first, let second):
            Phrase(en: "\(first) and \(second) cannot go together", zh: "\(first) 和 \(second) 不能同时使用")
        case .needs(let option, let other):
            Phrase(en: "\(option) needs \(other)", zh: "\(option) 要和 \(other) 一起使用")
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
        case .list(let expected, let found):
            Phrase(
                en: "expected \(expected.english), found “\(found)”",
                zh: "应为 \(expected.chinese)，实际为“\(found)”")
        case .noSuchInput(let option, let model):
            Phrase(
                en: "\(option): “\(model)” is a decoder-only model, which reads one text and nothing else",
                zh: "\(option)：“\(model)”是只有解码器的模型，除了一段文本没有别的输入")
        case .noMatch(let pattern):
            Phrase(
                en: "\(pattern): no figure of this run shows it (“glassformer steps” lists the steps)",
                zh: "\(pattern)：这次运行没有图展示它（可用“glassformer steps”查看各步骤）")
        case .noFigures:
            Phrase(
                en:
                    "no figure shows what this run holds (“glassformer steps” lists it; draw --step NAME shows a table)",
                zh: "这次运行里没有图可画（“glassformer steps”列出其中的步骤；draw --step NAME 可以画成表）")
        case .noStep(let pattern):
            Phrase(
                en:
                    "--step \(pattern): no step of this run has such a name (“glassformer steps --parameters” lists them)",
                zh: "--step \(pattern)：这次运行没有这样命名的步骤（可用“glassformer steps --parameters”查看各步骤）")
        case .unknownFigure(let id, let known):
            Phrase(
                en: "--figure \(id): no such figure; expected one of \(known.joined(separator: ", "))",
                zh: "--figure \(id)：没有这种图；应为 \(known.joined(separator: "、")) 之一")
        case .atNeedsStep:
            Phrase(en: "--at names a cell of one step: expected one --step", zh: "--at 指的是某一步骤里的一格：必须给且只能给一个 --step")
        case .outside(let option, let expected, let found):
            Phrase(en: "\(option): expected \(expected), found \(found)", zh: "\(option)：应为 \(expected)，实际为 \(found)")
        case .unwritable(let path, let reason):
            Phrase(en: "\(path): cannot be written: \(reason.english)", zh: "\(path)：无法写入：\(reason.chinese)")
        case .unreadable(let path, let reason):
            Phrase(en: "\(path): cannot be read: \(reason.english)", zh: "\(path)：无法读取：\(reason.chinese)")
        case .merges(let path):
            Phrase(en: "\(path): this tokenizer has no merges to show", zh: "\(path)：这个分词器没有可展示的合并过程")
        case .tooManyTerms(let most):
            Phrase(en: "more than \(most) terms: lower --depth", zh: "项数超过 \(most)：请减小 --depth")
        case .unknownPreset(let name, let known):
            Phrase(
                en: "no preset “\(name)”: expected one of \(known.joined(separator: ", "))",
                zh: "没有预设“\(name)”：应为 \(known.joined(separator: "、")) 之一")
        case .noRecipe(let model):
            Phrase(
                en: "“\(model)” has no quality.json that names its recipe: expected a data file to measure it on",
                zh: "“\(model)”没有注明配方的 quality.json：请给一个用来测量的数据文件")
        case .unknownRecipe(let name, let known):
            Phrase(
                en: "no recipe “\(name)”: expected a file, or one of \(known.joined(separator: ", "))",
                zh: "找不到配方“\(name)”：应为一个文件，或 \(known.joined(separator: "、")) 之一")
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
                en: "\(path): the figure has \(count) frames: a PDF holds them all, a folder each as a file",
                zh: "\(path)：这幅图有 \(count) 帧：PDF 能装下全部，给文件夹则每帧一个文件")
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
                en: "\(path): a picture's file ends with .png, .svg or .pdf (a folder of this name ends with “/”)",
                zh: "\(path)：图的文件名应以 .png、.svg 或 .pdf 结尾（若是文件夹，请以“/”结尾）")
        case .findings(let count): Phrase(en: "things found wrong: \(count)", zh: "发现 \(count) 处问题")
        case .nothingToVerify(let path):
            Phrase(
                en: "\(path): \(VerifyText.nothing.phrase.english)", zh: "\(path)：\(VerifyText.nothing.phrase.chinese)")
        case .doesNotFollow(let path, let count, let cell, let found, let expected):
            Phrase(
                en:
                    "\(path): numbers that do not follow from what they read, in \(count) step(s); the first: \(cell) is \(found), its arithmetic gives \(expected)",
                zh: "\(path)：有 \(count) 个步骤里的数与算式不符；第一处：\(cell) 是 \(found)，按算式应为 \(expected)")
        case .noGuess:
            Phrase(
                en: "this model gives no probabilities: expected one that guesses a token or a class",
                zh: "这个模型不给出概率：需要能预测词元或类别的模型")
        case .malformed(let path):
            Phrase(en: "\(path): expected JSON, found something else", zh: "\(path)：应为 JSON，实际不是")
        }
    }
}
