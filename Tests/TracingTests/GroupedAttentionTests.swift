import Tensors
import TestSupport
import Testing
import Tracing

/// Four query heads that share two heads of keys and values, as PyTorch's `scaled_dot_product_attention` has it.
@Suite struct GroupedAttentionTests {
    @Test func forwardAndBackwardAgreeWithPyTorch() throws {
        let file = try SafeTensors(path: Places.reference("grouped_attention.safetensors"))
        let recorder = Recorder()
        let heads: [Axis] = [.batch, .position, .head, .headWidth]
        let cells: [Axis] = [.batch, .head, .query, .key]
        func source(_ name: String) throws -> Value {
            try recorder.source(file.tensor(name), .parameter, as: Label(rawValue: name), axes: heads)
        }
        let (q, k, v) = (try source("q"), try source("k"), try source("v"))
        let products = try recorder.apply(DotProducts(), q, k, as: .dotProducts, axes: cells)
        let scaled = try recorder.apply(
            Scale(dividingBy: 5.0.squareRoot()), products, as: .unmaskedScores, axes: cells)
        let scores = try recorder.apply(CausalMask(), scaled, as: .scores, axes: cells)
        let pattern = try recorder.apply(Softmax(), scores, as: .pattern, axes: cells)
        let z = try recorder.apply(WeightedSum(), pattern, v, as: .z, axes: heads)
        _ = try recorder.apply(Linear(contracting: 4), z, source("upstream"), as: .loss, axes: [])
        #expect(relativeDifference(z.tensor, try file.tensor("z")) <= 1e-6)
        let trace = try recorder.trace().withGradients(of: "loss")
        for name in ["q", "k", "v"] {
            let found = try trace.step(StepName(name).gradient).tensor
            #expect(relativeDifference(found, try file.tensor("grad." + name)) <= 1e-6, "\(name)")
        }
    }
}
