import Platform
import Tensors
import Wording

/// log softmax(logits)[token] at every place: how probable a policy held what was said, in nats.
///
/// `logits` `[…, vocabulary]`, `tokens` `[…]` → `[…]`; a negative token is not asked about and gives zero.
public final class TokenLogProbability: TargetOperation, PlainOperation {
    public static let name = "token_log_probability"
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard hasTargets(inputs) else { throw mismatch("logits […, vocabulary] and tokens […]", inputs) }
        return inputs[1]
    }

    public func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor {
        let tokens = try targets(inputs)
        let losses = inputs[0].crossEntropies(targets: tokens)
        return try Tensor(inputs[1].shape, losses.map { 0 - $0 })
    }

    /// The token's own row changes by `1 − p` at the token and by `−p` elsewhere.
    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        // Minus the cross-entropy's gradient, row by row as much as was asked for.
        var gradient = pass.inputs[0].crossEntropyGradient(targets: try targets(pass.inputs), factor: -1)
        let columns = gradient.shape[-1]
        let upstream = pass.upstream
        gradient.mutate { cells in
            for row in 0..<upstream.count {
                let factor = upstream[flat: row]
                for place in row * columns..<(row + 1) * columns { cells[place] *= factor }
            }
        }
        return [gradient, nil]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        guard let token = inputs[1].id(at: index), token >= 0 else { return .constant(0) }
        let row = rowCells(0, index + [0], inputs[0].shape)
        return .difference(
            .function(.lookUp, [.cell(input: 0, index + [token]), .cell(input: 1, index)]),
            .function(.log, [.sum(row.map { .function(.exp, [$0]) })]))
    }
}
