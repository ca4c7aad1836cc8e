import Tensors
import Wording

/// What an optimiser remembers of the gradients: `keep · before + add · gᵖ`. Adam's moments keep β and add `1 − β` of
/// the gradient (p = 1) or of its square (p = 2); momentum adds the whole gradient.
///
/// `before` and `g`, of one shape → the same shape.
public final class MovingAverage: UpdateOperation {
    public static let name = "moving_average"
    public let keep: Double
    public let add: Double
    public let power: Int

    public init(keep: Double, add: Double, power: Int = 1) {
        self.keep = keep
        self.add = add
        self.power = power
    }

    public init(attributes: Attributes) throws(Failure) {
        keep = try attributes.number("keep", of: Self.name)
        add = try attributes.number("add", of: Self.name)
        power = try attributes.integer("power", of: Self.name)
        guard power == 1 || power == 2 else { throw .attribute(operation: Self.name, key: "power") }
    }

    public var attributes: Attributes {
        Attributes(["keep": .number(keep), "add": .number(add), "power": .number(Double(power))])
    }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try common(2, of: inputs, "two tensors of one shape")
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        var mean = inputs[0]
        if power == 1, add == 1 {
            followMomentum(&mean, keep: Float(keep), gradient: inputs[1])
        } else if Float(add) == 1 - Float(keep) {
            var other = Tensor(shape, repeating: 0)
            let rule = AdamRule(beta1: keep, beta2: keep)
            if power == 1 {
                rule.average(inputs[1], into: &mean, &other)
            } else {
                rule.average(inputs[1], into: &other, &mean)
            }
        } else {
            return computeByExpression(inputs, as: shape)
        }
        return mean
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let gradient = Expression.cell(input: 1, index)
        return .sum([
            .product([.constant(keep), .cell(input: 0, index)]),
            .product([.constant(add)] + Array(repeating: gradient, count: power)),
        ])
    }
}

/// AdamW's change (Loshchilov & Hutter 2019, algorithm 2): `W · (1 − η λ) − η · m̂ / (√v̂ + ε)`, `m̂ = m / (1 − β₁ᵗ)` and
/// `v̂ = v / (1 − β₂ᵗ)`.
///
/// `W`, `m`, `v` of one shape, and the rate η, one number → the shape of `W`. Without decay it is Adam's.
public final class AdamStep: UpdateOperation {
    public static let name = "adam_step"
    public let beta1: Double
    public let beta2: Double
    public let epsilon: Double
    /// λ, apart from the gradient.
    public let decay: Double
    /// t: which update this is, counted from one.
    public let step: Int

    public init(beta1: Double, beta2: Double, epsilon: Double, decay: Double, step: Int) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.decay = decay
        self.step = step
    }

    public convenience init(attributes: Attributes) throws(Failure) {
        try self.init(attributes: attributes, of: Self.name)
    }

    init(attributes: Attributes, of operation: String) throws(Failure) {
        beta1 = try attributes.number("beta1", of: operation)
        beta2 = try attributes.number("beta2", of: operation)
        epsilon = try attributes.number("epsilon", of: operation)
        decay = try attributes.number("decay", of: operation)
        step = try attributes.integer("step", of: operation)
    }

    public var attributes: Attributes {
        Attributes([
            "beta1": .number(beta1), "beta2": .number(beta2), "epsilon": .number(epsilon), "decay": .number(decay),
            "step": .number(Double(step)),
        ])
    }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try common(3, of: inputs, single: 1, "W, m and v of one shape, and the rate")
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        var parameter = inputs[0]
        rule.step(
            &parameter, first: inputs[1], second: inputs[2], rate: inputs[3][flat: 0], decay: Float(decay))
        return parameter
    }

    var rule: AdamRule { AdamRule(beta1: beta1, beta2: beta2, epsilon: epsilon, step: step) }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let (weight, rate) = (Expression.cell(input: 0, index), Expression.cell(input: 3, []))
        return .difference(shrunk(weight, rate, decay), .product([rate, direction(at: index)]))
    }

    /// `m̂ / (√v̂ + ε)`.
    func direction(at index: [Int]) -> Expression {
        func corrected(_ input: Int, _ beta: Double) -> Expression {
            .quotient(
                .cell(input: input, index),
                .difference(.constant(1), .function(.power, [.constant(beta), .constant(Double(step))])))
        }
        return .quotient(
            corrected(1, beta1), .sum([.function(.sqrt, [corrected(2, beta2)]), .constant(epsilon)]))
    }
}

/// Gradient descent's change: `W · (1 − η λ) − η · d`, d being the gradient or what momentum made of it.
///
/// `W` and `d` of one shape, and the rate η, one number → the shape of `W`.
public final class DescentStep: UpdateOperation {
    public static let name = "descent_step"
    public let decay: Double

    public init(decay: Double = 0) { self.decay = decay }
    public init(attributes: Attributes) throws(Failure) { decay = try attributes.number("decay", of: Self.name) }
    public var attributes: Attributes { Attributes(["decay": .number(decay)]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        try common(2, of: inputs, single: 1, "W and a direction of one shape, and the rate")
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        var parameter = inputs[0]
        let rate = inputs[2][flat: 0]
        descentStep(&parameter, along: inputs[1], rate: rate, shrink: rate * Float(decay))
        return parameter
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let (weight, rate) = (Expression.cell(input: 0, index), Expression.cell(input: 2, []))
        return .difference(shrunk(weight, rate, decay), .product([rate, .cell(input: 1, index)]))
    }
}

/// A weight after its decay: `W · (1 − η λ)`.
private func shrunk(_ weight: Expression, _ rate: Expression, _ decay: Double) -> Expression {
    guard decay != 0 else { return weight }
    return .product([weight, .difference(.constant(1), .product([rate, .constant(decay)]))])
}
