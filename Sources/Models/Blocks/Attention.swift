import Tensors
import Tracing
import Wording

/// Which keys a query may see.
struct AttentionMask: Sendable {
    /// Whether the future is hidden.
    var isCausal = false
    /// How many keys a causal query sees at most, its own included; nil for all that came before.
    var window: Int?
    /// `[batch, key]`, zero where a text is padded; nil where none is.
    var padding: Value?
}

/// The cosines and sines that turn queries and keys, `[position, head width]` each.
struct Rotation: Sendable {
    let cosines: Value
    let sines: Value
}

/// Multi-head attention (Vaswani et al. 2017, section 3.2), written once for every model: causal or not, with keys of
/// its own text or of an encoder's memory, with fewer key heads than heads or as many, rotated or not.
struct Attention: Sendable {
    let block: Int
    /// What the dot products are divided by: √(head width) in most models.
    let divisor: Double
    var mask = AttentionMask(isCausal: true)
    var rotation: Rotation?
    /// The ε of the RMS normalisation of each head's queries and keys; nil where they are compared as they are.
    var normEpsilon: Double?
    /// Whether the keys and values come from the encoder; the labels then begin with `cross_`.
    var isCross = false

    private func label(_ label: Label) -> Label { isCross ? label.crossed : label }

    /// `input` `[batch, position, width]` → `attn_out` of the same shape.
    ///
    /// `memory` `[batch, key, width]` is what cross-attention reads, else the input itself. `cache` holds the keys and
    /// values of earlier passes, `[batch, key, head, head width]`, and takes this one's.
    func callAsFunction(
        _ input: Value, reading memory: Value? = nil, parameters: ParameterSet, cache: inout KeyValueCache?,
        on recorder: Recorder
    ) throws(Failure) -> Value {
        let project = Projection(block: block, parameters: parameters, recorder: recorder)
        let heads: [Axis] = [.batch, .position, .head, .headWidth]
        var q = try project(input, label(.queryWeight), label(.queryBias), as: label(.query), axes: heads)
        let k: Value
        let v: Value
        if isCross, let earlier = cache?.entry(block, isCross: true) {
            (k, v) = earlier
        } else {
            (k, v) = try keysAndValues(of: memory ?? input, query: &q, project, cache: &cache, on: recorder)
        }

        let cells: [Axis] = [.batch, .head, .query, .key]
        let products = try recorder.apply(DotProducts(), q, k, as: label(.dotProducts), block: block, axes: cells)
        let scaled = try recorder.apply(
            Scale(dividingBy: divisor), products, as: label(.unmaskedScores), block: block,
            axes: cells)
        let scores = try masked(scaled, on: recorder)
        let pattern = try recorder.apply(Softmax(), scores, as: label(.pattern), block: block, axes: cells)
        let z = try recorder.apply(WeightedSum(), pattern, v, as: label(.z), block: block, axes: heads)
        let joined = try recorder.apply(
            JoinHeads(), z, as: label(.joined), block: block, axes: [.batch, .position, .width])
        return try project(
            joined, label(.outputWeight), label(.outputBias), as: isCross ? .crossAttentionOut : .attentionOut,
            axes: [.batch, .position, .width])
    }

    private func keysAndValues(
        of source: Value, query q: inout Value, _ project: Projection, cache: inout KeyValueCache?,
        on recorder: Recorder
    ) throws(Failure) -> (Value, Value) {
        let heads: [Axis] = [.batch, .position, .head, .headWidth]
        var k = try project(source, label(.keyWeight), label(.keyBias), as: label(.key), axes: heads)
        var v = try project(source, label(.valueWeight), label(.valueBias), as: label(.value), axes: heads)
        if let normEpsilon {
            func normalize(_ value: Value, _ scale: Label, _ gain: Label, as label: Label) throws(Failure) -> Value {
                try Normalization(kind: .rms, epsilon: normEpsilon, scale: scale, gain: gain, bias: gain)(
                    value, as: label, block: block, lead: [.batch, .position, .head], of: .headWidth,
                    parameters: project.parameters, on: recorder)
            }
            q = try normalize(q, .queryNormScale, .queryNormGain, as: .queryNorm)
            k = try normalize(k, .keyNormScale, .keyNormGain, as: .keyNorm)
        }
        if let rotation {
            q = try recorder.apply(
                Rotary(), q, rotation.cosines, rotation.sines, as: .rotatedQuery, block: block, axes: heads)
            k = try recorder.apply(
                Rotary(), k, rotation.cosines, rotation.sines, as: .rotatedKey, block: block, axes: heads)
        }
        if !isCross, let earlier = cache?.entry(block) {
            k = try recorder.apply(Concatenate(axis: 1), earlier.keys, k, as: .keysSoFar, block: block, axes: heads)
            v = try recorder.apply(Concatenate(axis: 1), earlier.values, v, as: .valuesSoFar, block: block, axes: heads)
        }
        cache?.store(keys: k, values: v, block: block, isCross: isCross)
        return (k, v)
    }

    private func masked(_ unmasked: Value, on recorder: Recorder) throws(Failure) -> Value {
        let cells: [Axis] = [.batch, .head, .query, .key]
        let name = label(.scores)
        switch (mask.isCausal, mask.padding) {
        case (true, nil):
            return try recorder.apply(CausalMask(window: mask.window), unmasked, as: name, block: block, axes: cells)
        case (false, nil): return try recorder.alias(unmasked, as: name, block: block, axes: cells)
        case (false, let padding?):
            return try recorder.apply(PaddingMask(), unmasked, padding, as: name, block: block, axes: cells)
        case (true, let padding?):
            let causal = try recorder.apply(
                CausalMask(window: mask.window), unmasked, as: label(.causalScores), block: block, axes: cells)
            return try recorder.apply(PaddingMask(), causal, padding, as: name, block: block, axes: cells)
        }
    }
}

/// A linear map by the names of its parameters; a bias that the model does not have is left out.
struct Projection {
    var block: Int?
    let parameters: ParameterSet
    let recorder: Recorder

    func callAsFunction(
        _ input: Value, _ weight: Label, _ bias: Label, as label: Label, axes: [Axis], transposed: Bool = false
    ) throws(Failure) -> Value {
        let operation = Linear(transposed: transposed)
        let matrix = try parameters.value(weight, block: block, on: recorder)
        guard let bias = try parameters.valueIfThere(bias, block: block, on: recorder) else {
            return try recorder.apply(operation, input, matrix, as: label, block: block, axes: axes)
        }
        return try recorder.apply(operation, input, matrix, bias, as: label, block: block, axes: axes)
    }
}
