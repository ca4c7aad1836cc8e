import Wording

/// What happens in a training run, as it happens.
package enum TrainingEvent: Sendable {
    /// What the run works on, in words.
    case note(Phrase)
    case resumed(step: Int)
    case update(TrainingRecord, of: Int)
    /// What the model now does with one example.
    case sample(step: Int, input: String, output: String)
    case measured([Measure])
    case wrote([String])
}

/// One measured quality of a model, beside what it is to be compared with.
package struct Measure: Sendable, Hashable, Codable {
    /// A stable key: `held_out_perplexity`, `accuracy`, `bleu`, `reward`, `kl` …
    package let name: String
    package let value: Double
    /// The same quality before the training, or of a simpler model.
    package let baseline: Double?

    package init(_ name: String, _ value: Double, baseline: Double? = nil) {
        self.name = name
        self.value = value
        self.baseline = baseline
    }
}
