import Models
import Tensors
import Tracing

/// A decoder that acts, and a value head that says beforehand what each state will be worth.
///
/// The head reads the decoder's last state, `value = state · w + b`; it has parameters of its own and is thrown away
/// when the training ends.
package struct PolicyModel: ParametricModel {
    package private(set) var decoder: Decoder
    private var head: [Parameter]

    /// - Parameter hasValueHead: REINFORCE has none.
    package init(_ decoder: Decoder, hasValueHead: Bool) {
        self.decoder = decoder
        // Zeros: before it has seen any reward the head expects none.
        head =
            hasValueHead
            ? [
                Parameter(
                    name: StepName(.valueHeadWeight),
                    tensor: Tensor([decoder.configuration.width], repeating: 0), axes: [.width]),
                Parameter(name: StepName(.valueHeadBias), tensor: Tensor([1], repeating: 0), axes: [.single]),
            ] : []
    }

    package var parameters: ParameterSet {
        get { ParameterSet(decoder.parameters.all + head) }
        set {
            let count = newValue.all.count - head.count
            decoder.parameters.update { place, tensor in tensor = newValue.all[place].tensor }
            head = Array(newValue.all[count...])
        }
    }

    /// What each state is worth, `[batch, position]`; nil without a head.
    func values(of state: Value, on recorder: Recorder) throws -> Value? {
        guard head.count == 2 else { return nil }
        let parameters = try head.map {
            try recorder.source($0.tensor, .parameter, as: $0.name.label, axes: $0.axes)
        }
        return try recorder.apply(Readout(), state, parameters[0], parameters[1], as: .stateValue, axes: .places)
    }
}

extension [Axis] {
    /// One number at each place of each text.
    static let places: [Axis] = [.batch, .position]
}

// What reinforcement adds to a trace.
extension Label {
    package static let valueHeadWeight = Label(rawValue: "value_head.w")
    package static let valueHeadBias = Label(rawValue: "value_head.b")
    package static let stateValue = Label(rawValue: "value")
    package static let logProbability = Label(rawValue: "log_probability")
    package static let oldLogProbability = Label(rawValue: "old_log_probability")
    package static let advantage = Label(rawValue: "advantage")
    package static let valueTarget = Label(rawValue: "value_target")
    package static let answerMask = Label(rawValue: "answer_mask")
    package static let ratio = Label(rawValue: "ratio")
    package static let objective = Label(rawValue: "objective")
    package static let meanObjective = Label(rawValue: "mean_objective")
    package static let valueError = Label(rawValue: "value_error")
    package static let valueLoss = Label(rawValue: "value_loss")
    package static let entropy = Label(rawValue: "entropy")
    package static let meanEntropy = Label(rawValue: "mean_entropy")
}
