import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// A fine-tuning's questions, and what is made of a decoder that learns to answer them.
package struct AnswerCourse: PlainCourse {
    package typealias Task = SupervisedAnswers

    package let recipe: AnswerRecipe
    package let task: SupervisedAnswers
    package let fingerprint: String
    private let base: LanguageModel
    private let grammar: CorpusGrammar
    private let exam: AnswerExam
    private var words: AnswerWords { exam.words }

    init(_ recipe: AnswerRecipe) throws {
        self.recipe = recipe
        let (head, questions, plain) = (recipe.head, recipe.questions, recipe.plain)
        base = try LanguageModel.load(folder: head.file(recipe.from))
        let words = try AnswerWords(base)
        grammar = try CorpusGrammar(path: head.file(plain.grammar))
        let asked = try CorpusGrammar(path: head.file(questions.grammar))
        // Sentences to learn from as the base model learned them: every token counts.
        let rehearsal =
            plain.rehearsal > 0
            ? try grammar.sentences(count: 10 * plain.sentences, seed: plain.seed &+ 1, split: .training)
                .map { SupervisedAnswers.Example(prompt: [words.end], answer: try words.answer($0)) } : []
        task = SupervisedAnswers(
            examples: try words.examples(
                questions.questions(.training, grammar: asked), whole: questions.whole, seed: questions.seed),
            padding: words.end, rehearsal: rehearsal, rehearsalShare: plain.rehearsal)
        exam = AnswerExam(words: words, questions: try questions.questions(.heldOut, grammar: asked))
        fingerprint = try head.fingerprint(
            with: [head.file(questions.grammar), head.file(plain.grammar)], startingFrom: head.file(recipe.from),
            seed: recipe.seed)
    }

    package var settings: TrainingSettings { recipe.training }

    package var notes: [Phrase] {
        [
            Phrase(
                en: "\(task.examples.count) questions to learn from", zh: "\(task.examples.count) 个供学习的问题")
        ]
    }

    package func beginning() throws -> Decoder { try base.decoder }

    package func sample(of decoder: Decoder, at step: Int) throws -> TrainingEvent? {
        guard let first = exam.questions.first else { return nil }
        let said = try AnswerExam(words: words, questions: [first]).answers(of: decoder)
        return .sample(step: step, input: first.text, output: words.text(said[0]))
    }

    package func written(_ decoder: Decoder) -> LanguageModel {
        recipe.head.model(.decoder(decoder), family: base.family, tokenizer: base.tokenizer)
    }

    /// Each beside what the model reached before: whole answers right, perplexity of answers, perplexity of plain text.
    package func measures(of tuned: Decoder) throws -> [Measure] {
        let (questions, plain) = (recipe.questions, recipe.plain)
        let examples = try words.examples(exam.questions, whole: questions.whole, seed: questions.seed &+ 2)
        let sentences = try grammar.sentences(
            count: plain.sentences, seed: plain.seed, split: .heldOut
        ).map { try words.tokenizer.encode($0) }
        let base = try base.decoder
        func both(_ name: String, _ measure: (Decoder) throws -> Double) throws -> Measure {
            Measure(name, try measure(tuned), baseline: try measure(base))
        }
        return [
            try both("exact_match") { try exam.exactMatch(of: $0) },
            try both("answer_perplexity") { try exam.perplexity(of: $0, examples: examples) },
            try both("plain_perplexity") {
                try Evaluation.perplexity(of: $0, sentences: sentences, boundary: words.end)
            },
        ]
    }

    package func measured(
        _ tuned: Decoder, in folder: String
    ) throws -> (measures: [Measure], findings: AnswerFindings) {
        (try measures(of: tuned), try AnswerFindings(base: base.decoder, tuned: tuned, exam: exam))
    }
}

/// What was measured when a fine-tuning ended; `quality.json` beside the model.
package typealias AnswerQuality = Quality<AnswerFindings>

/// What a fine-tuned model answers, and what it answered before.
package struct AnswerFindings: QualityFindings {
    package static let owner = "a fine-tuned model's"

    /// A held-out question, with what the model said before and says now.
    package struct Sample: Sendable, Hashable, Codable {
        package let topic: String
        package let question: String
        package let before: String
        package let after: String
        package let judgementBefore: AnswerQuestion.Judgement
        package let judgement: AnswerQuestion.Judgement
    }

    /// One question of each topic.
    package let samples: [Sample]

    init(base: Decoder, tuned: Decoder, exam: AnswerExam) throws {
        var topics = Set<String>()
        let shown = AnswerExam(words: exam.words, questions: exam.questions.filter { topics.insert($0.topic).inserted })
        let (before, after) = (try shown.answers(of: base), try shown.answers(of: tuned))
        samples = shown.questions.indices.map { place in
            let question = shown.questions[place]
            let (old, new) = (exam.words.text(before[place]), exam.words.text(after[place]))
            return Sample(
                topic: question.topic, question: question.text, before: old, after: new,
                judgementBefore: question.judge(old), judgement: question.judge(new))
        }
    }
}
