import Tensors
import Wording

/// `min(r · A, clip(r, 1 − ε, 1 + ε) · A)`, number by number: PPO's objective (Schulman et al. 2017, equation 7).
///
/// `r` is the ratio of probabilities, `A` the advantage, a given number. Beyond the clip nothing is gained by moving
/// further, so there the slope is zero.
public final class ClippedObjective: TwoTensorOperation {
    public static let name = "clipped_objective"
    public let epsilon: Double

    public init(epsilon: Double) { self.epsilon = epsilon }

    public init(attributes: Attributes) throws(Failure) {
        epsilon = try attributes.number("epsilon", of: Self.name)
        guard epsilon >= 0 else { throw .attribute(operation: Self.name, key: "epsilon") }
    }

    public var attributes: Attributes { Attributes(["epsilon": .number(epsilon)]) }

    private func clipped(_ ratio: Float) -> Float { min(max(ratio, Float(1 - epsilon)), Float(1 + epsilon)) }

    /// Whether the clip decides: the ratio is outside the clip on the side that the advantage pushes to.
    public func isClipped(ratio: Float, advantage: Float) -> Bool { clipped(ratio) * advantage < ratio * advantage }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        try Tensor(
            inputs[0].shape,
            zip(inputs[0].scalars, inputs[1].scalars).map { min($0 * $1, clipped($0) * $1) })
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let (ratios, advantages, upstream) = (
            pass.inputs[0].scalars, pass.inputs[1].scalars, pass.upstream.scalars
        )
        let slope = ratios.indices.map { place in
            isClipped(ratio: ratios[place], advantage: advantages[place]) ? 0 : upstream[place] * advantages[place]
        }
        return [try Tensor(pass.inputs[0].shape, slope), nil]
    }

    /// `min(a, b) = a − relu(a − b)`, and `clip(r) = lo + relu(r − lo) − relu(r − hi)`.
    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let ratio = Expression.cell(input: 0, index)
        let advantage = Expression.cell(input: 1, index)
        let (low, high) = (Expression.constant(1 - epsilon), Expression.constant(1 + epsilon))
        let clip = Expression.difference(
            .sum([low, .function(.relu, [.difference(ratio, low)])]), .function(.relu, [.difference(ratio, high)]))
        let (free, bound) = (Expression.product([ratio, advantage]), Expression.product([clip, advantage]))
        return .difference(free, .function(.relu, [.difference(free, bound)]))
    }
}
