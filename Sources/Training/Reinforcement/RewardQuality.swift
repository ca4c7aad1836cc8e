import Models
import Tensors
import Tracing

/// What was measured when a reinforcement ended; `quality.json` beside the model.
package typealias RewardQuality = Quality<RewardFindings>

/// What a policy answers after a reinforcement, and what it answered before.
package struct RewardFindings: QualityFindings {
    package static let owner = "a reinforced model's"

    /// A held-out question with answers drawn before and after, and what they earned.
    package struct Sample: Sendable, Hashable, Codable {
        package struct Answer: Sendable, Hashable, Codable {
            package let text: String
            package let judgement: AnswerQuestion.Judgement
            package let reward: Double
        }

        package let topic: String
        package let question: String
        package let before: [Answer]
        package let after: [Answer]
        /// Where the short answer ends and the whole sentence goes on.
        package let decision: Decision
    }

    /// The probabilities of the next token at one place.
    package struct Decision: Sendable, Hashable, Codable {
        package struct Candidate: Sendable, Hashable, Codable {
            package let token: String
            package let before: Double
            package let after: Double
        }

        /// What has been answered so far.
        package let said: String
        /// The likeliest before or after, by falling probability afterwards.
        package let candidates: [Candidate]
    }

    package let algorithm: String
    /// One question of each topic.
    package let samples: [Sample]

    init(
        recipe: RewardRecipe, words: AnswerWords, before: Decoder, after: Decoder, questions: [AnswerQuestion]
    ) throws {
        algorithm = recipe.algorithm.rawValue
        var topics = Set<String>()
        var random = RandomSource(seed: recipe.questions.seed &+ 4)
        samples = try questions.filter { topics.insert($0.topic).inserted }.map { question in
            let exam = AnswerExam(words: words, questions: [AnswerQuestion](repeating: question, count: 4))
            let seeds = exam.questions.map { _ in random.next() }
            func answers(_ decoder: Decoder) throws -> [Sample.Answer] {
                try exam.answers(of: decoder, seeds: seeds).map { answer in
                    let text = words.text(answer)
                    let judgement = question.judge(text)
                    return .init(text: text, judgement: judgement, reward: recipe.reward.of(judgement))
                }
            }
            return Sample(
                topic: question.topic, question: question.text, before: try answers(before),
                after: try answers(after),
                decision: try Decision(of: question, words: words, before: before, after: after))
        }
    }
}

extension RewardFindings.Decision {
    init(of question: AnswerQuestion, words: AnswerWords, before: Decoder, after: Decoder) throws {
        let (short, whole) = (try words.answer(question.short), try words.answer(question.whole))
        let common = zip(short, whole).prefix { $0 == $1 }.map(\.0)
        func probabilities(_ decoder: Decoder) throws -> [Float] {
            var cache: KeyValueCache?
            let ids = try words.prompt(question) + common
            let output = try decoder.probabilities([ids], cache: &cache, on: Recorder(recording: false))
            return Array(output.tensor.scalars.suffix(decoder.configuration.vocabularySize))
        }
        let (old, new) = (try probabilities(before), try probabilities(after))
        func best(_ p: [Float]) -> [Int] { Array(p.indices.sorted { (p[$0], $1) > (p[$1], $0) }.prefix(4)) }
        let shown = Set(best(old) + best(new)).sorted { (new[$0], old[$0]) > (new[$1], old[$1]) }.prefix(5)
        said = words.text(common)
        candidates = shown.map {
            Candidate(token: words.tokenizer.piece($0).display, before: Double(old[$0]), after: Double(new[$0]))
        }
    }
}
