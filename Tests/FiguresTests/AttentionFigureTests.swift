import Drawing
import Rendering
import Tensors
import Testing
import Tracing
import Wording

@testable import Figures

/// The figures inside attention, on traces of every kind that they may meet.
@Suite("Inside attention: figures") struct AttentionFigureTests {
    static let ids = [
        "projections", "scores", "scaling", "mask", "softmax", "attention-pattern", "attention-lines", "weighted-sum",
        "one-head", "all-heads", "join-heads", "output-projection", "heads-overview", "attention-rollout",
    ]

    /// A trace of bare tensors, as another engine leaves it.
    static func bare(_ steps: [(Label, Tensor)], tokens: Int, blocks: Int = 1) throws -> Trace {
        let all = (0..<blocks).flatMap { block in
            steps.map { label, tensor in
                Step(
                    name: .block(block, label), operation: Source(.unexplained), tensor: tensor,
                    axes: Array(repeating: .unknown, count: tensor.shape.rank))
            }
        }
        return try Trace(steps: all, tokens: (0..<tokens).map { TraceToken(id: $0, display: "t\($0)") })
    }

    /// `[1, head, query, key]`; causal rows of equal weights, unless `seesAll`.
    static func pattern(tokens: Int, heads: Int, seesAll: Bool = false) throws -> Tensor {
        var cells: [Float] = []
        cells.reserveCapacity(heads * tokens * tokens)
        for _ in 0..<heads {
            for query in 0..<tokens {
                let seen = seesAll ? tokens : query + 1
                for key in 0..<tokens { cells.append(key < seen ? 1 / Float(seen) : 0) }
            }
        }
        return try Tensor([1, heads, tokens, tokens], cells)
    }

    static func ramp(_ shape: [Int]) throws -> Tensor {
        try Tensor(Shape(shape), (0..<shape.reduce(1, *)).map { Float(($0 * 7) % 23) / 8 - 1 })
    }

    static func request(_ trace: Trace, _ language: Language = .english, _ size: Size = .slide) -> FigureRequest {
        FigureRequest(trace: trace, style: SlideStyle(size: size, language: language, measurer: FixedMeasurer()))
    }

    private static func possible(_ trace: Trace) -> [String] {
        let request = request(trace)
        return ids.filter { Catalogue.figure($0)?.isPossible(request) ?? false }
    }

    // MARK: Partial traces

