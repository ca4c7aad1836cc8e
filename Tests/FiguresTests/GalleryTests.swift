import Drawing
import Figures
import Rendering
import Testing
import Tracing
import Wording

/// Every figure of the catalogue, drawn in every way that it may be asked for.
@Suite("The gallery") struct GalleryTests {
    struct Way: Sendable, CustomTestStringConvertible {
        var sample: Sample?
        var language: Language
        var size: Size
        /// Whether a figure may say that the canvas is too small.
        var mayBeTooSmall = false
        var theme = Theme.light

        var testDescription: String {
            "\(sample?.name ?? "none"), \(language.rawValue), \(Int(size.width)) × \(Int(size.height))"
        }
    }

    static let ways = [
        Way(sample: Samples.everything, language: .english, size: .slide),
        Way(sample: Samples.everything, language: .chinese, size: .slide),
        Way(sample: Samples.chinese, language: .chinese, size: .wide, mayBeTooSmall: true),
        Way(sample: Samples.chinese, language: .english, size: .square),
        Way(sample: Samples.everything, language: .english, size: .wide, mayBeTooSmall: true),
        Way(sample: Samples.everything, language: .chinese, size: .square, theme: .dark),
        Way(sample: Samples.chinese, language: .english, size: Size(900, 600), mayBeTooSmall: true),
        Way(sample: Samples.oneToken, language: .chinese, size: .slide),
        Way(sample: Samples.oneToken, language: .english, size: .wide, mayBeTooSmall: true),
        Way(sample: Samples.sixtyTokens, language: .english, size: .slide),
        Way(sample: Samples.sixtyTokens, language: .chinese, size: .square),
        Way(sample: Samples.twelveHeads, language: .english, size: .slide),
        Way(sample: Samples.wide, language: .chinese, size: .slide),
        Way(sample: Samples.postNorm, language: .english, size: .slide),
        Way(sample: Samples.trained, language: .english, size: .slide),
        Way(sample: Samples.changed, language: .chinese, size: .slide),
        Way(sample: Samples.trained, language: .chinese, size: .square, theme: .dark),
        Way(sample: Samples.trained, language: .chinese, size: .wide, mayBeTooSmall: true),
        Way(sample: Samples.rotary, language: .english, size: .slide),
        Way(sample: Samples.rotary, language: .chinese, size: .square, theme: .dark),
        Way(sample: Samples.rotary, language: .chinese, size: .wide, mayBeTooSmall: true),
        Way(sample: Samples.trainedPostNorm, language: .chinese, size: .slide),
        Way(sample: Samples.trained, language: .english, size: Size(900, 600), mayBeTooSmall: true),
    ]

    /// Where a trace has no tokenizer, its own words name the candidates too.
    static let longTraces: [Sample] =
        ([Samples.longTokens, Samples.trained, Samples.twelveHeads] + TranslationFigureTests.samples
        + Samples.encoders.map(Optional.some)).compactMap { $0 }.flatMap { sample in
            [60, 2000].map { length in
                var long = sample
                long.name += ", \(length) letters"
                long.tokenizer = nil
                func name(_ place: Int) -> String {
                    String((0..<length).map { Character(Unicode.Scalar(UInt8(97 + ($0 * 5 + place) % 9))) })
                }
                for place in long.trace.tokens.indices where !long.trace.tokens[place].isSpecial {
                    long.trace.tokens[place].display = name(place)
                }
                for place in long.trace.targetTokens.indices { long.trace.targetTokens[place].display = name(place) }
                for id in 0..<400 { long.trace.vocabulary[id] = name(id) }
                return long
            }
        }

    @Test(
        "tokens of any length find their place on a slide",
        arguments: zip(
            longTraces + [Samples.longTokens, Samples.longTokens].compactMap { $0 },
            // Of one length in one language each: what is elided is elided alike.
            (0...longTraces.count + 1).map { $0.isMultiple(of: 2) ? Language.english : .chinese }))
    func longTokensFit(_ sample: Sample, _ language: Language) throws {
        let request = sample.request(language)
        for placement in Catalogue.placements(request, layers: [0], heads: [0]) {
            do {
                let figure = try Catalogue.draw(placement, request)
                #expect(figure.faults.isEmpty, "\(placement.name): \(figure.faults.prefix(3))")
            } catch {
                Issue.record("\(sample.name), \(placement.name): \(error)")
            }
        }
    }

