import Models
import Tracing
import Wording

/// A training in mid-course: it makes one update at a time, and its model can be looked at between any two.
///
/// It is a value: a copy stays where it was, and the same recipe and seed lead to the same numbers. It needs no folder.
package protocol TrainingSession: Sendable {
    associatedtype Problem: Error

    /// What it works on, in words.
    var notes: [Phrase] { get }

    /// How many steps have been made: updates, for a playground epochs, for a perceptron people.
    var step: Int { get }

    /// How many it makes in all.
    var steps: Int { get }

    /// Whether it has made all of them, or has ended early.
    var isFinished: Bool { get }

    /// What was measured, in the steps' order; not every step need have a record.
    var records: [TrainingRecord] { get }

    /// The model as it is now.
    var model: LiveModel { get }

    /// Makes one step.
    /// - Throws: ``TrainingError/diverged(step:cause:)`` where a number is no longer finite.
    mutating func update() throws(Problem)

    /// Makes the same step, to the same numbers, and writes it down: forward, loss, gradients and update.
    mutating func tracedUpdate() throws(Problem) -> Trace
}

extension TrainingSession {
    package var isFinished: Bool { step >= steps }

    /// Makes steps until so many are made, or all.
    package mutating func advance(to step: Int) throws(Problem) {
        while self.step < step, !isFinished { try update() }
    }
}

/// A model in the middle of its training.
package enum LiveModel: Sendable {
    case playground(Playground)
    case perceptron(Perceptron)
    case line(LinearRegression)
    /// A decoder, an encoder or a translator, with its tokenizer.
    case language(LanguageModel)
}

/// What one step of a training measured.
package struct TrainingRecord: Sendable, Hashable {
    /// Counted from one.
    package let step: Int
    /// The batch's mean loss: for texts cross-entropy in nats a token.
    package let loss: Double
    package let learningRate: Double
    /// The gradient's norm before clipping; nil where none is measured.
    package let gradientNorm: Double?
    /// What else was measured at this step, by name: `test_loss`, `reward`, `kl` …
    package var measures: [String: Double]?

    package init(
        step: Int, loss: Double, learningRate: Double, gradientNorm: Double? = nil, measures: [String: Double]? = nil
    ) {
        self.step = step
        self.loss = loss
        self.learningRate = learningRate
        self.gradientNorm = gradientNorm
        self.measures = measures
    }
}
