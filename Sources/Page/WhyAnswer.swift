import Drawing
import Figures
import Reading
import Subjects
import Tensors
import Tracing
import Wording

/// How one number came to be: the trace's own account of it, with words for every operand.
struct WhyAnswer {
    private let request: FigureRequest
    private let run: TextRun
    private let words: CellWords

    /// Beyond so many operands they get no words of their own: a page names the largest few.
    private static let mostNamed = 200

    private var trace: Trace { run.trace }

    init(request: FigureRequest, run: TextRun) {
        self.request = request
        self.run = run
        words = CellWords(trace: run.trace, tokenizer: request.tokenizer, language: request.language)
    }

    /// - Throws: what ``Trace/explain(_:at:)`` throws.
    func write(_ name: StepName, _ index: [Int], to json: inout JSONWriter) throws(Failure) {
        let account = try trace.explain(name, at: index)
        let step = try trace.step(name)
        let inputs = step.inputs.map { trace.steps[$0] }
        json.object { json in
            json.member("index", index)
            json.member("value", account.value)
            json.member("title", words.title(step, at: index))
            json.member("place", words.place(step, at: index))
            let sentences = [
                OperationWords.phrase(step, at: index, in: trace), OperationWords.fault(step, at: index, in: trace),
            ].compactMap { $0?[request.language] }
            json.member("sentence", sentences.joined(separator: request.language == .english ? " " : ""))
            json.object("step") { json in describe(step, &json) }
            json.member("figures", Array(Stages.showing(name, at: index, step, in: run).prefix(4)))
            readers(step, &json)
            guard !step.isSource else { return }
            json.member("letters", CellFormula.letters(account).mathML())
            let cells = account.expression.cells
            json.array("inputs") { json in
                for (place, input) in inputs.enumerated() {
                    let own = cells.filter({ $0.input == place }).map({ $0.index })
                    json.object { json in
                        describe(input, &json)
                        json.member("heading", words.heading(input, own))
                    }
                }
            }
            json.key("tree")
            let leaves = Leaves(isNamed: cells.count <= Self.mostNamed, varying: varying(inputs, cells))
            tree(account.expression, inputs, &json, leaves)
        }
    }

    private func describe(_ step: Step, _ json: inout JSONWriter) {
        json.member("name", step.name.description)
        json.member("words", StepWords.phrase(step.name)[request.language])
        json.member("role", String(StepWords.role(step.name).rawValue.map { $0 == " " ? "-" : $0 }))
        json.member("operation", step.operation.name)
        json.member("kind", step.isParameter ? "parameter" : step.isSource ? "given" : "computed")
        json.member("shape", step.shape.dimensions)
        json.member("axes", step.axes.map { $0.rawValue })
    }

    /// What is said of an operand besides its value.
    private struct Leaves {
        var isNamed: Bool
        /// The inputs whose cells belong to several tokens, as in a weighted sum.
        var varying: Set<Int>
    }

    private func varying(_ inputs: [Step], _ cells: [(input: Int, index: [Int])]) -> Set<Int> {
        var first: [Int: [Int]] = [:]
        var found: Set<Int> = []
        for cell in cells where inputs.indices.contains(cell.input) && !found.contains(cell.input) {
            guard let known = first[cell.input] else {
                first[cell.input] = cell.index
                continue
            }
            for axis in [Axis.key, .position] {
                guard let place = inputs[cell.input].axes.firstIndex(of: axis) else { continue }
                if cell.index[place] != known[place] { found.insert(cell.input) }
            }
        }
        return found
    }

    /// The arithmetic as a tree: an operand has `i` (which input), `at`, its words `w`, and its token `t` where its
    /// neighbours belong to others; a constant `k`; a node `o` (what it does) and
    /// `x` (to what); `v` is the value of each.
    private func tree(
        _ expression: Expression, _ inputs: [Step], _ json: inout JSONWriter, _ leaves: Leaves
    ) {
        json.object { json in
            switch expression {
            case .cell(let input, let index):
                json.member("i", input)
                json.member("at", index)
                guard inputs.indices.contains(input) else { break }
                if leaves.isNamed { json.member("w", words.title(inputs[input], at: index)) }
                if leaves.varying.contains(input), let token = words.ownToken(inputs[input], at: index) {
                    json.member("t", token)
                }
            case .constant(let constant): json.member("k", constant)
            case .sum(let parts): node("+", parts, inputs, &json, leaves)
            case .product(let parts): node("*", parts, inputs, &json, leaves)
            case .difference(let left, let right): node("-", [left, right], inputs, &json, leaves)
            case .quotient(let left, let right): node("/", [left, right], inputs, &json, leaves)
            case .function(let function, let parts): node(function.rawValue, parts, inputs, &json, leaves)
            }
            json.member("v", value(expression, inputs))
        }
    }

    private func node(
        _ name: String, _ parts: [Expression], _ inputs: [Step], _ json: inout JSONWriter, _ leaves: Leaves
    ) {
        json.member("o", name)
        json.array("x") { json in for part in parts { tree(part, inputs, &json, leaves) } }
    }

    private func value(_ expression: Expression, _ inputs: [Step]) -> Double {
        expression.value { input, index in
            guard inputs.indices.contains(input) else { return .nan }
            return Double(inputs[input].tensor.cell(index) ?? .nan)
        }
    }

    private func readers(_ step: Step, _ json: inout JSONWriter) {
        json.array("readers") { json in
            guard let place = trace.place(of: step.name) else { return }
            for reader in trace.steps where reader.inputs.contains(place) && !reader.name.isGradient {
                json.object { json in describe(reader, &json) }
            }
        }
    }
}

/// Where one number goes: the cells of a step that read it.
struct ReadersAnswer {
    let trace: Trace
    let words: CellWords

    /// How many cells are named at most, the last token's first.
    private static let mostNamed = 24

    /// - Throws: `TracingError.unknownStep(_:nearest:)`, `TracingError.index(step:index:shape:)`.
    func write(_ name: StepName, _ index: [Int], _ reader: StepName, to json: inout JSONWriter) throws(Failure) {
        _ = try trace.cell(name, at: index)
        let target = try trace.step(reader)
        let found = trace.cells(of: target, reading: name, at: index)
        json.object { json in
            json.array("cells") { json in
                for cell in found.cells.suffix(Self.mostNamed).reversed() {
                    json.object { json in
                        json.member("index", cell)
                        json.member("title", words.title(target, at: cell))
                        json.member("value", Double(target.tensor.cell(cell) ?? .nan))
                    }
                }
            }
            json.member("isAll", found.isAll && found.cells.count <= Self.mostNamed)
        }
    }
}
