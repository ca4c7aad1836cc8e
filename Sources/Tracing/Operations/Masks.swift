import Tensors
import Wording

/// Hides scores `[batch, head, query, key]`: what is not seen becomes minus infinity, and has no say on the way back.
public protocol MaskOperation: CheckedOperation {
    /// Whether the score at a place is seen.
    func sees(_ index: [Int], _ inputs: [Tensor]) -> Bool

    /// Scores, or their gradient, with a number in place of all that is not seen.
    func hiding(_ scores: Tensor, _ inputs: [Tensor], with hidden: Float) -> Tensor
}

extension MaskOperation {
    public var precision: PrecisionPolicy { .moves }
    public func hasGradient(ofInput input: Int) -> Bool { input == 0 }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { hiding(inputs[0], inputs, with: -.infinity) }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        [hiding(pass.upstream, pass.inputs, with: 0)] + pass.inputs.dropFirst().map { _ in nil }
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        sees(index, inputs) ? .cell(input: 0, index) : .constant(-.infinity)
    }

    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        sees(index, pass.inputs) ? pass.upstream(index) : .constant(0)
    }

    public func hiddenCells(_ inputs: [Tensor], first: () -> Tensor?) -> Tensor? {
        // A trace that was put together otherwise may hold anything.
        guard let shape = try? outputShape(inputs.map { $0.shape }) else { return nil }
        return hiding(first() ?? Tensor(shape, repeating: 0), inputs, with: 1)
    }
}

/// Hides the future: a key later than its query gets minus infinity. `[batch, head, query, key]`; where earlier
/// keys come from a cache, the last query still sees the last key. With a window (Mistral, Jiang et al. 2023) the far
/// past is hidden too.
public final class CausalMask: MaskOperation {
    public static let name = "causal_mask"
    /// How many keys a query sees at most, its own included; nil for all that came before.
    public let window: Int?

    public init(window: Int? = nil) { self.window = window }

    public init(attributes: Attributes) throws(Failure) {
        window = attributes.values["window"] == nil ? nil : try attributes.integer("window", of: Self.name)
    }

    public var attributes: Attributes { Attributes(window.map { ["window": .number(Double($0))] } ?? [:]) }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 4, inputs[0][3] >= inputs[0][2] else {
            throw mismatch("[batch, head, query, key], at least as many keys as queries", inputs)
        }
        return inputs[0]
    }

    public func sees(_ index: [Int], _ inputs: [Tensor]) -> Bool {
        let (queries, keys) = (inputs[0].shape[2], inputs[0].shape[3])
        let own = keys - queries + index[2]
        return index[3] <= own && window.map { own - index[3] < $0 } ?? true
    }

    public func hiding(_ scores: Tensor, _ inputs: [Tensor], with hidden: Float) -> Tensor {
        let (queries, keys) = (scores.shape[2], scores.shape[3])
        var result = scores.maskedAfterDiagonal(with: hidden, rows: queries, columns: keys)
        guard let window, window < keys else { return result }
        result.mutate { target in
            for row in 0..<(target.count / keys) {
                let past = keys - queries + row % queries - window + 1
                if past > 0 { target[(row * keys)..<(row * keys + past)].update(repeating: hidden) }
            }
        }
        return result
    }
}

/// Hides padding: a key whose mask is zero gets minus infinity, for every query (a padded query is computed as usual).
///
/// `scores` `[batch, head, query, key]`, `mask` `[batch, key]` of ones and zeros → as `scores`.
public final class PaddingMask: MaskOperation, PlainOperation {
    public static let name = "padding_mask"
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2, inputs[0].rank == 4, inputs[1] == [inputs[0][0], inputs[0][3]] else {
            throw mismatch("[batch, head, query, key] and mask [batch, key]", inputs)
        }
        return inputs[0]
    }

    public func sees(_ index: [Int], _ inputs: [Tensor]) -> Bool { inputs[1].cell([index[0], index[3]]) != 0 }

    public func hiding(_ scores: Tensor, _ inputs: [Tensor], with hidden: Float) -> Tensor {
        let keys = scores.shape[3]
        let perText = scores.shape[1] * scores.shape[2]
        return Tensor(scores.shape) { target in
            scores.withUnsafeBuffer { source in
                inputs[1].withUnsafeBuffer { mask in
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
}
