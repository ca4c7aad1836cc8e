import Tensors
import Wording

/// How long each token's vector is, before it is normalised: `[…, width]` → `[…, 1]`.
public protocol NormScaleOperation: CheckedOperation {
    /// ε, which keeps a vector of zeros from a division by zero.
    var epsilon: Double { get }
    init(epsilon: Double)
}

extension NormScaleOperation {
    public var precision: PrecisionPolicy { .full }

    public init(attributes: Attributes) throws(Failure) {
        self.init(epsilon: try attributes.number("epsilon", of: Self.name))
    }

    public var attributes: Attributes { Attributes(["epsilon": .number(epsilon)]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1, inputs[0].rank > 0, inputs[0][-1] > 0 else { throw mismatch("[…, width]", inputs) }
        return inputs[0].replacingLast(by: [1])
    }
}

/// `√(variance + ε)` of each token's vector, population variance: `[…, width]` → `[…, 1]`.
public final class LayerNormScale: NormScaleOperation {
    public static let name = "layer_norm_scale"
    public let epsilon: Double

    public init(epsilon: Double) { self.epsilon = epsilon }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        inputs[0].layerNormScale(epsilon: Float(epsilon))
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        [pass.inputs[0].layerNormScaleGradient(scale: pass.output, upstream: pass.upstream)]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .function(.sqrt, [.sum([.function(.variance, rowCells(0, index, inputs[0].shape)), .constant(epsilon)])])
    }

    /// `dxᵢ = ds · (xᵢ − mean x) / (n · s)`.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let place = Array(index.dropLast()) + [0]
        let row = rowCells(0, index, pass.inputs[0].shape)
        return .quotient(
            .product([pass.upstream(place), .difference(.cell(input: 0, index), .function(.mean, row))]),
            .product([.constant(Double(row.count)), pass.output(place)]))
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

    /// `dxᵢ = (gᵢ dyᵢ − mean(g dy)) / s`, `ds = −Σ dyⱼ (yⱼ − bⱼ) / s`, `dgᵢ = Σ dyᵢ (xᵢ − mean x) / s` and
    /// `dbᵢ = Σ dyᵢ` over all rows.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let shape = pass.inputs[0].shape
        let columns = 0..<shape[-1]
        let rows = shape.lead.indices
        let row = Array(index.dropLast())
        func weighted(_ column: Int) -> Expression {
            .product([.cell(input: 2, [column]), pass.upstream(row + [column])])
        }
        switch input {
        case 0:
            return .quotient(
                .difference(weighted(index[index.count - 1]), .function(.mean, columns.map(weighted))),
                .cell(input: 1, row + [0]))
        case 1:
            let sum = columns.map { column in
                Expression.product([
                    pass.upstream(row + [column]),
                    .difference(pass.output(row + [column]), .cell(input: 3, [column])),
                ])
            }
            return .product([.constant(-1), .quotient(.sum(sum), .cell(input: 1, row + [0]))])
        case 2:
            return pass.total(
                rows.map { row in
                    .product([
                        pass.upstream(row + index),
                        .quotient(
                            .difference(
                                .cell(input: 0, row + index), .function(.mean, rowCells(0, row + index, shape))),
                            .cell(input: 1, row + [0])),
                    ])
                })
        default: return pass.total(rows.map { pass.upstream($0 + index) })
        }
    }
}

/// `√(mean(x²) + ε)` of each token's vector: `[…, width]` → `[…, 1]`.
public final class RMSNormScale: NormScaleOperation {
    public static let name = "rms_norm_scale"
    public let epsilon: Double

    public init(epsilon: Double) { self.epsilon = epsilon }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { inputs[0].rmsNormScale(epsilon: epsilon) }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        let (x, scale, upstream) = (pass.inputs[0], pass.output, pass.upstream)
        let width = x.shape[-1]
        return [
            Tensor(x.shape) { target in
                x.withUnsafeBuffer { x in
                    for row in 0..<scale.count {
                        let factor = upstream[flat: row] / (Float(width) * scale[flat: row])
                        for place in (row * width)..<((row + 1) * width) { target[place] = x[place] * factor }
                    }
                }
            }
        ]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let squares = rowCells(0, index, inputs[0].shape).map { Expression.product([$0, $0]) }
        return .function(.sqrt, [.sum([.function(.mean, squares), .constant(epsilon)])])
    }

    /// `dxᵢ = ds · xᵢ / (n · s)`.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let place = Array(index.dropLast()) + [0]
        return .quotient(
            .product([pass.upstream(place), .cell(input: 0, index)]),
            .product([.constant(Double(pass.inputs[0].shape[-1])), pass.output(place)]))
    }
}

/// Root-mean-square normalisation (Zhang & Sennrich 2019): `x / scale · gain`.
///
/// `x` `[…, width]`, `scale` `[…, 1]` (from ``RMSNormScale``), `gain` `[width]` → `[…, width]`.
public final class RMSNorm: CheckedOperation, PlainOperation {
    public static let name = "rms_norm"
    public var precision: PrecisionPolicy { .full }
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 3, inputs[0].rank > 0, inputs[0][-1] > 0,
            inputs[1] == inputs[0].replacingLast(by: [1]), inputs[2] == [inputs[0][-1]]
        else { throw mismatch("[…, width], […, 1], [width]", inputs) }
        return inputs[0]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        inputs[0].rmsNorm(scale: inputs[1], gain: inputs[2])
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        let (x, scale, gain, upstream) = (pass.inputs[0], pass.inputs[1], pass.inputs[2], pass.upstream)
        let width = gain.count
        var sums = [Double](repeating: 0, count: width)
        var dscale = Tensor(scale.shape, repeating: 0)
        let dx = Tensor(x.shape) { target in
            for row in 0..<scale.count {
                let inverse = 1 / scale[flat: row]
                var sum = 0.0
                for column in 0..<width {
                    let place = row * width + column
                    let (number, dy) = (x[flat: place], upstream[flat: place])
                    target[place] = dy * gain[flat: column] * inverse
                    sums[column] += Double(dy * number * inverse)
                    sum -= Double(dy * gain[flat: column] * number)
                }
                dscale.mutate { $0[row] = Float(sum) * inverse * inverse }
            }
        }
        let dgain = Tensor(gain.shape) { target in
            for column in 0..<width { target[column] = Float(sums[column]) }
        }
        return [dx, dscale, dgain]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .product([
            .quotient(.cell(input: 0, index), .cell(input: 1, index.dropLast() + [0])),
            .cell(input: 2, [index[index.count - 1]]),
        ])
    }

    /// `dxᵢ = dyᵢ gᵢ / s`, `ds = −Σ dyⱼ yⱼ / s`, and `dgᵢ = Σ dyᵢ xᵢ / s` over all rows.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let shape = pass.inputs[0].shape
        let row = Array(index.dropLast())
        switch input {
        case 0:
            return .quotient(
                .product([pass.upstream(index), .cell(input: 2, [index[index.count - 1]])]),
                .cell(input: 1, row + [0]))
        case 1:
            let sum = (0..<shape[-1]).map { column in
                Expression.product([pass.upstream(row + [column]), pass.output(row + [column])])
            }
            return .product([.constant(-1), .quotient(.sum(sum), .cell(input: 1, row + [0]))])
        default:
            return pass.total(
                shape.lead.indices.map { row in
                    .quotient(
                        .product([pass.upstream(row + index), .cell(input: 0, row + index)]),
                        .cell(input: 1, row + [0]))
                })
        }
    }
}
