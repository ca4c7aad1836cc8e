import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tokenizers
import Tracing

@testable import Training

/// A translator's batches, loss and greedy decoding.
@Suite struct TranslationTaskTests {
    private struct LossCase: Decodable {
        let smoothing: Double
        let loss: Double
        let gradientNorm: Double
        let embeddingGradientNorms: [Double]
    }

    private struct Losses: Decodable {
        let sources: [[Int]]
        let targets: [[Int]]
        let cases: [LossCase]
    }

    private static func reference() throws -> EncoderDecoder {
        try LanguageModel.load(folder: Places.root + "/fixtures/reference/translator_paper_tied").encoderDecoder
    }

    private static func tokenizer() throws -> BytePairTokenizer {
        try BytePairTrainer(
            vocabularySize: 1024, minimumFrequency: 1, specialTokens: TranslationRecipe.specialTokens
        ).train(on: TranslationGrammarTests.grammar.words)
    }

    @Test func theLossOfPaddedTextsIsPyTorchs() throws {
        let path = Places.root + "/fixtures/translation/loss.json"
        let expected = try JSONDecoder().decode(Losses.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        let model = try Self.reference()
        let batch = TranslationBatch(sources: expected.sources, targets: expected.targets)
        #expect(expected.cases.map(\.smoothing) == [0, 0.1])
        for entry in expected.cases {
            let task = TranslationTask(
                grammar: TranslationGrammarTests.grammar, tokenizer: try Self.tokenizer(),
                labelSmoothing: entry.smoothing)
            let recorder = Recorder()
            let loss = try task.loss(of: model, on: batch, recorder: recorder).tensor[flat: 0]
            #expect(abs(Double(loss) - entry.loss) < 1e-5 * entry.loss)
            let trace = recorder.trace()
            let gradients = try trace.gradients(of: StepName(.loss))
            let all = model.parameters.all.compactMap { trace.place(of: $0.name).flatMap { gradients[$0] } }
            let norm = all.reduce(0.0) { $0 + $1.scalars.reduce(0.0) { $0 + Double($1) * Double($1) } }.squareRoot()
            #expect(abs(norm - entry.gradientNorm) < 1e-5 * entry.gradientNorm)
            let place = try #require(trace.place(of: StepName(.embedding)))
            let embedding = try #require(gradients[place])
            let width = embedding.shape[-1]
            for (row, expected) in entry.embeddingGradientNorms.enumerated() {
                let scalars = embedding.scalars[row * width..<(row + 1) * width]
                let found = scalars.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
                #expect(abs(found - expected) < 1e-5 * entry.gradientNorm)
            }
        }
    }

    @Test func partsOfABatchGiveItsLoss() throws {
        let model = try Self.reference()
        let task = TranslationTask(
            grammar: TranslationGrammarTests.grammar, tokenizer: try Self.tokenizer(), labelSmoothing: 0.1)
        let batch = TranslationBatch(
            sources: [[3, 4, 5], [6], [7, 8], [9, 10, 3, 4], [5]],
            targets: [[4], [5, 6, 7], [8, 9], [10], [3, 3, 3, 3]])
        let whole = try task.loss(of: model, on: batch, recorder: Recorder()).tensor[flat: 0]
        for count in [2, 3, 9] {
            let parts = task.parts(of: batch, count: count)
            #expect(parts.count == min(count, 5) && parts.flatMap(\.sources) == batch.sources)
            let weights = parts.map { task.weight(of: $0) }
            #expect(weights.reduce(0, +) == task.weight(of: batch))
            let sum = try zip(parts, weights).reduce(0.0) {
                try $0 + $1.1 * Double(task.loss(of: model, on: $1.0, recorder: Recorder()).tensor[flat: 0])
            }
            #expect(abs(sum / task.weight(of: batch) - Double(whole)) < 1e-5)
        }
    }

    @Test func aBatchHoldsPairsOfTheGrammarInBothDirections() throws {
        let tokenizer = try Self.tokenizer()
        let task = TranslationTask(grammar: TranslationGrammarTests.grammar, tokenizer: tokenizer)
        var random = RandomSource(seed: 3)
        let batch = try task.batch(200, using: &random)
        let sources = batch.sources.map(tokenizer.decode)
        let isEnglish = sources.map { $0.first?.isASCII == true }
        #expect(isEnglish.contains(true) && isEnglish.contains(false))
        for (source, target) in zip(sources, batch.targets.map(tokenizer.decode)) {
            #expect((source.first?.isASCII == true) != (target.first?.isASCII == true))
        }
        var again = RandomSource(seed: 3)
        #expect(try task.batch(200, using: &again) == batch)
    }

    /// Many sources of different lengths side by side, with the cache, against one source at a time with everything
    /// read anew for each token.
    @Test func greedyWithCacheAndPaddingIsGreedyWithout() throws {
        let model = try Self.reference()
        let sources = [[3, 4, 5, 6, 7], [8], [9, 10], [3, 9, 4, 10], [7, 7, 7]]
        let found = try model.greedyTranslations(of: sources, limit: 6, batch: 3)
        for (source, output) in zip(sources, found) {
            var read = [model.configuration.startID]
            while read.count <= 6 {
                let logits = try model.logits(source: [source], target: [read], on: Recorder(recording: false)).tensor
                let row = Array(logits.scalars.suffix(model.configuration.targetVocabulary))
                let best = row.indices.max { row[$0] < row[$1] } ?? 0
                if best == model.configuration.endID { break }
                read.append(best)
            }
            #expect(output == Array(read.dropFirst()))
            let one = try model.generate(from: source, count: 6).map(\.id).filter { $0 != model.configuration.endID }
            #expect(one == output)
        }
    }
}
