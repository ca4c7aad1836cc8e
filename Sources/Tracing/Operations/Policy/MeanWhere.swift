import Tensors
import Wording

/// `Σ w x / Σ w`: the mean over the places that count. Values and their weights, of one shape → one number.
///
/// With weights of 0 and 1: the mean over an answer's tokens, whatever the padding. Without any weight it is zero.
public final class MeanWhere: SummaryOperation, PlainOperation {
    public static let name = "mean_where"
    public init() {}

    private func total(_ weights: Tensor) -> Double { weights.scalars.reduce(0.0) { $0 + Double($1) } }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        let total = total(inputs[1])
        let sum = zip(inputs[0].scalars, inputs[1].scalars).reduce(0.0) { $1.1 == 0 ? $0 : $0 + Double($1.0 * $1.1) }
        return Tensor(scalar: total == 0 ? 0 : Float(sum / total))
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        let total = total(pass.inputs[1])
        return [pass.inputs[1].scaled(by: total == 0 ? 0 : pass.upstream[flat: 0] / Float(total)), nil]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let counted = inputs[0].shape.indices.filter { inputs[1].cell($0) != 0 }
        guard !counted.isEmpty else { return .constant(0) }
        return .quotient(
            .sum(counted.map { .product([.cell(input: 0, $0), .cell(input: 1, $0)]) }),
            .sum(counted.map { .cell(input: 1, $0) }))
    }
}
