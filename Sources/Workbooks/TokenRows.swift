import Subjects
import Tensors
import Tokenizers
import Tracing

/// Where the first sheet has the tokens of a run, and what they are called.
struct TokenRows: Sendable {
    struct Row: Sendable {
        /// The step that the id belongs to, and its cell there.
        var step: Int
        var index: [Int]
        var id: Int
        /// The row of the first sheet.
        var row: Int
    }

    /// A table of rows of one step.
    struct Table: Sendable {
        var step: Int
        var title: Int
        var rows: [Row]
    }

    private(set) var tables: [Table] = []
    private let trace: Trace
    private let tokenizer: AnyTokenizer?

    /// - Parameter top: the row of the first table's title.
    init(_ trace: Trace, tokenizer: AnyTokenizer?, top: Int) {
        self.trace = trace
        self.tokenizer = tokenizer
        var row = top
        for (place, step) in trace.steps.enumerated()
        where step.isInteger && step.name.label == .tokens && step.shape.rank == 2 {
            let rows = step.shape.indices.enumerated().map { count, index in
                Row(step: place, index: index, id: step.tensor.id(at: index) ?? 0, row: row + 2 + count)
            }
            tables.append(Table(step: place, title: row, rows: rows))
            row += rows.count + 3
        }
    }

    /// The first row below.
    func end(top: Int) -> Int { tables.last.map { $0.title + $0.rows.count + 3 } ?? top }

    func table(of step: Int) -> Table? { tables.first { $0.step == step } }

    /// A token as people write it.
    func word(_ id: Int) -> String {
        if let tokenizer { return tokenizer.piece(id).display }
        if let known = (trace.tokens + trace.targetTokens).first(where: { $0.id == id }) { return known.display }
        return trace.vocabulary[id] ?? "#\(id)"
    }

    /// The tokens along an axis of a step, where that is what it counts; several texts side by side are numbered.
    func rows(along axis: Int, of step: Step) -> [Row]? {
        let kind = step.axes[axis]
        guard [.position, .query, .key].contains(kind), step.axes.first == .batch, step.shape[0] == 1 else {
            return nil
        }
        let isCrossed = step.name.label.rawValue.hasPrefix("cross_")
        let isOfSource =
            isCrossed && (kind == .key || [Label.key.crossed, Label.value.crossed].contains(step.name.label))
        let decoder: Stack = step.name.stack == .single && !trace.targetTokens.isEmpty ? .decoder : step.name.stack
        let stack: Stack = isOfSource ? .encoder : decoder
        let all = tables.filter { table in
            let name = trace.steps[table.step].name
            return name.stack == stack && name.part == step.name.part && name.worker == step.name.worker
                && (isOfSource || name.pass <= step.name.pass)
        }.flatMap { $0.rows }
        let count = step.shape[axis]
        // Queries are those of the pass itself, keys all so far; a cache holds keys at positions.
        guard all.count >= count else { return nil }
        return Array(isOfSource ? all.prefix(count)[...] : all.suffix(count))
    }
}

extension Tensor {
    /// The whole number in a cell.
    func id(at index: [Int]) -> Int? { cell(index).flatMap { Int(exactly: $0) } }
}
