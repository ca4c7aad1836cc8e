import Tensors
import Wording

/// `√(variance + ε)` of each token's vector, population variance: `[…, width]` → `[…, 1]`.
public final class LayerNormScale: CheckedOperation {
    public static let name = "layer_norm_scale"
    public var precision: PrecisionPolicy { .full }
    public let epsilon: Double

    public init(epsilon: Double) { self.epsilon = epsilon }

    public init(attributes: Attributes) throws(Failure) { epsilon = try attributes.number("epsilon", of: Self.name) }

    public var attributes: Attributes { Attributes(["epsilon": .number(epsilon)]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1, inputs[0].rank > 0, inputs[0][-1] > 0 else { throw mismatch("[…, width]", inputs) }
        return inputs[0].replacingLast(by: [1])
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        inputs[0].layerNormScale(epsilon: Float(epsilon))
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        [pass.inputs[0].layerNormScaleGradient(scale: pass.output, upstream: pass.upstream)]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .function(.sqrt, [.sum([.function(.variance, rowCells(0, index, inputs[0].shape)), .constant(epsilon)])])
    }
}

/// Layer normalisation (Ba, Kiros & Hinton 2016): `(x − mean) / scale · gain + bias`.
///
/// `x` `[…, width]`, `scale` `[…, 1]` (from ``LayerNormScale``), `gain` and `bias` `[width]` → `[…, width]`.
public final class LayerNorm: CheckedOperation, PlainOperation {
    public static let name = "layer_norm"
    public var precision: PrecisionPolicy { .full }
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 4, inputs[0].rank > 0, inputs[0][-1] > 0,
            inputs[1] == inputs[0].replacingLast(by: [1]),
            inputs[2] == [inputs[0][-1]], inputs[3] == [inputs[0][-1]]
        else { throw mismatch("[…, width], […, 1], [width], [width]", inputs) }
        return inputs[0]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        inputs[0].layerNorm(scale: inputs[1], gain: inputs[2], bias: inputs[3])
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        let result = pass.inputs[0].layerNormGradient(
            scale: pass.inputs[1], gain: pass.inputs[2], upstream: pass.upstream)
        return [result.input, result.scale, result.gain, result.bias]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let column = index[index.count - 1]
        let centred = Expression.difference(
            .cell(input: 0, index), .function(.mean, rowCells(0, index, inputs[0].shape)))
        let scale = Expression.cell(input: 1, index.dropLast() + [0])
        return .sum([
            .product([.quotient(centred, scale), .cell(input: 2, [column])]), .cell(input: 3, [column]),
        ])
    }
}
