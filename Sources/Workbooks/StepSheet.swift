import Drawing
import Subjects
import Tensors
import Tracing
import Wording

/// One step's sheet: what it is, what it reads, and its numbers.
struct StepSheet {
    private let book: Workbook
    private let plan: WorkbookPlan.Sheet
    private let sheet: XLSXSheet
    private let step: Step
    private let grid: Grid
    private let formula: StepFormula?
    private let looks: SheetLooks
    private let labels: [AxisLabels]

    init(_ book: Workbook, _ plan: WorkbookPlan.Sheet, _ sheet: XLSXSheet, _ looks: SheetLooks) {
        (self.book, self.plan, self.sheet, self.looks) = (book, plan, sheet, looks)
        step = book.trace.steps[plan.place]
        grid = plan.grid
        formula = plan.isLive ? book.formula(plan) : book.givenFormula(plan)
        labels = step.axes.indices.map { [step] in AxisLabels(book, step, axis: $0) }
    }

    /// How many formulas a sheet has, and whether every cell is one.
    struct Formulas: Sendable {
        var count = 0
        var isComplete = false
    }

    func write() -> Formulas {
        writeHeading()
        sheet.tab(book.theme.accent(StepWords.role(step.name)).mixed(with: book.theme.paper, step.isSource ? 0.7 : 0))
        sheet.widths(13, columns: 0...0)
        sheet.widths(9, columns: 1...max(grid.end.column, 1))
        let isSingle = grid.blockCount == 1
        sheet.freeze(CellPlace(isSingle ? grid.first.row : Grid.top, grid.first.column))
        if grid.helpers.position == .apart { writeTable() }
        var (count, missing) = (0, 0)
        var visible: [CellRange] = []
        for block in 0..<grid.blockCount {
            writeBlockHeading(block)
            let found = writeRows(of: block, &visible)
            count += found.formulas
            missing += found.missing
        }
        sheet.colour(visible, by: looks.scale, book.theme, looks.light)
        return Formulas(count: count, isComplete: missing == 0 && count > 0)
    }

    // MARK: Heading

    private func writeHeading() {
        sheet.write(book.words(step.name), at: CellPlace(0, 0), looks.title)
        let shape = step.axes.map { $0.rawValue }.joined(separator: ", ")
        let what = "\(step.name.description)   [\(shape)] \(step.shape.description)"
        sheet.write(what, at: CellPlace(1, 0), looks.muted)
        var column = 3
        sheet.link(book.say(.back), to: book.plan.readMe, at: CellPlace(2, 0), looks.link)
        var seen: Set<Int> = []
        for input in step.inputs where plan.isLive && seen.insert(input).inserted && seen.count <= 8 {
            guard let number = book.plan.numbers[input] else { continue }
            if column == 3 { sheet.write(book.say(.reads), at: CellPlace(2, 2), looks.muted) }
            let name = book.plan.sheets[number].name
            sheet.link(name, to: name, at: CellPlace(2, column), looks.link)
            column += 1 + name.count / 9
        }
        if let words = operationWords { sheet.write(words, at: CellPlace(3, 0), looks.muted) }
    }

    /// What is done to every number alike.
    private var operationWords: String? {
        switch step.operation {
        case is any MaskOperation: return book.say(.masked)
        case is Softmax: return OperationWords.softmax.phrase[book.language]
        default:
            return OperationWords.phrase(step, at: Array(repeating: 0, count: step.shape.rank), in: book.trace)?[
                book.language]
        }
    }

    private func writeBlockHeading(_ block: Int) {
        var row = grid.first.row + block * grid.blockHeight - grid.acrossAxes.count
        if grid.helpers.position == .above { row -= grid.helpers.count }
        if grid.hasTitles {
            let index = blockIndex(block)
            let title = grid.blockAxes.filter { step.shape[$0] > 1 }.map { labels[$0].text(index[$0]) }
            sheet.write(title.joined(separator: " · "), at: CellPlace(row - 1, 0), looks.bold)
        }
        for (level, axis) in grid.acrossAxes.enumerated() {
            let inner = grid.acrossAxes[(level + 1)...].reduce(1) { $0 * grid.window[$1].count }
            if level == 0, grid.helpers.position == .beside {
                for (number, helper) in plan.helpers.enumerated() {
                    sheet.write(
                        helper.phrase[book.language], at: CellPlace(row, 1 + number), looks.mutedRight)
                }
            }
            for (count, number) in grid.window[axis].enumerated() {
                labels[axis].write(
                    number, on: sheet, at: CellPlace(row + level, grid.first.column + count * inner), looks.columnLabel)
            }
        }
        guard grid.helpers.position == .above else { return }
        // Numbers of each line stand over it.
        let index = blockIndex(block)
        for (number, helper) in plan.helpers.enumerated() {
            let place = CellPlace(row + grid.acrossAxes.count + number, 0)
            sheet.write(helper.phrase[book.language], at: place, looks.muted)
            for column in 0..<grid.columnCount {
                var lead = Array(index.dropLast())
                if let across = grid.acrossAxes.last { lead[across] = grid.window[across].lowerBound + column }
                writeHelper(helper, number, lead)
            }
        }
    }

