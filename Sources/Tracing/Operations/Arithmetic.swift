import Tensors
import Wording

/// Two tensors of one shape, number by number: the residual stream's running sum.
public final class Add: TwoTensorOperation, PlainOperation {
    public static let name = "add"
    public init() {}

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { inputs[0].adding(inputs[1]) }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [pass.upstream, pass.upstream] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .sum([.cell(input: 0, index), .cell(input: 1, index)])
    }
}

/// Every number divided by one divisor: scores by √d (Vaswani et al. 2017, equation 1).
public final class Scale: OneTensorOperation {
    public static let name = "scale"
    public let divisor: Double

    public init(dividingBy divisor: Double) { self.divisor = divisor }

    public init(attributes: Attributes) throws(Failure) { divisor = try attributes.number("divisor", of: Self.name) }

    public var attributes: Attributes { Attributes(["divisor": .number(divisor)]) }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { inputs[0].scaled(by: Float(1 / divisor)) }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [pass.upstream.scaled(by: Float(1 / divisor))] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .quotient(.cell(input: 0, index), .constant(divisor))
    }

    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        .quotient(pass.upstream(index), .constant(divisor))
    }
}

/// A non-linearity, number by number.
public final class Activation: OneTensorOperation {
    public static let name = "activation"
    public let function: ActivationFunction

    public init(_ function: ActivationFunction) { self.function = function }

    public init(attributes: Attributes) throws(Failure) { function = try attributes.choice("function", of: Self.name) }

    public var attributes: Attributes { Attributes(["function": .text(function.rawValue)]) }
    public var name: String { function.rawValue }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { inputs[0].activated(function) }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        [pass.inputs[0].activationGradient(function, result: pass.output, upstream: pass.upstream)]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        // Both have the name that the trace file uses.
        .function(Expression.Function(rawValue: function.rawValue) ?? .lookUp, [.cell(input: 0, index)])
    }

    /// `dx = dy · f′(x)`; tanh and sigmoid know their slope from what they gave.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let x = Expression.cell(input: 0, index)
        let y = pass.output(index)
        let slope: [Expression] =
            switch function {
            case .relu: [.function(.reluSlope, [x])]
            case .gelu: [.function(.geluSlope, [x])]
            case .geluTanh: [.function(.geluTanhSlope, [x])]
            case .silu: [.function(.siluSlope, [x])]
            case .tanh: [.difference(.constant(1), .product([y, y]))]
            case .sigmoid: [y, .difference(.constant(1), y)]
            }
        return .product([pass.upstream(index)] + slope)
    }
}

/// One tensor under a second name: what leaves a block is what the next one reads.
public final class Same: OneTensorOperation, PlainOperation {
    public static let name = "same"
    public var precision: PrecisionPolicy { .moves }
    public init() {}

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { inputs[0] }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [pass.upstream] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .cell(input: 0, index)
    }

    public func hiddenCells(_ inputs: [Tensor], first: () -> Tensor?) -> Tensor? { first() }
}
