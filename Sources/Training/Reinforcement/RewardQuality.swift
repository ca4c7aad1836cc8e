import Models
import Tensors
import Tracing

/// What was measured when a reinforcement ended; `quality.json` beside the model.
public typealias RewardQuality = Quality<RewardFindings>

/// What a policy answers after a reinforcement, and what it answered before.
public struct RewardFindings: QualityFindings {
    public static let owner = "a reinforced model's"

    /// A held-out question with answers drawn before and after, and what they earned.
    public struct Sample: Sendable, Hashable, Codable {
        public struct Answer: Sendable, Hashable, Codable {
            public let text: String
            public let judgement: AnswerQuestion.Judgement
            public let reward: Double
        }

        public let topic: String
        public let question: String
        public let before: [Answer]
        public let after: [Answer]
        /// Where the short answer ends and the whole sentence goes on.
        public let decision: Decision
    }

    /// The probabilities of the next token at one place.
    public struct Decision: Sendable, Hashable, Codable {
        public struct Candidate: Sendable, Hashable, Codable {
            public let token: String
            public let before: Double
            public let after: Double
        }

        /// What has been answered so far.
        public let said: String
        /// The likeliest before or after, by falling probability afterwards.
        public let candidates: [Candidate]
    }

    public let algorithm: String
    /// One question of each topic.
    public let samples: [Sample]

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