    @Test("the samples could be made") func samplesExist() { #expect(Samples.all.count == 10) }

    @Test("figures have no faults, real words and true hot spots", arguments: ways)
    func figuresAreSound(_ way: Way) throws {
        let sample = try #require(way.sample)
        let request = sample.request(way.language, way.size, theme: way.theme)
        let placements = Catalogue.placements(request, layers: [0], heads: [sample.trace.headCount(layer: 0) - 1])
        #expect(placements.count > 10)
        for placement in placements {
            do {
                let figure = try Catalogue.draw(placement, request)
                Inspection(figure: figure, placement: placement, sample: sample, style: request.style).check()
            } catch {
                let cause = try #require(error.cause(as: DrawingError.self), "\(error)")
                guard case .tooSmall(let least, let found) = cause else { throw cause }
                #expect(way.mayBeTooSmall, "\(placement.name) needs \(least)")
                #expect(!least.fits(in: found), "\(placement.name): \(least) is no larger than \(found)")
            }
        }
    }

    @Test("every figure can be drawn of some sample", arguments: Catalogue.all.map { $0.id })
    func everyFigureIsTried(_ id: String) throws {
        let figure = try #require(Catalogue.figure(id))
        let possible =
            (Samples.all + TranslationFigureTests.samples + Samples.encoders + [Samples.changed].compactMap { $0 })
            .filter {
                figure.isPossible($0.request(.english))
            }
        #expect(!possible.isEmpty)
    }

    private static func isOfTraining(_ id: String) -> Bool { [GradientsFlowingBack.id, OneUpdate.id].contains(id) }

    @Test("the two languages say different things", arguments: Catalogue.all.map { $0.id })
    func languagesDiffer(_ id: String) throws {
        let sample = try #require(Self.isOfTraining(id) ? Samples.trained : Samples.everything)
        let placements = Catalogue.placements(sample.request(.english), layers: [1], heads: [0])
        for placement in placements where placement.figure.id == id {
            let english = try Catalogue.draw(placement, sample.request(.english, measurer: FixedMeasurer()))
            let chinese = try Catalogue.draw(placement, sample.request(.chinese, measurer: FixedMeasurer()))
            #expect(english.title != chinese.title)
            #expect(english.frames.count == chinese.frames.count)
            for (first, second) in zip(english.frames, chinese.frames) {
                #expect(first.altText != second.altText)
                #expect(second.altText.unicodeScalars.contains { $0.isWide }, "\(id): \(second.altText)")
            }
        }
    }

    @Test("dark differs from light in colours only", arguments: Catalogue.all.map { $0.id })
    func themesDiffer(_ id: String) throws {
        let sample = try #require(Self.isOfTraining(id) ? Samples.trained : Samples.chinese)
        let placements = Catalogue.placements(sample.request(.english), layers: [0], heads: [1])
        for placement in placements where placement.figure.id == id {
            let light = try Catalogue.draw(placement, sample.request(.english, measurer: FixedMeasurer()))
            let dark = try Catalogue.draw(
                placement, sample.request(.english, theme: .dark, measurer: FixedMeasurer()))
            #expect(light.paper != dark.paper)
            #expect(light.texts.map(\.string) == dark.texts.map(\.string))
            #expect(light.texts.map(\.origin) == dark.texts.map(\.origin))
            #expect(light.frames != dark.frames)
        }
    }

    @Test("frames of a motion differ, and share what does not move")
    func framesMove() throws {
        let sample = try #require(Samples.everything)
        let request = sample.request(.english, measurer: FixedMeasurer())
        var motions = 0
        for placement in Catalogue.placements(request, layers: [0], heads: [0]) {
            let figure = try Catalogue.draw(placement, request)
            guard figure.frames.count > 1 else { continue }
            motions += 1
            for (before, after) in zip(figure.frames, figure.frames.dropFirst()) {
                #expect(before.items != after.items, "\(figure.id): two frames are the same picture")
                let shared = Set(before.items).intersection(after.items)
                #expect(
                    shared.count * 6 > min(before.items.count, after.items.count),
                    "\(figure.id): \(shared.count) of \(before.items.count) items stay")
            }
        }
        #expect(motions >= 2)
    }

    @Test("a trace that holds little still gives the figures of what it holds")
    func partialTraces() throws {
        let whole = try #require(Samples.chinese)
        let kept: [StepName] = [
            StepName(.embed), StepName(.positionEmbed), StepName(.probabilities), .block(0, .pattern),
            .block(1, .pattern),
            .block(0, .residualPre),
        ]
        let steps = whole.trace.steps.filter { kept.contains($0.name) }.map { step in
            Step(name: step.name, operation: Source(.unexplained), tensor: step.tensor, axes: step.axes)
        }
        let trace = try Trace(steps: steps, tokens: whole.trace.tokens.filter { !$0.isGenerated })
        let sample = Sample(name: "partial", trace: trace, text: "")
        for language in Language.allCases {
            let request = sample.request(language)
            let placements = Catalogue.placements(request, layers: [0], heads: [0])
            let ids = Set(placements.map { $0.figure.id })
            let wanted = [
                "embedding-lookup", "embedding-matrix", "position-matrix", "embedding-sum", "attention-pattern",
                "logits",
                "candidates",
            ]
            for id in wanted { #expect(ids.contains(id)) }
            for placement in placements {
                let figure = try Catalogue.draw(placement, request)
                Inspection(figure: figure, placement: placement, sample: sample, style: request.style).check()
            }
        }
    }
}
