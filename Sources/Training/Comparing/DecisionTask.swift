import Tensors
import Wording

/// One question with its right answer, in the two forms that machines read: a list of numbers, and a row of words.
package struct DecisionCase: Sendable, Hashable {
    package enum Form: String, Sendable {
        /// One number a feature, in no order.
        case features
        /// A row of words, in the order they are said.
        case words
    }

    /// The question as people say it.
    package let text: Phrase
    /// What a transformer reads, one token a word, in the order they are said.
    package let words: [String]
    /// What a perceptron reads, one number a feature: nothing in them says what comes first.
    package let features: [Double]
    /// The right answer, by its place among the task's answers.
    package let answer: Int
}

/// A question with a fixed set of answers, with cases to learn from and cases to be asked about.
package struct DecisionTask: Sendable {
    /// As the command line names it.
    package let name: String
    package let title: Phrase
    /// How right and wrong are decided: the stated rule.
    package let rule: Phrase
    /// The words that may answer.
    package let answers: [String]
    package let featureNames: [Phrase]
    /// Words as they are shown, by their spelling.
    package let wordNames: [String: Phrase]
    package let training: [DecisionCase]
    /// Cases that no machine has learned from.
    package let heldOut: [DecisionCase]
    /// The cases that are walked through, step by step.
    package let examples: [DecisionCase]

    /// Every word of a case or an answer, in a fixed order.
    package var vocabulary: [String] { Set((training + heldOut + examples).flatMap(\.words) + answers).sorted() }

    package func name(of word: String) -> Phrase { wordNames[word] ?? Phrase(word) }

    /// Cases that look the same to whoever reads only ``DecisionCase/features`` and yet have different answers: where
    /// there are any, no choice of weights can answer both.
    package var contradictions: [(DecisionCase, DecisionCase)] {
        var seen: [[Double]: DecisionCase] = [:]
        var pairs: [(DecisionCase, DecisionCase)] = []
        for one in examples + training + heldOut {
            if let other = seen[one.features], other.answer != one.answer {
                if !pairs.contains(where: { $0.0.features == one.features }) { pairs.append((other, one)) }
            } else if seen[one.features] == nil {
                seen[one.features] = one
            }
        }
        return pairs
    }
}

extension DecisionTask {
    package static let all: [@Sendable (_ seed: UInt64) -> DecisionTask] = [film, wordOrder]

    /// The names that `--task` takes.
    package static var names: [String] { all.map { $0(0).name } }

    package static func named(_ name: String, seed: UInt64) -> DecisionTask? {
        all.map { $0(seed) }.first { $0.name == name }
    }
}
