import Tensors
import Wording

/// The sum of the squares along the last axis: `[…, n]` → `[…]`.
public final class SumOfSquares: UpdateOperation, PlainOperation {
    public static let name = "sum_of_squares"
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1, inputs[0].rank > 0 else { throw mismatch("[…, n]", inputs) }
        return inputs[0].lead
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        let length = inputs[0].shape[-1]
        return Tensor(shape) { target in
            inputs[0].withUnsafeBuffer { source in
                for row in target.indices {
                    var sum = 0.0
                    for cell in source[row * length..<(row + 1) * length] { sum += Double(cell) * Double(cell) }
                    target[row] = Float(sum)
                }
            }
        }
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let cells = rowCells(0, index + [0], inputs[0].shape)
        return cells.isEmpty ? .constant(0) : .sum(cells.map { .product([$0, $0]) })
    }
}

/// The sum of all cells of a tensor: `[…]` → one number.
public final class Total: UpdateOperation, PlainOperation {
    public static let name = "total"
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1 else { throw mismatch("one tensor", inputs) }
        return []
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        Tensor(scalar: Float(inputs[0].scalars.reduce(0.0) { $0 + Double($1) }))
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let cells = inputs[0].shape.indices
        return cells.isEmpty ? .constant(0) : .sum(cells.map { .cell(input: 0, $0) })
    }
}

/// `√(a + b + …)` of single numbers: the joint length of all gradients from the sums of their squares.
public final class RootOfSum: UpdateOperation, PlainOperation {
    public static let name = "root_of_sum"
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard !inputs.isEmpty, inputs.allSatisfy({ $0 == [] }) else { throw mismatch("single numbers", inputs) }
        return []
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .function(.sqrt, [.sum(inputs.indices.map { .cell(input: $0, []) })])
    }
}

/// What gradients are multiplied by so that their norm is at most `maximum` (Pascanu et al. 2013): `maximum / (norm +
/// 10⁻⁶)` as in PyTorch, and never more than 1.
public final class ClipFactor: UpdateOperation {
    public static let name = "clip_factor"
    public let maximum: Double

    public init(maximum: Double) { self.maximum = maximum }
    public init(attributes: Attributes) throws(Failure) { maximum = try attributes.number("maximum", of: Self.name) }
    public var attributes: Attributes { Attributes(["maximum": .number(maximum)]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1, inputs[0] == [] else { throw mismatch("one number", inputs) }
        return []
    }

    /// As PyTorch has it: the small constant keeps a vanishing norm from dividing by zero.
    package func factor(of norm: Double) -> Double { maximum / (norm + 1e-6) }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let divisor = Expression.sum([.cell(input: 0, []), .constant(1e-6)])
        // Short gradients stay as they are.
        return factor(of: Double(inputs[0].cell([]) ?? .nan)) < 1
            ? .quotient(.constant(maximum), divisor) : .function(.lookUp, [.constant(1), .cell(input: 0, [])])
    }
}

/// A tensor times one number that was computed too.
public final class ScaledBy: UpdateOperation, PlainOperation {
    public static let name = "scaled_by"
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try common(1, of: inputs, single: 1, "a tensor and a number")
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { inputs[0].scaled(by: inputs[1][flat: 0]) }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .product([.cell(input: 0, index), .cell(input: 1, [])])
    }
}
