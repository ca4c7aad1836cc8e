import Subjects
import Tensors
import Testing
import Tracing
import Wording

@testable import Workbooks

/// Runs as spreadsheets: formulas are those of the operations, names are ones that spreadsheets take, and a file is the
/// same bytes whenever it is written. Whether LibreOffice calculates the trace's numbers of them,
/// `fixtures/workbook_agrees.py` tells.
@Suite struct WorkbookTests {
    private static func workbook(_ lines: String, _ selection: WorkbookSelection = WorkbookSelection()) throws
        -> Workbook
    {
        try Workbook(
            TracedText(trace: try Calculation([lines]).trace), title: lines, selection: selection, language: .english)
    }

    /// The formula of a step's cell.
    private static func formula(_ book: Workbook, _ step: String, _ index: [Int]) throws -> String? {
        let place = try #require(book.trace.place(of: StepName(step)))
        let number = try #require(book.plan.numbers[place])
        return book.formula(book.plan.sheets[number])?.cell(index)
    }

    @Test(arguments: [
        ("p = softmax([90, 80, 70])", "p", [1], "EXP('p.input'!C6-B6)/C6"),
        ("y = [[1, 2], [3, 4]] @ [[1, 0.5], [0, 1]]", "y", [0, 1], "SUM(MMULT('y.factor1'!B6:C6,'y.factor2'!C6:C7))"),
        ("y = [1, 2] + [3, 4]", "y", [1], "'y.term1'!C6+'y.term2'!C6"),
        ("y = relu([1, -2])", "y", [1], "MAX('y.input'!C6,0)"),
        ("y = gelu([1, -2])", "y", [0], "(('y.input'!B6)*0.5*(1+ERF(('y.input'!B6)/SQRT(2))))"),
        ("y = sigmoid([1, -2])", "y", [0], "(1/(1+EXP(0-('y.input'!B6))))"),
        ("t = [[1, 2], [3, 4]]^T", "t", [1, 0], "'t.input'!C6"),
    ])
    func formulas(_ lines: String, _ step: String, _ index: [Int], _ expected: String) throws {
        let book = try Self.workbook(lines)
        let found = try Self.formula(book, step, index)
        // What stands inside an expression is named by the calculation.
        #expect(found == expected)
    }

