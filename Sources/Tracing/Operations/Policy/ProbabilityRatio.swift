import Platform
import Tensors
import Wording

/// `exp(new − old)` of two log-probabilities: how many times as probable the new policy holds what the old one said
/// (PPO's *r*, Schulman et al. 2017, section 3).
public final class ProbabilityRatio: TwoTensorOperation, PlainOperation {
    public static let name = "probability_ratio"
    public init() {}

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        try Tensor(inputs[0].shape, zip(inputs[0].scalars, inputs[1].scalars).map { expf($0 - $1) })
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let slope = try Tensor(pass.output.shape, zip(pass.output.scalars, pass.upstream.scalars).map { $0 * $1 })
        return [slope, slope.scaled(by: -1)]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .function(.exp, [.difference(.cell(input: 0, index), .cell(input: 1, index))])
    }
}
