import Tensors
import Wording

/// `x · w + b` over the last axis: one number from each vector, as a value head reads what a state is worth.
///
/// `x` `[…, width]`, `w` `[width]`, `b` `[1]` → `[…]`.
public final class Readout: CheckedOperation, PlainOperation {
    public static let name = "readout"
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 3, inputs[0].rank > 0, inputs[1].dimensions == [inputs[0][-1]],
            inputs[2].dimensions == [1]
        else { throw mismatch("vectors […, width], weights [width] and a bias [1]", inputs) }
        return inputs[0].lead
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        let (x, w, bias) = (inputs[0].scalars, inputs[1].scalars, inputs[2][flat: 0])
        return try Tensor(
            shape,
            (0..<shape.count).map { row in
                var sum = bias
                for place in w.indices { sum += x[row * w.count + place] * w[place] }
                return sum
            })
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let (x, w, upstream) = (pass.inputs[0].scalars, pass.inputs[1].scalars, pass.upstream.scalars)
        var (vectors, weights) = ([Float](repeating: 0, count: x.count), [Float](repeating: 0, count: w.count))
        var bias: Float = 0
        for (row, factor) in upstream.enumerated() where factor != 0 {
            bias += factor
            for place in w.indices {
                vectors[row * w.count + place] = factor * w[place]
                weights[place] += factor * x[row * w.count + place]
            }
        }
        return [
            try Tensor(pass.inputs[0].shape, vectors), try Tensor(pass.inputs[1].shape, weights),
            try Tensor([1], [bias]),
        ]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let products = (0..<inputs[1].count).map {
            Expression.product([.cell(input: 0, index + [$0]), .cell(input: 1, [$0])])
        }
        return .sum(products + [.cell(input: 2, [0])])
    }
}
