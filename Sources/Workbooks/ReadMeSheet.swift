import Drawing
import Subjects
import Tensors
import Tracing
import Wording

/// The first sheet: the tokens, what follows them, how it is read, and what there is.
struct ReadMeSheet {
    /// The row of the first table.
    static let top = 4
    /// How many of the likeliest tokens stand beside each.
    private static let guesses = 3

    private let book: Workbook
    private let sheet: XLSXSheet
    /// Whether all cells of a step are formulas.
    private let isComplete: [Int: Bool]
    private let file: XLSXFile
    private let bold: CellLook
    private let muted: CellLook
    private let link: CellLook

    init(_ book: Workbook, _ sheet: XLSXSheet, _ isComplete: [Int: Bool], _ file: XLSXFile) {
        (self.book, self.sheet, self.isComplete, self.file) = (book, sheet, isComplete, file)
        bold = file.look(CellStyle(isBold: true))
        muted = file.look(CellStyle(ink: book.theme.muted))
        link = file.look(CellStyle(ink: book.theme.positive, isLink: true))
    }

    /// - Returns: how many formulas it has.
    func write(_ contents: Workbook.Contents) -> Int {
        sheet.tab(book.theme.highlight)
        sheet.widths(24, columns: 0...0)
        sheet.widths(16, columns: 1...1)
        sheet.widths(12, columns: 2...2)
        sheet.widths(14, columns: 3...12)
        let name = book.trace.model.name.isEmpty ? "Glassformer" : book.trace.model.name
        let title = WorkbookText.title.phrase.filled(["model": Phrase(name)])
        sheet.write(
            title[book.language], at: CellPlace(0, 0), file.look(CellStyle(isBold: true, size: 16, ink: book.theme.ink))
        )
        sheet.write(book.title, at: CellPlace(1, 0), muted)
        let intro =
            book.selection.isWhole
            ? WorkbookText.intro.phrase
            : WorkbookText.introPart.phrase.filled(["options": Phrase(book.selection.text)])
        sheet.write(intro[book.language], at: CellPlace(2, 0))
        var formulas = 0
        for table in book.tokens.tables { formulas += write(table) }
        var row = book.tokens.end(top: Self.top)
        formulas += writeResults(&row)
        writeReading(&row, contents)
        writeContents(&row)
        return formulas
    }

    // MARK: Tokens

    private func write(_ table: TokenRows.Table) -> Int {
        var formulas = 0
        let step = book.trace.steps[table.step]
        let isLive = book.selection.isWhole
        sheet.write(
            "\(book.say(.tokens)) · \(step.name.description)", at: CellPlace(table.title, 0), bold)
        let heading = file.look(CellStyle(ink: book.theme.muted, ground: book.theme.panel))
        for (column, text) in [WorkbookText.position, .token, .id].enumerated() {
            sheet.write(book.say(text), at: CellPlace(table.title + 1, column), heading)
        }
        let shares = shares(beside: step)
        if shares != nil {
            for guess in 0..<Self.guesses {
                sheet.write(
                    WorkbookText.guess.numbered(guess + 1)[book.language],
                    at: CellPlace(table.title + 1, 3 + 2 * guess), heading)
                sheet.write(book.say(.probability), at: CellPlace(table.title + 1, 4 + 2 * guess), heading)
            }
        }
        let given = file.look(CellStyle(numbers: "0", isBold: true, ground: isLive ? Color(0xFFF3C4) : nil))
        for row in table.rows {
            let position = step.shape[0] > 1 ? "\(row.index[0]), \(row.index[1])" : "\(row.index[1])"
            sheet.write(position, at: CellPlace(row.row, 0), muted)
            let word = book.tokens.word(row.id)
            if let range = book.vocabularyRange {
                sheet.write(
                    "INDEX(\(range),C\(row.row + 1)+1)", at: CellPlace(row.row, 1), value: word,
                    file.look(CellStyle(isBold: true, ink: book.theme.accent(.token))))
                formulas += 1
            } else {
                sheet.write(
                    word, at: CellPlace(row.row, 1), file.look(CellStyle(isBold: true, ink: book.theme.accent(.token))))
            }
            sheet.write(Double(row.id), at: CellPlace(row.row, 2), given)
            if let shares { formulas += writeGuesses(shares, row) }
        }
        if let shares, let first = table.rows.first, let last = table.rows.last {
            _ = shares
            sheet.colour(
                (0..<Self.guesses).map {
                    CellRange(first: CellPlace(first.row, 4 + 2 * $0), last: CellPlace(last.row, 4 + 2 * $0))
                }, by: .probability, book.theme,
                file.look(CellStyle(ink: book.theme.paper, isCondition: true)))
        }
        return formulas
    }

    /// The likeliest tokens at a place, found anew whenever probabilities change.
    private func writeGuesses(_ shares: WorkbookPlan.Sheet, _ row: TokenRows.Row) -> Int {
        let step = book.trace.steps[shares.place]
        guard let line = shares.grid.row(row.index), !line.isRow || line.count == 1 else { return 0 }
        let numbers = step.tensor.line(row.index)
        let best = numbers.indices.sorted { (numbers[$0], $1) > (numbers[$1], $0) }.prefix(Self.guesses)
        let words = "\(line.sheet)$A$\(line.start.row + 1):$A$\(line.end.row + 1)"
        for (guess, id) in best.enumerated() {
            let place = CellPlace(row.row, 4 + 2 * guess)
            sheet.write(
                "INDEX(\(words),MATCH(\(place.text),\(line.text),0))", at: CellPlace(row.row, 3 + 2 * guess),
                value: book.tokens.word(id))
            sheet.write(
                "LARGE(\(line.text),\(guess + 1))", at: place, value: Double(shortest: numbers[id]),
                file.look(CellStyle(numbers: "0.0000")))
        }
        return 2 * best.count
    }

