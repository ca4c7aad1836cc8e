import Tensors
import Wording

/// The mean of `factor · (x − y)²`: predictions and what they should have been, of one shape → one number.
///
/// A factor of ½ makes the slope plainly `x − y` (TensorFlow Playground's loss).
public final class SquaredError: SummaryOperation {
    public static let name = "squared_error"
    public var precision: PrecisionPolicy { .full }
    public let factor: Double

    public init(factor: Double = 1) { self.factor = factor }
    public init(attributes: Attributes) throws(Failure) { factor = try attributes.number("factor", of: Self.name) }
    public var attributes: Attributes { Attributes(["factor": .number(factor)]) }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        let sum = zip(inputs[0].scalars, inputs[1].scalars).reduce(0.0) { sum, pair in
            let error = Double(pair.0) - Double(pair.1)
            return sum + error * error
        }
        return Tensor(scalar: Float(factor * sum / Double(max(inputs[0].count, 1))))
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        let scale = Float(2 * factor) * pass.upstream[flat: 0] / Float(max(pass.inputs[0].count, 1))
        let slope = pass.inputs[0].errors(from: pass.inputs[1], times: scale)
        return [slope, slope.scaled(by: -1)]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        mean(over: inputs[0].shape) { cell in
            let error = Expression.difference(.cell(input: 0, cell), .cell(input: 1, cell))
            return factor == 1 ? .product([error, error]) : .product([.constant(factor), error, error])
        }
    }
}

/// The mean of `max(0, 1 − y · f)`: scores `f` and sides `y` of −1 or 1, of one shape → one number (Cortes & Vapnik
/// 1995). What is right with room to spare costs nothing.
public final class Hinge: SummaryOperation, PlainOperation {
    public static let name = "hinge"
    public var precision: PrecisionPolicy { .full }
    public init() {}

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        let sum = zip(inputs[0].scalars, inputs[1].scalars).reduce(0.0) { $0 + max(0, 1 - Double($1.0) * Double($1.1)) }
        return Tensor(scalar: Float(sum / Double(max(inputs[0].count, 1))))
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let (scores, sides) = (pass.inputs[0].scalars, pass.inputs[1].scalars)
        let scale = pass.upstream[flat: 0] / Float(max(scores.count, 1))
        let slope = try Tensor(
            pass.inputs[0].shape, scores.indices.map { scores[$0] * sides[$0] < 1 ? -scale * sides[$0] : 0 })
        return [slope, nil]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        mean(over: inputs[0].shape) { cell in
            .function(
                .relu,
                [.difference(.constant(1), .product([.cell(input: 1, cell), .cell(input: 0, cell)]))])
        }
    }
}

/// The mean of what each cell of a shape gives.
private func mean(over shape: Shape, _ term: (_ cell: [Int]) -> Expression) -> Expression {
    .quotient(.sum(shape.indices.map(term)), .constant(Double(max(shape.count, 1))))
}
