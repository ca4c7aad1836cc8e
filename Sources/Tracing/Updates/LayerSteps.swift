import Tensors
import Wording

/// Each number cut to ± a bound: clipping by value.
public final class CutToRange: UpdateOperation {
    public static let name = "cut_to_range"
    public let bound: Double

    public init(bound: Double) { self.bound = bound }
    public init(attributes: Attributes) throws(Failure) { bound = try attributes.number("bound", of: Self.name) }
    public var attributes: Attributes { Attributes(["bound": .number(bound)]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try common(1, of: inputs, "one tensor")
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        var tensor = inputs[0]
        cut(&tensor, to: Float(bound))
        return tensor
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let cell = Expression.cell(input: 0, index)
        let value = Double(inputs[0].cell(index) ?? .nan)
        // What was cut is the bound, and was found by means of the number.
        if value > bound { return .function(.lookUp, [.constant(bound), cell]) }
        return value < -bound ? .function(.lookUp, [.constant(-bound), cell]) : cell
    }
}

/// Weight decay as part of the gradient (L2): `g + λ W`. `W` and `g` of one shape → the same shape.
public final class DecayedGradient: UpdateOperation {
    public static let name = "decayed_gradient"
    public let decay: Double

    public init(decay: Double) { self.decay = decay }
    public init(attributes: Attributes) throws(Failure) { decay = try attributes.number("decay", of: Self.name) }
    public var attributes: Attributes { Attributes(["decay": .number(decay)]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try common(2, of: inputs, "W and g of one shape")
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        var gradient = inputs[1]
        gradient.accumulate(inputs[0], times: Float(decay))
        return gradient
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .sum([.cell(input: 1, index), .product([.constant(decay), .cell(input: 0, index)])])
    }
}

/// LAMB's direction (You et al. 2020, algorithm 2): `m̂ / (√v̂ + ε) + λ W`. `W`, `m`, `v` of one shape → the same shape.
public final class AdamDirection: UpdateOperation {
    public static let name = "adam_direction"
    private let step: AdamStep

    public init(beta1: Double, beta2: Double, epsilon: Double, decay: Double, step: Int) {
        self.step = AdamStep(beta1: beta1, beta2: beta2, epsilon: epsilon, decay: decay, step: step)
    }

    public init(attributes: Attributes) throws(Failure) { step = try AdamStep(attributes: attributes, of: Self.name) }

    public var attributes: Attributes { step.attributes }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try common(3, of: inputs, "W, m and v of one shape")
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        step.rule.direction(of: inputs[0], first: inputs[1], second: inputs[2], decay: Float(step.decay))
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let direction = step.direction(at: index)
        guard step.decay != 0 else { return direction }
        return .sum([direction, .product([.constant(step.decay), .cell(input: 0, index)])])
    }
}

/// LAMB's trust ratio from two sums of squares: `√a / √b`, or 1 where either is zero.
public final class TrustRatio: UpdateOperation, PlainOperation {
    public static let name = "trust_ratio"
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs == [[], []] else { throw mismatch("two single numbers", inputs) }
        return []
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let (weights, direction) = (Expression.cell(input: 0, []), Expression.cell(input: 1, []))
        guard inputs[0].cell([]) != 0, inputs[1].cell([]) != 0 else {
            return .function(.lookUp, [.constant(1), weights, direction])
        }
        return .quotient(.function(.sqrt, [weights]), .function(.sqrt, [direction]))
    }
}

/// LAMB's change: `W − η · trust · d`. `W` and `d` of one shape, η and the trust ratio single numbers → the shape of `W`.
public final class TrustedStep: UpdateOperation, PlainOperation {
    public static let name = "trusted_step"
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try common(2, of: inputs, single: 2, "W and a direction of one shape, the rate and the trust ratio")
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        var parameter = inputs[0]
        parameter.accumulate(inputs[1], times: -(inputs[2][flat: 0] * inputs[3][flat: 0]))
        return parameter
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .difference(
            .cell(input: 0, index),
            .product([.cell(input: 2, []), .cell(input: 3, []), .cell(input: 1, index)]))
    }
}
