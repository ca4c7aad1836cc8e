import Tensors
import Wording

/// A table with its rows as columns: the last two axes change places.
public final class Transpose: CheckedOperation, PlainOperation {
    public static let name = "transpose"
    public var precision: PrecisionPolicy { .moves }

    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1, inputs[0].rank >= 2 else { throw mismatch("[…, rows, columns]", inputs) }
        return Shape(Self.swapped(inputs[0].dimensions))
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { Self.transposed(inputs[0], as: shape) }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        [Self.transposed(pass.upstream, as: pass.inputs[0].shape)]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .cell(input: 0, Self.swapped(index))
    }

    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        pass.upstream(Self.swapped(index))
    }

    private static func swapped(_ index: [Int]) -> [Int] {
        guard index.count >= 2 else { return index }
        var index = index
        index.swapAt(index.count - 2, index.count - 1)
        return index
    }

    private static func transposed(_ tensor: Tensor, as shape: Shape) -> Tensor {
        let (rows, columns) = (shape[-2], shape[-1])
        return Tensor(shape) { target in
            for place in target.indices {
                let (table, cell) = (place / (rows * columns), place % (rows * columns))
                let (row, column) = (cell / columns, cell % columns)
                target.initializeElement(
                    at: place, to: tensor[flat: table * rows * columns + column * rows + row])
            }
        }
    }
}
