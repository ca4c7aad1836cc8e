import Drawing
import Tracing

/// How a step's sheet looks: its colours' scale, and the looks of its cells.
struct SheetLooks: Sendable {
    let scale: ValueScale
    let title: CellLook
    let muted: CellLook
    let mutedRight: CellLook
    let bold: CellLook
    let link: CellLook
    let columnLabel: CellLook
    let rowLabel: CellLook
    let helperNumber: CellLook
    /// A number that a formula makes, one that none makes, a hidden score.
    let usual: CellLook
    let given: CellLook
    let hidden: CellLook
    /// Digits on a dark ground.
    let light: CellLook

    init(_ step: Step, _ theme: Theme, _ file: XLSXFile) {
        scale = Self.scale(step)
        let numbers = Self.numberFormat(scale, isInteger: step.isInteger)
        title = file.look(CellStyle(isBold: true, size: 14, ink: theme.ink))
        muted = file.look(CellStyle(ink: theme.muted))
        mutedRight = file.look(CellStyle(ink: theme.muted, side: .right))
        bold = file.look(CellStyle(isBold: true))
        link = file.look(CellStyle(ink: theme.positive, isLink: true))
        columnLabel = file.look(CellStyle(ink: theme.muted, ground: theme.panel, side: .right))
        rowLabel = file.look(CellStyle(ink: theme.muted, ground: theme.panel))
        helperNumber = file.look(CellStyle(numbers: "0.0000", ink: theme.muted))
        usual = file.look(CellStyle(numbers: numbers))
        // What may be changed: what was given, but for learned numbers, of which there are too many to point at.
        let isChangeable = step.isSource && !step.isParameter
        given = file.look(CellStyle(numbers: numbers, ground: isChangeable ? Color(0xFFF3C4) : nil))
        hidden = file.look(
            CellStyle(
                numbers: "[<-999999999]\"−∞\";" + numbers, ink: theme.muted, ground: theme.panel, side: .right))
        light = file.look(CellStyle(ink: theme.paper, isCondition: true))
    }

    private static func scale(_ step: Step) -> ValueScale {
        if step.isInteger { return .none }
        if step.operation is Softmax, !step.name.isGradient { return .probability }
        return .fitting(step.tensor.scalars)
    }

    /// As many digits as tell the numbers of a step apart.
    private static func numberFormat(_ scale: ValueScale, isInteger: Bool) -> String {
        if isInteger { return "0" }
        switch scale.limit {
        case 1000...: return "0"
        case 100...: return "0.0"
        case 10...: return "0.00"
        case 1...: return "0.000"
        case 0.01...: return "0.0000"
        default: return "0.00E+00"
        }
    }
}
