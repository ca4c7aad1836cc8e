import Tensors
import Wording

/// One question with its right answer, in the two forms that machines read: a list of numbers, and a row of words.
public struct DecisionCase: Sendable, Hashable {
    public enum Form: String, Sendable {
        /// One number a feature, in no order.
        case features
        /// A row of words, in the order they are said.
        case words
    }

    /// The question as people say it.
    public let text: Phrase
    /// What a transformer reads, one token a word, in the order they are said.
    public let words: [String]
    /// What a perceptron reads, one number a feature: nothing in them says what comes first.
    public let features: [Double]
    /// The right answer, by its place among the task's answers.
    public let answer: Int
}

/// A question with a fixed set of answers, with cases to learn from and cases to be asked about.
public struct DecisionTask: Sendable {
    /// As the command line names it.
    public let name: String
    public let title: Phrase
    /// How right and wrong are decided: the stated rule.
    public let rule: Phrase
    /// The words that may answer.
    public let answers: [String]
    public let featureNames: [Phrase]
    /// Words as they are shown, by their spelling.
    public let wordNames: [String: Phrase]
    public let training: [DecisionCase]
    /// Cases that no machine has learned from.
    public let heldOut: [DecisionCase]
    /// The cases that are walked through, step by step.
    public let examples: [DecisionCase]

    /// Every word of a case or an answer, in a fixed order.
    public var vocabulary: [String] { Set((training + heldOut + examples).flatMap(\.words) + answers).sorted() }

    public func name(of word: String) -> Phrase { wordNames[word] ?? Phrase(word) }

    /// Cases that look the same to whoever reads only ``DecisionCase/features`` and yet have different answers: where
    /// there are any, no choice of weights can answer both.
    public var contradictions: [(DecisionCase, DecisionCase)] {
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
    public static let all: [@Sendable (_ seed: UInt64) -> DecisionTask] = [film, wordOrder]

    /// The names that `--task` takes.
    public static var names: [String] { all.map { $0(0).name } }

    public static func named(_ name: String, seed: UInt64) -> DecisionTask? {
        all.map { $0(seed) }.first { $0.name == name }
    }
}
