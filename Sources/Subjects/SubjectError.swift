import Wording

/// Why what somebody wrote about a subject cannot be looked at.
package enum SubjectError: ExplainedError, Hashable {
    /// Exactly one thing to look at is needed.
    case oneOf(expected: [String], found: [String])
    case together(String, String)
    case needs(String, String)
    /// A value that cannot be read.
    case value(expected: Phrase, found: String)
    case outside(option: String, expected: String, found: String)
    case unknownKey(String, known: [String])
    case noSuchInput(option: String, model: String)
    case noMatch(pattern: String)
    case noFigures
    case unknownFigure(String, known: [String])
    /// The subject has no such figure, though others have.
    case impossibleFigure(String, subject: String, known: [String])
    case atNeedsStep
    case unknownPreset(String, known: [String])
    case unknownRecipe(String, known: [String])
    case unknownNumber(String, subject: String, known: [String])
    case noTrace(subject: String)
    case noStepFile(step: Int, run: String, known: [Int])
    case untrained(recipe: String)
    case calculation(line: String, problem: Phrase)
    /// No probabilities.
    case noGuess

    /// Whether what was written has to change, whatever the files are.
    package var isUsage: Bool {
        switch self {
        case .oneOf, .together, .needs, .value, .unknownKey, .unknownPreset, .unknownFigure, .atNeedsStep: true
        default: false
        }
    }

    package var explanation: Phrase {
        switch self {
        case .oneOf(let expected, let found):
            Phrase(
                en: "expected exactly one of \(expected.joined(separator: ", ")); found "
                    + (found.isEmpty ? "none" : found.joined(separator: " and ")),
                zh: "\(expected.joined(separator: "、")) 必须给且只能给一个；"
                    + (found.isEmpty ? "现在一个也没有" : "现在给了 " + found.joined(separator: " 和 ")))
        case .together(let first, let second):
            Phrase(en: "\(first) and \(second) cannot go together", zh: "\(first) 和 \(second) 不能同时使用")
        case .needs(let option, let other):
            Phrase(en: "\(option) needs \(other)", zh: "\(option) 要和 \(other) 一起使用")
        case .value(let expected, let found):
            Phrase(
                en: "expected \(expected.english), found “\(found)”",
                zh: "应为 \(expected.chinese)，实际为“\(found)”")
        case .outside(let option, let expected, let found):
            Phrase(en: "\(option): expected \(expected), found \(found)", zh: "\(option)：应为 \(expected)，实际为 \(found)")
        case .unknownKey(let key, let known):
            Phrase(
                en: "“\(key)” is not known here; expected one of \(known.joined(separator: ", "))",
                zh: "这里没有“\(key)”；应为 \(known.joined(separator: "、")) 之一")
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
        case .unknownFigure(let id, let known):
            Phrase(
                en: "--figure \(id): no such figure; expected one of \(known.joined(separator: ", "))",
                zh: "--figure \(id)：没有这种图；应为 \(known.joined(separator: "、")) 之一")
        case .impossibleFigure(let id, let subject, let known):
            Phrase(
                en: "“\(subject)” does not have what the figure ‘\(id)’ shows; it has \(known.joined(separator: ", "))",
                zh: "“\(subject)”里没有图“\(id)”要画的内容；可画的有 \(known.joined(separator: "、"))")
        case .atNeedsStep:
            Phrase(en: "--at names a cell of one step: expected one --step", zh: "--at 指的是某一步骤里的一格：必须给且只能给一个 --step")
        case .unknownPreset(let name, let known):
            Phrase(
                en: "no preset “\(name)”: expected one of \(known.joined(separator: ", "))",
                zh: "没有预设“\(name)”：应为 \(known.joined(separator: "、")) 之一")
        case .unknownRecipe(let name, let known):
            Phrase(
                en: "no recipe “\(name)”: expected a file, or one of \(known.joined(separator: ", "))",
                zh: "找不到配方“\(name)”：应为一个文件，或 \(known.joined(separator: "、")) 之一")
        case .unknownNumber(let name, let subject, let known):
            Phrase(
                en: "“\(subject)” has no number ‘\(name)’; similar: \(known.joined(separator: ", "))",
                zh: "“\(subject)”里没有数“\(name)”，相近的有：\(known.joined(separator: "、"))")
        case .noTrace(let subject):
            Phrase(
                en: "“\(subject)” has figures but no steps of a run: expected a text, a trace file or a calculation",
                zh: "“\(subject)”有图，但没有一步一步的计算：应为文本、记录文件或小型计算")
        case .noStepFile(let step, let run, let known):
            Phrase(
                en: "“\(run)” has not recorded step \(step); recorded: "
                    + (known.isEmpty ? "none (train --trace-step N records one)" : Self.list(known)),
                zh: "“\(run)”没有记录第 \(step) 步；"
                    + (known.isEmpty ? "一步也没有记录（train --trace-step N 可以记录一步）" : "已记录：\(Self.list(known))"))
        case .untrained(let recipe):
            Phrase(
                en:
                    "“\(recipe)” takes long to train: train it first, then give its folder (train \(recipe) --out FOLDER)",
                zh: "“\(recipe)”训练要很久：请先训练，再给出它的文件夹（train \(recipe) --out 文件夹）")
        case .calculation(let line, let problem):
            Phrase(en: "“\(line)”: \(problem.english)", zh: "“\(line)”：\(problem.chinese)")
        case .noGuess:
            Phrase(
                en: "this model gives no probabilities: expected one that guesses a token or a class",
                zh: "这个模型不给出概率：需要能预测词元或类别的模型")
        }
    }

    private static func list(_ numbers: [Int]) -> String {
        numbers.prefix(12).map { String($0) }.joined(separator: ", ") + (numbers.count > 12 ? " …" : "")
    }
}