    @Test("a pattern alone gives the figures of patterns")
    func patternOnly() throws {
        let trace = try Self.bare([(.pattern, Self.pattern(tokens: 6, heads: 3))], tokens: 6, blocks: 2)
        #expect(
            Self.possible(trace) == [
                "attention-pattern", "attention-lines", "all-heads", "heads-overview", "attention-rollout",
            ])
        try drawAll(trace)
    }

    /// As a file from elsewhere has them: two stacks of different heads, words for the tokens, nothing else.
    @Test("the patterns of two stacks alone give the figures of patterns of both, and of cross-attention")
    func patternsOfTwoStacks() throws {
        func step(_ label: Label, _ stack: Stack, _ block: Int, _ tensor: Tensor) -> Step {
            Step(
                name: StepName(label, block: block, stack: stack), operation: Source(.unexplained), tensor: tensor,
                axes: [.batch, .head, .query, .key])
        }
        let crossed = Tensor([1, 2, 3, 5], repeating: 0.2)
        var trace = try Trace(
            steps: try (0..<2).flatMap { block in
                [
                    step(.pattern, .encoder, block, try Self.pattern(tokens: 5, heads: 4, seesAll: true)),
                    step(.pattern, .decoder, block, try Self.pattern(tokens: 3, heads: 2)),
                    step(Label.pattern.crossed, .decoder, block, crossed),
                ]
            }, tokens: (0..<5).map { TraceToken(id: $0, display: "s\($0)") })
        trace.targetTokens = (0..<3).map { TraceToken(id: 10 + $0, display: "t\($0)") }
        let placements = Catalogue.placements(Self.request(trace))
        let names = Set(placements.map(\.name))
        for name in [
            "encoder-layer-0-head-3-attention-pattern", "decoder-layer-1-head-1-attention-lines",
            "encoder-layer-1-all-heads", "decoder-layer-0-all-heads", "encoder-heads-overview",
            "decoder-heads-overview", "encoder-attention-rollout", "layer-0-head-1-cross-attention",
            "layer-1-head-0-cross-attention-lines",
        ] { #expect(names.contains(name), "\(name)") }
        #expect(!names.contains("decoder-layer-0-head-2-attention-pattern"))
        #expect(!names.contains("decoder-attention-rollout"))
        for language in Language.allCases {
            for placement in placements {
                let figure = try Catalogue.draw(placement, Self.request(trace, language))
                #expect(figure.faults.isEmpty, "\(placement.name): \(figure.faults.prefix(3))")
                let words = Set(figure.texts.map(\.string))
                let expected = placement.stack == .decoder ? "t1" : "s1"
                if placement.layer != nil { #expect(words.contains(expected), "\(placement.name)") }
            }
        }
    }

    @Test("many heads of few layers stand in several lines, and each line says which they are")
    func foldedHeads() throws {
        let trace = try Self.bare([(.pattern, Self.pattern(tokens: 40, heads: 32))], tokens: 40, blocks: 2)
        let overview = try #require(placement("heads-overview", trace))
        let square = try Catalogue.draw(overview, Self.request(trace, .english, .square))
        #expect(square.faults.isEmpty, "\(square.faults.prefix(3))")
        let words = square.texts.map(\.string).filter { $0.contains("H") && $0.contains("–") }
        let numbers = words.flatMap { $0.split { !$0.isNumber }.compactMap { Int($0) } }
        #expect(words.filter { $0.hasPrefix("L1 · H0–H") }.count == 1)
        #expect(words.count > 2 && numbers.max() == 31)
        // Every head has its picture.
        #expect(Set(square.frames.flatMap(\.hotSpots).compactMap { $0.tag?.index.prefix(2) }).count == 32)
        let few = try Self.bare([(.pattern, Self.pattern(tokens: 5, heads: 4))], tokens: 5, blocks: 2)
        let plain = try Catalogue.draw(#require(placement("heads-overview", few)), Self.request(few))
        #expect(plain.texts.contains { $0.string == "L1" })
    }

    /// Shares by hand: two layers of one head of two tokens, ½ W + ½ I each.
    @Test("a roll-out says whose shares are left, and hover their exact values")
    func rollout() throws {
        let first = try Tensor([1, 1, 2, 2], [1, 0, 0.5, 0.5])
        let second = try Tensor([1, 1, 2, 2], [1, 0, 0.5, 0.5])
        let steps = [first, second].enumerated().map { block, tensor in
            Step(
                name: .block(block, .pattern), operation: Source(.unexplained), tensor: tensor,
                axes: [.batch, .head, .query, .key])
        }
        let trace = try Trace(steps: steps, tokens: ["a", "b"].enumerated().map { TraceToken(id: $0, display: $1) })
        let figure = try Catalogue.draw(#require(placement("attention-rollout", trace)), Self.request(trace))
        let spots = figure.frames.flatMap(\.hotSpots)
        // After the first layer b keeps ½ + ¼, after the second ¾ of that.
        for (words, value) in [
            ("“b” in “b” after L0", "0.75"), ("“a” in “b” after L0", "0.25"),
            ("“b” in “b” after L1", "0.5625"), ("“a” in “b” after L1", "0.4375"),
            ("“a” in “a” after L1", "1.0"),
        ] { #expect(spots.contains { $0.words == words && $0.value == value }, "\(words)") }
        #expect(figure.texts.contains { $0.string.contains("56% itself and 44%") })
    }

    @Test("queries, keys and values alone give the projections")
    func projectionsOnly() throws {
        let labels: [Label] = [.query, .key, .value]
        let trace = try Self.bare(labels.map { ($0, try Self.ramp([1, 4, 2, 8])) }, tokens: 4)
        #expect(Self.possible(trace) == ["projections"])
        try drawAll(trace)
    }

    @Test("scores that another engine scaled and masked are shown as what they are")
    func foreignScores() throws {
        var masked = try Self.ramp([1, 2, 4, 4]).scalars
        for place in masked.indices where place % 4 > place / 4 % 4 { masked[place] = -.infinity }
        let trace = try Self.bare(
            [
                (.query, try Self.ramp([1, 4, 2, 8])), (.key, try Self.ramp([1, 4, 2, 8])),
                (.scores, try Tensor([1, 2, 4, 4], masked)), (.pattern, try Self.pattern(tokens: 4, heads: 2)),
            ], tokens: 4)
        let possible = Self.possible(trace)
        #expect(possible.contains("scores"))
        #expect(possible.contains("mask"))
        #expect(!possible.contains("scaling"))
        #expect(!possible.contains("one-head"))
        try drawAll(trace)
        let figure = try Catalogue.draw(#require(placement("scores", trace)), Self.request(trace))
        #expect(figure.texts.contains { $0.string == "masked scores" })
        #expect(!figure.texts.contains { $0.string == "dot products" })
    }

    private func placement(_ id: String, _ trace: Trace) -> Catalogue.Placement? {
        Catalogue.placements(Self.request(trace), layers: [0], heads: [0]).first { $0.figure.id == id }
    }

    private func drawAll(_ trace: Trace) throws {
        for language in Language.allCases {
            let request = Self.request(trace, language)
            for placement in Catalogue.placements(request, layers: [0], heads: [0])
            where Self.ids.contains(placement.figure.id) {
                let figure = try Catalogue.draw(placement, request)
                #expect(figure.faults.isEmpty, "\(placement.name): \(figure.faults.prefix(3))")
            }
        }
    }

    // MARK: Shapes

    struct Kind: Sendable {
        var tokens: Int
        var heads: Int
        var seesAll = false
    }

    @Test(
        "one token and many, one head and many, with and without a mask",
        arguments: [
            Kind(tokens: 1, heads: 1), Kind(tokens: 2, heads: 32), Kind(tokens: 24, heads: 32),
            Kind(tokens: 5, heads: 3, seesAll: true), Kind(tokens: 300, heads: 2),
        ])
    func patterns(_ kind: Kind) throws {
        let tensor = try Self.pattern(tokens: kind.tokens, heads: kind.heads, seesAll: kind.seesAll)
        let trace = try Self.bare([(.pattern, tensor)], tokens: kind.tokens)
        #expect(HeadView(Self.request(trace)).isCausal == !kind.seesAll)
        try drawAll(trace)
    }

    @Test("heads that share keys and values read their own group's")
    func groupedQueries() throws {
        let trace = try Self.bare(
            [
                (.query, try Self.ramp([1, 3, 4, 2])), (.key, try Self.ramp([1, 3, 2, 2])),
                (.pattern, try Self.pattern(tokens: 3, heads: 4)),
            ], tokens: 3)
        for (head, group) in [0, 0, 1, 1].enumerated() {
            var request = Self.request(trace)
            request.head = head
            let view = HeadView(request)
            let keys = try #require(view.projection(.key))
            #expect(keys.head == group)
            let step = try request.step(.key)
            #expect(keys.cells == step.rows(head: group))
            #expect(view.projection(.query)?.head == head)
        }
    }

    // MARK: Numbers

    /// Each part of the sum says its value on hover: down a column they must add up to the trace's own z.
    @Test("the parts of a weighted sum add up to z")
    func weightedSum() throws {
        let sample = try #require(Samples.chinese)
        let request = sample.request(.english, measurer: FixedMeasurer())
        let figure = try Catalogue.draw(#require(placement("weighted-sum", sample.trace)), request)
        let spots = try #require(figure.frames.first).hotSpots
        let z = try sample.trace.step(.block(0, .z))
        let sums = spots.filter { $0.tag?.step == "blocks.0.attn.z" }
        #expect(sums.count >= 4)
        for sum in sums {
            let parts = spots.filter { $0.tag == nil && abs($0.rect.midX - sum.rect.midX) < 0.5 }
            #expect(parts.count == request.labels.count)
            let total = parts.reduce(0) { $0 + (Double($1.value ?? "") ?? .nan) }
            let wanted = Double(z.tensor.cell(sum.tag?.index ?? []) ?? .nan)
            #expect(abs(total - wanted) < 1e-6)
        }
    }

    @Test("softmax has a frame for each query; only the last is full")
    func softmaxFrames() throws {
        let sample = try #require(Samples.everything)
        let request = sample.request(.chinese, measurer: FixedMeasurer())
        let figure = try Catalogue.draw(#require(placement("softmax", sample.trace)), request)
        #expect(figure.frames.count == request.labels.count)
        // Cells of the pattern that are not reached yet have no hot spot.
        let counts = figure.frames.map { frame in
            frame.hotSpots.filter { $0.tag?.step == "blocks.0.attn.pattern" }.count
        }
        #expect(counts == counts.sorted())
        #expect(Set(counts).count == counts.count)
    }

    @Test("the query asked about is the one that figures speak of", arguments: ids)
    func askedPosition(_ id: String) throws {
        let sample = try #require(Samples.everything)
        for language in Language.allCases {
            for size in [Size.slide, .square, Size(1280, 720)] {
                for measurer in [PangoMeasurer(), FixedMeasurer()] as [any TextMeasurer] {
                    var request = sample.request(language, size, measurer: measurer)
                    request.position = 2
                    let placement = try #require(self.placement(id, sample.trace))
                    let figure = try Catalogue.draw(placement, request)
                    #expect(figure.faults.isEmpty, "\(id), \(language): \(figure.faults.prefix(3))")
                    guard placement.figure.scope == .perHead, id != "projections", id != "scaling", id != "mask",
                        id != "softmax"
                    else { continue }
                    let token = request.labels[2].display.filter { $0 != "␣" }
                    #expect(figure.frames.allSatisfy { $0.altText.contains(token) }, "\(id): \(token)")
                }
            }
        }
    }
}
