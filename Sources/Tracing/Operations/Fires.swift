import Tensors
import Wording

/// A perceptron's decision: 1 where the sum is greater than the threshold, strictly; else 0 (Rosenblatt 1958).
///
/// `sums` `[…, unit]` and `threshold` `[unit]` → `[…, unit]`. It has no slope to learn by: a step is flat on
/// both sides, which is why the perceptron has a rule of its own.
public final class Fires: CheckedOperation, PlainOperation {
    public static let name = "fires"
    public init() {}
    public func hasGradient(ofInput input: Int) -> Bool { false }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2, inputs[0].rank > 0, inputs[1] == [inputs[0][-1]] else {
            throw mismatch("sums […, unit] and thresholds [unit]", inputs)
        }
        return inputs[0]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        let thresholds = inputs[1].scalars
        return try Tensor(
            shape, inputs[0].scalars.enumerated().map { $1 > thresholds[$0 % thresholds.count] ? 1 : 0 })
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [nil, nil] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        // 1 above zero, else 0: the slope of ReLU is that very step.
        .function(.reluSlope, [.difference(.cell(input: 0, index), .cell(input: 1, [index[index.count - 1]]))])
    }
}
