import Drawing
import Subjects
import Tensors
import Tracing
import Wording

/// Which steps a workbook shows, each with its sheet, and whether it fits into a spreadsheet.
struct WorkbookPlan: Sendable {
    struct Sheet: Sendable {
        /// The step's place in the trace.
        let place: Int
        let name: String
        /// The step's name as a range of cells.
        let range: String
        let grid: Grid
        let helpers: [StepFormula.Helper]
        /// Whether its cells are to be formulas.
        let isLive: Bool
    }

    let sheets: [Sheet]
    /// The sheet of a step, by the step's place.
    let numbers: [Int: Int]
    let readMe: String
    /// The sheet of all tokens, where there is one.
    let vocabulary: String?

    /// How many cells and sheets a workbook has at most: more open only after minutes, if at all.
    static let mostCells = 2_500_000
    static let mostSheets = 900

    /// - Throws: ``WorkbookError``.
    init(_ trace: Trace, _ selection: WorkbookSelection, hasVocabulary: Bool, language: Language) throws(Failure) {
        try Self.check(selection, trace)
        let wanted = Self.steps(trace, selection)
        guard wanted.contains(where: { $0.isLive }) || selection.isWhole else {
            throw Failure(WorkbookError.nothing(asked: selection.text))
        }
        if let problem = Self.problem(trace, selection, wanted) { throw Failure(problem) }
        var names = SheetNames()
        readMe = names.sheet(WorkbookText.readMe.phrase[language])
        vocabulary = hasVocabulary ? names.sheet(WorkbookText.vocabulary.phrase[language]) : nil
        var (sheets, numbers): ([Sheet], [Int: Int]) = ([], [:])
        for (place, isLive) in wanted {
            let step = trace.steps[place]
            let name = names.sheet(step.name)
            let helpers = isLive ? StepFormula.helpers(of: step, in: trace) : ([], nil)
            let grid = Grid(
                sheet: "'" + name + "'!", shape: step.shape, axes: step.axes,
                window: Self.window(step, selection, trace), helpers: helpers.0.count, lines: helpers.1)
            numbers[place] = sheets.count
            sheets.append(
                Sheet(
                    place: place, name: name, range: names.range(step.name), grid: grid, helpers: helpers.0,
                    isLive: isLive))
        }
        (self.sheets, self.numbers) = (sheets, numbers)
    }

    private static func window(_ step: Step, _ selection: WorkbookSelection, _ trace: Trace) -> [Range<Int>] {
        selection.window(
            of: step,
            heads: selection.head == nil ? 0 : trace.headCount(layer: step.name.block ?? 0, stack: step.name.stack))
    }

    // MARK: What is shown

    private static func check(_ selection: WorkbookSelection, _ trace: Trace) throws(Failure) {
        if let layer = selection.layer, !trace.layers.contains(layer) {
            throw Failure(WorkbookError.noLayer(layer, known: trace.layers.last.map { (trace.layers.first ?? 0)...$0 }))
        }
        if let head = selection.head {
            let layers = selection.layer.map { [$0] } ?? trace.layers
            let most = layers.map { trace.headCount(layer: $0) }.max() ?? 0
            guard head < most else {
                throw Failure(WorkbookError.noHead(head, known: most > 0 ? 0...most - 1 : nil))
            }
        }
        for glob in selection.steps where !trace.steps.contains(where: { glob.matches($0.name.description) }) {
            throw Failure(WorkbookError.noStep(pattern: glob.pattern))
        }
    }

    /// Every step that is shown, in the trace's order. Of a part: what is asked for, and what that reads.
    private static func steps(_ trace: Trace, _ selection: WorkbookSelection) -> [(place: Int, isLive: Bool)] {
        let live = trace.steps.indices.map { place -> Bool in
            let step = trace.steps[place]
            let inputs = step.inputs.map { trace.steps[$0].tensor }
            return !step.isSource && step.fits(inputs) && selection.holds(step) && canCalculate(step)
        }
        guard !selection.isWhole else { return live.enumerated().map { ($0.offset, $0.element) } }
        var isRead = Array(repeating: false, count: live.count)
        for (place, step) in trace.steps.enumerated() where live[place] {
            for input in step.inputs { isRead[input] = true }
        }
        return live.indices.filter { live[$0] || isRead[$0] }.map { ($0, live[$0]) }
    }