    @Test func terms() {
        let row = Grid(sheet: "'a'!", shape: [2, 3], axes: [.position, .width], window: [0..<2, 0..<3])
        let table = Grid(sheet: "'w'!", shape: [3, 4], axes: [.width, .hidden], window: [0..<3, 0..<4])
        let writer = ExpressionFormula(inputs: [row, table])
        func cell(_ input: Int, _ index: Int...) -> Expression { .cell(input: input, index) }
        let products = (0..<3).map { Expression.product([cell(0, 1, $0), cell(1, $0, 2)]) }
        #expect(writer.text(.sum(products)) == "SUM(MMULT('a'!B7:D7,'w'!D6:D8))")
        let squares = (0..<3).map { Expression.product([cell(0, 1, $0), cell(0, 1, $0)]) }
        #expect(writer.text(.sum(squares)) == "SUMSQ('a'!B7:D7)")
        let exponentials = (0..<3).map { Expression.function(.exp, [cell(0, 0, $0)]) }
        #expect(writer.text(.function(.log, [.sum(exponentials)])) == "LN(SUMPRODUCT(EXP('a'!B6:D6)))")
        #expect(writer.text(.function(.mean, (0..<3).map { cell(0, 0, $0) })) == "AVERAGE('a'!B6:D6)")
        #expect(
            writer.text(.product([.difference(cell(0, 0, 0), .constant(1)), .constant(-2)])) == "('a'!B6-1)*(-2)")
    }

    /// Going back: `dW = xᵀ dy` down the positions, a mask's gradient, the loss's own.
    @Test func gradients() throws {
        let recorder = Recorder()
        let x = try recorder.source(
            Tensor([1, 2, 2], [1, 2, 3, 4]), .constant, as: Label(rawValue: "x"), axes: [.batch, .position, .width])
        let w = try recorder.source(
            Tensor([2, 2], [1, 0, 0, 1]), .parameter, as: Label(rawValue: "w"), axes: [.width, .hidden])
        let y = try recorder.apply(Linear(), x, w, as: Label(rawValue: "y"), axes: [.batch, .position, .hidden])
        let z = try recorder.source(
            Tensor([1, 2, 2], repeating: 0), .constant, as: Label(rawValue: "z"), axes: [.batch, .position, .hidden])
        _ = try recorder.apply(SquaredError(), y, z, as: .loss, axes: [])
        let trace = try recorder.trace().withGradients(of: StepName(.loss))
        let book = try Workbook(TracedText(trace: trace), title: "", language: .chinese)
        #expect(try Self.formula(book, "w.grad", [0, 1]) == "SUMPRODUCT('x'!B6:B7,'y.grad'!C6:C7)")
        #expect(try Self.formula(book, "x.grad", [0, 1, 0]) == "SUMPRODUCT('y.grad'!B7:C7,'w'!B6:C6)")
        #expect(try Self.formula(book, "loss.grad", []) == "1")
    }

    @Test func sheetNames() {
        var names = SheetNames()
        #expect(names.sheet(StepName("blocks.0.attn.q")) == "L0.attn.q")
        #expect(names.sheet(StepName("Blocks.0.attn.q")) == "Blocks.0.attn.q")
        #expect(names.sheet(StepName("l0.attn.q")) == "l0.attn.q~2")
        #expect(names.sheet("a/b:c*[d]?'e'") == "a_b_c__d___e_")
        let long = "generated.12.decoder.blocks.3.cross_attn.attn_scores_unmasked"
        #expect(names.sheet(StepName(long)).utf16.count <= SheetLimit.name)
        #expect(names.sheet(StepName(long + ".grad")).utf16.count <= SheetLimit.name)
    }

    @Test(arguments: [
        ("blocks.0.attn.pattern", "blocks.0.attn.pattern"), ("w1", "w1_"), ("r", "r_"), ("R1C1", "R1C1_"),
        ("2x", "_2x"), ("a b", "a_b"), ("词", "词"),
    ])
    func rangeNames(_ step: String, _ expected: String) {
        var names = SheetNames()
        #expect(names.range(StepName(step)) == expected)
        #expect(names.range(StepName(step)) == expected + "_")
    }

    @Test func columns() {
        #expect([0, 25, 26, 701, 702, 16_383].map(CellPlace.columnName) == ["A", "Z", "AA", "ZZ", "AAA", "XFD"])
    }

    /// Heads lie side by side, the vocabulary goes down, scores are a block a head.
    @Test func places() {
        let q = Grid(
            sheet: "", shape: [1, 3, 2, 4], axes: [.batch, .position, .head, .headWidth],
            window: [0..<1, 0..<3, 0..<2, 0..<4])
        #expect(q.lines([0, 2, 0, 0], over: 2..<4, merged: q.merging(2..<4)).map(\.text) == ["B9:I9"])
        let logits = Grid(
            sheet: "", shape: [1, 3, 50], axes: [.batch, .position, .vocabulary], window: [0..<1, 0..<3, 0..<50])
        #expect(logits.row([0, 2])?.text == "D6:D55")
        let scores = Grid(
            sheet: "", shape: [1, 2, 3, 3], axes: [.batch, .head, .query, .key], window: [0..<1, 0..<2, 0..<3, 0..<3])
        #expect(scores.row([0, 1, 0])?.text == "B13:D13")
    }

    @Test func refusals() throws {
        let large = Tensor([3_000, 1_000], repeating: 0)
        let recorder = Recorder()
        let x = try recorder.source(large, .constant, as: Label(rawValue: "x"), axes: [.position, .width])
        _ = try recorder.apply(Activation(.relu), x, as: Label(rawValue: "y"), axes: [.position, .width])
        let traced = TracedText(trace: recorder.trace())
        let error = #expect(throws: Failure.self) { try Workbook(traced, title: "", language: .english) }
        #expect(error?.explanation.english.contains("6000000 cells") == true)
        #expect(throws: Failure.self) { try Self.workbook("y = relu([1])", WorkbookSelection(layer: 3)) }
        #expect(throws: Failure.self) { try Self.workbook("y = relu([1])", WorkbookSelection(steps: [Glob("z*")])) }
    }

    @Test func theSameBytes() throws {
        let book = try Self.workbook("p = softmax([[3, 2, 1], [0, 1, 0]]); q = p @ [[1], [2], [3]]")
        let (first, second) = (try book.file(), try book.file())
        #expect(first.bytes == second.bytes)
        #expect(first.bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]))
        #expect(first.contents.withoutFormula.isEmpty)
        #expect(first.contents.formulas == 2 * 3 + 2 + 2)
    }
}
