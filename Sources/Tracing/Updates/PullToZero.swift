import Tensors
import Wording

/// Gradient descent's change under L1 regularisation, as TensorFlow Playground makes it: every weight is also pulled
/// towards zero by the same step, and one that is pulled through zero stays there, its link dead for good.
///
/// `W`, `d` and the links that are alive (1, or 0) of one shape, and the rate η, one number → the shape of `W`:
/// `W − η · d − η λ · sign(W)`, or 0.
public final class PullToZero: UpdateOperation {
    public static let name = "pull_to_zero"
    /// λ, how strongly.
    public let strength: Double

    public init(strength: Double) { self.strength = strength }
    public init(attributes: Attributes) throws(Failure) {
        strength = try attributes.number("strength", of: Self.name)
    }
    public var attributes: Attributes { Attributes(["strength": .number(strength)]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try common(3, of: inputs, single: 1, "W, a direction and the links alive of one shape, and the rate")
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        var (parameter, alive) = (inputs[0], inputs[2])
        let rate = inputs[3][flat: 0]
        pullToZero(&parameter, along: inputs[1], rate: rate, shrink: rate * Float(strength), alive: &alive)
        return parameter
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let (weight, rate) = (Expression.cell(input: 0, index), Expression.cell(input: 3, []))
        let alive = Expression.cell(input: 2, index)
        guard inputs[2].cell(index) != 0 else { return .product([alive, weight]) }
        let before = inputs[0].cell(index) ?? 0
        let step = Expression.difference(weight, .product([rate, .cell(input: 1, index)]))
        let pulled =
            before == 0
            ? step
            : before > 0
                ? .difference(step, .product([rate, .constant(strength)]))
                : .sum([step, .product([rate, .constant(strength)])])
        // Pulled through zero: what would have come of it counts for nothing.
        return output.cell(index) == 0 ? .product([.constant(0), pulled]) : pulled
    }
}
