import Foundation
import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// A masked-word recipe carried out from corpus to model.
struct MaskedWordRun {
    let recipe: MaskedWordRecipe
    let folder: String
    let tokenizer: BytePairTokenizer
    let tokens: EncoderTokens
    let task: MaskedWordTask
    private let heldOut: MaskedWordTask
    private let fingerprint: String

    /// Generates the stories and trains the tokenizer.
    /// - Throws: ``TrainingError``, ``CorpusError`` or a tokenizer's error.
    init(recipe: MaskedWordRecipe, folder: String) throws {
        self.recipe = recipe
        self.folder = folder
        let path = recipe.head.file(recipe.corpus.grammar)
        fingerprint = try recipe.head.fingerprint(with: [path], seed: recipe.seed)
        let grammar = try CorpusGrammar(path: path)
        let (drawn, others) = try recipe.corpus.drawn(from: grammar)
        let trainer = try BytePairTrainer(
            vocabularySize: recipe.tokenizer.vocabulary, minimumFrequency: recipe.tokenizer.minimumFrequency,
            specialTokens: EncoderTokens.spellings)
        let segments = drawn.lazy.flatMap(\.segments).flatMap(CorpusTemplate.parts)
        let tokenizer = trainer.train(on: Array(segments)).takingSpace(before: "[MASK]")
        let tokens = try EncoderTokens(tokenizer)
        let endings = Set(try [".", "。"].flatMap { try tokenizer.encode($0) })
        func task(_ sentences: [CorpusGrammar.Sentence]) throws -> MaskedWordTask {
            MaskedWordTask(
                stories: try sentences.map { try Self.story($0, tokenizer, path) }, tokens: tokens,
                masking: recipe.masking, endings: endings, drills: recipe.training.drills)
        }
        self.task = try task(drawn)
        heldOut = try task(others)
        let longest = max(self.task.longest, heldOut.longest)
        guard longest <= recipe.encoder.context else {
            throw Failure(ModelError.contextExceeded(tokens: longest, context: recipe.encoder.context))
        }
        self.tokenizer = tokenizer
        self.tokens = tokens
    }

    private static func story(
        _ sentence: CorpusGrammar.Sentence, _ tokenizer: BytePairTokenizer, _ path: String
    ) throws -> StoryTokens {
        let parts = sentence.parts
        guard parts.count == 2 else {
            throw TrainingError.unreadable(
                path: path,
                reason: Phrase(
                    en: "expected stories of two sentences with ‖ between them, found “\(sentence.text)”",
                    zh: "应为以 ‖ 隔开的两句话，实际为“\(sentence.text)”"))
        }
        return try StoryTokens(
            first: tokenizer.encode(parts[0]), second: tokenizer.encode(parts[1]),
            group: Self.isChinese(sentence.text) ? 1 : 0)
    }

    /// Whether a text has a Chinese character.
    static func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    /// Trains to the end, measures, and writes the model's folder.
    func run(steps limit: Int? = nil, report: (TrainingEvent) throws -> Void = { _ in }) throws {
        var configuration = recipe.encoder
        configuration.vocabularySize = tokenizer.vocabularySize
        configuration.paddingID = tokens.padding
        try report(.note(corpus))
        var loop = TrainingLoop(
            task: task,
            trainer: Trainer(
                model: try Encoder(
                    configuration: configuration, seed: recipe.training.seed, deviation: recipe.deviation),
                settings: recipe.training),
            folder: folder, fingerprint: fingerprint)
        try loop.run(
            steps: limit, report: report,
            sample: { encoder, step in
                guard let text = recipe.probes.first else { return nil }
                let sample = try probe(encoder).hiddenWords(text)
                return .sample(step: step, input: text, output: sample.summary)
            })
        let encoder = loop.trainer.model
        let output = try RunFolder.open(folder)
        try recipe.head.write(
            .encoder(encoder), family: "bert", tokenizer: .bytePairs(tokenizer), to: output.unfinished)
        try EncoderTokens.writeConfiguration(to: output.unfinished, context: configuration.context)
        let measures = try measures(of: encoder)
        let samples =
            try recipe.probes.map { try probe(encoder).hiddenWords($0) }
            + recipe.pairs.map { try probe(encoder).nextSentence($0) }
        let quality = EncoderQuality(
            RunQuality(recipe, of: encoder, records: loop.trainer.records, measures: measures),
            EncoderFindings(samples: samples))
        try RunFolder.finish(
            output, quality: quality, records: loop.trainer.records,
            model: RunFolder.languageModel + ["tokenizer_config.json"], report: report)
    }

    func measures(of encoder: Encoder) throws -> [Measure] {
        try MaskedWordMeasures(
            task: heldOut, training: task.stories, vocabulary: tokenizer.vocabularySize, seed: recipe.corpus.seed
        ).measures(of: encoder)
    }

    private func probe(_ encoder: Encoder) -> EncoderProbe {
        EncoderProbe(model: encoder, tokenizer: .bytePairs(tokenizer), tokens: tokens)
    }

    private var corpus: Phrase {
        let count = task.stories.reduce(0) { $0 + $1.first.count + $1.second.count }
        return Phrase(
            en: "\(task.stories.count) stories, \(count) tokens, a vocabulary of \(tokenizer.vocabularySize)",
            zh: "\(task.stories.count) 个两句话的小故事，\(count) 个词元，词表大小 \(tokenizer.vocabularySize)")
    }
}
