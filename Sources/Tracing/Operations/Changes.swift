import Tensors
import Wording

/// One part of a step times a factor: a head or a neuron switched off (0), halved, doubled.
///
/// The part is one place along one axis: head 2 of `[batch, position, head, headWidth]` is place 2 of axis 2.
public final class ScalePart: OneTensorOperation {
    public static let name = "scale_part"
    public let axis: Int
    public let place: Int
    public let factor: Double

    public init(axis: Int, place: Int, by factor: Double) {
        self.axis = axis
        self.place = place
        self.factor = factor
    }

    public convenience init(attributes: Attributes) throws(Failure) {
        self.init(
            axis: try attributes.integer("axis", of: Self.name), place: try attributes.integer("place", of: Self.name),
            by: try attributes.number("factor", of: Self.name))
    }

    public var attributes: Attributes {
        Attributes(["axis": .number(Double(axis)), "place": .number(Double(place)), "factor": .number(factor)])
    }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1, axis >= 0, axis < inputs[0].rank, place >= 0, place < inputs[0][axis] else {
            throw mismatch("a tensor with a place \(place) along axis \(axis)", inputs)
        }
        return inputs[0]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { scaled(inputs[0]) }

    private func scaled(_ tensor: Tensor) -> Tensor {
        let inner = (axis + 1..<tensor.shape.rank).reduce(1) { $0 * tensor.shape[$1] }
        let length = tensor.shape[axis]
        var result = tensor
        result.mutate { cells in
            for start in stride(from: place * inner, to: cells.count, by: max(length * inner, 1)) {
                for cell in start..<start + inner { cells[cell] *= Float(factor) }
            }
        }
        return result
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [scaled(pass.upstream)] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        guard index[axis] == place else { return .cell(input: 0, index) }
        return .product([.constant(factor), .cell(input: 0, index)])
    }
}

/// Other numbers in a step's place: an activation taken from another run.
public final class Replace: TwoTensorOperation, PlainOperation {
    public static let name = "replace"
    public init() {}

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { inputs[1] }

    /// Nothing of the loss comes from what was replaced.
    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        [Tensor(pass.upstream.shape, repeating: 0), pass.upstream]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .cell(input: 1, index)
    }
}
