import Foundation
import Tensors
import Tokenizers
import Wording

/// A question about a short story, with its answer said in two ways.
package struct AnswerQuestion: Sendable, Hashable {
    /// Story and question, as a reader sees them.
    package let text: String
    /// `A red ball.`
    package let short: String
    /// `Tom has a red ball.`
    package let whole: String
    package let topic: String

    /// Reads `story and question => short answer => whole sentence`; nil for a text of another form.
    init?(_ text: String, topic: String) {
        let parts = text.components(separatedBy: "=>").map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        (self.text, short, whole) = (parts[0], parts[1], parts[2])
        self.topic = topic
    }

    /// What stands between a question and its answer.
    package static let mark = "\n"

    /// What the model reads before it answers.
    package var prompt: String { text + Self.mark }

    /// How well a text answers it.
    package func judge(_ answer: String) -> Judgement {
        answer == whole ? .whole : answer == short ? .short : .wrong
    }

    /// Right in a whole sentence, right but short, or wrong.
    package enum Judgement: String, Sendable, Hashable, CaseIterable, Codable {
        case whole, short, wrong
        package var isRight: Bool { self != .wrong }
    }
}

/// Where the questions of a recipe come from.
package struct QuestionSettings: Sendable, Hashable {
    /// The grammar's file, relative to the recipe's folder.
    package var grammar: String
    package var train: Int
    package var heldOut: Int
    package var seed: UInt64
    /// The share of the answers that are learned as whole sentences; the others are short.
    package var whole: Double

    init(_ section: YAMLReader) throws {
        try section.allow(["grammar", "train", "held_out", "seed", "whole"])
        grammar = try section.text("grammar")
        train = try section.integer("train", in: 1...10_000_000)
        heldOut = try section.integer("held_out", in: 1...1_000_000)
        seed = try section.seed()
        whole = try section.number("whole", in: 0...1, default: 0)
    }

    /// Questions of one split; those held out are never among those to learn from.
    /// - Throws: `CorpusError`, also for a text that is no question with two answers.
    package func questions(_ split: CorpusGrammar.Split, grammar: CorpusGrammar) throws -> [AnswerQuestion] {
        let (count, seed) = split == .training ? (train, seed) : (heldOut, seed &+ 1)
        return try grammar.drawn(count: count, seed: seed, split: split).map { sentence in
            guard let question = AnswerQuestion(sentence.text, topic: sentence.topic) else {
                throw CorpusError.value(
                    source: grammar.source, line: 1, key: sentence.topic,
                    expected: Phrase(en: "“question => short answer => whole answer”", zh: "“问题 => 短回答 => 整句回答”"),
                    found: sentence.text)
            }
            return question
        }
    }
}
