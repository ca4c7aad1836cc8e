import Foundation
import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// A next-word recipe's corpus and tokenizer, and what is made of a decoder that learns from them.
package struct NextWordCourse: PlainCourse {
    package typealias Task = NextTokenTask

    package let recipe: NextWordRecipe
    package let task: NextTokenTask
    package let fingerprint: String
    private let tokenizer: BytePairTokenizer
    private let sentences: [[Int]]
    private let heldOut: [[Int]]
    private let end: Int

    /// Generates the corpus and trains the tokenizer.
    /// - Throws: ``TrainingError``, ``CorpusError`` or a tokenizer's error.
    init(_ recipe: NextWordRecipe) throws {
        self.recipe = recipe
        let texts = try DrawnTexts(recipe.corpus, of: recipe.head, seed: recipe.seed)
        fingerprint = texts.fingerprint
        let tokenizer = try texts.tokenizer(recipe.tokenizer, special: [NextWordRecipe.endOfText])
        self.tokenizer = tokenizer
        sentences = try texts.training.map { try tokenizer.encode($0.text) }
        heldOut = try texts.heldOut.map { try tokenizer.encode($0.text) }
        end = tokenizer.addedTokens.first { $0.content == NextWordRecipe.endOfText }?.id ?? 0
        task = NextTokenTask(
            batches: try Batches(
                sentences: sentences, end: end, length: recipe.training.context, drillShare: recipe.training.drills))
    }

    package var settings: TrainingSettings { recipe.training }

    package var notes: [Phrase] {
        let tokens = sentences.reduce(0) { $0 + $1.count + 1 }
        return [
            DrawnTexts.note(
                Phrase(en: "\(sentences.count) sentences", zh: "\(sentences.count) 个句子"), tokens: tokens,
                vocabulary: tokenizer.vocabularySize)
        ]
    }

    package func beginning() throws -> Decoder {
        var configuration = recipe.decoder
        configuration.vocabularySize = tokenizer.vocabularySize
        let waves = recipe.training.positionWaves
        return try Decoder(
            configuration: configuration, seed: recipe.seed, positionsAsWaves: waves > 0 ? waves : nil)
    }

    package func sample(of decoder: Decoder, at step: Int) throws -> TrainingEvent? {
        try recipe.probes.first.map { text in
            .sample(step: step, input: text, output: try continuation(of: text, by: decoder, count: 12).continuation)
        }
    }

    package func heldOutLoss(of decoder: Decoder) throws -> Double? {
        log(try Evaluation.perplexity(of: decoder, sentences: Array(heldOut.prefix(200)), boundary: end))
    }

    package func written(_ decoder: Decoder) -> LanguageModel {
        recipe.head.model(.decoder(decoder), family: "gpt2", tokenizer: .bytePairs(tokenizer))
    }

    package func measures(of decoder: Decoder) throws -> [Measure] { try findings(of: decoder).measures }

    package func measured(
        _ decoder: Decoder, in folder: String
    ) throws -> (measures: [Measure], findings: NextWordFindings) {
        let findings = try findings(of: decoder)
        return (findings.measures, findings)
    }

    private func findings(of decoder: Decoder) throws -> NextWordFindings {
        let used = Set(sentences.joined()).subtracting([end]).sorted()
        let half = (decoder.configuration.context - 1) / 2
        let scores = try HeadScores(of: decoder, ids: used, length: min(half, 25), boundary: end, seed: recipe.seed)
        guard let previous = scores.bestPreviousToken, let induction = scores.bestInduction else {
            throw Failure(ModelError.emptyText)
        }
        return NextWordFindings(
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

    private func continuation(of text: String, by decoder: Decoder, count: Int) throws -> NextWordFindings.Probe {
        let generated = try decoder.generate(from: tokenizer.encode(text), count: count, stop: [end])
        let said = generated.filter { $0.id != end }
        return NextWordFindings.Probe(
            text: text, continuation: tokenizer.decode(said.map(\.id)),
            tokens: said.map { tokenizer.piece($0.id).display }, probabilities: said.map(\.probability))
    }
}

/// What was measured of a next-word model when its training ended; `quality.json` beside the model.
package typealias NextWordQuality = Quality<NextWordFindings>

/// What a next-word model says, and what its heads habitually do.
package struct NextWordFindings: QualityFindings {
    package static let owner = "a next-word model's"

    package struct Probe: Sendable, Hashable, Codable {
        package let text: String
        package let continuation: String
        package let tokens: [String]
        package let probabilities: [Double]
    }

    package struct Heads: Sendable, Hashable, Codable {
        package let previousToken: HeadScores.Place
        package let induction: HeadScores.Place
        /// `[layer][head]`
        package let previousTokenScores: [[Double]]
        package let inductionScores: [[Double]]
    }

    package let heldOutSentences: Int
    package let heldOutTokens: Int
    package let heldOutPerplexity: Double
    package let bigramPerplexity: Double
    package let heads: Heads
    package let probes: [Probe]

    var measures: [Measure] {
        [
            Measure("held_out_perplexity", heldOutPerplexity, baseline: bigramPerplexity),
            Measure("previous_token_head", heads.previousToken.score),
            Measure("induction_head", heads.induction.score),
        ]
    }
}
