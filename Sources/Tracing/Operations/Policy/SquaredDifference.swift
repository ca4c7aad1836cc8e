import Tensors
import Wording

/// `(x − y)²`, number by number; `y` is given: what a value baseline got wrong at each place.
public final class SquaredDifference: TwoTensorOperation, PlainOperation {
    public static let name = "squared_difference"
    public init() {}

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        try Tensor(
            inputs[0].shape, zip(inputs[0].scalars, inputs[1].scalars).map { ($0 - $1) * ($0 - $1) })
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let (x, y, upstream) = (pass.inputs[0].scalars, pass.inputs[1].scalars, pass.upstream.scalars)
        let slope = try Tensor(pass.inputs[0].shape, x.indices.map { 2 * (x[$0] - y[$0]) * upstream[$0] })
        return [slope, slope.scaled(by: -1)]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let difference = Expression.difference(.cell(input: 0, index), .cell(input: 1, index))
        return .product([difference, difference])
    }
}
