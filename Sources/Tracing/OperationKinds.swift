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
    ///   - inputs: what ``outputShape(_:)`` accepts.
    ///   - shape: what it gives for them.
    func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor
}

extension CheckedOperation {
    public func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor {
        try compute(inputs, as: try outputShape(inputs.map { $0.shape }))
    }
}

/// An operation that works on one tensor, number by number.
public protocol OneTensorOperation: CheckedOperation {}

extension OneTensorOperation {
    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1 else { throw mismatch("one tensor", inputs) }
        return inputs[0]
    }
}

/// An operation that works on two tensors of one shape, number by number.
public protocol TwoTensorOperation: CheckedOperation {}

extension TwoTensorOperation {
    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2, inputs[0] == inputs[1] else { throw mismatch("two tensors of one shape", inputs) }
        return inputs[0]
    }
}
