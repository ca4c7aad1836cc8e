import Foundation
import Tensors
import TestSupport
import Testing

@testable import Tracing

/// Traces that other programs wrote: TransformerLens' names, whole or in part.
struct RecordedFileTests {
    private func read(
        _ tensors: [(String, Tensor)], metadata: [(key: String, value: String)] = []
    ) throws -> Trace {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var writer = SafeTensorsWriter()
        for (name, tensor) in tensors { writer.add(name, tensor) }
        writer.metadata = metadata
        try writer.write(to: path)
        return try TraceFile.read(path: path)
    }

    private func tensor(_ dimensions: [Int], _ seed: Int = 1) throws -> Tensor {
        let shape = Shape(dimensions)
        return try Tensor(shape, (0..<shape.count).map { Float(($0 * 37 + seed * 11) % 23) / 7 - 1.5 })
    }

    @Test(arguments: ["blocks.1.attn.hook_pattern", "blocks.1.attn.pattern"])
    func patternsAlone(name: String) throws {
        let pattern = try tensor([4, 3, 3]).softmax()
        let trace = try read([(name, pattern)])
        let step = try trace.step("blocks.1.attn.pattern")
        #expect(step.shape == [1, 4, 3, 3])
        #expect(step.axes == [.batch, .head, .query, .key])
        #expect(trace.layers == [1] && trace.headCount(layer: 1) == 4)
        #expect(trace.tokens.map(\.display) == ["0", "1", "2"])
        #expect(trace.isElsewhere && trace.notes.contains { $0.english == "The patterns have no causal mask." })
        expectFailure(TracingError.self) { try trace.explain("blocks.1.attn.pattern", at: [0, 0, 0, 0]) }
    }

    @Test func operationsAreThoseThatGiveTheNumbers() throws {
        let (query, key, value) = (
            try tensor([1, 3, 4, 2]), try tensor([1, 3, 2, 2], 2), try tensor([1, 3, 2, 2], 3)
        )
        let scaled = try Scale(dividingBy: 2.0.squareRoot()).evaluate([DotProducts().evaluate([query, key])])
        let pattern = try CausalMask().evaluate([scaled]).softmax()
        let sum = try WeightedSum().evaluate([pattern, value])
        let named = { (z: Tensor) in
            [
                ("blocks.0.attn.hook_q", query), ("blocks.0.attn.hook_k", key), ("blocks.0.attn.hook_v", value),
                ("blocks.0.attn.hook_pattern", pattern), ("blocks.0.attn.hook_z", z),
            ]
        }
        let trace = try read(named(sum))
        #expect(try trace.step("blocks.0.attn.attn_scores").operation is CausalMask)
        #expect(try trace.step("blocks.0.attn.z").operation is WeightedSum)
        #expect(try trace.explain("blocks.0.attn.pattern", at: [0, 1, 2, 0]).terms.count >= 3)
        // Other numbers under that name came to be in another way.
        let other = try read(named(tensor([1, 3, 4, 2], 5)))
        #expect(try other.step("blocks.0.attn.z").isSource)
    }

    @Test func hiddenScoresAreMinusInfinity() throws {
        let scores = try Tensor([1, 2, 2], [1, -100_000, 2, 3])
        let trace = try read([("blocks.0.attn.hook_attn_scores", scores)])
        #expect(try trace.step("blocks.0.attn.attn_scores").tensor.scalars == [1, -.infinity, 2, 3])
    }

    @Test func factsOfTheMetadata() throws {
        let trace = try read(
            [("blocks.0.hook_resid_post", tensor([2, 8])), ("mine", tensor([3]))],
            metadata: [("tokens", #"["<s>", " the"]"#), ("ids", "[0, 7]"), ("model", "m"), ("layers", "6")])
        #expect(trace.tokens.map(\.display) == ["<s>", "␣the"] && trace.tokens.map(\.id) == [0, 7])
        #expect(trace.tokens[0].isSpecial && !trace.tokens[1].isSpecial)
        #expect(trace.model.name == "m" && trace.model.numbers["layers"] == 6 && trace.model.numbers["width"] == 8)
        #expect(try trace.step("other.mine").tensor.count == 3)
    }

    @Test(arguments: [
        ("blocks.0.attn.hook_pattern", [1, 4, 3, 2], "1 × 4 × 3 × 3", "1 × 4 × 3 × 2"),
        ("blocks.0.hook_resid_post", [1, 4, 8], "1 × 3 × 8", "1 × 4 × 8"),
        ("blocks.1.hook_resid_pre", [1, 3, 9], "1 × 3 × 8", "1 × 3 × 9"),
        ("blocks.0.attn.hook_k", [3], "1 × 3 × head × head_width", "3"),
        ("blocks.0.hook_resid_post", [1, 0, 8], "1 × 3 × 8", "1 × 0 × 8"),
        ("blocks.0.ln1.hook_scale", [1, 3, 2], "1 × 3 × 1", "1 × 3 × 2"),
    ])
    func misshapenTensorsAreSetAside(name: String, dimensions: [Int], expected: String, found: String) throws {
        let good = ("blocks.0.hook_resid_pre", try tensor([1, 3, 8]))
        let trace = try read([good, (name, tensor(dimensions))])
        #expect(trace.steps.map(\.name.description) == ["blocks.0.resid_pre"])
        let notes = trace.notes.map(\.english).filter { $0.contains(name) }
        #expect(notes == ["“\(name)” is set aside: expected \(expected), found \(found)"])
    }

    /// A step of decoding: one query meets the keys that are kept, recorded of this pass or of all.
    @Test(arguments: [1, 6]) func aQueryMeetsKeysOfEarlierPasses(keys: Int) throws {
        let pattern = try tensor([1, 2, 1, 6]).softmax()
        let trace = try read(
            [("blocks.0.attn.hook_pattern", pattern), ("blocks.0.attn.hook_k", tensor([1, keys, 2, 4]))],
            metadata: [("tokens", #"["a", "b", "c", "d", "e", "f"]"#)])
        #expect(trace.tokens.count == 6 && trace.steps.count == 2)
        #expect(!trace.notes.contains { $0.english.contains("set aside") })
    }

    /// A block may be numbered as it likes: only those that are there are gone through.
    @Test func blocksAreThoseThatAreThere() throws {
        let pattern = try tensor([1, 2, 3, 3]).softmax()
        let trace = try read([("blocks.0.attn.hook_pattern", pattern), ("blocks.16777215.attn.hook_pattern", pattern)])
        #expect(trace.layers == [0, 16_777_215] && trace.layerCount == 2 && trace.model.numbers["layers"] == nil)
    }

    @Test func weightsAreNoTrace() throws {
        let error = expectFailure(TracingError.self) { try read([("h.0.attn.c_attn.weight", tensor([4, 4]))]) }
        #expect(error?.explanation.english.contains("blocks.0.attn.hook_pattern") == true)
    }
}
