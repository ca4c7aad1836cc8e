import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// Supervised fine-tuning: a trained decoder learns to answer questions about short stories.
public struct AnswerRecipe: TrainedRecipe, Hashable {
    public static let kind = "answers"
    public static let keys: Set<String> = ["from", "plain", "questions", "training"]

    /// The sentences on which one sees what fine-tuning makes a model forget.
    public struct PlainText: Sendable, Hashable {
        public var grammar: String
        public var sentences: Int
        public var seed: UInt64
        /// The share of each batch that is plain text still, so that less is forgotten.
        public var rehearsal: Double
    }

    public var head: RecipeHead
    /// The folder of the model that is fine-tuned, relative to the recipe's.
    public var from: String
    public var plain: PlainText
    public var questions: QuestionSettings
    public var training: TrainingSettings

    public init(_ root: YAMLReader, head: RecipeHead) throws {
        self.head = head
        from = try root.text("from")
        let text = try root.section("plain", allowing: ["grammar", "sentences", "seed", "rehearsal"])
        plain = PlainText(
            grammar: try text.text("grammar"), sentences: try text.integer("sentences", in: 1...1_000_000),
            seed: try text.seed(),
            rehearsal: try text.number("rehearsal", in: 0...1, default: 0))
        questions = try QuestionSettings(root.section("questions"))
        training = try TrainingSettings(root.section("training"), examples: questions.train)
    }

    public func run(into folder: String, steps limit: Int?, report: (TrainingEvent) throws -> Void) throws {
        let base = try LanguageModel.load(folder: head.file(from))
        let words = try AnswerWords(base)
        let grammar = try CorpusGrammar(path: head.file(questions.grammar))
        let asked = try questions.questions(.training, grammar: grammar)
        let examples = try words.examples(asked, whole: questions.whole, seed: questions.seed)
        try report(.note(Phrase(en: "\(asked.count) questions to learn from", zh: "\(asked.count) 个供学习的问题")))
        let files = [head.file(questions.grammar), head.file(plain.grammar)]
        var loop = TrainingLoop(
            task: SupervisedAnswers(
                examples: examples, padding: words.end, rehearsal: try plainExamples(words),
                rehearsalShare: plain.rehearsal),
            trainer: Trainer(model: try base.decoder, settings: training), folder: folder,
            fingerprint: try head.fingerprint(with: files, startingFrom: head.file(from), seed: seed))
        let exam = AnswerExam(words: words, questions: try questions.questions(.heldOut, grammar: grammar))
        let shown = exam.questions.prefix(1)
        try loop.run(steps: limit, report: report) { (decoder: Decoder, step: Int) -> TrainingEvent? in
            guard let first = shown.first else { return nil }
            let said = try AnswerExam(words: words, questions: [first]).answers(of: decoder)
            return .sample(step: step, input: first.text, output: words.text(said[0]))
        }
        let tuned = loop.trainer.model
        let output = try RunFolder.open(folder)
        try head.write(.decoder(tuned), family: base.family, tokenizer: base.tokenizer, to: output.unfinished)
        let quality = AnswerQuality(
            RunQuality(
                self, of: tuned, records: loop.trainer.records,
                measures: try measures(base: base.decoder, tuned: tuned, exam: exam)),
            try AnswerFindings(base: base.decoder, tuned: tuned, exam: exam))
        try RunFolder.finish(output, quality: quality, records: loop.trainer.records, report: report)
    }

    /// Sentences to learn from as the base model learned them: every token counts.
    private func plainExamples(_ words: AnswerWords) throws -> [SupervisedAnswers.Example] {
        guard plain.rehearsal > 0 else { return [] }
        return try CorpusGrammar(path: head.file(plain.grammar)).sentences(
            count: 10 * plain.sentences, seed: plain.seed &+ 1, split: .training
        ).map { SupervisedAnswers.Example(prompt: [words.end], answer: try words.answer($0)) }
    }

    public func measure(folder: String) throws -> [Measure] {
        let base = try LanguageModel.load(folder: head.file(from))
        let exam = AnswerExam(
            words: try AnswerWords(base),
            questions: try questions.questions(.heldOut, grammar: CorpusGrammar(path: head.file(questions.grammar))))
        return try measures(base: base.decoder, tuned: LanguageModel.load(folder: folder).decoder, exam: exam)
    }

    /// Each beside what the model reached before: whole answers right, perplexity of answers, perplexity of plain text.
    func measures(base: Decoder, tuned: Decoder, exam: AnswerExam) throws -> [Measure] {
        let words = exam.words
        let examples = try words.examples(exam.questions, whole: questions.whole, seed: questions.seed &+ 2)
        let sentences = try CorpusGrammar(path: head.file(plain.grammar)).sentences(
            count: plain.sentences, seed: plain.seed, split: .heldOut
        ).map { try words.tokenizer.encode($0) }
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
}

/// What was measured when a fine-tuning ended; `quality.json` beside the model.
public typealias AnswerQuality = FoundQuality<AnswerFindings>

/// What a fine-tuned model answers, and what it answered before.
public struct AnswerFindings: QualityFindings {
    public static let owner = "a fine-tuned model's"

    /// A held-out question, with what the model said before and says now.
    public struct Sample: Sendable, Hashable, Codable {
        public let topic: String
        public let question: String
        public let before: String
        public let after: String
        public let judgementBefore: AnswerQuestion.Judgement
        public let judgement: AnswerQuestion.Judgement
    }

    /// One question of each topic.
    public let samples: [Sample]

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
