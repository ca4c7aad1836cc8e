import Foundation
import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// A tokenizer with the words of asking and answering.
struct AnswerWords: Sendable {
    let tokenizer: AnyTokenizer
    /// The token that ends every text.
    let end: Int

    /// - Throws: `ModelError.noTokenizer`; ``TrainingError/unreadable(path:reason:)`` where no token ends a text.
    init(_ model: LanguageModel) throws {
        guard let tokenizer = model.tokenizer else { throw Failure(ModelError.noTokenizer(path: model.folder)) }
        guard let end = tokenizer.addedTokens.first(where: { $0.content == NextWordRecipe.endOfText })?.id else {
            throw TrainingError.unreadable(
                path: model.folder,
                reason: Phrase(
                    en: "its tokenizer lacks the token \(NextWordRecipe.endOfText)",
                    zh: "它的分词器没有词元 \(NextWordRecipe.endOfText)"))
        }
        self.tokenizer = tokenizer
        self.end = end
    }

    func prompt(_ question: AnswerQuestion) throws -> [Int] { try tokenizer.encode(question.prompt) }
    func answer(_ text: String) throws -> [Int] { try tokenizer.encode(text) + [end] }

    func example(_ question: AnswerQuestion, whole: Bool) throws -> SupervisedAnswers.Example {
        try SupervisedAnswers.Example(
            prompt: prompt(question), answer: answer(whole ? question.whole : question.short))
    }

    /// Each question with the answer that the share of whole sentences, drawn with `seed`, gives it.
    func examples(
        _ questions: [AnswerQuestion], whole share: Double, seed: UInt64
    ) throws -> [SupervisedAnswers.Example] {
        var random = RandomSource(seed: seed)
        return try questions.map { try example($0, whole: random.uniform() < share) }
    }

    /// What was written, without the token that ends it.
    func text(_ answer: [Int]) -> String { tokenizer.decode(answer.filter { $0 != end }) }
}

/// What a model answers when nobody helps it.
struct AnswerExam {
    let words: AnswerWords
    let questions: [AnswerQuestion]

    /// Longer answers are cut there; no right one is so long.
    static let longest = 24

    /// One answer to each question, in order; drawn with a seed each where `seeds` are given, else the likeliest words.
    func answers(of decoder: Decoder, seeds: [UInt64]? = nil) throws -> [[Int]] {
        // One answer per thread; threads inside each product would only fight over the cores.
        limitMatrixThreads(to: 1)
        return try concurrently(questions.count) { place in
            let sampling = seeds.map { Sampling(temperature: 1, seed: $0[place]) } ?? Sampling()
            return try decoder.generate(
                from: words.prompt(questions[place]), count: Self.longest, sampling: sampling, stop: [words.end],
                candidates: 0
            ).map(\.id)
        }
    }

    func judgements(of decoder: Decoder, seeds: [UInt64]? = nil) throws -> [AnswerQuestion.Judgement] {
        try zip(questions, answers(of: decoder, seeds: seeds)).map { $0.judge(words.text($1)) }
    }

    /// The share of questions answered exactly, in either way.
    func exactMatch(of decoder: Decoder) throws -> Double {
        Double(try judgements(of: decoder).count { $0.isRight }) / Double(max(questions.count, 1))
    }

    /// e to the mean of −ln p over the answers' tokens.
    func perplexity(of decoder: Decoder, examples: [SupervisedAnswers.Example]) throws -> Double {
        var sum = 0.0
        var count = 0.0
        for part in examples.batches(of: 64) {
            let batch = SupervisedAnswers.batch(Array(part), padding: words.end)
            let loss = try batch.loss(of: decoder, recorder: Recorder(recording: false))
            if !loss.tensor[flat: 0].isFinite {
                var cache: KeyValueCache?
                let logits = try decoder.logits(batch.inputs, cache: &cache, on: Recorder(recording: false))
                try decoder.check(logits.tensor, of: batch.inputs)
            }
            sum += Double(loss.tensor[flat: 0]) * batch.weight
            count += batch.weight
        }
        return exp(sum / max(count, 1))
    }
}
