import Tensors
import Tracing

/// A decoder-only transformer: the forward pass of recording, training and generation alike.
public struct Decoder: Sendable {
    public let configuration: DecoderConfiguration
    public var parameters: ParameterSet

    /// - Throws: ``ModelError/checkpoint(path:missing:surplus:misshaped:)`` where parameters do not fit the
    ///   configuration.
    public init(configuration: DecoderConfiguration, parameters: ParameterSet, path: String = "") throws(ModelError) {
        try configuration.validate(path: path)
        var missing: [String] = []
        var misshaped: [String] = []
        let wanted = Self.shapes(configuration)
        for (name, shape, _) in wanted {
            guard let found = parameters[name]?.tensor.shape else {
                missing.append(name.description)
                continue
            }
            if found != shape { misshaped.append("\(name): \(found) ≠ \(shape)") }
        }
        guard missing.isEmpty, misshaped.isEmpty else {
            throw .checkpoint(path: path, missing: missing, surplus: [], misshaped: misshaped)
        }
        self.configuration = configuration
        self.parameters = parameters
    }

    /// Reads tokens and gives the logits `[batch, position, vocabulary]`.
    ///
    /// - Parameters:
    ///   - ids: `[batch][position]`, all of one length.
    ///   - cache: the keys and values of earlier passes; positions go on from its length.
    ///   - recorder: writes every step down, if it records.
    /// - Throws: ``ModelError/emptyText``, ``ModelError/contextExceeded(tokens:context:)``,
    ///   ``ModelError/unknownToken(id:vocabulary:)``; `TensorError.count(expected:found:shape:)` where the texts of
    ///   a batch differ in length.
    public func logits(_ ids: [[Int]], cache: inout KeyValueCache?, on recorder: Recorder) throws -> Value {
        let start = cache?.length ?? 0
        let tokens = try source(ids, after: start, on: recorder)
        var residual = try embed(tokens, start: start, on: recorder)
        for block in 0..<configuration.layers {
            residual = try layer(block, residual, cache: &cache, on: recorder)
        }
        cache?.length = start + tokens.shape[1]
        return try unembed(residual, on: recorder)
    }

    /// The logits, then their softmax: `probabilities` `[batch, position, vocabulary]`.
    public func probabilities(_ ids: [[Int]], cache: inout KeyValueCache?, on recorder: Recorder) throws -> Value {
        try recorder.apply(
            Softmax(), logits(ids, cache: &cache, on: recorder), as: .probabilities,
            axes: [.batch, .position, .vocabulary])
    }

    private func source(_ ids: [[Int]], after start: Int, on recorder: Recorder) throws -> Value {
        guard let length = ids.first?.count, length > 0 else { throw ModelError.emptyText }
        if let other = ids.first(where: { $0.count != length }) {
            throw TensorError.count(expected: length, found: other.count, shape: [1, length])
        }
        guard start + length <= configuration.context else {
            throw ModelError.contextExceeded(tokens: start + length, context: configuration.context)
        }
        for id in ids.joined() where id < 0 || id >= configuration.vocabularySize {
            throw ModelError.unknownToken(id: id, vocabulary: configuration.vocabularySize)
        }
        let tensor = try Tensor([ids.count, length], ids.joined().map(Float.init))
        return try recorder.source(tensor, .tokens, as: .tokens, axes: [.batch, .position])
    }

    private func embed(_ tokens: Value, start: Int, on recorder: Recorder) throws -> Value {
        let width: [Axis] = [.batch, .position, .width]
        let embedded = try recorder.apply(
            Embedding(), parameters.value(.embedding, on: recorder), tokens, as: .embed, axes: width)
        let rows = PositionRows(start: start, count: tokens.shape[1], batch: tokens.shape[0])
        let table =
            switch configuration.positions {
            case .learned: try parameters.value(.positions, on: recorder)
            case .sinusoidal:
                try recorder.apply(
                    SinusoidalPositions(count: configuration.context, width: configuration.width), as: .positionTable,
                    axes: [.position, .width])
            }
        let positions = try recorder.apply(rows, table, as: .positionEmbed, axes: width)
        return try recorder.apply(Add(), embedded, positions, as: .residualPre, block: 0, axes: width)
    }

    private func layer(
        _ block: Int, _ residual: Value, cache: inout KeyValueCache?, on recorder: Recorder
    ) throws -> Value {
        let width: [Axis] = [.batch, .position, .width]
        let attention = Attention(block: block, headWidth: configuration.headWidth)
        let feedForward = FeedForward(block: block, activation: configuration.activation)
        let norm1 = normalization(.norm1Scale, .norm1Gain, .norm1Bias)
        let norm2 = normalization(.norm2Scale, .norm2Gain, .norm2Bias)
        func normalize(_ norm: Normalization, _ value: Value, as label: Label) throws -> Value {
            try norm(value, as: label, block: block, parameters: parameters, on: recorder)
        }
        func add(_ left: Value, _ right: Value, as label: Label) throws -> Value {
            try recorder.apply(Add(), left, right, as: label, block: block, axes: width)
        }
        // The sum that leaves a block is what the next one reads: one tensor, under both names.
        let isLast = block == configuration.layers - 1
        func leave(_ value: Value) throws -> Value {
            isLast ? value : try recorder.alias(value, as: .residualPre, block: block + 1, axes: width)
        }
        switch configuration.normPlacement {
        case .pre:
            let attended = try attention(
                normalize(norm1, residual, as: .norm1), parameters: parameters, cache: &cache, on: recorder)
            let mid = try add(residual, attended, as: .residualMid)
            let fed = try feedForward(normalize(norm2, mid, as: .norm2), parameters: parameters, on: recorder)
            return try leave(add(mid, fed, as: .residualPost))
        case .post:
            let attended = try attention(residual, parameters: parameters, cache: &cache, on: recorder)
            let mid = try normalize(norm1, add(residual, attended, as: .residualMid), as: .normalizedMid)
            let fed = try feedForward(mid, parameters: parameters, on: recorder)
            return try leave(normalize(norm2, add(mid, fed, as: .residualPost), as: .normalizedPost))
        }
    }

    private func normalization(_ scale: Label, _ gain: Label, _ bias: Label) -> Normalization {
        Normalization(epsilon: configuration.normEpsilon, scale: scale, gain: gain, bias: bias)
    }

    private func unembed(_ residual: Value, on recorder: Recorder) throws -> Value {
        var final = residual
        if configuration.normPlacement == .pre {
            final = try normalization(.finalNormScale, .finalNormGain, .finalNormBias)(
                residual, as: .finalNorm, block: nil, parameters: parameters, on: recorder)
        }
        let matrix: Label = configuration.tiedOutput ? .embedding : .unembedding
        return try recorder.apply(
            Linear(transposed: true), final, parameters.value(matrix, on: recorder), as: .logits,
            axes: [.batch, .position, .vocabulary])
    }
}
