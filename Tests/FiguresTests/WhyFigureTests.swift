import Drawing
import Foundation
import Models
import Rendering
import Tensors
import TestSupport
import Testing
import Tracing
import Wording

@testable import Figures

/// The figures that answer why: their pictures on a real model, and their numbers against the trace's.
@Suite("Figures that answer why") struct WhyFigureTests {
    static let ids = [
        WhyThisScore.id, WhichHeadMatters.id, LogitLens.id, TwoRuns.id, EmbeddingMap.id, AttentionArrow.id,
        PositionDistances.id, SameToken.id, Temperature.id, GenerationTree.id, SplittingHeads.id, CrossEntropyTerms.id,
        PerplexityByWord.id,
    ]

    static let model = try? LanguageModel.load(folder: Places.root + "/fixtures/models/next-word")

    private static func sample(_ text: String, off: String? = nil, generating: Int = 3) throws -> Sample {
        let model = try #require(Self.model)
        let input = try model.input(text)
        var trace = try model.trace(input, generating: off == nil ? generating : 0)
        if let off { trace = try trace.replaying(try Change.off(off, in: trace)) }
        return Sample(name: text, trace: trace, tokenizer: model.tokenizer, text: text)
    }

    /// One token, four, and two dozen, in which tokens stand twice.
    static let texts = [
        "the", "the cat sat on", "the cat sat on the mat and the dog sat on the bed and the hen sat on the rug . the",
    ]

