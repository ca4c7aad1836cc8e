import Tensors
import TestSupport
import Testing
import Tracing

/// Attention roll-out, beside the products that PyTorch makes of the same patterns in double precision.
@Suite struct AttentionRolloutTests {
    static let cases = [("causal", 3), ("encoder", 4), ("one_layer", 1), ("deep", 30), ("half", 2), ("one_token", 2)]

    private static func patterns(_ name: String, _ layers: Int) throws -> [Tensor] {
        let file = try SafeTensors(path: Places.reference("rollout.safetensors"))
        return try (0..<layers).map { try file.tensor("\(name).pattern.\($0)") }
    }

    private static func trace(_ patterns: [Tensor], stack: Stack = .single, crossed: Bool = false) throws -> Trace {
        func step(_ label: Label, _ layer: Int, _ tensor: Tensor) -> Step {
            Step(
                name: StepName(label, block: layer, stack: stack), operation: Source(.unexplained), tensor: tensor,
                axes: [.batch, .head, .query, .key])
        }
        return try Trace(
            steps: patterns.enumerated().flatMap { layer, tensor in
                [step(.pattern, layer, tensor)] + (crossed ? [step(Label.pattern.crossed, layer, tensor)] : [])
            })
    }

    @Test(arguments: cases)
    func agreesWithPyTorch(_ name: String, _ layers: Int) throws {
        let file = try SafeTensors(path: Places.reference("rollout.safetensors"))
        let stages = try AttentionRollout(Self.trace(Self.patterns(name, layers))).stages
        #expect(stages.count == layers)
        for (layer, stage) in stages.enumerated() {
            let expected = try file.tensor("\(name).rollout.\(layer)")
            #expect(stage.shape == expected.shape)
            #expect(relativeDifference(stage, expected) <= 1e-6, "layer \(layer)")
        }
    }

    @Test func aLayerThatIsMissingEndsIt() throws {
        let patterns = try Self.patterns("encoder", 4)
        let whole = try Self.trace(patterns)
        let steps = whole.steps.filter { $0.name.block != 2 }
        #expect(AttentionRollout.layerCount(try Trace(steps: steps)) == 2)
        #expect(try AttentionRollout(Trace(steps: steps)).stages.count == 2)
        let late = try Trace(steps: Array(whole.steps.dropFirst()))
        expectFailure(TracingError.unknownStep("blocks.0.attn.pattern", nearest: [])) {
            try AttentionRollout(late)
        }
    }

    @Test func anEncoderHasOneAndADecoderThatReadsItHasNone() throws {
        let patterns = try Self.patterns("encoder", 4)
        #expect(try AttentionRollout(Self.trace(patterns, stack: .encoder), stack: .encoder).stages.count == 4)
        let decoder = try Self.trace(patterns, stack: .decoder, crossed: true)
        #expect(AttentionRollout.layerCount(decoder, stack: .decoder) == 0)
    }

    @Test func layersOfDifferentLengthsAreAnError() throws {
        let patterns = try Self.patterns("encoder", 1) + Self.patterns("causal", 1)
        expectFailure(
            TracingError.shape(
                step: "blocks.1.attn.pattern", expected: "1 × … × 6 × 6", found: patterns[1].shape.description)
        ) { try AttentionRollout(patterns: patterns) }
        #expect(try AttentionRollout(patterns: []).stages.isEmpty)
        #expect(AttentionRollout.layerCount(try Self.trace([Tensor([1, 2, 3, 4], repeating: 0.25)])) == 0)
    }

    /// A query that is padding may have no numbers; those that do not read it must not be spoilt.
    @Test func aRowWithoutNumbersStaysItself() throws {
        let pattern = try Tensor([1, 1, 2, 2], [.nan, .nan, 0, 1])
        let stages = try AttentionRollout(patterns: [pattern, pattern]).stages
        #expect(stages.last?.scalars == [1, 0, 0, 1])
    }
}
