import Tensors
import Wording

/// Two tensors of one shape multiplied number by number: a gate and what it lets through.
public final class Multiply: TwoTensorOperation, PlainOperation {
    public static let name = "multiply"
    public init() {}

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { inputs[0].multiplying(inputs[1]) }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        [pass.upstream.multiplying(pass.inputs[1]), pass.upstream.multiplying(pass.inputs[0])]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .product([.cell(input: 0, index), .cell(input: 1, index)])
    }
}

/// Every number times one factor: embeddings by √width (Vaswani et al. 2017, section 3.4).
public final class Magnify: OneTensorOperation {
    public static let name = "magnify"
    public let factor: Double

    public init(by factor: Double) { self.factor = factor }

    public init(attributes: Attributes) throws(Failure) { factor = try attributes.number("factor", of: Self.name) }

    public var attributes: Attributes { Attributes(["factor": .number(factor)]) }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { inputs[0].scaled(by: Float(factor)) }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [pass.upstream.scaled(by: Float(factor))] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .product([.cell(input: 0, index), .constant(factor)])
    }
}

/// One position of each text: `[batch, position, width]` → `[batch, width]`. BERT's pooler reads the first.
public final class TakePosition: CheckedOperation {
    public static let name = "take_position"
    public var precision: PrecisionPolicy { .moves }
    public let position: Int

    public init(_ position: Int) { self.position = position }

    public init(attributes: Attributes) throws(Failure) { position = try attributes.integer("position", of: Self.name) }

    public var attributes: Attributes { Attributes(["position": .number(Double(position))]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 3, position >= 0, position < inputs[0][1] else {
            throw mismatch("[batch, more than \(position) positions, width]", inputs)
        }
        return [inputs[0][0], inputs[0][2]]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        try inputs[0].shard(position..<position + 1, along: 1).reshaped(shape)
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        let (positions, width) = (pass.inputs[0].shape[1], pass.inputs[0].shape[2])
        var gradient = Tensor(pass.inputs[0].shape, repeating: 0)
        gradient.mutate { target in
            for place in 0..<pass.upstream.count {
                target[(place / width * positions + position) * width + place % width] = pass.upstream[flat: place]
            }
        }
        return [gradient]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .cell(input: 0, [index[0], position, index[1]])
    }

    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        index[1] == position ? pass.upstream([index[0], index[2]]) : .constant(0)
    }
}
