import Drawing
import Platform
import Reading
import Subjects
import Synchronization
import Tensors
import Tokenizers
import Tracing
import Wording

/// A run as a spreadsheet whose cells are formulas: a sheet for each step, its numbers by the trace's own arithmetic.
///
/// The first sheet holds the tokens; a changed id changes all that follows. Values stand beside the formulas, so that it
/// opens right before anything is calculated.
package struct Workbook: Sendable {
    let trace: Trace
    let language: Language
    let title: String
    let selection: WorkbookSelection
    let plan: WorkbookPlan
    let tokens: TokenRows
    let theme = Theme.light
    let hasWords: Bool

    /// - Throws: ``WorkbookError``.
    package init(
        _ traced: TracedText, title: String, selection: WorkbookSelection = WorkbookSelection(), language: Language
    ) throws(Failure) {
        trace = traced.trace
        self.language = language
        self.title = title
        self.selection = selection
        tokens = TokenRows(traced.trace, tokenizer: traced.tokenizer, top: ReadMeSheet.top)
        hasWords = traced.tokenizer != nil || !traced.trace.vocabulary.isEmpty
        plan = try WorkbookPlan(
            traced.trace, selection,
            hasVocabulary: Self.vocabularySize(traced.trace, tokens, selection) > 0 && hasWords,
            language: language)
    }

    /// How many sheets and formulas it has, and which steps have none though they are computed.
    package struct Contents: Sendable {
        package var sheets = 0
        package var formulas = 0
        package var withoutFormula: [StepName] = []
    }

    /// Writes it into a file.
    /// - Parameter scratch: a folder for what grows on the way.
    /// - Throws: ``WorkbookError/file(path:reason:)``.
    package func write(to path: String, scratch: String) throws(Failure) -> Contents {
        let file = try XLSXFile(path, title: title, scratch: scratch)
        var contents = Contents()
        let readMe = try file.sheet(plan.readMe)
        var prepared: [(sheet: XLSXSheet, looks: SheetLooks)] = []
        for sheet in plan.sheets {
            let looks = SheetLooks(trace.steps[sheet.place], theme, file)
            prepared.append((try file.sheet(sheet.name), looks))
        }
        let written = Mutex([StepSheet.Formulas](repeating: StepSheet.Formulas(), count: prepared.count))
        let sheets = prepared
        sideBySide(sheets.count) { number in
            let formulas = StepSheet(self, plan.sheets[number], sheets[number].sheet, sheets[number].looks).write()
            written.withLock { $0[number] = formulas }
        }
        var drawn: [Int: Bool] = [:]
        for (sheet, formulas) in zip(plan.sheets, written.withLock { $0 }) {
            let step = trace.steps[sheet.place]
            contents.formulas += formulas.count
            drawn[sheet.place] = formulas.isComplete
            if !step.isSource, selection.isWhole || selection.holds(step), !formulas.isComplete {
                contents.withoutFormula.append(step.name)
            }
            file.define(sheet.range, as: sheet.grid.ranges(named: sheet.name))
        }
        if let name = plan.vocabulary { writeVocabulary(try file.sheet(name), file) }
        contents.sheets = plan.sheets.count + (plan.vocabulary == nil ? 1 : 2)
        contents.formulas += ReadMeSheet(self, readMe, drawn, file).write(contents)
        try file.close()
        return contents
    }

    // MARK: Words

    func say(_ text: WorkbookText) -> String { text.phrase[language] }

    /// What a step's numbers are, with its layer.
    func words(_ name: StepName) -> String {
        let words = StepWords.phrase(name)
        guard let block = name.block else { return words[language] }
        return WorkbookText.seen.phrase.filled(["layer": Phrase(String(block)), "step": words])[language]
    }

    /// How many tokens the vocabulary has; 0 where no token can be changed here.
    private static func vocabularySize(_ trace: Trace, _ tokens: TokenRows, _ selection: WorkbookSelection) -> Int {
        guard selection.isWhole, !tokens.tables.isEmpty else { return 0 }
        let table = trace.steps.first { $0.isParameter && $0.axes.first == .vocabulary && $0.shape.rank == 2 }
        let read = table ?? trace.steps.first { $0.operation is Embedding }.map { trace.steps[$0.inputs[0]] }
        return read.map { $0.shape[0] } ?? 0
    }

    var vocabularySize: Int { Self.vocabularySize(trace, tokens, selection) }

    /// The cells of the vocabulary's words.
    var vocabularyRange: String? {
        plan.vocabulary.map { "'\($0)'!$B$2:$B$\(vocabularySize + 1)" }
    }

    private func writeVocabulary(_ sheet: XLSXSheet, _ file: XLSXFile) {
        let (bold, muted) = (file.look(CellStyle(isBold: true)), file.look(CellStyle(ink: theme.muted)))
        sheet.tab(theme.accent(.token))
        sheet.widths(18, columns: 1...1)
        sheet.write(say(.id), at: CellPlace(0, 0), bold)
        sheet.write(say(.token), at: CellPlace(0, 1), bold)
        for id in 0..<vocabularySize {
            sheet.write(Double(id), at: CellPlace(id + 1, 0), muted)
            sheet.write(tokens.word(id), at: CellPlace(id + 1, 1))
        }
        sheet.freeze(CellPlace(1, 0))
    }
}

extension Grid {
    /// Its blocks, or what encloses them where they are many.
    func blocks(limit: Int = .max) -> [CellRange] {
        guard blockCount <= limit else {
            return [CellRange(first: first, last: CellPlace(end.row - 1, end.column - 1))]
        }
        return (0..<blockCount).map { block in
            let start = CellPlace(first.row + block * blockHeight, first.column)
            return CellRange(
                first: start, last: CellPlace(start.row + rowCount - 1, start.column + columnCount - 1))
        }
    }

    /// As a name's definition has them: at most 127 bytes, as libxlsxwriter keeps.
    func ranges(named name: String) -> String {
        func text(_ ranges: [CellRange]) -> String {
            ranges.map { "'\(name)'!" + $0.fixed }.joined(separator: ",")
        }
        let each = text(blocks(limit: 16))
        return each.utf8.count < 127 ? each : text(blocks(limit: 0))
    }
}