    @Test(
        "they have no faults, whatever the page",
        arguments: texts, [Size.slide, .square, Size(800, 600), Size(1080, 1920)])
    func theyAreSound(_ text: String, _ size: Size) throws {
        var drawn: Set<String> = []
        for (off, language, theme) in [(nil, Language.english, Theme.light), ("L1H3", .chinese, .dark)] {
            let sample = try Self.sample(text, off: off)
            let request = sample.request(language, size, theme: theme)
            let all = Catalogue.placements(request, layers: [1], heads: [2], asked: Self.ids)
            for placement in all where Self.ids.contains(placement.figure.id) {
                drawn.insert(placement.figure.id)
                let figure = try Catalogue.draw(placement, request)
                Inspection(figure: figure, placement: placement, sample: sample, style: request.style).check()
                #expect(figure.frames.allSatisfy { $0.altText.count > $0.caption.count }, "\(figure.id)")
            }
        }
        let missing = Set(Self.ids).subtracting(drawn)
        #expect(
            missing.isSubset(
                of: text == "the" ? [SameToken.id, CrossEntropyTerms.id, PerplexityByWord.id] : [SameToken.id]))
    }

    @Test("the lens' last layer is the run, its others the run with the stream put there")
    func theLensIsTrue() throws {
        let sample = try Self.sample("the cat sat on the", generating: 0)
        let lens = try #require(LensReadings(sample.request(.english)))
        let (trace, name) = (sample.trace, StepName(.probabilities))
        for layer in trace.layers {
            let stream = try trace.step(.block(layer, .residualPost))
            let said = try trace.replaying([.block(3, .residualPost): stream.tensor]).step(name).row(0, 4)
            #expect(lens.rows[layer + 1].best.map { $0.id } == largest(said, LensReadings.most).map { $0.id })
            #expect(abs(lens.rows[layer + 1].share - Double(said[lens.watched.id])) < 1e-5)
        }
        // By PyTorch, the last norm and the output layer on each hidden state.
        #expect(lens.rows.map { $0.rank } == [289, 6, 1, 1, 1])
        for (row, share) in zip(lens.rows.dropFirst(), [0.01099, 0.38504, 0.51211, 0.64983]) {
            #expect(abs(row.share - share) < 1e-4)
        }
    }

    @Test("what the guess loses is what PyTorch says that it loses")
    func lossesAreTrue() throws {
        let sample = try Self.sample("the cat sat on the", generating: 0)
        let losses = HeadLosses(try sample.trace.ablating(StepName(.probabilities), at: [0, 4, 608]))
        let expected = [
            [64.68, 21.1, 10.53, -18.47, 64.98], [1.54, -7.29, 1.91, 46.73, 64.87], [-0.68, 0.35, -0.83, 6.3, -0.03],
            [-1.26, 3.02, -2.67, -5.89, 9.16],
        ]
        #expect(losses.all.count == 20)
        for part in losses.all {
            let points = 100 * (losses.before - part.after)
            #expect(abs(points - expected[part.layer][part.head ?? 4]) < 0.02, "\(part.name)")
        }
    }

    @Test("a change undone is the run before it, to the bit")
    func changesAreUndone() throws {
        let sample = try Self.sample("the cat sat on the", generating: 0)
        let changes = try Change.off("L0H2", in: sample.trace) + Change.off("L1M", in: sample.trace)
        let changed = try sample.trace.replaying(changes)
        let undone = try #require(try changed.undoingChanges())
        for step in sample.trace.steps { #expect(undone[step.name]?.tensor == step.tensor, "\(step.name)") }
        #expect(changed.changedSteps.map { $0.name } == [.block(0, .z), .block(1, .feedForwardOut)])
        #expect(try sample.trace.undoingChanges() == nil)
    }

    @Test("a branch that the run took has the run's probabilities; the others are runs of their own")
    func theTreeIsReal() throws {
        let model = try #require(Self.model)
        let sample = try Self.sample("the cat sat on the")
        let tree = try ContinuationTree(sample.request(.english))
        let chosen = sample.trace.tokens.filter { $0.isGenerated }.map { $0.id }
        let greedy = try #require(tree.leaves.first)
        #expect(greedy.path == Array(chosen.prefix(greedy.path.count)))
        for leaf in tree.leaves {
            let prompt = sample.trace.tokens.filter { !$0.isGenerated }.map { $0.id }
            for (place, id) in leaf.path.enumerated() {
                let ids = prompt + leaf.path.prefix(place)
                let row = try model.trace(ModelInput(ids: ids)).step(StepName(.probabilities)).row(0, ids.count - 1)
                #expect(abs(Double(row[id]) - leaf.shares[place]) < 1e-5)
            }
        }
    }

    @Test("a score is the sum of its products, and the mean loss that of the tokens")
    func sumsAreTrue() throws {
        let request = try Self.sample("the cat sat on the mat", generating: 0).request(.english)
        let parts = try #require(ScoreParts(HeadView(request)))
        #expect(abs(parts.products.reduce(0, +) - parts.total) < 1e-4)
        let losses = TokenLosses(request)
        let probabilities = try request.step(StepName(.probabilities))
        let prices = (1..<6).map { -log(Double(probabilities.row(0, $0 - 1)[request.promptIDs[$0]])) }
        #expect(losses.terms.count == 5)
        #expect(abs(losses.mean - prices.reduce(0, +) / 5) < 1e-6)
        let sum = ShownSum([1.234, 2.344], total: 3.578)
        #expect(sum.sign == "=" && sum.terms == ["1.234", "2.344"] && sum.total == "3.578")
        #expect(ShownSum([0.1, 0.2], total: 0.4).sign == "≈")
    }

    @Test("the plane of points that lie in one keeps all distances, always with the same signs")
    func theirPlaneIsExact() throws {
        let flat: [[Double]] = [[0, 0], [4, 0], [0, 1], [5, 3], [-2, 1]]
        let wide = flat.map { point in
            [0.6, 0.8, 0].enumerated().map { Float(point[0] * $0.element + ($0.offset == 2 ? point[1] : 0)) }
        }
        let plane = try #require(PrincipalPlane(wide))
        #expect(abs(plane.share - 1) < 1e-9)
        for left in flat.indices {
            #expect(abs(plane.projected(wide[left])[0] - plane.points[left][0]) < 1e-5)
            for right in flat.indices {
                let (a, b) = (plane.points[left], plane.points[right])
                let (c, d) = (flat[left], flat[right])
                let own = (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])
                let real = (c[0] - d[0]) * (c[0] - d[0]) + (c[1] - d[1]) * (c[1] - d[1])
                #expect(abs(own - real) < 1e-4)
            }
        }
        #expect(plane.points.map { $0[0] }.max { abs($0) < abs($1) } ?? 0 > 0)
    }
}
