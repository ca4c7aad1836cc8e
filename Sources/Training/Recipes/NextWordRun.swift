import Foundation
import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// A next-word recipe carried out from corpus to model.
struct NextWordRun {
    let recipe: NextWordRecipe
    let folder: String
    private let tokenizer: BytePairTokenizer
    private let sentences: [[Int]]
    private let heldOut: [[Int]]
    private let end: Int
    private let fingerprint: String

    /// Generates the corpus and trains the tokenizer.
    /// - Throws: ``TrainingError``, ``CorpusError`` or a tokenizer's error.
    init(recipe: NextWordRecipe, folder: String) throws {
        self.recipe = recipe
        self.folder = folder
        let path = recipe.head.file(recipe.corpus.grammar)
        fingerprint = try recipe.head.fingerprint(with: [path], seed: recipe.seed)
        let grammar = try CorpusGrammar(path: path)
        let (drawn, others) = try recipe.corpus.drawn(from: grammar)
        let trainer = try BytePairTrainer(
            vocabularySize: recipe.tokenizer.vocabulary, minimumFrequency: recipe.tokenizer.minimumFrequency,
            specialTokens: [NextWordRecipe.endOfText])
        // Words, not sentences: written without spaces, a name and the verb beside it would become one token.
        let tokenizer = trainer.train(on: drawn.flatMap(\.segments))
        self.tokenizer = tokenizer
        sentences = try drawn.map { try tokenizer.encode($0.text) }
        heldOut = try others.map { try tokenizer.encode($0.text) }
        end = tokenizer.addedTokens.first { $0.content == NextWordRecipe.endOfText }?.id ?? 0
    }

    /// Trains to the end, measures, and writes the model's folder.
    func run(steps limit: Int? = nil, report: (TrainingEvent) throws -> Void = { _ in }) throws {
        var configuration = recipe.decoder
        configuration.vocabularySize = tokenizer.vocabularySize
        try report(.note(corpus))
        let waves = recipe.training.positionWaves
        let batches = try Batches(
            sentences: sentences, end: end, length: recipe.training.context, drillShare: recipe.training.drills)
        var loop = TrainingLoop(
            task: NextTokenTask(batches: batches),
            trainer: Trainer(
                model: try Decoder(
                    configuration: configuration, seed: recipe.training.seed,
                    positionsAsWaves: waves > 0 ? waves : nil),
                settings: recipe.training),
            folder: folder, fingerprint: fingerprint)
        try loop.run(steps: limit, report: report) { decoder, step in
            guard let text = recipe.probes.first else { return nil }
            let sample = try continuation(of: text, by: decoder, count: 12)
            return .sample(step: step, input: text, output: sample.continuation)
        } validate: { decoder in
            log(try Evaluation.perplexity(of: decoder, sentences: Array(heldOut.prefix(200)), boundary: end))
        }
        let output = try RunFolder.open(folder)
        try recipe.head.write(
            .decoder(loop.trainer.model), family: "gpt2", tokenizer: .bytePairs(tokenizer), to: output.unfinished)
        let quality = try quality(of: loop.trainer.model, records: loop.trainer.records)
        try RunFolder.finish(output, quality: quality, records: loop.trainer.records, report: report)
    }

    private var corpus: Phrase {
        let tokens = sentences.reduce(0) { $0 + $1.count + 1 }
        return Phrase(
            en: "\(sentences.count) sentences, \(tokens) tokens, a vocabulary of \(tokenizer.vocabularySize)",
            zh: "\(sentences.count) 个句子，\(tokens) 个词元，词表大小 \(tokenizer.vocabularySize)")
    }

    func quality(of decoder: Decoder, records: [TrainingRecord]) throws -> Quality {
        let used = Set(sentences.joined()).subtracting([end]).sorted()
        let half = (decoder.configuration.context - 1) / 2
        let scores = try HeadScores(
            of: decoder, ids: used, length: min(half, 25), boundary: end, seed: recipe.training.seed)
        guard let previous = scores.bestPreviousToken, let induction = scores.bestInduction else {
            throw Failure(ModelError.emptyText)
        }
        return Quality(
            name: recipe.head.name, description: recipe.head.description,
            recipe: recipe.head.fileName, parameters: decoder.parameters.count,
            steps: records.count, finalLoss: records.finalLoss,
            heldOutSentences: heldOut.count, heldOutTokens: heldOut.reduce(0) { $0 + $1.count + 1 },
            heldOutPerplexity: try Evaluation.perplexity(of: decoder, sentences: heldOut, boundary: end),
            bigramPerplexity: BigramModel(
                sequences: sentences, vocabularySize: tokenizer.vocabularySize, boundary: end
            ).perplexity(of: heldOut, boundary: end) ?? .nan,
            heads: .init(
                previousToken: previous, induction: induction, previousTokenScores: scores.previousToken,
                inductionScores: scores.induction),
            probes: try recipe.probes.map { try continuation(of: $0, by: decoder, count: 16) })
    }

    private func continuation(of text: String, by decoder: Decoder, count: Int) throws -> Quality.Probe {
        let generated = try decoder.generate(from: tokenizer.encode(text), count: count, stop: [end])
        let said = generated.filter { $0.id != end }
        return Quality.Probe(
            text: text, continuation: tokenizer.decode(said.map(\.id)),
            tokens: said.map { tokenizer.piece($0.id).display }, probabilities: said.map(\.probability))
    }
}
