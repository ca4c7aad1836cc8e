import Tensors
import Wording

/// The perceptron's rule (Rosenblatt 1958) after one case: `W + η (y − ŷ) x`, and for thresholds `θ − η (y − ŷ)`.
///
/// `W` `[feature, unit]`, `ŷ` and `y` `[1, unit]`, η, one number, and `x` `[1, feature]` → the shape of `W`; thresholds
/// `[unit]` come without `x`.
public final class PerceptronRule: UpdateOperation, PlainOperation {
    public static let name = "perceptron_rule"
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        let units = (inputs.first?.rank ?? 0) > 0 ? inputs[0][-1] : 0
        let isRight =
            inputs.count == 5
            ? inputs[0].rank == 2 && inputs[4] == [1, inputs[0][0]] : inputs.count == 4 && inputs[0].rank == 1
        guard isRight, inputs[1] == [1, units], inputs[2] == [1, units], inputs[3] == [] else {
            throw mismatch(
                "W [feature, unit] or θ [unit], ŷ and y [1, unit], the rate, and with W x [1, feature]", inputs)
        }
        return inputs[0]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let unit = [0, index[index.count - 1]]
        let error = Expression.difference(.cell(input: 2, unit), .cell(input: 1, unit))
        let step: [Expression] = [.cell(input: 3, []), error]
        return inputs.count == 5
            ? .sum([.cell(input: 0, index), .product(step + [.cell(input: 4, [0, index[0]])])])
            : .difference(.cell(input: 0, index), .product(step))
    }
}