    private func writeHelper(_ kind: StepFormula.Helper, _ number: Int, _ lead: [Int]) {
        guard let helper = formula?.helper(kind, lead) else { return }
        sheet.write(
            helper.text, at: grid.helper(number, of: lead), value: helper.value.isFinite ? helper.value : 0,
            looks.helperNumber)
    }

    /// What is worked out for the lines of an input, in a table of its own.
    private func writeTable() {
        for (number, helper) in plan.helpers.enumerated() {
            sheet.write(
                helper.phrase[book.language], at: CellPlace(Grid.top, 1 + number), looks.muted)
        }
        for (line, lead) in grid.helpers.lines.indices.enumerated() {
            sheet.write(
                lead.map { String($0) }.joined(separator: ", "), at: CellPlace(Grid.top + 1 + line, 0),
                looks.muted)
            for (number, helper) in plan.helpers.enumerated() { writeHelper(helper, number, lead) }
        }
    }

    // MARK: Numbers

    /// The index of a block's first cell.
    private func blockIndex(_ block: Int) -> [Int] {
        var index = grid.window.map { $0.lowerBound }
        var rest = block
        for axis in grid.blockAxes.reversed() {
            let count = max(grid.window[axis].count, 1)
            index[axis] += rest % count
            rest /= count
        }
        return index
    }

    private func writeRows(of block: Int, _ visible: inout [CellRange]) -> (formulas: Int, missing: Int) {
        var (formulas, missing) = (0, 0)
        var index = blockIndex(block)
        let strides = step.shape.strides
        let (usual, given, hidden) = (looks.usual, looks.given, looks.hidden)
        step.tensor.withUnsafeBuffer { cells in
            for row in 0..<grid.rowCount {
                if let down = grid.downAxis { index[down] = grid.window[down].lowerBound + row }
                for axis in grid.acrossAxes { index[axis] = grid.window[axis].lowerBound }
                var place = grid.place(index)
                if let down = grid.downAxis {
                    labels[down].write(index[down], on: sheet, at: CellPlace(place.row, 0), looks.rowLabel)
                }
                if grid.helpers.position == .beside {
                    for (number, helper) in plan.helpers.enumerated() {
                        writeHelper(helper, number, Array(index.dropLast()))
                    }
                }
                let start = place
                var flat = zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }
                var seen: CellPlace?
                for column in 0..<grid.columnCount {
                    place.column = start.column + column
                    let value = cells[flat]
                    let isHidden = value == -.infinity
                    if isHidden {
                        if let from = seen {
                            visible.append(CellRange(first: from, last: CellPlace(place.row, place.column - 1)))
                        }
                        seen = nil
                    } else if seen == nil {
                        seen = place
                    }
                    let text = formula?.cell(index)
                    if let text, text.utf8.count < SheetLimit.formula {
                        formulas += 1
                        let number = isHidden ? SheetLimit.hidden : Double(shortest: value)
                        if number.isFinite {
                            sheet.write(text, at: place, value: number, isHidden ? hidden : usual)
                        } else {
                            sheet.write(text, at: place, value: "\(value)", usual)
                        }
                    } else {
                        missing += 1
                        if value.isFinite || isHidden {
                            sheet.write(
                                isHidden ? SheetLimit.hidden : Double(shortest: value), at: place,
                                isHidden ? hidden : given)
                        } else {
                            sheet.write("\(value)", at: place, usual)
                        }
                    }
                    flat += advance(&index, strides)
                }
                if let from = seen {
                    join(&visible, CellRange(first: from, last: CellPlace(place.row, place.column)))
                }
            }
        }
        return (formulas, missing)
    }

    /// Rows of full width under each other are one range.
    private func join(_ ranges: inout [CellRange], _ range: CellRange) {
        if let last = ranges.last, last.last.row == range.first.row - 1, last.first.column == range.first.column,
            last.last.column == range.last.column
        {
            ranges[ranges.count - 1].last = range.last
        } else {
            ranges.append(range)
        }
    }

    /// One column on. - Returns: how far that is in memory.
    private func advance(_ index: inout [Int], _ strides: [Int]) -> Int {
        var moved = 0
        for axis in grid.acrossAxes.reversed() {
            index[axis] += 1
            moved += strides[axis]
            if index[axis] < grid.window[axis].upperBound { return moved }
            moved -= grid.window[axis].count * strides[axis]
            index[axis] = grid.window[axis].lowerBound
        }
        return moved
    }
}
