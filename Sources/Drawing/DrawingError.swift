import Platform
import Wording

/// What can go wrong while a figure is laid out, or read.
public enum DrawingError: ExplainedError, Hashable {
    /// The content does not fit, even at its smallest.
    case tooSmall(least: Size, found: Size)
    /// A formula that cannot be read: what is wrong, in which formula, after how many characters.
    case badFormula(FormulaProblem, formula: String, position: Int)
    /// The data of a figure has something else at a place than it should have.
    case badFigure(source: String, place: String, expected: Phrase, found: String)

    public var explanation: Phrase {
        switch self {
        case .tooSmall(let least, let found):
            // Where only the canvas is known (``SlideStyle/namesLeastSize``), it is not said to be needed.
            (least == found ? DrawingText.doesNotFit : .tooSmall).phrase.filled([
                "least": Phrase(Self.pixels(least)), "found": Phrase(Self.pixels(found)),
            ])
        case .badFormula(let problem, let formula, let position):
            DrawingText.badFormula.phrase.filled([
                "problem": problem.phrase, "formula": Phrase(formula), "position": Phrase(String(position)),
            ])
        case .badFigure(let source, let place, let expected, let found):
            DrawingText.badFigure.phrase.filled([
                "source": Phrase(source), "place": Phrase(place), "expected": expected, "found": Phrase(found),
            ])
        }
    }

    private static func pixels(_ size: Size) -> String {
        "\(Int(clamping: size.width.rounded(.up))) × \(Int(clamping: size.height.rounded(.up)))"
    }
}

extension Failure {
    static func badFigure(source: String, place: String, expected: Phrase, found: String) -> Failure {
        Failure(DrawingError.badFigure(source: source, place: place, expected: expected, found: found))
    }

    /// The least canvas, where a figure did not fit into its own.
    public var leastSize: Size? {
        guard case .tooSmall(let least, _)? = cause(as: DrawingError.self) else { return nil }
        return least
    }
}

/// What is wrong with a formula's text.
public enum FormulaProblem: Sendable, Hashable {
    case unknownCommand(String)
    case unknownRole(String)
    case missing(String)
    case unexpected(String)

    var phrase: Phrase {
        switch self {
        case .unknownCommand(let name): DrawingText.unknownCommand.phrase.filled(["name": Phrase(name)])
        case .unknownRole(let name): DrawingText.unknownRole.phrase.filled(["name": Phrase(name)])
        case .missing(let what): DrawingText.missing.phrase.filled(["name": Phrase(what)])
        case .unexpected(let what): DrawingText.unexpected.phrase.filled(["name": Phrase(what)])
        }
    }
}

/// The texts that this floor writes itself.
public enum DrawingText: PhraseTable {
    case tooSmall, doesNotFit, badFormula, badFigure, unknownCommand, unknownRole, missing, unexpected
    case more, strongestOf

    public var phrase: Phrase {
        switch self {
        case .doesNotFit:
            Phrase(
                en: "the figure does not fit into {found} pixels: choose a larger size",
                zh: "图放不进 {found} 像素的画布：请选更大的尺寸")
        case .tooSmall:
            Phrase(
                en: "the figure needs at least {least} pixels, the canvas has {found}: choose a larger size",
                zh: "这幅图至少需要 {least} 像素，画布只有 {found}：请选大一些的尺寸")
        case .badFormula:
            Phrase(
                en: "formula ‘{formula}’, after character {position}: {problem}",
                zh: "公式“{formula}”第 {position} 个字符之后：{problem}")
        case .badFigure:
            Phrase(
                en: "{source}: {place}: expected {expected}, found {found}",
                zh: "{source}：{place} 应为 {expected}，实际为 {found}")
        case .unknownCommand: Phrase(en: "there is no command \\{name}", zh: "没有 \\{name} 这个命令")
        case .unknownRole: Phrase(en: "there is no role ‘{name}’", zh: "没有“{name}”这个角色")
        case .missing: Phrase(en: "{name} is missing", zh: "缺少 {name}")
        case .unexpected: Phrase(en: "{name} does not belong here", zh: "{name} 不该出现在这里")
        case .more: Phrase(en: "{count} more", zh: "还有 {count} 个")
        case .strongestOf: Phrase(en: "each cell: strongest of {count}", zh: "每格为 {count} 个数中绝对值最大者")
        }
    }
}
