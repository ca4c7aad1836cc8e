import Tensors
import Tracing
import Wording

/// A decoder-only transformer: the forward pass of recording, training and generation alike.
public struct Decoder: Sendable {
    public let configuration: DecoderConfiguration
    public var parameters: ParameterSet
    /// What its files ask of a generation.
    public var rules = GenerationRules()

    /// - Throws: ``ModelError/checkpoint(path:missing:surplus:misshaped:)`` where parameters do not fit the
    ///   configuration.
    public init(configuration: DecoderConfiguration, parameters: ParameterSet, path: String = "") throws(Failure) {
        try configuration.validate(path: path)
        try parameters.check(Self.shapes(configuration), path: path)
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
    ///   ``ModelError/unknownToken(id:vocabulary:)``; ``ModelError/noHead``; `TensorError.count(expected:found:shape:)`
    ///   where the texts of a batch differ in length.
    public func logits(_ ids: [[Int]], cache: inout KeyValueCache?, on recorder: Recorder) throws(Failure) -> Value {
        try reading(ids, cache: &cache, on: recorder).logits
    }

    /// As ``logits(_:cache:on:)``, with the vectors that the logits are made of: the residual stream's last state,
    /// normalised where the model does so, `[batch, position, width]`.
    public func reading(
        _ ids: [[Int]], cache: inout KeyValueCache?, on recorder: Recorder
    ) throws(Failure) -> (state: Value, logits: Value) {
        guard configuration.hasHead else { throw Failure(ModelError.noHead) }
        let state = try state(ids, cache: &cache, on: recorder)
        return (state, try logits(of: state, on: recorder))
    }

    /// The residual stream's last state, normalised where the model does so, `[batch, position, width]`: all that a
    /// model without a head gives.
    public func state(_ ids: [[Int]], cache: inout KeyValueCache?, on recorder: Recorder) throws(Failure) -> Value {
        let start = cache?.length ?? 0
        let tokens = try TokenInput(vocabulary: configuration.vocabularySize, context: configuration.context).source(
            ids, after: start, on: recorder)
        var residual = try embed(tokens, start: start, on: recorder)
        let rotation = try rotation(start: start, count: tokens.shape[1], on: recorder)
        for index in 0..<configuration.layers {
            let block = Block(
                index: index, isLast: index == configuration.layers - 1, style: configuration.blockStyle,
                mask: AttentionMask(isCausal: true, window: configuration.window(block: index)), rotation: rotation)
            residual = try block(residual, parameters: parameters, cache: &cache, on: recorder)
        }
        cache?.length = start + tokens.shape[1]
        guard configuration.normPlacement == .pre else { return residual }
        return try configuration.blockStyle.normalization(.finalNormScale, .finalNormGain, .finalNormBias)(
            residual, as: .finalNorm, block: nil, parameters: parameters, on: recorder)
    }

    /// The logits, then their softmax: `probabilities` `[batch, position, vocabulary]`.
    public func probabilities(_ ids: [[Int]], cache: inout KeyValueCache?, on recorder: Recorder) throws(Failure)
        -> Value
    {
        try recorder.apply(
            Softmax(), logits(ids, cache: &cache, on: recorder), as: .probabilities,
            axes: [.batch, .position, .vocabulary])
    }

    private func embed(_ tokens: Value, start: Int, on recorder: Recorder) throws(Failure) -> Value {
        let width: [Axis] = [.batch, .position, .width]
        let embedded = try recorder.apply(
            Embedding(), parameters.value(.embedding, on: recorder), tokens, as: .embed, axes: width)
        // Rotary positions turn queries and keys; the stream itself knows of none.
        if configuration.positions == .rotary {
            return try recorder.alias(embedded, as: .residualPre, block: 0, axes: width)
        }
        let rows = PositionRows(start: start, count: tokens.shape[1], batch: tokens.shape[0])
        let table =
            switch configuration.positions {
            case .learned, .rotary: try parameters.value(.positions, on: recorder)
            case .sinusoidal:
                try recorder.apply(
                    SinusoidalPositions(count: configuration.context, width: configuration.width), as: .positionTable,
                    axes: [.position, .width])
            }
        let positions = try recorder.apply(rows, table, as: .positionEmbed, axes: width)
        return try recorder.apply(Add(), embedded, positions, as: .residualPre, block: 0, axes: width)
    }

    private func rotation(start: Int, count: Int, on recorder: Recorder) throws(Failure) -> Rotation? {
        guard configuration.positions == .rotary else { return nil }
        func table(_ function: RotaryTable.Function, as label: Label) throws(Failure) -> Value {
            try recorder.apply(
                RotaryTable(
                    function, start: start, count: count, width: configuration.headWidth, speeds: configuration.rotary),
                as: label, axes: [.position, .headWidth])
        }
        return Rotation(cosines: try table(.cos, as: .rotaryCosines), sines: try table(.sin, as: .rotarySines))
    }

    private func logits(of state: Value, on recorder: Recorder) throws(Failure) -> Value {
        let matrix: Label = configuration.tiedOutput ? .embedding : .unembedding
        return try recorder.apply(
            Linear(transposed: true), state, parameters.value(matrix, on: recorder), as: .logits,
            axes: [.batch, .position, .vocabulary])
    }
}
