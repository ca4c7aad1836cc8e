import Drawing
import Models
import Rendering
import Testing
import Tokenizers
import Tracing
import Training
import Wording

@testable import Figures

/// The figures of a translator, on what a random one writes and on what it is made to write.
@Suite("Translation: figures") struct TranslationFigureTests {
    static let ids = [
        "cross-attention", "cross-attention-lines", "translation-chain", "encoder-decoder-map", "cross-projections",
        "cross-scores", "cross-softmax", "cross-weighted-sum", "cross-heads", "cross-output", "decoder-layer",
    ]
    /// Those that are drawn of each stack.
    static let own = ["attention-pattern", "attention-lines", "all-heads", "heads-overview", "attention-rollout"]

    static let tokenizer: BytePairTokenizer? = try? BytePairTrainer(
        vocabularySize: 400, minimumFrequency: 1, specialTokens: TranslationRecipe.specialTokens
    ).train(on: ["three", " hundred", " and", " five", "三", "百", "零", "五"])

    static func model(_ placement: NormPlacement = .post, layers: Int = 2) -> LanguageModel? {
        guard let tokenizer,
            let network = try? EncoderDecoder(
                configuration: EncoderDecoderConfiguration(
                    sourceVocabulary: tokenizer.vocabularySize, context: 64, width: 16, heads: 2, encoderLayers: layers,
                    normPlacement: placement, tiedEmbeddings: true), seed: 3)
        else { return nil }
        return LanguageModel(
            name: "t", folder: "", family: "aiayn", network: .encoderDecoder(network),
            tokenizer: .bytePairs(tokenizer))
    }

    private static func sample(
        _ name: String, _ model: LanguageModel?, _ text: String, target: String? = nil, generating count: Int = 5
    ) -> Sample? {
        guard let model, let input = try? model.input(text, target: target),
            let trace = try? model.trace(input, generating: target == nil ? count : 0)
        else { return nil }
        return Sample(name: name, trace: trace, tokenizer: model.tokenizer, text: text)
    }

    static let samples = [
        sample("written", model(), "three hundred and five"),
        sample("given", model(.pre, layers: 1), "three hundred and five", target: "三百零五"),
        sample("one token", model(), "三", generating: 1),
        sample("long", model(), String(repeating: "三百零五", count: 7), generating: 30),
    ].compactMap { $0 }

    @Test func everySampleIsThere() { #expect(Self.samples.count == 4) }

    @Test(arguments: samples, [Language.english, .chinese])
    func everyFigureIsSound(_ sample: Sample, _ language: Language) throws {
        for (size, theme) in [(Size.slide, Theme.light), (.square, .dark), (Size(1200, 620), .light)] {
            let request = sample.request(language, size, theme: theme)
            let placements = Catalogue.placements(request).filter { (Self.ids + Self.own).contains($0.figure.id) }
            // A single token looks at nothing but itself, of which no lines are drawn.
            let own = Self.own.filter { $0 != "attention-lines" || sample.name != "one token" }
            let shared = Self.ids.filter { $0 != "attention-lines" || sample.name != "one token" }
            #expect(Set(placements.map { $0.figure.id }) == Set(shared + own))
            for stack in [Stack.encoder, .decoder] {
                // What a decoder writes comes from the source too, which a roll-out does not follow.
                let expected = own.filter { stack == .encoder || $0 != "attention-rollout" }
                #expect(Set(placements.filter { $0.stack == stack }.map { $0.figure.id }) == Set(expected))
            }
            for placement in placements where (placement.layer ?? 0) == 0 && (placement.head ?? 0) == 0 {
                let figure = try Catalogue.draw(placement, request)
                Inspection(figure: figure, placement: placement, sample: sample, style: request.style).check()
            }
        }
    }

    /// Every cell of a table that its figure draws is the trace's, and the products are what they say.
    @Test("cross-attention's tables are the trace's, word by word or at once", arguments: samples)
    func crossTables(_ sample: Sample) throws {
        var request = sample.request(.english, measurer: FixedMeasurer())
        request.head = 1
        let tables = try #require(CrossTables(request, needs: [.query, .key, .value, .scores, .pattern, .z]))
        let (queries, scores) = (tables.queries(.query), tables.cells(.scores))
        let (keys, values) = (tables.sources(.key), tables.sources(.value))
        let (weights, mixed) = (tables.cells(.pattern), tables.queries(.z))
        #expect(weights == tables.cross.cells && scores.count == tables.view.places.count)
        let root = Float(keys[0].count).squareRoot()
        for row in scores.indices {
            for key in keys.indices {
                let product = zip(queries[row], keys[key]).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(product / root - scores[row][key]) < 1e-4)
            }
            for column in values[0].indices {
                let sum = keys.indices.reduce(Float(0)) { $0 + weights[row][$1] * values[$1][column] }
                #expect(abs(sum - mixed[row][column]) < 1e-4)
            }
        }
    }