    /// Whether spreadsheets have the functions for it: none rounds to half precision.
    static func canCalculate(_ step: Step) -> Bool {
        func rounds(_ operation: any Operation) -> Bool { (operation as? Cast).map { $0.format != .float32 } ?? false }
        if let gradient = step.operation as? Gradient {
            // The loss's own gradient is 1 and has no parts; what was recorded without its arithmetic has none either.
            guard !gradient.parts.isEmpty else { return step.tensor.count == 1 && step.tensor[flat: 0] == 1 }
            return !gradient.parts.contains { rounds($0.operation) }
        }
        return !rounds(step.operation)
    }

    // MARK: Sizes

    private static func problem(
        _ trace: Trace, _ selection: WorkbookSelection, _ wanted: [(place: Int, isLive: Bool)]
    ) -> WorkbookError? {
        guard let excess = excess(trace, selection, wanted) else { return nil }
        return .tooLarge(found: excess.found, most: excess.most, advice: advice(trace, selection))
    }

    /// What does not fit, and how much of it would.
    private static func excess(
        _ trace: Trace, _ selection: WorkbookSelection, _ wanted: [(place: Int, isLive: Bool)]
    ) -> (found: Phrase, most: Phrase)? {
        if wanted.count > mostSheets {
            return (WorkbookText.sheets.counting(wanted.count), WorkbookText.sheets.counting(mostSheets))
        }
        var cells = 0
        for (place, _) in wanted {
            let step = trace.steps[place]
            let grid = Grid(
                sheet: "", shape: step.shape, axes: step.axes, window: window(step, selection, trace), helpers: 4)
            if grid.end.row > SheetLimit.rows {
                return (WorkbookText.rows.counting(grid.end.row), WorkbookText.rows.counting(SheetLimit.rows))
            }
            if grid.end.column > SheetLimit.columns {
                return (
                    WorkbookText.columns.counting(grid.end.column), WorkbookText.columns.counting(SheetLimit.columns)
                )
            }
            cells += grid.cellCount
        }
        guard cells > mostCells else { return nil }
        return (WorkbookText.cells.counting(cells), WorkbookText.cells.counting(mostCells))
    }

    /// The least restriction that would fit: fewer words written, a layer, a head of it, a step.
    private static func advice(_ trace: Trace, _ selection: WorkbookSelection) -> Phrase {
        if selection.isWhole, let words = words(trace) {
            return WorkbookText.advice.phrase.filled(["options": Phrase("--tokens \(words)")])
        }
        var tries: [WorkbookSelection] = []
        let layer = selection.layer ?? trace.layers.first
        if selection.layer == nil, let layer {
            var other = selection
            other.layer = layer
            tries.append(other)
        }
        if let layer {
            var other = selection
            (other.layer, other.head) = (layer, selection.head ?? 0)
            tries.append(other)
        }
        for step in trace.steps where !step.isSource && selection.holds(step) && canCalculate(step) {
            var other = selection
            other.steps = [Glob(step.name.description)]
            if fits(trace, other) {
                tries.append(other)
                break
            }
        }
        guard let first = tries.first(where: { fits(trace, $0) }) else { return Phrase("") }
        return WorkbookText.advice.phrase.filled(["options": Phrase(first.text)])
    }

    /// How many words a run may write so that all of it fits; nil where it wrote none, or even one is too much.
    private static func words(_ trace: Trace) -> Int? {
        let passes = trace.steps.map { $0.name.pass }.max() ?? 0
        return (0..<max(passes, 0)).last { last in
            let shown = trace.steps.indices.filter { trace.steps[$0].name.pass <= last }.map { ($0, true) }
            return excess(trace, WorkbookSelection(), shown) == nil
        }.map { $0 + 1 }
    }

    private static func fits(_ trace: Trace, _ selection: WorkbookSelection) -> Bool {
        let wanted = steps(trace, selection)
        return wanted.contains { $0.isLive } && excess(trace, selection, wanted) == nil
    }
}
