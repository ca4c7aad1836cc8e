import Drawing
import Models
import Rendering
import Tensors
import Testing
import Tracing
import Wording

@testable import Figures

@Suite("Figures of a block and of the whole") struct BlockFiguresTests {
    // MARK: Which traces give which figures

    struct Lack: Sendable, CustomTestStringConvertible {
        var without: [Label]
        var figures: Set<String>
        var testDescription: String { "without \(without.map(\.rawValue))" }
    }

    /// What a trace no longer gives when these steps are missing.
    static let lacks = [
        Lack(without: [], figures: []),
        Lack(without: [.residualPre], figures: ["residual-stream", "layer"]),
        // A sum that lacks a part is no sum.
        Lack(without: [.attentionOut], figures: ["residual-stream", "layer", "residual-overview"]),
        Lack(without: [.residualMid], figures: ["residual-stream"]),
        Lack(without: [.hiddenPost], figures: ["feed-forward", "activation-function", "strongest-neurons"]),
        Lack(without: [.hiddenPre], figures: ["activation-function"]),
        Lack(without: [.norm1, .norm2], figures: ["layer-norm"]),
        Lack(without: [.finalNorm], figures: ["final-norm"]),
        Lack(without: [.residualPost], figures: ["residual-stream", "layer", "residual-overview", "final-norm"]),
        Lack(without: [.pattern, .query, .key, .value, .z, .logits, .probabilities], figures: []),
    ]

    @Test("a recorded trace gives every figure whose data it holds", arguments: lacks)
    func partialTraces(_ lack: Lack) throws {
        let trace = try BlockSamples.trace()
        let recorded = try BlockSamples.recorded(trace) { !$0.isParameter && !lack.without.contains($0.name.label) }
        let request = BlockSamples.request(recorded)
        let possible = Set(BlockSamples.figures.filter { $0.isPossible(request) }.map { $0.id })
        // Without any parameters there is no picture of parameters.
        let expected = Set(BlockSamples.figures.map { $0.id }).subtracting(lack.figures).subtracting(["parameters"])
        #expect(possible == expected)
        for id in possible {
            let figure = try #require(try BlockSamples.figure(id, request))
            #expect(figure.faults.isEmpty, "\(id): \(figure.faults.prefix(3))")
        }
    }

    @Test("a post-norm model has no last norm, and its layer norms follow the sums")
    func postNorm() throws {
        let request = BlockSamples.request(try BlockSamples.trace(norm: .post))
        #expect(!FinalNormFigure.isPossible(request))
        let sites = LayerNormFigure.sites(request)
        #expect(sites.map(\.output.name.label) == [.normalizedMid, .normalizedPost])
        #expect(sites.map(\.input.name.label) == [.residualMid, .residualPost])
    }

    // MARK: Nothing overlaps

    struct Way: Sendable, CustomTestStringConvertible {
        var words: [String]
        var language: Language
        var size: Size
        var norm = DecoderConfiguration.NormPlacement.pre
        var isMeasuredByPango = true
        var testDescription: String {
            "\(words.joined()), \(language.rawValue), \(Int(size.width)) × \(Int(size.height)), \(norm), \(isMeasuredByPango ? "Pango" : "fixed")"
        }
    }

    static let ways: [Way] = Language.allCases.flatMap { language in
        [Size.slide, .wide, .square].flatMap { size in
            [BlockSamples.chinese, BlockSamples.english].map { Way(words: $0, language: language, size: size) }
        } + [
            Way(words: BlockSamples.chinese, language: language, size: .slide, norm: .post),
            Way(words: BlockSamples.english, language: language, size: .slide, isMeasuredByPango: false),
            Way(words: ["我"], language: language, size: .square),
            Way(words: (0..<40).map { "词\($0)" }, language: language, size: .slide),
        ]
    }

    @Test("no text overlaps, leaves the canvas or is crossed", arguments: ways)
    func faults(_ way: Way) throws {
        let trace = try BlockSamples.trace(way.words, norm: way.norm)
        let measurer: any TextMeasurer = way.isMeasuredByPango ? PangoMeasurer() : FixedMeasurer()
        let request = BlockSamples.request(trace, way.language, way.size, measurer: measurer)
        for type in BlockSamples.figures where type.isPossible(request) {
            do {
                let figure = try type.slide(request).figure(request.style)
                #expect(figure.faults.isEmpty, "\(type.id): \(figure.faults.prefix(3))")
                for frame in figure.frames { #expect(!frame.altText.contains("{"), "\(type.id): \(frame.altText)") }
            } catch {
                // Only the low canvas may be refused, and only where the figure really needs more.
                let least = try #require(error.leastSize, "\(error)")
                #expect(way.size == .wide && !least.fits(in: way.size), "\(type.id) needs \(least)")
            }
        }
    }

    @Test("every text exists in both languages", arguments: BlockText.allCases)
    func texts(_ text: BlockText) {
        #expect(!text.phrase.english.isEmpty && !text.phrase.chinese.isEmpty)
        #expect(text.phrase.english.allSatisfy { !($0.unicodeScalars.first?.isWide ?? false) })
        #expect(text.phrase.chinese.contains { $0.unicodeScalars.first?.isWide ?? false })
        // A place that one language fills must be there in the other.
        #expect(places(text.phrase.english) == places(text.phrase.chinese))
    }

    private func places(_ text: String) -> Set<String> {
        Set(
            text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap {
                // A form of a word by its number is asked for by the place that holds the number.
                $0.split(separator: "}").first?.split(separator: "|").first.map(String.init)
            })
    }
}
