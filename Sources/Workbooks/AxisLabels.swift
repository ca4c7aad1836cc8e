import Tracing
import Wording

/// What stands at the rows and columns of a sheet.
struct AxisLabels {
    private let book: Workbook
    private let axis: Axis
    private let rows: [TokenRows.Row]?
    private let isOfWords: Bool

    init(_ book: Workbook, _ step: Step, axis: Int) {
        self.book = book
        self.axis = step.axes[axis]
        rows = book.tokens.rows(along: axis, of: step)
        isOfWords = self.axis == .vocabulary && book.hasWords
    }

    func text(_ number: Int) -> String {
        if let rows, rows.indices.contains(number) { return book.tokens.word(rows[number].id) }
        switch axis {
        case .head: return WorkbookText.head.numbered(number)[book.language]
        case .batch: return WorkbookText.text.numbered(number)[book.language]
        case .vocabulary where isOfWords: return book.tokens.word(number)
        default: return String(number)
        }
    }

    /// A token's label follows its id on the first sheet.
    func write(_ number: Int, on sheet: XLSXSheet, at place: CellPlace, _ look: CellLook) {
        if let rows, rows.indices.contains(number) {
            sheet.write(
                "'\(book.plan.readMe)'!$B$\(rows[number].row + 1)", at: place, value: text(number), look)
            return
        }
        switch axis {
        case .head, .batch: sheet.write(text(number), at: place, look)
        case .vocabulary where isOfWords: sheet.write(text(number), at: place, look)
        default: sheet.write(Double(number), at: place, look)
        }
    }
}
