import Tracing

extension Label {
    public static let batchLoss = Label(rawValue: "batch_loss")
    public static let learningRate = Label(rawValue: "learning_rate")
    public static let gradientNorm = Label(rawValue: "gradient_norm")
    public static let clipFactor = Label(rawValue: "clip_factor")

    /// What belongs to a parameter in a training step: `attn.W_Q.updated`, `attn.W_Q.first_moment` …
    public func suffixed(_ suffix: String) -> Label { Label(rawValue: rawValue + "." + suffix) }
}

extension StepName {
    /// A step about this parameter: `blocks.0.attn.W_Q.updated`.
    public func about(_ suffix: String) -> StepName {
        var name = self
        name.label = label.suffixed(suffix)
        return name
    }
}
