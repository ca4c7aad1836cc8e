import Tensors
import Tracing
import Wording

/// How a vector is brought to one size.
public enum NormKind: String, Sendable, Hashable, CaseIterable {
    /// Mean zero and variance one, with gain and bias (Ba, Kiros & Hinton 2016).
    case layer
    /// Mean square one, with a gain (Zhang & Sennrich 2019).
    case rms
}

/// Normalisation of every vector along the last axis, with its gain and, if it has one, its bias; the scale is recorded on the way.
struct Normalization: Sendable {
    var kind = NormKind.layer
    let epsilon: Double
    let scale: Label
    let gain: Label
    let bias: Label

    func callAsFunction(
        _ input: Value, as label: Label, block: Int?, lead: [Axis] = [.batch, .position], of axis: Axis = .width,
        parameters: ParameterSet, on recorder: Recorder
    ) throws(Failure) -> Value {
        let width = lead + [axis]
        let single = lead + [.single]
        switch kind {
        case .layer:
            let scale = try recorder.apply(
                LayerNormScale(epsilon: epsilon), input, as: scale, block: block, axes: single)
            return try recorder.apply(
                LayerNorm(), input, scale, parameters.value(gain, block: block, on: recorder),
                parameters.value(bias, block: block, on: recorder), as: label, block: block, axes: width)
        case .rms:
            let scale = try recorder.apply(RMSNormScale(epsilon: epsilon), input, as: scale, block: block, axes: single)
            return try recorder.apply(
                RMSNorm(), input, scale, parameters.value(gain, block: block, on: recorder), as: label, block: block,
                axes: width)
        }
    }
}
