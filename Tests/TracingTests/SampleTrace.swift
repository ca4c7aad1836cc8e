import Tensors
import TestSupport
import Tracing

/// A small trace that uses most operations, with its gradients: three tokens, two heads of two numbers.
enum SampleTrace {
    private static let width: [Axis] = [.batch, .position, .width]
    private static let heads: [Axis] = [.batch, .position, .head, .headWidth]
    private static let cells: [Axis] = [.batch, .head, .query, .key]

    static func make() throws -> Trace {
        let recorder = Recorder()
        func weight(_ label: Label, _ shape: Shape, _ axes: [Axis], block: Int? = 0) throws -> Value {
            let seed = UInt64(label.rawValue.utf8.reduce(0) { $0 &+ Int($1) })
            return try recorder.source(.test(shape, seed: seed), .parameter, as: label, block: block, axes: axes)
        }
        let tokens = try recorder.source(
            Tensor([1, 3], [4, 0, 4]), .tokens, as: .tokens, axes: [.batch, .position])
        let table = try weight(.embedding, [5, 4], [.vocabulary, .width], block: nil)
        let embedded = try recorder.apply(Embedding(), table, tokens, as: .embed, axes: width)
        let sines = try recorder.apply(
            SinusoidalPositions(count: 6, width: 4), as: .positionTable, axes: [.position, .width])
        let positions = try recorder.apply(
            PositionRows(start: 0, count: 3, batch: 1), sines, as: .positionEmbed, axes: width)
        let before = try recorder.apply(Add(), embedded, positions, as: .residualPre, block: 0, axes: width)

        func project(_ weights: Label, _ bias: Label, as label: Label) throws -> Value {
            try recorder.apply(
                Linear(), before, weight(weights, [4, 2, 2], [.width, .head, .headWidth]),
                weight(bias, [2, 2], [.head, .headWidth]), as: label, block: 0, axes: heads)
        }
        let q = try project(.queryWeight, .queryBias, as: .query)
        let k = try project(.keyWeight, .keyBias, as: .key)
        let v = try project(.valueWeight, .valueBias, as: .value)
        let products = try recorder.apply(DotProducts(), q, k, as: .dotProducts, block: 0, axes: cells)
        let scaled = try recorder.apply(
            Scale(dividingBy: 2.0.squareRoot()), products, as: .unmaskedScores, block: 0, axes: cells)
        let scores = try recorder.apply(CausalMask(), scaled, as: .scores, block: 0, axes: cells)
        let pattern = try recorder.apply(Softmax(), scores, as: .pattern, block: 0, axes: cells)
        let z = try recorder.apply(WeightedSum(), pattern, v, as: .z, block: 0, axes: heads)
        let joined = try recorder.apply(JoinHeads(), z, as: .joined, block: 0, axes: width)
        let after = try recorder.apply(Add(), before, joined, as: .residualPost, block: 0, axes: width)

        let scale = try recorder.apply(
            LayerNormScale(epsilon: 1e-5), after, as: .finalNormScale, axes: [.batch, .position, .single])
        let normalized = try recorder.apply(
            LayerNorm(), after, scale, weight(.finalNormGain, [4], [.width], block: nil),
            weight(.finalNormBias, [4], [.width], block: nil), as: .finalNorm, axes: width)
        let bent = try recorder.apply(Activation(.geluTanh), normalized, as: .hiddenPost, block: 0, axes: width)
        let logits = try recorder.apply(
            Linear(transposed: true), bent, table, as: .logits, axes: [.batch, .position, .vocabulary])
        let targets = try recorder.source(
            Tensor([1, 3], [0, 4, -1]), .tokens, as: .targets, axes: [.batch, .position])
        _ = try recorder.apply(CrossEntropy(), logits, targets, as: .loss, axes: [])
        var trace = try recorder.trace(
            model: ModelCard(name: "样例 “sample”", family: "none", numbers: ["width": 4, "rate": 0.1]),
            tokens: [
                TraceToken(id: 4, display: "语"), TraceToken(id: 0, display: "<s>", isSpecial: true),
                TraceToken(id: 4, display: "语", isGenerated: true),
            ]
        ).withGradients(of: "loss")
        trace.vocabulary = [0: "<s>", 4: "语", 3: "\n\u{1}\"\\"]
        return trace
    }
}
