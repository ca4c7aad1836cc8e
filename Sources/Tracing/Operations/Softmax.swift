import Tensors
import Wording

/// `exp(xᵢ) / Σ exp(xⱼ)` over the last axis; a score of minus infinity gets exactly zero.
public final class Softmax: CheckedOperation, PlainOperation {
    public static let name = "softmax"
    public var precision: PrecisionPolicy { .full }
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1, inputs[0].rank > 0 else { throw mismatch("one tensor with a last axis", inputs) }
        return inputs[0]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { inputs[0].softmax() }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [pass.output.softmaxGradient(upstream: pass.upstream)] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        // Operands that are masked add an exact zero: leaving them out keeps the arithmetic readable.
        let row = rowCells(0, index, inputs[0].shape).filter { cell in
            guard case .cell(_, let place) = cell else { return true }
            return place == index || inputs[0].cell(place) != -.infinity
        }
        return .quotient(
            .function(.exp, [.cell(input: 0, index)]), .sum(row.map { .function(.exp, [$0]) }))
    }

    /// `dxᵢ = pᵢ · (dpᵢ − Σ pⱼ · dpⱼ)`.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        // A share of exactly zero was masked: it adds nothing, and nothing comes back to it.
        guard pass.output.cell(index) != 0 else { return .constant(0) }
        let row = (0..<pass.output.shape[-1]).map { index.dropLast() + [$0] }.filter { pass.output.cell($0) != 0 }
        return .product([
            pass.output(index),
            .difference(
                pass.upstream(index), .sum(row.map { .product([pass.output($0), pass.upstream($0)]) })),
        ])
    }
}
