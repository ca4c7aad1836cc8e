import Platform
import Tensors
import Wording

/// The rows of a position table from `start` on, the same for each text of the batch:
/// `[context, width]` → `[batch, position, width]`.
public final class PositionRows: CheckedOperation {
    public static let name = "position_rows"
    public var precision: PrecisionPolicy { .moves }
    public let start: Int
    public let count: Int
    public let batch: Int

    public init(start: Int, count: Int, batch: Int) {
        self.start = start
        self.count = count
        self.batch = batch
    }

    public init(attributes: Attributes) throws(Failure) {
        start = try attributes.integer("start", of: Self.name)
        count = try attributes.integer("count", of: Self.name)
        batch = try attributes.integer("batch", of: Self.name)
    }

    public var attributes: Attributes {
        Attributes([
            "start": .number(Double(start)), "count": .number(Double(count)), "batch": .number(Double(batch)),
        ])
    }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 2, count >= 0, batch >= 0 else {
            throw mismatch("[context, width]", inputs)
        }
        let rows = inputs[0][0]
        guard start >= 0, count <= rows, start <= rows - count else {
            let last = start.addingReportingOverflow(count - 1)
            throw .row(start < 0 ? start : last.overflow ? .max : last.partialValue, rows: rows, operation: Self.name)
        }
        return [batch, count, inputs[0][1]]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        let rows = try inputs[0].entries(start..<start + count)
        return Tensor(shape) { target in
            rows.withUnsafeBuffer { source in
                guard let y = target.baseAddress, let x = source.baseAddress else { return }
                for entry in 0..<batch { (y + entry * rows.count).update(from: x, count: rows.count) }
            }
        }
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let width = pass.inputs[0].shape[1]
        let sum = pass.upstream.summedRows(into: [count, width])
        var gradient = Tensor(pass.inputs[0].shape, repeating: 0)
        gradient.mutate { target in
            sum.withUnsafeBuffer { source in
                for place in source.indices { target[start * width + place] = source[place] }
            }
        }
        return [gradient]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .cell(input: 0, [start + index[1], index[2]])
    }

    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        guard index[0] >= start, index[0] < start + count else { return .constant(0) }
        return pass.total((0..<batch).map { pass.upstream([$0, index[0] - start, index[1]]) })
    }
}

/// Sine and cosine positions (Vaswani et al. 2017, section 3.5): `PE(pos, 2i) = sin(pos / 10000^(2i/d))`,
/// `PE(pos, 2i+1) = cos(pos / 10000^(2i/d))` → `[position, width]`, dimensions counted from zero; in Marian's layout
/// all sines come first, then all cosines.
public final class SinusoidalPositions: CheckedOperation {
    public static let name = "sinusoidal_positions"
    public var precision: PrecisionPolicy { .full }
    public let count: Int
    public let width: Int
    /// Whether the sines lie in the first half and the cosines in the second, instead of side by side.
    public let inHalves: Bool

    public init(count: Int, width: Int, inHalves: Bool = false) {
        self.count = count
        self.width = width
        self.inHalves = inHalves
    }

    public init(attributes: Attributes) throws(Failure) {
        count = try attributes.integer("count", of: Self.name)
        width = try attributes.integer("width", of: Self.name)
        inHalves =
            attributes.values["in_halves"] == nil ? false : try attributes.integer("in_halves", of: Self.name) != 0
    }

    public var attributes: Attributes {
        var values: [String: Attributes.Value] = ["count": .number(Double(count)), "width": .number(Double(width))]
        if inHalves { values["in_halves"] = .number(1) }
        return Attributes(values)
    }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.isEmpty, count >= 0, width >= 0 else { throw mismatch("no inputs", inputs) }
        return [count, width]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        Tensor(shape) { target in
            for position in 0..<count {
                for column in 0..<width {
                    let angle = Double(position) / divisor(column)
                    target[position * width + column] = Float(isSine(column) ? sin(angle) : cos(angle))
                }
            }
        }
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .function(
            isSine(index[1]) ? .sin : .cos,
            [.quotient(.constant(Double(index[0])), .constant(divisor(index[1])))])
    }

    private var sines: Int { (width + 1) / 2 }
    private func isSine(_ column: Int) -> Bool { inHalves ? column < sines : column % 2 == 0 }

    private func divisor(_ column: Int) -> Double {
        let pair = inHalves ? (column < sines ? column : column - sines) : column / 2
        return pow(10_000, Double(2 * pair) / Double(width))
    }
}
