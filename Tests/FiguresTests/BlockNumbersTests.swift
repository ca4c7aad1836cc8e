import Drawing
import Models
import Rendering
import Tensors
import Testing
import Tracing
import Wording

@testable import Figures

@Suite("Numbers and areas of the block's figures") struct BlockNumbersTests {
    // MARK: The sum on paper

    @Test("the column that is written out adds up as it is rounded", arguments: [1, 2, 3, 4, 5])
    func columnAddsUp(_ count: Int) throws {
        let words = Array(BlockSamples.chinese.prefix(count))
        let request = BlockSamples.request(try BlockSamples.trace(words, width: 64))
        let rows = try [
            (Label.residualPre, VectorLedger.Row.Kind.stream), (.attentionOut, .addition), (.residualMid, .stream),
            (.feedForwardOut, .addition), (.residualPost, .stream),
        ].map { label, kind in
            VectorLedger.Row(kind, "", .residual, try request.step(label), position: request.focus)
        }
        let column = try #require(VectorLedger.tellingColumn(rows))
        let units = rows.map { (Double($0.values[column]) * 100).rounded() }
        #expect(units[2] == units[0] + units[1])
        #expect(units[4] == units[2] + units[3])
        // And the figure writes just these.
        let lines = try #require(try BlockSamples.figure("residual-stream", request)).lines()
        for (row, value) in zip(rows, units) {
            #expect(lines.contains { $0.hasSuffix(Numbers.fixed(value / 100)) }, "\(row.step)")
        }
    }

    @Test("a column is chosen only among rows of one width") func columnOfNothing() {
        #expect(VectorLedger.tellingColumn([]) == nil)
    }

    @Test(
        "the size of a row is the root of its mean square",
        arguments: [[3, 4], [0, 0], [-2], [1, -1, 1, -1]] as [[Float]])
    func rootMeanSquare(_ row: [Float]) {
        let expected: [[Float]: Double] = [[3, 4]: 3.535_533_905_932_737_6, [0, 0]: 0, [-2]: 2, [1, -1, 1, -1]: 1]
        #expect(abs(row.rootMeanSquare - (expected[row] ?? .nan)) < 1e-12)
    }

    // MARK: Layer norm

    @Test("the worked line of a norm is arithmetic that comes out", arguments: Language.allCases)
    func workedLine(_ language: Language) throws {
        let request = BlockSamples.request(try BlockSamples.trace(), language)
        for site in LayerNormFigure.sites(request) {
            let words = try #require(LayerNormFigure.worked(site, request))[language]
            let numbers = Self.numbers(words).suffix(6)
            #expect(numbers.count == 6, "\(words)")
            let n = Array(numbers)
            // x − μ, ÷ σ, × γ, + β: each printed to two decimals.
            #expect(abs((n[0] - n[1]) / n[2] * n[3] + n[4] - n[5]) < 0.1, "\(words)")
            let row = site.output.row(0, request.focus)
            #expect(abs(n[5] - Double(row.max { abs($0) < abs($1) } ?? 0)) <= 0.005_01)
        }
    }

    /// Every number of a text, with the true minus sign.
    private static func numbers(_ text: String) -> [Double] {
        var numbers: [Double] = []
        var current = ""
        for character in text + " " {
            if character.isASCII && character.isNumber || character == "." && !current.isEmpty {
                current.append(character)
            } else if character == "−", current.isEmpty {
                current = "-"
            } else {
                if let number = Double(current) { numbers.append(number) }
                current = character == "−" ? "-" : ""
            }
        }
        return numbers
    }

    @Test("σ beside a row is the scale that the trace holds") func scales() throws {
        let request = BlockSamples.request(try BlockSamples.trace())
        let site = try #require(LayerNormFigure.sites(request).first)
        let scale = try request.step(.norm1Scale)
        for row in LayerNormFigure.rows(site, request) {
            #expect(Float(row.scale) == scale.tensor.cell([0, row.position, 0]))
            // ε makes the trace's scale a little larger than the deviation of the row.
            #expect(abs(row.scale - row.before.deviation) < 1e-3)
        }
    }

    // MARK: Feed-forward

    @Test("active neurons are those above zero, and the strongest is the greatest") func activeNeurons() throws {
        let request = BlockSamples.request(try BlockSamples.trace(activation: .relu))
        let post = try request.step(.hiddenPost)
        let row = HiddenRow(request, post)
        let values = (0..<post.shape[2]).map { post.tensor.cell([0, request.focus, $0]) ?? .nan }
        #expect(row.active == values.filter { $0 > 0 }.count)
        #expect(row.active > 0 && row.active < values.count)
        #expect(values[try #require(row.strongest)] == values.max())
        let figure = try #require(try BlockSamples.figure("feed-forward", request))
        #expect(figure.frames[0].altText.contains("\(row.active) of \(values.count)"))
    }

