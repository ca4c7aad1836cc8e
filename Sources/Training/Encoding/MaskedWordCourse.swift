import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// A masked-word recipe's stories and tokenizer, and what is made of an encoder that learns from them.
package struct MaskedWordCourse: PlainCourse {
    package typealias Task = MaskedWordTask

    package let recipe: MaskedWordRecipe
    package let task: MaskedWordTask
    package let fingerprint: String
    let tokenizer: BytePairTokenizer
    private let heldOut: MaskedWordTask

    /// Generates the stories and trains the tokenizer.
    /// - Throws: ``TrainingError``, ``CorpusError`` or a tokenizer's error.
    init(_ recipe: MaskedWordRecipe) throws {
        self.recipe = recipe
        let texts = try DrawnTexts(recipe.corpus, of: recipe.head, seed: recipe.seed)
        fingerprint = texts.fingerprint
        let tokenizer = try texts.tokenizer(
            recipe.tokenizer, special: EncoderTokens.spellings, parts: CorpusTemplate.parts
        ).takingSpace(before: "[MASK]")
        let tokens = try EncoderTokens(tokenizer)
        let endings = Set(try [".", "。"].flatMap { try tokenizer.encode($0) })
        func task(_ sentences: [CorpusGrammar.Sentence]) throws -> MaskedWordTask {
            MaskedWordTask(
                stories: try sentences.map { try Self.story($0, tokenizer, texts.path) }, tokens: tokens,
                masking: recipe.masking, endings: endings, drills: recipe.training.drills)
        }
        self.task = try task(texts.training)
        heldOut = try task(texts.heldOut)
        let longest = max(self.task.longest, heldOut.longest)
        guard longest <= recipe.encoder.context else {
            throw Failure(ModelError.contextExceeded(tokens: longest, context: recipe.encoder.context))
        }
        self.tokenizer = tokenizer
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

    package var settings: TrainingSettings { recipe.training }

    package var notes: [Phrase] {
        let count = task.stories.reduce(0) { $0 + $1.first.count + $1.second.count }
        return [
            DrawnTexts.note(
                Phrase(en: "\(task.stories.count) stories", zh: "\(task.stories.count) 个两句话的小故事"), tokens: count,
                vocabulary: tokenizer.vocabularySize)
        ]
    }

    package func beginning() throws -> Encoder {
        var configuration = recipe.encoder
        configuration.vocabularySize = tokenizer.vocabularySize
        configuration.paddingID = task.tokens.padding
        return try Encoder(configuration: configuration, seed: recipe.seed, deviation: recipe.deviation)
    }

    package func sample(of encoder: Encoder, at step: Int) throws -> TrainingEvent? {
        try recipe.probes.first.map {
            .sample(step: step, input: $0, output: try probe(encoder).hiddenWords($0).summary)
        }
    }

    package func written(_ encoder: Encoder) -> LanguageModel {
        recipe.head.model(.encoder(encoder), family: "bert", tokenizer: .bytePairs(tokenizer))
    }

    package func measured(
        _ encoder: Encoder, in folder: String
    ) throws -> (measures: [Measure], findings: EncoderFindings) {
        let probe = probe(encoder)
        return (
            try measures(of: encoder),
            EncoderFindings(
                samples: try recipe.probes.map { try probe.hiddenWords($0) }
                    + recipe.pairs.map { try probe.nextSentence($0) })
        )
    }

    package func measures(of encoder: Encoder) throws -> [Measure] {
        try MaskedWordMeasures(
            task: heldOut, training: task.stories, vocabulary: tokenizer.vocabularySize, seed: recipe.corpus.seed
        ).measures(of: encoder)
    }

    private func probe(_ encoder: Encoder) -> EncoderProbe {
        EncoderProbe(model: encoder, tokenizer: .bytePairs(tokenizer), tokens: task.tokens)
    }
}
