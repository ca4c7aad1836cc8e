import Tensors
import Tracing

/// Multi-head causal self-attention (Vaswani et al. 2017, section 3.2), written once for every decoder.
struct Attention: Sendable {
    let block: Int
    let headWidth: Int

    /// `input` `[batch, position, width]` → `attn_out` of the same shape.
    ///
    /// `cache` holds the keys and values of earlier passes, `[batch, key, head, head width]`, and takes this one's.
    func callAsFunction(
        _ input: Value, parameters: ParameterSet, cache: inout KeyValueCache?, on recorder: Recorder
    ) throws -> Value {
        let heads: [Axis] = [.batch, .position, .head, .headWidth]
        func project(_ weight: Label, _ bias: Label, as label: Label) throws -> Value {
            try recorder.apply(
                Linear(), input, parameters.value(weight, block: block, on: recorder),
                parameters.value(bias, block: block, on: recorder), as: label, block: block, axes: heads)
        }
        let q = try project(.queryWeight, .queryBias, as: .query)
        var k = try project(.keyWeight, .keyBias, as: .key)
        var v = try project(.valueWeight, .valueBias, as: .value)
        if let earlier = cache?.entry(block) {
            k = try recorder.apply(Concatenate(axis: 1), earlier.keys, k, as: .keysSoFar, block: block, axes: heads)
            v = try recorder.apply(Concatenate(axis: 1), earlier.values, v, as: .valuesSoFar, block: block, axes: heads)
        }
        cache?.store(keys: k, values: v, block: block)

        let cells: [Axis] = [.batch, .head, .query, .key]
        let products = try recorder.apply(DotProducts(), q, k, as: .dotProducts, block: block, axes: cells)
        let scaled = try recorder.apply(
            Scale(dividingBy: Double(headWidth).squareRoot()), products, as: .unmaskedScores, block: block, axes: cells)
        let scores = try recorder.apply(CausalMask(), scaled, as: .scores, block: block, axes: cells)
        let pattern = try recorder.apply(Softmax(), scores, as: .pattern, block: block, axes: cells)
        let z = try recorder.apply(WeightedSum(), pattern, v, as: .z, block: block, axes: heads)
        let joined = try recorder.apply(JoinHeads(), z, as: .joined, block: block, axes: [.batch, .position, .width])
        return try recorder.apply(
            Linear(), joined, parameters.value(.outputWeight, block: block, on: recorder),
            parameters.value(.outputBias, block: block, on: recorder), as: .attentionOut, block: block,
            axes: [.batch, .position, .width])
    }
}

/// The keys and values that earlier passes computed, so that a new token need not compute them again.
public struct KeyValueCache: Sendable {
    private var keys: [Int: Value] = [:]
    private var values: [Int: Value] = [:]
    /// How many positions have been read.
    public internal(set) var length = 0

    public init() {}

    func entry(_ block: Int) -> (keys: Value, values: Value)? {
        guard let k = keys[block], let v = values[block] else { return nil }
        return (k, v)
    }

    mutating func store(keys: Value, values: Value, block: Int) {
        self.keys[block] = keys
        self.values[block] = values
    }
}