    /// The probabilities that the tokens of a step lead to.
    private func shares(beside tokens: Step) -> WorkbookPlan.Sheet? {
        guard tokens.name.stack != .encoder else { return nil }
        return book.plan.sheets.first { sheet in
            let step = book.trace.steps[sheet.place]
            return [Label.probabilities, .maskedProbabilities].contains(step.name.label)
                && step.name.pass == tokens.name.pass && step.name.part == tokens.name.part
                && step.name.worker == tokens.name.worker && step.axes.last == .vocabulary
                && !step.name.isGradient && step.shape.lead == tokens.shape
        }
    }

    // MARK: Results

    /// Small steps that nothing reads, and the loss: what the run was for.
    private func writeResults(_ row: inout Int) -> Int {
        var isRead = Set<Int>()
        for step in book.trace.steps where !step.name.isGradient { isRead.formUnion(step.inputs) }
        let found = book.plan.sheets.filter { sheet in
            let step = book.trace.steps[sheet.place]
            guard !step.isSource, !step.name.isGradient, step.tensor.count <= 12 else { return false }
            return step.name.label == .loss || !isRead.contains(sheet.place)
        }.prefix(24)
        guard !found.isEmpty else { return 0 }
        sheet.write(book.say(.result), at: CellPlace(row, 0), bold)
        row += 1
        var formulas = 0
        for each in found {
            let step = book.trace.steps[each.place]
            sheet.link(each.name, to: each.name, at: CellPlace(row, 0), link)
            let isOfClasses = step.name.label == .classProbabilities
            for (count, index) in step.shape.indices.enumerated() where step.tensor[flat: count].isFinite {
                if isOfClasses, book.trace.model.classNames.indices.contains(count) {
                    sheet.write(book.trace.model.classNames[count], at: CellPlace(row, 1 + count), muted)
                }
                sheet.write(
                    each.grid.cell(index), at: CellPlace(row + (isOfClasses ? 1 : 0), 1 + count),
                    value: Double(shortest: step.tensor[flat: count]), file.look(CellStyle(numbers: "0.000000")))
                formulas += 1
            }
            row += isOfClasses ? 2 : 1
        }
        row += 1
        return formulas
    }

    // MARK: Words

    private func writeReading(_ row: inout Int, _ contents: Workbook.Contents) {
        sheet.write(book.say(.howTo), at: CellPlace(row, 0), bold)
        row += 1
        var lines = [WorkbookText.readCell, .readColours].map { book.say($0) }
        let hasHidden = book.plan.sheets.contains { book.trace.steps[$0.place].operation is any MaskOperation }
        if hasHidden { lines.append(book.say(.readHidden)) }
        lines.append(book.say(.readNames))
        if !contents.withoutFormula.isEmpty {
            let names = contents.withoutFormula.prefix(6).map { $0.description }.joined(separator: ", ")
            let more = contents.withoutFormula.count > 6 ? " …" : ""
            lines.append(
                WorkbookText.readUnknown.phrase.filled([
                    "count": Phrase(String(contents.withoutFormula.count)), "names": Phrase(names + more),
                ])[book.language])
        }
        for line in lines {
            sheet.write(line, at: CellPlace(row, 0))
            row += 1
        }
        row += 1
    }

    private func writeContents(_ row: inout Int) {
        sheet.write(book.say(.contents), at: CellPlace(row, 0), bold)
        row += 1
        let heading = file.look(CellStyle(ink: book.theme.muted, ground: book.theme.panel))
        let columns: [(WorkbookText, Int)] = [(.sheet, 0), (.kind, 1), (.shape, 3), (.operation, 5), (.what, 7)]
        for column in 0...10 { sheet.write("", at: CellPlace(row, column), heading) }
        for (text, column) in columns { sheet.write(book.say(text), at: CellPlace(row, column), heading) }
        row += 1
        if let name = book.plan.vocabulary {
            sheet.link(name, to: name, at: CellPlace(row, 0), link)
            sheet.write(book.say(.given), at: CellPlace(row, 1), muted)
            row += 1
        }
        for each in book.plan.sheets {
            let step = book.trace.steps[each.place]
            sheet.link(each.name, to: each.name, at: CellPlace(row, 0), link)
            sheet.write(kind(of: each, step), at: CellPlace(row, 1), muted)
            sheet.write(step.shape.description, at: CellPlace(row, 3))
            sheet.write(step.operation.name, at: CellPlace(row, 5))
            sheet.write(book.words(step.name), at: CellPlace(row, 7))
            row += 1
        }
    }

    private func kind(of sheet: WorkbookPlan.Sheet, _ step: Step) -> String {
        if isComplete[sheet.place] == true { return book.say(.formulas) }
        if step.isSource { return book.say(.given) }
        return book.say(book.selection.isWhole || book.selection.holds(step) ? .noFormula : .constants)
    }
}
