import Platform
import Tensors
import Wording

/// `−Σ p log p` of softmax(logits), in nats: how undecided a policy is. `[…, vocabulary]` → `[…]`.
public final class Entropy: CheckedOperation, PlainOperation {
    public static let name = "entropy"
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1, inputs[0].rank > 0, inputs[0][-1] > 0 else {
            throw mismatch("logits […, vocabulary]", inputs)
        }
        return inputs[0].lead
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        let probabilities = inputs[0].softmax().scalars
        let columns = inputs[0].shape[-1]
        return try Tensor(
            shape,
            (0..<shape.count).map { row in
                Float(
                    probabilities[row * columns..<(row + 1) * columns].reduce(0.0) { sum, p in
                        p > 0 ? sum - Double(p) * log(Double(p)) : sum
                    })
            })
    }

    /// `dx = −p · (log p + H)`
    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        var gradient = pass.inputs[0].softmax()
        let columns = gradient.shape[-1]
        let (entropies, upstream) = (pass.output, pass.upstream)
        gradient.mutate { cells in
            for row in 0..<entropies.count {
                let (entropy, factor) = (entropies[flat: row], upstream[flat: row])
                for place in row * columns..<(row + 1) * columns {
                    let p = cells[place]
                    cells[place] = p > 0 && factor != 0 ? -factor * p * (logf(p) + entropy) : 0
                }
            }
        }
        return [gradient]
    }

    /// `log Σ exp(x) − Σ p x`, the same number without a logarithm of each probability.
    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let row = rowCells(0, index + [0], inputs[0].shape)
        let exponentials = row.map { Expression.function(.exp, [$0]) }
        let mean = Expression.quotient(
            .sum(zip(exponentials, row).map { .product([$0, $1]) }), .sum(exponentials))
        return .difference(.function(.log, [.sum(exponentials)]), mean)
    }
}
