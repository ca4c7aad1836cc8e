import Tracing

extension Label {
    package static let batchLoss = Label(rawValue: "batch_loss")
    package static let learningRate = Label(rawValue: "learning_rate")
    package static let gradientNorm = Label(rawValue: "gradient_norm")
    package static let clipFactor = Label(rawValue: "clip_factor")

    /// What belongs to a parameter in a training step: `attn.W_Q.updated`, `attn.W_Q.first_moment` …
    package func suffixed(_ suffix: String) -> Label { Label(rawValue: rawValue + "." + suffix) }
}

extension StepName {
    /// A step about this parameter: `blocks.0.attn.W_Q.updated`.
    package func about(_ suffix: String) -> StepName {
        var name = self
        name.label = label.suffixed(suffix)
        return name
    }
}
