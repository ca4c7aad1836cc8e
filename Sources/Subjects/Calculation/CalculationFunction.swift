import Tensors
import Tracing
import Wording

/// What a small calculation can do with tables beside sums and products.
package enum CalculationFunction: String, Sendable, CaseIterable {
    case softmax, relu, gelu, sigmoid, tanh
    /// Ba, Kiros & Hinton 2016, with gain 1 and bias 0.
    case layerNorm = "layer-norm"
    /// From the least number, which becomes 0, to the greatest, which becomes 1.
    case spread
    /// Rows as columns: `transpose(x)`, or `x^T`.
    case transpose
    /// Normally distributed numbers, always the same: `random(2, 10, 512)`.
    case random
    /// Multi-head self-attention (Vaswani et al. 2017, section 3.2.2) with random weights: `attention(x, 8)`.
    case attention

    /// How it is written.
    var form: String {
        switch self {
        case .random: "random(2, 10, 512)"
        case .transpose: "transpose([[1, 2], [3, 4]])"
        case .attention: "attention([[[1, 2], [3, 4]]], 2)"
        default: "\(rawValue)([1, 2, 3])"
        }
    }
}

/// A function with arguments that fit it.
struct CalculationCall {
    private let function: CalculationFunction
    private let input: Value
    private let shape: Shape
    private let heads: Int

    /// Tables of more numbers than this are not made.
    private static let most = 1 << 24

    /// nil where the arguments are not those of ``CalculationFunction/form``.
    init?(_ function: CalculationFunction, _ values: [Value], _ numbers: [Double]) {
        self.function = function
        var whole: [Int] = []
        for number in numbers {
            guard let count = Int(exactly: number), (1...65_536).contains(count) else { return nil }
            whole.append(count)
        }
        switch function {
        case .random:
            // Counted so that no product leaves a machine of 32 bits.
            var count = 1
            for length in whole {
                guard count <= Self.most / length else { return nil }
                count *= length
            }
            guard values.isEmpty, !whole.isEmpty else { return nil }
            (input, shape, heads) = (Value(Tensor(scalar: 0)), Shape(whole), 1)
        case .attention:
            guard values.count == 1, whole.count == 1, values[0].shape.rank == 3 else { return nil }
            (input, shape, heads) = (values[0], values[0].shape, whole[0])
            guard shape[2] % heads == 0, shape[2] > 0 else { return nil }
        case .transpose:
            guard values.count == 1, whole.isEmpty, values[0].shape.rank >= 2 else { return nil }
            (input, shape, heads) = (values[0], values[0].shape, 1)
        default:
            guard values.count == 1, whole.isEmpty, values[0].shape.count > 0 else { return nil }
            (input, shape, heads) = (values[0], values[0].shape, 1)
        }
    }

    func record(on recorder: Recorder, as label: Label, block: Int?) throws(Failure) -> Value {
        let axes = axes
        func named(_ suffix: String) -> Label { Label(rawValue: label.rawValue + suffix) }
        func constant(_ tensor: Tensor, _ suffix: String) throws(Failure) -> Value {
            try recorder.source(
                tensor, .constant, as: named(suffix), block: block, axes: axes.suffix(tensor.shape.rank))
        }
        switch function {
        case .softmax: return try recorder.apply(Softmax(), input, as: label, block: block, axes: axes)
        case .relu: return try recorder.apply(Activation(.relu), input, as: label, block: block, axes: axes)
        case .gelu: return try recorder.apply(Activation(.gelu), input, as: label, block: block, axes: axes)
        case .sigmoid: return try recorder.apply(Activation(.sigmoid), input, as: label, block: block, axes: axes)
        case .tanh: return try recorder.apply(Activation(.tanh), input, as: label, block: block, axes: axes)
        case .transpose: return try recorder.apply(Transpose(), input, as: label, block: block, axes: axes)
        case .layerNorm:
            let scale = try recorder.apply(
                LayerNormScale(epsilon: 1e-5), input, as: named(".scale"), block: block,
                axes: axes.dropLast() + [.single])
            let gain = try constant(Tensor([shape[-1]], repeating: 1), ".gain")
            let bias = try constant(Tensor([shape[-1]], repeating: 0), ".bias")
            return try recorder.apply(LayerNorm(), input, scale, gain, bias, as: label, block: block, axes: axes)
        case .spread:
            let numbers = input.tensor.scalars
            let (least, most) = (numbers.min() ?? 0, numbers.max() ?? 0)
            let shift = try constant(Tensor(shape, repeating: -least), ".least")
            let from = try recorder.apply(Add(), input, shift, as: named(".from_least"), block: block, axes: axes)
            let width = Double(most) - Double(least)
            return try recorder.apply(
                Magnify(by: width > 0 ? 1 / width : 0), from, as: label, block: block, axes: axes)
        case .random:
            return try recorder.source(random(shape, 1), .constant, as: label, block: block, axes: axes)
        case .attention: return try attention(on: recorder, as: label)
        }
    }

    private var axes: [Axis] {
        CalculationCall.axes(shape.rank)
    }

    /// What the axes of a calculation's table of so many axes stand for: rows and columns; of three, a text's.
    static func axes(_ rank: Int) -> [Axis] {
        switch rank {
        case 0...2: Array([Axis.row, .column].suffix(rank))
        case 3: [.batch, .position, .width]
        default: Array(repeating: .unknown, count: rank)
        }
    }

    private func random(_ shape: Shape, _ seed: UInt64, deviation: Double = 1) -> Tensor {
        var source = RandomSource(seed: seed)
        return Tensor.normal(shape, deviation: deviation, using: &source)
    }

    /// Its steps carry the names that a model's own have, so that every figure of attention can be drawn of them.
    private func attention(on recorder: Recorder, as label: Label) throws(Failure) -> Value {
        let (width, headWidth) = (shape[2], shape[2] / heads)
        let deviation = 1 / Double(width).squareRoot()
        func weight(_ label: Label, _ shape: Shape, _ axes: [Axis], _ seed: UInt64) throws(Failure) -> Value {
            try recorder.source(
                random(shape, seed, deviation: deviation), .parameter, as: label, block: 0, axes: axes)
        }
        func projected(_ weightLabel: Label, _ label: Label, _ seed: UInt64) throws(Failure) -> Value {
            let weight = try weight(weightLabel, [width, heads, headWidth], [.width, .head, .headWidth], seed)
            return try recorder.apply(
                Linear(), input, weight, as: label, block: 0, axes: [.batch, .position, .head, .headWidth])
        }
        let cells: [Axis] = [.batch, .head, .query, .key]
        let query = try projected(.queryWeight, .query, 2)
        let key = try projected(.keyWeight, .key, 3)
        let value = try projected(.valueWeight, .value, 4)
        let products = try recorder.apply(DotProducts(), query, key, as: .dotProducts, block: 0, axes: cells)
        let scores = try recorder.apply(
            Scale(dividingBy: Double(headWidth).squareRoot()), products, as: .scores, block: 0, axes: cells)
        let pattern = try recorder.apply(Softmax(), scores, as: .pattern, block: 0, axes: cells)
        let z = try recorder.apply(
            WeightedSum(), pattern, value, as: .z, block: 0, axes: [.batch, .position, .head, .headWidth])
        let joined = try recorder.apply(JoinHeads(), z, as: .joined, block: 0, axes: [.batch, .position, .width])
        let output = try weight(.outputWeight, [width, width], [.width, .width], 5)
        return try recorder.apply(Linear(), joined, output, as: label, axes: [.batch, .position, .width])
    }
}
