import Tensors
import Wording

/// Hides padding: a key whose mask is zero gets minus infinity, for every query (a padded query is computed as usual).
///
/// `scores` `[batch, head, query, key]`, `mask` `[batch, key]` of ones and zeros → as `scores`.
public final class PaddingMask: CheckedOperation, PlainOperation {
    public static let name = "padding_mask"
    public var precision: PrecisionPolicy { .moves }
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2, inputs[0].rank == 4, inputs[1] == [inputs[0][0], inputs[0][3]] else {
            throw mismatch("[batch, head, query, key] and mask [batch, key]", inputs)
        }
        return inputs[0]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        fill(inputs[0], mask: inputs[1], with: -.infinity)
    }

    private func fill(_ tensor: Tensor, mask: Tensor, with hidden: Float) -> Tensor {
        let keys = tensor.shape[3]
        let perText = tensor.shape[1] * tensor.shape[2]
        return Tensor(tensor.shape) { target in
            tensor.withUnsafeBuffer { source in
                mask.withUnsafeBuffer { mask in
                    for row in 0..<(source.count / max(keys, 1)) {
                        let text = row / perText * keys
                        for key in 0..<keys {
                            target[row * keys + key] = mask[text + key] != 0 ? source[row * keys + key] : hidden
                        }
                    }
                }
            }
        }
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        [fill(pass.upstream, mask: pass.inputs[1], with: 0), nil]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        inputs[1].cell([index[0], index[3]]) != 0 ? .cell(input: 0, index) : .constant(-.infinity)
    }
}
