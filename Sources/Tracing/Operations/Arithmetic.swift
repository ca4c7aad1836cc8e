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
}

/// A non-linearity, number by number.
public final class Activation: OneTensorOperation {
    public static let name = "activation"
    public let function: ActivationFunction

    public init(_ function: ActivationFunction) { self.function = function }

    public init(attributes: Attributes) throws(Failure) {
        guard let function = ActivationFunction(rawValue: try attributes.text("function", of: Self.name)) else {
            throw .attribute(operation: Self.name, key: "function")
        }
        self.function = function
    }

    public var attributes: Attributes { Attributes(["function": .text(function.rawValue)]) }
    public var name: String { function.rawValue }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { inputs[0].activated(function) }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        [pass.inputs[0].activationGradient(function, upstream: pass.upstream)]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let kind: Expression.Function =
            switch function {
            case .relu: .relu
            case .gelu: .gelu
            case .geluTanh: .geluTanh
            case .silu: .silu
            case .tanh: .tanh
            case .sigmoid: .sigmoid
            }
        return .function(kind, [.cell(input: 0, index)])
    }
}

/// Two tensors one after the other along an axis: the key–value cache and what a new token adds to it.
public final class Concatenate: CheckedOperation {
    public static let name = "concatenate"
    public var precision: PrecisionPolicy { .moves }
    public let axis: Int

    public init(axis: Int) { self.axis = axis }

    public init(attributes: Attributes) throws(Failure) { axis = try attributes.integer("axis", of: Self.name) }

    public var attributes: Attributes { Attributes(["axis": .number(Double(axis))]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2, inputs[0].rank == inputs[1].rank, axis >= 0, axis < inputs[0].rank else {
            throw mismatch("shapes that differ along axis \(axis) only", inputs)
        }
        var lengths = inputs[0].dimensions
        var other = inputs[1].dimensions
        lengths[axis] += other[axis]
        other[axis] = lengths[axis]
        guard lengths == other else { throw mismatch("shapes that differ along axis \(axis) only", inputs) }
        return Shape(lengths)
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        let (first, second) = (inputs[0], inputs[1])
        let inner = shape.dimensions[(axis + 1)...].reduce(1, *)
        let (here, there) = (first.shape[axis] * inner, second.shape[axis] * inner)
        let outer = shape.dimensions[..<axis].reduce(1, *)
        if outer == 1 { return try first.followed(by: second, as: shape) }
        return Tensor(shape) { target in
            guard let y = target.baseAddress else { return }
            for row in 0..<outer {
                let start = y + row * (here + there)
                start.update(from: first.pointer + row * here, count: here)
                (start + here).update(from: second.pointer + row * there, count: there)
            }
        }
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        let lengths = pass.inputs.map { $0.shape[axis] * $0.shape.dimensions[(axis + 1)...].reduce(1, *) }
        let total = lengths[0] + lengths[1]
        return zip(pass.inputs, [0, lengths[0]]).enumerated().map { place, pair in
            let (input, start) = pair
            return Tensor(input.shape) { target in
                guard let y = target.baseAddress else { return }
                for row in 0..<(input.count / max(lengths[place], 1)) {
                    (y + row * lengths[place]).update(
                        from: pass.upstream.pointer + row * total + start, count: lengths[place])
                }
            }
        }
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let length = inputs[0].shape[axis]
        guard index[axis] >= length else { return .cell(input: 0, index) }
        var rest = index
        rest[axis] -= length
        return .cell(input: 1, rest)
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
}
