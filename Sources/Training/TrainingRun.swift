import Foundation
import Models
import Tensors
import Tokenizers
import Tracing

/// A recipe carried out from corpus to model, in a folder where it can be interrupted and resumed.
public struct TrainingRun: Sendable {
    /// What happens, as it happens.
    public enum Event: Sendable {
        case corpus(sentences: Int, tokens: Int, vocabulary: Int)
        case resumed(step: Int)
        case update(TrainingRecord, of: Int)
        /// What the model now says to a probe.
        case sample(step: Int, text: String, continuation: String)
        case measured(Quality)
        case wrote([String])
    }

    public let recipe: Recipe
    public let folder: String
    private let grammar: CorpusGrammar
    private let tokenizer: BytePairTokenizer
    private let sentences: [[Int]]
    private let heldOut: [[Int]]
    private let end: Int

    /// Generates the corpus and trains the tokenizer.
    /// - Throws: ``TrainingError``, ``CorpusError`` or a tokenizer's error.
    public init(recipe: Recipe, folder: String) throws {
        self.recipe = recipe
        self.folder = folder
        grammar = try CorpusGrammar(path: recipe.grammarPath)
        let drawn = try grammar.drawn(count: recipe.corpus.sentences, seed: recipe.corpus.seed, split: .training)
        let others = try grammar.sentences(count: recipe.corpus.heldOut, seed: recipe.corpus.seed &+ 1, split: .heldOut)
        let trainer = try BytePairTrainer(
            vocabularySize: recipe.tokenizer.vocabulary, minimumFrequency: recipe.tokenizer.minimumFrequency,
            specialTokens: [Recipe.endOfText])
        // Words, not sentences: written without spaces, a name and the verb beside it would become one token.
        let tokenizer = trainer.train(on: drawn.flatMap(\.segments))
        self.tokenizer = tokenizer
        sentences = drawn.map { tokenizer.encode($0.text) }
        heldOut = others.map { tokenizer.encode($0) }
        end = tokenizer.addedTokens.first { $0.content == Recipe.endOfText }?.id ?? 0
    }

    private var checkpoint: String { folder + "/checkpoint.safetensors" }

    /// What must agree for a checkpoint to be gone on from: the recipe's and the grammar's text.
    private func fingerprint() throws -> String {
        try [recipe.path, recipe.grammarPath].map { try String(contentsOfFile: $0, encoding: .utf8) }.joined(
            separator: "\n---\n")
    }

    /// Trains to the end, measures, and writes the model's folder.
    ///
    /// - Parameters:
    ///   - limit: fewer updates than the recipe's, for a test of the recipe.
    ///   - report: told what happens, as it happens.
    public func run(steps limit: Int? = nil, report: (Event) throws -> Void = { _ in }) throws -> LanguageModel {
        // Parts of a batch run side by side; threads inside each product would only fight over the cores.
        limitMatrixThreads(to: 1)
        var configuration = recipe.decoder
        configuration.vocabularySize = tokenizer.vocabularySize
        let tokens = sentences.reduce(0) { $0 + $1.count + 1 }
        try report(.corpus(sentences: sentences.count, tokens: tokens, vocabulary: tokenizer.vocabularySize))
        try createFolder()
        let batches = try Batches(
            sentences: sentences, end: end, length: recipe.training.context, drillShare: recipe.training.drills)
        var trainer = Trainer(
            decoder: try Decoder(
                configuration: configuration, seed: recipe.training.seed,
                positionsAsWaves: recipe.training.positionWaves > 0 ? recipe.training.positionWaves : nil),
            settings: recipe.training)
        let fingerprint = try fingerprint()
        if try TrainingCheckpoint.resume(&trainer, recipe: fingerprint, from: checkpoint) {
            try report(.resumed(step: trainer.step))
        }
        let last = min(limit ?? .max, recipe.training.steps)
        while trainer.step < last {
            try trainer.update(batches)
            if let record = trainer.records.last { try report(.update(record, of: last)) }
            if trainer.step % recipe.training.checkpointEvery == 0, trainer.step < last {
                try TrainingCheckpoint.write(trainer, recipe: fingerprint, to: checkpoint)
                if let text = recipe.probes.first {
                    let sample = try continuation(of: text, by: trainer.decoder, count: 12)
                    try report(.sample(step: trainer.step, text: text, continuation: sample.continuation))
                }
            }
        }
        let model = LanguageModel(
            name: recipe.name, folder: folder, family: "gpt2", decoder: trainer.decoder, tokenizer: tokenizer)
        try model.write(to: folder)
        let quality = try measure(trainer)
        try report(.measured(quality))
        try write(quality, as: "quality.json")
        try write(thinned(trainer.records), as: "training.json")
        try? FileManager.default.removeItem(atPath: checkpoint)
        try report(
            .wrote(
                ["config.json", "model.safetensors", "tokenizer.json", "quality.json", "training.json"].map {
                    folder + "/" + $0
                }))
        return model
    }

    /// The records that a curve needs: every one at first, then every tenth.
    private func thinned(_ records: [TrainingRecord]) -> [TrainingRecord] {
        records.filter { $0.step <= 50 || $0.step % 10 == 0 || $0.step == records.count }
    }

    private func measure(_ trainer: Trainer) throws -> Quality {
        let decoder = trainer.decoder
        let used = Set(sentences.joined()).subtracting([end]).sorted()
        let half = (decoder.configuration.context - 1) / 2
        let scores = try HeadScores(
            of: decoder, ids: used, length: min(half, 25), boundary: end, seed: recipe.training.seed)
        guard let previous = scores.bestPreviousToken, let induction = scores.bestInduction else {
            throw ModelError.emptyText
        }
        let tail = trainer.records.suffix(100).map(\.loss)
        return Quality(
            name: recipe.name, description: recipe.description,
            recipe: URL(fileURLWithPath: recipe.path).lastPathComponent, parameters: decoder.parameters.count,
            steps: trainer.step, finalLoss: tail.reduce(0, +) / Double(max(tail.count, 1)),
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

    private func createFolder() throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw TrainingError.unreadable(path: folder, reason: (error as NSError).localizedDescription)
        }
    }

    private func write(_ value: some Encodable, as name: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        let path = folder + "/" + name
        do {
            try (encoder.encode(value) + Data("\n".utf8)).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw TrainingError.unreadable(path: path, reason: (error as NSError).localizedDescription)
        }
    }
}
