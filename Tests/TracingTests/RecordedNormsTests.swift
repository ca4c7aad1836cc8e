import Foundation
import Tensors
import Testing

@testable import Tracing

/// Which normalisation `ln1` is, by what other programs record under the name.
struct RecordedNormsTests {
    private func numbers(_ seed: Int) throws -> Tensor {
        let shape: Shape = [1, 3, 8]
        return try Tensor(shape, (0..<shape.count).map { Float(($0 * 41 + seed * 17) % 29) / 5 - Float(seed) })
    }

    /// The root of the variance of each row, as a normalisation records it.
    private func scale(_ input: Tensor) throws -> Tensor {
        let roots = (0..<3).map { row -> Float in
            let part = (0..<8).map { input[flat: row * 8 + $0] }
            let mean = part.reduce(0, +) / 8
            return (part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 8 + 1e-5).squareRoot()
        }
        return try Tensor([1, 3, 1], roots)
    }

    private func read(_ tensors: [String: Tensor]) throws -> Trace {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var writer = SafeTensorsWriter()
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) { writer.add(name, tensor) }
        try writer.write(to: path)
        return try TraceFile.read(path: path)
    }

    @Test func beforeTheBlockItIsTheFirst() throws {
        let trace = try read([
            "blocks.0.hook_resid_pre": numbers(1), "blocks.0.hook_resid_mid": numbers(2),
            "blocks.0.ln1.hook_scale": scale(numbers(1)), "blocks.0.ln1.hook_normalized": numbers(3),
        ])
        #expect(trace["blocks.0.ln1.normalized"] != nil && trace["blocks.0.normalized_resid_mid"] == nil)
    }

    /// HookedEncoder: BERT's two normalisations follow the sums.
    @Test func afterASumItIsTheSumNormalised() throws {
        let (pre, out, mid, feed) = (try numbers(1), try numbers(2), try numbers(3), try numbers(4))
        let trace = try read([
            "blocks.0.hook_resid_pre": pre, "blocks.0.hook_attn_out": out,
            "blocks.0.hook_resid_mid": Add().evaluate([pre, out]),
            "blocks.0.ln1.hook_scale": scale(Add().evaluate([pre, out])), "blocks.0.ln1.hook_normalized": mid,
            "blocks.0.hook_mlp_out": feed, "blocks.0.hook_resid_post": Add().evaluate([mid, feed]),
        ])
        #expect(trace["blocks.0.ln1.normalized"] == nil)
        #expect(trace["blocks.0.normalized_resid_mid"]?.tensor.scalars == mid.scalars)
        let post = try trace.step("blocks.0.resid_post")
        #expect(post.operation is Add && trace.steps[post.inputs[0]].name == "blocks.0.normalized_resid_mid")
    }

    /// TransformerBridge: what leaves a normalisation is `hook_out`; its `hook_normalized` lacks gain and bias.
    @Test func whatLeavesGoesBeforeWhatIsOnlyDivided() throws {
        let trace = try read([
            "blocks.0.hook_resid_pre": numbers(1), "blocks.0.ln1.hook_scale": scale(numbers(1)),
            "blocks.0.ln1.hook_normalized": numbers(2), "blocks.0.ln1.hook_out": numbers(3),
        ])
        #expect(try trace["blocks.0.ln1.normalized"]?.tensor.scalars == numbers(3).scalars)
        #expect(try trace["other.blocks.0.ln1.hook_normalized"]?.tensor.scalars == numbers(2).scalars)
    }

    /// TransformerBridge's BERT: its `hook_resid_mid` is what enters the second normalisation.
    @Test func aBridgeOfBERTIsReadByWhatEntersAndLeaves() throws {
        let (pre, out, mid, feed) = (try numbers(1), try numbers(2), try numbers(3), try numbers(4))
        let (first, second) = (try Add().evaluate([pre, out]), try Add().evaluate([mid, feed]))
        let trace = try read([
            "blocks.0.hook_resid_pre": pre, "blocks.0.attn.o.hook_out": out, "blocks.0.ln1.hook_in": first,
            "blocks.0.ln1.hook_scale": scale(first), "blocks.0.ln1.hook_out": mid, "blocks.0.hook_attn_out": mid,
            "blocks.0.hook_mlp_out": feed, "blocks.0.ln2.hook_in": second, "blocks.0.hook_resid_mid": second,
            "blocks.0.ln2.hook_out": numbers(5), "blocks.0.hook_resid_post": numbers(5),
        ])
        #expect(try trace.step("blocks.0.resid_mid").operation is Add)
        #expect(try trace.step("blocks.0.resid_post").operation is Add)
        #expect(trace["blocks.0.attn_out"]?.tensor.scalars == out.scalars)
        #expect(try trace["blocks.0.normalized_resid_post"]?.tensor.scalars == numbers(5).scalars)
    }

    @Test func anotherShapeUnderAnAliasIsSomethingElse() throws {
        let heads = try numbers(1).reshaped([1, 3, 2, 4])
        let trace = try read([
            "blocks.0.hook_resid_pre": numbers(1), "blocks.0.attn.o.hook_in": heads,
            "blocks.0.ln1.hook_normalized": numbers(2).reshaped([1, 3, 2, 4]),
        ])
        #expect(trace["other.blocks.0.attn.o.hook_in"]?.shape == [1, 3, 2, 4])
        #expect(trace["other.blocks.0.ln1.hook_normalized"] != nil)
    }

    @Test(arguments: [
        ("encoder.1.attn.hook_pattern", "encoder.blocks.1.attn.pattern"),
        ("decoder.0.cross_attn.hook_q", "decoder.blocks.0.cross_attn.q"),
        ("decoder_final_ln.hook_normalized", "decoder.ln_final.normalized"),
        ("embed.hook_token_type_embed", "token_type_embed"), ("hook_unembed", "logits"),
    ])
    func otherSpellings(_ written: String, _ name: String) {
        let read = RecordedName(written)
        #expect(read.step.description == name && read.axes != nil)
    }
}
