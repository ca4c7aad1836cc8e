import Tensors
import Wording

/// An operation that has no numbers or words of its own.
public protocol PlainOperation: Operation {
    init()
}

extension PlainOperation {
    public init(attributes: Attributes) { self.init() }
    public var attributes: Attributes { Attributes() }
}

/// An operation that sees first whether its inputs fit, and only then computes.
public protocol CheckedOperation: Operation {
    /// - Parameters:
    ///   - inputs: what `outputShape(_:)` accepts.
    ///   - shape: what it gives for them.
    func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor
}

extension CheckedOperation {
    public func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor {
        try compute(inputs, as: try outputShape(inputs.map { $0.shape }))
    }
}

/// An operation that works number by number: each cell of its inputs is read by its own cell of the output.
public protocol CellwiseOperation: CheckedOperation {}

extension CellwiseOperation {
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let value = expression(at: index, inputs: pass.inputs, output: pass.output)
        return value.derivative(by: input, index).map { pass.upstream(index, times: $0) } ?? .constant(0)
    }
}

/// One that works on one tensor.
public protocol OneTensorOperation: CellwiseOperation {}

extension OneTensorOperation {
    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1 else { throw mismatch("one tensor", inputs) }
        return inputs[0]
    }
}

/// One that works on two tensors of one shape.
public protocol TwoTensorOperation: CellwiseOperation {}

extension TwoTensorOperation {
    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2, inputs[0] == inputs[1] else { throw mismatch("two tensors of one shape", inputs) }
        return inputs[0]
    }
}

/// One that makes one number of two tensors of one shape.
public protocol SummaryOperation: CheckedOperation {}

extension SummaryOperation {
    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2, inputs[0] == inputs[1] else { throw mismatch("two tensors of one shape", inputs) }
        return []
    }
}
