import Tensors
import TestSupport
import Testing
import Tracing
import Wording

/// A small attention with a mask, made of given numbers: `x` times `w`, scores of the rows, a mask, softmax.
private struct Sample {
    var x: [Float] = [1, 2, 3, 4]
    var weights: [Float] = [1, 0, 0, 1]
    var padding: [Float]?

    func trace() throws -> Trace {
        let recorder = Recorder()
        let x = try recorder.source(Tensor([1, 2, 2], x), .constant, as: .embed, axes: [.batch, .position, .width])
        let w = try recorder.source(
            Tensor([2, 2], weights), .parameter, as: .queryWeight, block: 0, axes: [.width, .width])
        let query = try recorder.apply(
            Linear(), x, w, as: .residualPre, block: 0, axes: [.batch, .position, .width])
        let scores = try recorder.apply(
            DotProducts(), reshaped(query, recorder, .query), reshaped(query, recorder, .key), as: .unmaskedScores,
            block: 0, axes: [.batch, .head, .query, .key])
        var masked = try recorder.apply(
            CausalMask(), scores, as: .causalScores, block: 0, axes: [.batch, .head, .query, .key])
        if let padding {
            let mask = try recorder.source(Tensor([1, 2], padding), .constant, as: .mask, axes: [.batch, .position])
            masked = try recorder.apply(
                PaddingMask(), masked, mask, as: .scores, block: 0, axes: [.batch, .head, .query, .key])
        }
        let alias = try recorder.alias(
            masked, as: Label(rawValue: "attn.again"), block: 0, axes: [.batch, .head, .query, .key])
        _ = try recorder.apply(Softmax(), alias, as: .pattern, block: 0, axes: [.batch, .head, .query, .key])
        return recorder.trace()
    }

    /// One head as wide as the stream.
    private func reshaped(_ value: Value, _ recorder: Recorder, _ label: Label) throws -> Value {
        try recorder.source(
            value.tensor.reshaped([1, 2, 1, 2]), .constant, as: label, block: 0,
            axes: [.batch, .position, .head, .headWidth])
    }
}

@Suite struct NotFiniteTests {
    /// What masks hide is minus infinity by design, also where another step hands it on.
    @Test(arguments: [nil, [1, 1], [1, 0]] as [[Float]?]) func whatAMaskHidesIsNoFault(_ padding: [Float]?) throws {
        let trace = try Sample(padding: padding).trace()
        #expect(trace.firstNotFinite == nil)
        for name in ["blocks.0.attn.attn_scores_causal", "blocks.0.attn.again"] as [StepName] {
            let statistics = trace.statistics(of: try trace.step(name))
            #expect(statistics.masked > 0 && statistics.masked == statistics.notFinite)
            #expect(statistics.nan == 0 && statistics.infinite == 0)
        }
        #expect(trace.origin(of: "blocks.0.attn.again", at: [0, 0, 0, 1]) == nil)
    }

    @Test func aParameterIsNamed() throws {
        let trace = try Sample(weights: [1, .nan, 0, 1]).trace()
        let first = try #require(trace.firstNotFinite)
        #expect(first.step == "blocks.0.attn.W_Q" && first.index == [0, 1] && first.origin == .parameter)
        #expect(first.phrase.english == "the parameter blocks.0.attn.W_Q[0, 1] is NaN")
        #expect(first.phrase.chinese == "参数 blocks.0.attn.W_Q[0, 1] 是 NaN")
        #expect(trace.origin(of: "blocks.0.resid_pre", at: [0, 1, 1]) == first)
        #expect(trace.origin(of: "blocks.0.resid_pre", at: [0, 1, 0]) == nil, "that column's weights are finite")
        let scores = trace.statistics(of: try trace.step("blocks.0.attn.attn_scores_causal"))
        #expect(scores.masked == 1 && scores.nan == 3 && scores.isEmpty)
    }

    /// The operation in which finite numbers overflow.
    @Test(arguments: [(Float(1), "∞"), (-1, "−∞")]) func anOverflowIsFoundWhereItHappens(
        _ sign: Float, _ text: String
    ) throws {
        let trace = try Sample(x: [1, 2, 3e38, 4], weights: [10 * sign, 0, 0, 1]).trace()
        let first = try #require(trace.firstNotFinite)
        #expect(first.step == "blocks.0.resid_pre" && first.index == [0, 1, 0])
        #expect(first.origin == .computed && first.text == text)
        #expect(trace.origin(of: "blocks.0.resid_pre") == first)
    }

    /// A score that is seen and overflows to minus infinity is not taken for a masked one.
    @Test func minusInfinityWithoutAMaskIsFound() throws {
        let trace = try Sample(x: [1e20, 0, -1e20, 0]).trace()
        let scores = "blocks.0.attn.attn_scores_causal" as StepName
        #expect(trace.firstNotFinite?.step == "blocks.0.attn.attn_scores_unmasked")
        let origin = trace.origin(of: scores, at: [0, 0, 1, 0])
        #expect(origin?.step == "blocks.0.attn.attn_scores_unmasked" && origin?.value == -.infinity)
        #expect(trace.origin(of: scores, at: [0, 0, 0, 1]) == nil)
    }

    @Test func aRowThatIsHiddenWhollyIsSaid() throws {
        let trace = try Sample(padding: [0, 1]).trace()
        guard let first = trace.firstNotFinite else { return }
        #expect(first.origin == .masked && first.step == "blocks.0.attn.pattern" && first.index == [0, 0, 0, 0])
    }

    /// A trace without arithmetic: scores at minus infinity are masked ones, other numbers are not.
    @Test func whatWasRecordedElsewhereIsToldByItsName() throws {
        func step(_ name: StepName, _ numbers: [Float]) throws -> Step {
            Step(
                name: name, operation: Source(.unexplained), tensor: try Tensor([1, 1, 2, 2], numbers),
                axes: [.batch, .head, .query, .key])
        }
        var steps = [
            try step("blocks.0.attn.attn_scores", [1, -.infinity, 1, 1]),
            try step("decoder.blocks.0.cross_attn.attn_scores", [1, -.infinity, 1, 1]),
        ]
        #expect(try Trace(steps: steps).firstNotFinite == nil)
        steps.append(try step("blocks.0.attn.pattern", [1, 0, -.infinity, 0]))
        let first = try #require(try Trace(steps: steps).firstNotFinite)
        #expect(first.origin == .recorded && first.index == [0, 0, 1, 0] && first.text == "−∞")
    }

    /// A place beyond the first block that is looked at as a whole.
    @Test(arguments: [0, 4095, 4096, 9000]) func theFirstPlaceIsFound(_ place: Int) {
        var tensor = Tensor([9001], repeating: 1)
        #expect(tensor.firstNotFinite() == nil)
        tensor.mutate {
            $0[place] = .nan
            $0[9000] = .infinity
        }
        #expect(tensor.firstNotFinite() == place)
    }
}
