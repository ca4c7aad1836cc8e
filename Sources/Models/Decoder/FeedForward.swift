import Tensors
import Tracing

/// Two linear maps with a non-linearity between (Vaswani et al. 2017, section 3.3), the same for every position.
struct FeedForward: Sendable {
    let block: Int
    let activation: ActivationFunction

    /// `input` `[batch, position, width]` → `mlp_out` of the same shape, by way of `[batch, position, hidden]`.
    func callAsFunction(_ input: Value, parameters: ParameterSet, on recorder: Recorder) throws -> Value {
        let hidden: [Axis] = [.batch, .position, .hidden]
        let pre = try recorder.apply(
            Linear(), input, parameters.value(.hiddenWeight, block: block, on: recorder),
            parameters.value(.hiddenBias, block: block, on: recorder), as: .hiddenPre, block: block, axes: hidden)
        let post = try recorder.apply(Activation(activation), pre, as: .hiddenPost, block: block, axes: hidden)
        return try recorder.apply(
            Linear(), post, parameters.value(.feedForwardWeight, block: block, on: recorder),
            parameters.value(.feedForwardBias, block: block, on: recorder), as: .feedForwardOut, block: block,
            axes: [.batch, .position, .width])
    }
}

/// Layer normalisation with its gain and bias, its scale recorded on the way.
struct Normalization: Sendable {
    let epsilon: Double
    let scale: Label
    let gain: Label
    let bias: Label

    func callAsFunction(
        _ input: Value, as label: Label, block: Int?, parameters: ParameterSet, on recorder: Recorder
    ) throws -> Value {
        let width: [Axis] = [.batch, .position, .width]
        let scale = try recorder.apply(
            LayerNormScale(epsilon: epsilon), input, as: scale, block: block, axes: [.batch, .position, .single])
        return try recorder.apply(
            LayerNorm(), input, scale, parameters.value(gain, block: block, on: recorder),
            parameters.value(bias, block: block, on: recorder), as: label, block: block, axes: width)
    }
}
