import Drawing
import Figures
import Rendering
import Testing
import Tracing
import Wording

/// The figures of the catalogue on models with an encoder and a decoder, and on encoders.
@Suite("Two stacks: figures") struct TwoStackFigureTests {
    private static let insideOfALayer = [
        "layer-norm", "projections", "scores", "scaling", "softmax", "attention-pattern", "weighted-sum", "one-head",
        "join-heads", "output-projection", "feed-forward", "activation-function", "strongest-neurons",
    ]

    private func sample(_ name: String) throws -> Sample {
        try #require(TranslationFigureTests.samples.first { $0.name == name })
    }

    private func ids(_ sample: Sample, stack: Stack) -> Set<String> {
        let placements = Catalogue.placements(sample.request(.english, measurer: FixedMeasurer()))
        return Set(placements.filter { $0.stack == stack }.map { $0.figure.id })
    }

    @Test("every figure of every stack is sound", arguments: TranslationFigureTests.samples)
    func figuresAreSound(_ sample: Sample) throws {
        let ways = [(Language.english, Size.slide, Theme.light), (.chinese, .square, .dark)]
        for (language, size, theme) in ways {
            let request = sample.request(language, size, theme: theme)
            let placements = Catalogue.placements(request, layers: [0], heads: [0])
            #expect(placements.count > 20)
            #expect(Set(placements.map(\.name)).count == placements.count)
            for placement in placements {
                guard let figure = try? Catalogue.draw(placement, request) else {
                    Issue.record("\(placement.name) is not drawn at \(size)")
                    continue
                }
                Inspection(figure: figure, placement: placement, sample: sample, style: request.style).check()
            }
        }
    }

    @Test func anEncoderIsDrawnWhole() throws {
        let found = ids(try sample("written"), stack: .encoder)
        let once = ["token-strip", "embedding-lookup", "embedding-matrix", "position-matrix", "embedding-sum"]
        for id in Self.insideOfALayer + once + ["residual-stream", "layer"] { #expect(found.contains(id), "\(id)") }
        #expect(!found.contains("mask"), "an encoder hides nothing")
    }

    /// In one pass a decoder is drawn like any other, but for its blocks' third branch.
    @Test func aDecoderIsDrawnInOnePass() throws {
        let found = ids(try sample("given"), stack: .decoder)
        for id in Self.insideOfALayer + ["mask", "embedding-sum"] { #expect(found.contains(id), "\(id)") }
        #expect(found.isDisjoint(with: ["layer", "residual-stream"]))
        // Word by word each pass has one row: only what puts the rows together is a figure.
        #expect(
            ids(try sample("written"), stack: .decoder).isDisjoint(with: ["projections", "scores", "token-strip"]))
    }

    /// What comes next is a matter of the decoder's tokens, not of the source's.
    @Test(arguments: ["written", "given"]) func guessesStandUnderTheTarget(_ name: String) throws {
        let sample = try sample(name)
        let request = sample.request(.english, measurer: FixedMeasurer())
        let target = sample.trace.targetTokens.map(\.display)
        for id in ["candidates", "logits"] {
            let placement = try #require(Catalogue.placements(request).first { $0.figure.id == id })
            let figure = try Catalogue.draw(placement, request)
            let first = try #require(target.first)
            if id == "candidates" { #expect(figure.texts.contains { $0.string == first }) }
            #expect(!figure.texts.contains { $0.string == "three" && $0.font.size > 24 })
            #expect(figure.frames[0].hotSpots.count > 3, "\(id) is empty")
        }
    }

    @Test("a mask only where the future is hidden", arguments: Samples.encoders)
    func encodersHideNothing(_ sample: Sample) throws {
        let found = ids(sample, stack: .single)
        #expect(!found.contains("mask") && found.contains("scores"))
    }

    /// BERT adds three vectors; a trace that lacks one of them has no sum to show.
    @Test func sumsAreTrue() throws {
        let sample = try #require(Samples.encoders.first)
        let request = sample.request(.english, measurer: FixedMeasurer())
        let placement = try #require(Catalogue.placements(request).first { $0.figure.id == "embedding-sum" })
        let figure = try Catalogue.draw(placement, request)
        let shown = Set(figure.frames[0].hotSpots.compactMap { $0.tag?.step })
        #expect(shown.isSuperset(of: ["token_type_embed", "embed.sum"]))
        let steps = sample.trace.steps.filter { $0.name.label != .segmentEmbed }.map {
            Step(name: $0.name, operation: Source(.unexplained), tensor: $0.tensor, axes: $0.axes)
        }
        let partial = Sample(name: "partial", trace: try Trace(steps: steps, tokens: sample.trace.tokens), text: "")
        #expect(!ids(partial, stack: .single).contains("embedding-sum"))
    }
}
