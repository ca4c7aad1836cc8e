import Platform
import Tensors
import Wording

/// log softmax(logits)[token] at every place: how probable a policy held what was said, in nats.
///
/// `logits` `[…, vocabulary]`, `tokens` `[…]` → `[…]`; a negative token is not asked about and gives zero.
public final class TokenLogProbability: PlainOperation {
    public static let name = "token_log_probability"
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2, inputs[0].rank > 0, inputs[0][-1] > 0,
            Array(inputs[0].dimensions.dropLast()) == inputs[1].dimensions
        else { throw mismatch("logits […, vocabulary] and tokens […]", inputs) }
        return inputs[1]
    }

    private func tokens(_ inputs: [Tensor]) throws(Failure) -> [Int32] {
        _ = try outputShape(inputs.map { $0.shape })
        let vocabulary = inputs[0].shape[-1]
        return try inputs[1].scalars.map { (token) throws(Failure) in
            guard let id = Int(exactly: token), id < vocabulary else {
                throw .row(Int(exactly: token) ?? -1, rows: vocabulary, operation: Self.name)
            }
            return Int32(max(id, -1))
        }
    }

    public func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor {
        let tokens = try tokens(inputs)
        let losses = inputs[0].crossEntropies(targets: tokens)
        return try Tensor(inputs[1].shape, losses.map { 0 - $0 })
    }

    /// The token's own row changes by `1 − p` at the token and by `−p` elsewhere.
    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        // Minus the cross-entropy's gradient, row by row as much as was asked for.
        var gradient = pass.inputs[0].crossEntropyGradient(targets: try tokens(pass.inputs), factor: -1)
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
        guard let token = inputs[1].cell(index).flatMap({ Int(exactly: $0) }), token >= 0 else { return .constant(0) }
        let row = rowCells(0, index + [0], inputs[0].shape)
        return .difference(
            .function(.lookUp, [.cell(input: 0, index + [token]), .cell(input: 1, index)]),
            .function(.log, [.sum(row.map { .function(.exp, [$0]) })]))
    }
}
