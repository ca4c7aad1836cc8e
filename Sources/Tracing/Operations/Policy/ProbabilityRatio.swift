import Platform
import Tensors
import Wording

/// `exp(new − old)` of two log-probabilities: how many times as probable the new policy holds what the old one said
/// (PPO's *r*, Schulman et al. 2017, section 3).
public final class ProbabilityRatio: Operation {
    public static let name = "probability_ratio"
    public var attributes: Attributes { Attributes() }
    public init() {}
    public init(attributes: Attributes) {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2, inputs[0] == inputs[1] else { throw mismatch("two tensors of one shape", inputs) }
        return inputs[0]
    }

    public func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor {
        _ = try outputShape(inputs.map { $0.shape })
        return try Tensor(inputs[0].shape, zip(inputs[0].scalars, inputs[1].scalars).map { expf($0 - $1) })
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let slope = try Tensor(pass.output.shape, zip(pass.output.scalars, pass.upstream.scalars).map { $0 * $1 })
        return [slope, slope.scaled(by: -1)]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .function(.exp, [.difference(.cell(input: 0, index), .cell(input: 1, index))])
    }
}