    @Test func theRowsOfAWrittenTranslationAreThoseOfItsPasses() throws {
        let sample = try #require(Self.samples.first)
        let request = sample.request(.english, measurer: FixedMeasurer())
        let view = try #require(TranslationView(request))
        #expect(view.places.map(\.pass) == Array(0..<view.places.count))
        #expect(view.read.first?.display == "<bos>")
        #expect(view.read.dropFirst().map(\.display) == view.written.dropLast().map(\.display))
        #expect(view.writtenIDs == sample.trace.targetTokens.dropFirst().map(\.id).prefix(view.places.count).map { $0 })
        for head in 0..<2 {
            let cells = view.weights(layer: 1, head: head)
            #expect(cells.count == view.places.count)
            for (row, weights) in cells.enumerated() {
                #expect(abs(weights.reduce(0, +) - 1) < 1e-5)
                let tag = view.tag(1, head, row, 2)
                #expect(try sample.trace.step(StepName(tag.step)).tensor.cell(tag.index) == weights[2])
            }
        }
    }

    /// A row of the decoder's own attention for each token it read, each from the pass that computed it.
    @Test func theDecodersOwnAttentionIsThatOfItsPasses() throws {
        let sample = try #require(Self.samples.first)
        var request = sample.request(.english, measurer: FixedMeasurer())
        request.stack = .decoder
        request.layer = 1
        let view = HeadView(request)
        let cells = view.cells(.pattern)
        #expect(cells.count > 2 && view.isCausal)
        #expect(view.labels.map(\.display) == sample.trace.targetTokens.prefix(cells.count).map(\.display))
        for (query, weights) in cells.enumerated() {
            #expect(weights.count == cells.count)
            #expect(abs(weights.reduce(0, +) - 1) < 1e-5)
            for (key, weight) in weights.enumerated() where key <= query {
                let tag = view.tag(.pattern, head: 0, query, key)
                #expect(try sample.trace.step(StepName(tag.step)).tensor.cell(tag.index) == weight)
            }
        }
        request.stack = .encoder
        let source = HeadView(request)
        #expect(source.labels.map(\.display) == sample.trace.tokens.map(\.display))
        #expect(source.cells(.pattern).count == source.labels.count)
        #expect(!source.isCausal)
    }

    @Test func aTextThatIsGivenIsReadInOnePass() throws {
        let sample = try #require(Self.samples.first { $0.name == "given" })
        let view = try #require(TranslationView(sample.request(.english, measurer: FixedMeasurer())))
        #expect(view.read.map(\.display) == ["<bos>", "三", "百", "零", "五"])
        #expect(view.places.map(\.position) == [0, 1, 2, 3, 4])
    }

    @Test func aDecodersTraceHasNone() throws {
        let sample = try #require(Samples.chinese)
        let placements = Catalogue.placements(sample.request(.english, measurer: FixedMeasurer()))
        #expect(placements.allSatisfy { !Self.ids.contains($0.figure.id) })
    }

    @Test(arguments: [Language.english, .chinese], [Size.slide, .square, .wide])
    func theNGramsOfBLEUAreDrawnAndCounted(_ language: Language, _ size: Size) throws {
        for (hypothesis, reference) in [
            (
                "three million one hundred and fifty-five thousand five hundred and eighty",
                "three million one hundred and fifty-five thousand seven hundred and eighty"
            ),
            ("三百一十五万五千五百八十", "三百一十五万五千七百八十"), ("一", "一二三"), ("x", "一"),
        ] {
            let style = SlideStyle(size: size, language: language, measurer: PangoMeasurer())
            let figure = try BLEUFigure.slide(hypothesis: hypothesis, references: [reference]).figure(style)
            #expect(figure.faults.isEmpty, "\(hypothesis): \(figure.faults.prefix(3))")
            let segment = BLEU.Segment(hypothesis, references: [reference], tokens: .zh)
            let counts = "\(segment.matched[0].count { $0 }) / \(segment.matched[0].count)"
            #expect(figure.texts.contains { $0.string.hasPrefix(counts) })
        }
    }
}
