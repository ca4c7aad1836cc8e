import Tensors

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The rows of a position table from `start` on, the same for each text of the batch:
/// `[context, width]` → `[batch, position, width]`.
public struct PositionRows: Operation {
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

    public init(attributes: Attributes) throws {
        start = try attributes.integer("start", of: Self.name)
        count = try attributes.integer("count", of: Self.name)
        batch = try attributes.integer("batch", of: Self.name)
    }

    public var attributes: Attributes {
        Attributes([
            "start": .number(Double(start)), "count": .number(Double(count)), "batch": .number(Double(batch)),
        ])
    }

    public func outputShape(_ inputs: [Shape]) throws(TensorError) -> Shape {
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

    public func evaluate(_ inputs: [Tensor]) throws -> Tensor {
        let shape = try outputShape(inputs.map(\.shape))
        let rows = try inputs[0].entries(start..<start + count)
        return Tensor(shape) { target in
            rows.withUnsafeBuffer { source in
                guard let y = target.baseAddress, let x = source.baseAddress else { return }
                for entry in 0..<batch { (y + entry * rows.count).update(from: x, count: rows.count) }
            }
        }
    }

    public func gradients(_ pass: BackwardPass) throws -> [Tensor?] {
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
}

/// Sine and cosine positions (Vaswani et al. 2017, section 3.5): `PE(pos, 2i) = sin(pos / 10000^(2i/d))`,
/// `PE(pos, 2i+1) = cos(pos / 10000^(2i/d))` → `[position, width]`, dimensions counted from zero.
public struct SinusoidalPositions: Operation {
    public static let name = "sinusoidal_positions"
    public var precision: PrecisionPolicy { .full }
    public let count: Int
    public let width: Int

    public init(count: Int, width: Int) {
        self.count = count
        self.width = width
    }

    public init(attributes: Attributes) throws {
        count = try attributes.integer("count", of: Self.name)
        width = try attributes.integer("width", of: Self.name)
    }

    public var attributes: Attributes {
        Attributes(["count": .number(Double(count)), "width": .number(Double(width))])
    }

    public func outputShape(_ inputs: [Shape]) throws(TensorError) -> Shape {
        guard inputs.isEmpty, count >= 0, width >= 0 else { throw mismatch("no inputs", inputs) }
        return [count, width]
    }

    public func evaluate(_ inputs: [Tensor]) throws -> Tensor {
        Tensor(try outputShape(inputs.map(\.shape))) { target in
            for position in 0..<count {
                for column in 0..<width {
                    let angle = Double(position) / divisor(column)
                    target[position * width + column] = Float(column % 2 == 0 ? sin(angle) : cos(angle))
                }
            }
        }
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .function(
            index[1] % 2 == 0 ? .sin : .cos,
            [.quotient(.constant(Double(index[0])), .constant(divisor(index[1])))])
    }

    private func divisor(_ column: Int) -> Double { pow(10_000, Double(column / 2 * 2) / Double(width)) }
}
