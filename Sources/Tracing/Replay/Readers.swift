import Tensors
import Wording

/// Which cells read a cell: how one number goes on, the way forward to the probabilities.
public struct Readers: Sendable {
    /// One of them.
    public struct Reader: Sendable, Hashable {
        public let step: StepName
        public let index: [Int]
        public let value: Double
    }

    /// In the trace's order; of many the first.
    public internal(set) var listed: [Reader] = []
    /// How many were found.
    public internal(set) var total = 0
    /// Whether these are all: a search among millions of cells ends before its time.
    public internal(set) var isAll = true
}

extension Trace {
    /// Which cells read a cell.
    ///
    /// - Parameter limit: how many are listed; the rest is counted.
    /// - Throws: ``TracingError/unknownStep(_:nearest:)``, ``TracingError/index(step:index:shape:)``.
    public func readers(of name: StepName, at index: [Int], limit: Int = 64) throws(Failure) -> Readers {
        _ = try cell(name, at: index)
        var readers = Readers()
        for step in steps {
            let found = cells(of: step, reading: name, at: index)
            readers.total += found.cells.count
            readers.isAll = readers.isAll && found.isAll
            for cell in found.cells.prefix(max(limit - readers.listed.count, 0)) {
                readers.listed.append(
                    .init(step: step.name, index: cell, value: Double(step.tensor.cell(cell) ?? .nan)))
            }
        }
        return readers
    }

    /// The cells of one step that read a cell of another, in memory order, and whether these are all.
    package func cells(of reader: Step, reading name: StepName, at index: [Int]) -> (cells: [[Int]], isAll: Bool) {
        guard let place = place(of: name), reader.inputs.contains(place) else { return ([], true) }
        let inputs = reader.inputs.map { steps[$0].tensor }
        guard !reader.isSource, reader.fits(inputs) else { return ([], true) }
        var search = ReaderSearch()
        var cells: Set<[Int]> = []
        for slot in reader.inputs.indices where reader.inputs[slot] == place {
            cells.formUnion(search.cells(reader.operation, inputs, reader.tensor, reading: slot, at: index))
        }
        return (cells.sorted { $0.lexicographicallyPrecedes($1) }, search.isAll)
    }
}

/// Looks for the cells of an operation's output that read a cell of an input.
///
/// What comes back to a number comes through the cells that read it: the gradient's arithmetic names them, and nothing
/// has to be tried. Only of what has no gradient are cells asked one after the other, within bounds.
private struct ReaderSearch {
    var isAll = true
    /// How many operands are still looked at.
    private var operands = 400_000

    mutating func cells(
        _ operation: any Operation, _ inputs: [Tensor], _ output: Tensor, reading slot: Int, at index: [Int]
    ) -> [[Int]] {
        func arithmetic(_ cell: [Int]) -> Expression {
            operation.expression(at: cell, inputs: inputs, output: output)
        }
        if let likely = likely(operation, inputs, output, slot, index) {
            // Zeros that an expression leaves out are read by nobody; where there are few, it is asked.
            guard let first = likely.first, likely.count <= operands / max(arithmetic(first).cells.count, 1) else {
                return likely
            }
            return likely.filter { arithmetic($0).reads(slot, index) }
        }
        let shape = output.shape
        guard shape.count > 0 else { return [] }
        var range = 0..<shape.count
        // Where all are too many, an operation of cells that lie alike is taken for one that reads what lies alike.
        if shape.count > operands / max(arithmetic(shape.index(at: 0)).cells.count, 1),
            zip(shape.dimensions, inputs[slot].shape.dimensions).allSatisfy({ $0 == $1 })
        {
            range = shape.places(beginning: index)
        }
        var found: [[Int]] = []
        for cell in range.lazy.map({ shape.index(at: $0) }) {
            guard operands > 0 else {
                isAll = false
                break
            }
            let arithmetic = arithmetic(cell)
            operands -= arithmetic.cells.count + 1
            if arithmetic.reads(slot, index) { found.append(cell) }
        }
        return found
    }

    /// The cells that a gradient comes back through; nil where none does.
    private mutating func likely(
        _ operation: any Operation, _ inputs: [Tensor], _ output: Tensor, _ slot: Int, _ index: [Int]
    ) -> [[Int]]? {
        if let gradient = operation as? Gradient { return likely(gradient, inputs, slot, index) }
        guard operation.hasGradient(ofInput: slot) else { return nil }
        let pass = BackwardPass(inputs: inputs, output: output, upstream: Tensor(output.shape, repeating: 1))
        let arithmetic = operation.gradientExpression(ofInput: slot, at: index, pass: pass)
        return arithmetic.places(inputs.count + 1)
    }

    /// What reads a cell on the way back: whatever it was multiplied with on the way forward.
    private mutating func likely(_ gradient: Gradient, _ inputs: [Tensor], _ slot: Int, _ index: [Int]) -> [[Int]]? {
        var found: [[Int]] = []
        for (part, first, own) in gradient.passes(inputs, { ($0, $1, $2) }) ?? []
        where own.indices.contains(slot) {
            var reads = Array(own.prefix(part.count))
            // What is multiplied by zero on the way forward may be read on the way back.
            reads[part.input] = Tensor(reads[part.input].shape, repeating: 1)
            let output = own[own.endIndex - 2]
            let place = slot - first
            let outputs =
                place < part.count
                ? cells(part.operation, reads, output, reading: place, at: index) : [index]
            for cell in outputs {
                guard operands > 0 else {
                    isAll = false
                    break
                }
                let arithmetic = part.operation.expression(at: cell, inputs: reads, output: output)
                operands -= arithmetic.cells.count
                let beside = place < part.count ? arithmetic.derivative(by: place, index)?.places(part.input) : nil
                found += beside.flatMap { $0.isEmpty ? nil : $0 } ?? arithmetic.places(part.input)
            }
        }
        return found
    }
}

extension Shape {
    /// The flat places of the cells whose index begins with another index, or with which that one begins.
    fileprivate func places(beginning index: [Int]) -> Range<Int> {
        let known = index.prefix(rank)
        guard zip(known, dimensions).allSatisfy({ $0 < $1 }) else { return 0..<0 }
        let length = dimensions[known.count...].reduce(1, *)
        let start = zip(known, dimensions).reduce(0) { $0 * $1.1 + $1.0 } * length
        return start..<start + length
    }
}

extension Expression {
    fileprivate func reads(_ input: Int, _ index: [Int]) -> Bool {
        cells.contains { $0.input == input && $0.index == index }
    }

    /// The cells of one input that it reads, each once.
    fileprivate func places(_ input: Int) -> [[Int]] {
        var seen: Set<[Int]> = []
        return cells.compactMap { $0.input == input && seen.insert($0.index).inserted ? $0.index : nil }
    }
}