    @Test("the contributions of all neurons and the bias add up to what feed-forward adds") func contributions() throws
    {
        let request = BlockSamples.request(try BlockSamples.trace())
        let row = HiddenRow(request, try request.step(.hiddenPost))
        let weight = try request.step(.feedForwardWeight)
        var sum = try request.step(.feedForwardBias).tensor.scalars
        for neuron in row.ranked {
            for (column, number) in weight.row(neuron).enumerated() { sum[column] += number * row.values[neuron] }
        }
        let out = try request.step(.feedForwardOut).row(0, request.focus)
        for (found, expected) in zip(sum, out) { #expect(abs(found - expected) < 1e-4) }
    }

    @Test("the curve is the engine's function", arguments: ActivationFunction.allCases)
    func curve(_ function: ActivationFunction) throws {
        let points: [Float] = [-3, -1, -0.5, 0, 0.25, 1, 2.5]
        let outputs = try Activation(function).evaluate([Tensor([points.count], points)]).scalars
        let curve = ActivationCurve.curve(function)
        for (x, y) in zip(points, outputs) { #expect(abs(curve(Double(x)) - Double(y)) < 1e-5) }
    }

    // MARK: To scale

    @Test("areas are as the counts of parameters") func areas() throws {
        let trace = try BlockSamples.trace(width: 64)
        let request = BlockSamples.request(trace)
        let figure = try #require(try BlockSamples.figure("parameters", request))
        let ratios = figure.paths().compactMap { path -> Double? in
            guard path.isFilled, let tag = path.tag, tag.index.isEmpty, let step = trace[StepName(tag.step)],
                step.shape.rank > 1
            else { return nil }
            return path.rect.width * path.rect.height / Double(step.shape.count)
        }
        #expect(ratios.count >= 2 + 2 * 6)
        // The gaps inside a layer take a little of its height.
        let (low, high) = (ratios.min() ?? 0, ratios.max() ?? 0)
        #expect(low > 0 && high / low < 1.06, "\(low) … \(high)")
        let shown = figure.frames[0].altText
        let total = trace.steps.filter(\.isParameter).reduce(0) { $0 + $1.shape.count }
        #expect(shown.contains(Numbers.count(total)))
    }

    @Test("the funnel's frames are as wide as their vectors") func funnelWidths() throws {
        let trace = try BlockSamples.trace()
        let figure = try #require(try BlockSamples.figure("feed-forward", BlockSamples.request(trace)))
        let widths = figure.paths().compactMap { path -> (StepName, Double)? in
            guard !path.isFilled, let tag = path.tag, tag.index.isEmpty else { return nil }
            return (StepName(tag.step), path.rect.width)
        }
        #expect(widths.count == 4)
        let units = widths.map { $0.1 / Double(trace[$0.0]?.shape[-1] ?? 0) }
        #expect((units.max() ?? 0) / (units.min() ?? 1) < 1.001)
    }

    @Test("a few outliers do not bleach the colours, and the legend says so")
    func clippedScale() {
        let ordinary = (0..<1000).map { Float($0 % 20) / 10 - 1 }
        let plain = ClippedScale(ordinary)
        #expect(!plain.isClipped && plain.scale == .diverging(limit: 1))
        let clipped = ClippedScale(ordinary + [50, -.infinity, .nan])
        #expect(clipped.isClipped && clipped.scale == .diverging(limit: 1))
        #expect(clipped.legend("x").words != plain.legend("x").words)
        #expect(ClippedScale([]).scale == .diverging(limit: 0))
        #expect(!ClippedScale([0, 0, 3]).isClipped)
    }

    // MARK: Elision

    struct Cut: Sendable {
        var count: Int
        var most: Int
        var kept: Int?
        var shown: [Int]
        var gaps: [Int]
    }

    @Test(
        "the middle is left out, but never what the figure speaks of",
        arguments: [
            Cut(count: 3, most: 5, kept: nil, shown: [0, 1, 2], gaps: []),
            Cut(count: 0, most: 5, kept: 0, shown: [], gaps: []),
            Cut(count: 10, most: 4, kept: nil, shown: [0, 1, 8, 9], gaps: [6]),
            Cut(count: 10, most: 4, kept: 9, shown: [0, 1, 8, 9], gaps: [6]),
            Cut(count: 10, most: 4, kept: 5, shown: [0, 1, 5, 8, 9].filter { $0 != 8 }, gaps: [3, 3]),
            Cut(count: 768, most: 8, kept: 400, shown: [0, 1, 2, 399, 400, 765, 766, 767], gaps: [396, 364]),
        ])
    func elision(_ cut: Cut) {
        let elision = Elision(cut.count, most: cut.most, keeping: cut.kept)
        #expect(elision.shown == cut.shown)
        let gaps = elision.slots.compactMap { slot -> Int? in if case .gap(let count) = slot { count } else { nil } }
        #expect(gaps == cut.gaps)
        #expect(gaps.reduce(0, +) + elision.shown.count == cut.count)
    }
}
