import Tensors
import Tracing
import Wording

/// Two linear maps with a non-linearity between (Vaswani et al. 2017, section 3.3), the same for every position; a
/// gated one multiplies what passes by a second map (SwiGLU, Shazeer 2020).
struct FeedForward: Sendable {
    let block: Int
    let activation: ActivationFunction
    var isGated = false

    /// `input` `[batch, position, width]` → `mlp_out` of the same shape, by way of `[batch, position, hidden]`.
    func callAsFunction(_ input: Value, parameters: ParameterSet, on recorder: Recorder) throws(Failure) -> Value {
        let hidden: [Axis] = [.batch, .position, .hidden]
        let project = Projection(block: block, parameters: parameters, recorder: recorder)
        let post: Value
        if isGated {
            let pre = try project(input, .gateWeight, .gateBias, as: .hiddenPre, axes: hidden)
            let linear = try project(input, .hiddenWeight, .hiddenBias, as: .hiddenPreLinear, axes: hidden)
            let gate = try recorder.apply(Activation(activation), pre, as: .gate, block: block, axes: hidden)
            post = try recorder.apply(Multiply(), gate, linear, as: .hiddenPost, block: block, axes: hidden)
        } else {
            let pre = try project(input, .hiddenWeight, .hiddenBias, as: .hiddenPre, axes: hidden)
            post = try recorder.apply(Activation(activation), pre, as: .hiddenPost, block: block, axes: hidden)
        }
        return try project(
            post, .feedForwardWeight, .feedForwardBias, as: .feedForwardOut, axes: [.batch, .position, .width])
    }
}
