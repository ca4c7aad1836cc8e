import Tensors
import Wording

/// Other numbers at one place along one axis: what one token held in another run. The rest stays as it was.
public final class ReplacePart: TwoTensorOperation {
    public static let name = "replace_part"
    public let axis: Int
    public let place: Int

    public init(axis: Int, place: Int) {
        self.axis = axis
        self.place = place
    }

    public convenience init(attributes: Attributes) throws(Failure) {
        self.init(
            axis: try attributes.integer("axis", of: Self.name), place: try attributes.integer("place", of: Self.name))
    }

    public var attributes: Attributes {
        Attributes(["axis": .number(Double(axis)), "place": .number(Double(place))])
    }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2, inputs[0] == inputs[1], axis >= 0, axis < inputs[0].rank, place >= 0,
            place < inputs[0][axis]
        else {
            throw mismatch("two tensors of one shape with a place \(place) along axis \(axis)", inputs)
        }
        return inputs[0]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { joined(inputs[0], inputs[1]) }

    /// The first tensor with the second's numbers at the place.
    private func joined(_ tensor: Tensor, _ other: Tensor) -> Tensor {
        let inner = (axis + 1..<tensor.shape.rank).reduce(1) { $0 * tensor.shape[$1] }
        let length = tensor.shape[axis]
        var result = tensor
        result.mutate { cells in
            other.withUnsafeBuffer { given in
                for start in stride(from: place * inner, to: cells.count, by: max(length * inner, 1)) {
                    for cell in start..<start + inner { cells[cell] = given[cell] }
                }
            }
        }
        return result
    }

    /// Nothing of the loss comes from what was replaced, or from what was given elsewhere.
    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        let none = Tensor(pass.upstream.shape, repeating: 0)
        return [joined(pass.upstream, none), joined(none, pass.upstream)]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .cell(input: index[axis] == place ? 1 : 0, index)
    }
}
