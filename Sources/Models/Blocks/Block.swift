import Tensors
import Tracing
import Wording

/// Where a block normalises.
public enum NormPlacement: String, Sendable, CaseIterable {
    /// Before each sublayer, with a last normalisation after the blocks (GPT-2).
    case pre
    /// After each residual sum (Vaswani et al. 2017).
    case post
}

/// What the dot products of queries and keys are divided by.
public struct ScoreScaling: Sendable, Hashable {
    /// By √(head width), as Vaswani et al. (2017, equation 1) have it.
    public var byHeadWidth: Bool
    /// Also by the block's number, counted from one (GPT-2's `scale_attn_by_inverse_layer_idx`).
    public var byDepth: Bool

    public init(byHeadWidth: Bool = true, byDepth: Bool = false) {
        self.byHeadWidth = byHeadWidth
        self.byDepth = byDepth
    }
}

/// What the blocks of one stack have in common.
struct BlockStyle: Sendable {
    var norm: NormKind
    var placement: NormPlacement
    var epsilon: Double
    var headWidth: Int
    var activation: ActivationFunction
    var isGated = false
    /// Whether each block also reads an encoder's memory.
    var crosses = false
    var scoreScaling = ScoreScaling()
    /// Whether each head's queries and keys are normalised.
    var hasHeadNorms = false

    func divisor(block: Int) -> Double {
        (scoreScaling.byHeadWidth ? Double(headWidth).squareRoot() : 1) * (scoreScaling.byDepth ? Double(block + 1) : 1)
    }

    func normalization(_ scale: Label, _ gain: Label, _ bias: Label) -> Normalization {
        Normalization(kind: norm, epsilon: epsilon, scale: scale, gain: gain, bias: bias)
    }
}

/// What an encoder hands to a decoder.
struct Memory: Sendable {
    /// `[batch, position, width]`.
    let value: Value
    /// `[batch, position]`, zero where the text is padded.
    let padding: Value?
}

/// One block of a transformer: attention, in a decoder of two stacks attention to the encoder, feed-forward, each
/// added to the residual stream.
struct Block: Sendable {
    let index: Int
    let isLast: Bool
    let style: BlockStyle
    var mask: AttentionMask
    var rotation: Rotation?
    var memory: Memory?

    func callAsFunction(
        _ residual: Value, parameters: ParameterSet, cache: inout KeyValueCache?, on recorder: Recorder
    ) throws(Failure) -> Value {
        let width: [Axis] = [.batch, .position, .width]
        let norms: [Normalization] = [
            style.normalization(.norm1Scale, .norm1Gain, .norm1Bias),
            style.normalization(.norm2Scale, .norm2Gain, .norm2Bias),
            style.normalization(.norm3Scale, .norm3Gain, .norm3Bias),
        ]
        let outerNorm = style.crosses ? 2 : 1
        let outerLabel: Label = style.crosses ? .norm3 : .norm2
        func normalize(_ norm: Int, _ value: Value, as label: Label) throws(Failure) -> Value {
            try norms[norm](value, as: label, block: index, parameters: parameters, on: recorder)
        }
        // Dropout where Vaswani et al. have it (2017, section 5.4): on the embeddings and on what a sublayer adds.
        let residual =
            index == 0 ? try recorder.dropout(residual, as: .residualPre, block: 0, axes: width) : residual
        func add(_ left: Value, _ right: Value, as label: Label) throws(Failure) -> Value {
            let right = try recorder.dropout(right, as: label, block: index, axes: width)
            return try recorder.apply(Add(), left, right, as: label, block: index, axes: width)
        }
        // The sum that leaves a block is what the next one reads: one tensor, under both names.
        func leave(_ value: Value) throws(Failure) -> Value {
            isLast ? value : try recorder.alias(value, as: .residualPre, block: index + 1, axes: width)
        }
        let divisor = style.divisor(block: index)
        let attention = Attention(
            block: index, divisor: divisor, mask: mask, rotation: rotation,
            normEpsilon: style.hasHeadNorms ? style.epsilon : nil)
        let feedForward = FeedForward(block: index, activation: style.activation, isGated: style.isGated)
        func cross(_ value: Value) throws(Failure) -> Value {
            let attention = Attention(
                block: index, divisor: divisor, mask: AttentionMask(padding: memory?.padding), isCross: true)
            return try attention(value, reading: memory?.value, parameters: parameters, cache: &cache, on: recorder)
        }
        switch style.placement {
        case .pre:
            let attended = try attention(
                normalize(0, residual, as: .norm1), parameters: parameters, cache: &cache, on: recorder)
            var mid = try add(residual, attended, as: .residualMid)
            if style.crosses { mid = try add(mid, cross(normalize(1, mid, as: .norm2)), as: .residualMidCross) }
            let fed = try feedForward(
                normalize(outerNorm, mid, as: outerLabel), parameters: parameters, on: recorder)
            return try leave(add(mid, fed, as: .residualPost))
        case .post:
            let attended = try attention(residual, parameters: parameters, cache: &cache, on: recorder)
            var mid = try normalize(0, add(residual, attended, as: .residualMid), as: .normalizedMid)
            if style.crosses {
                mid = try normalize(1, add(mid, cross(mid), as: .residualMidCross), as: .normalizedMidCross)
            }
            let fed = try feedForward(mid, parameters: parameters, on: recorder)
            return try leave(normalize(outerNorm, add(mid, fed, as: .residualPost), as: .normalizedPost))
        }
    }
}
