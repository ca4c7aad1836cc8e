import Tensors
import Tracing
import Wording

/// The transformer of "Attention is all you need" (Vaswani et al. 2017): an encoder reads the source, a decoder writes
/// the target and looks back at it.
public struct EncoderDecoder: ParametricModel {
    public let configuration: EncoderDecoderConfiguration
    public var parameters: ParameterSet
    /// What its files ask of a generation.
    public var rules = GenerationRules()

    /// - Throws: ``ModelError/checkpoint(path:missing:surplus:misshaped:)`` where parameters do not fit the
    ///   configuration.
    public init(
        configuration: EncoderDecoderConfiguration, parameters: ParameterSet, path: String = ""
    ) throws(Failure) {
        try configuration.validate(path: path)
        try parameters.check(Self.shapes(configuration), path: path)
        self.configuration = configuration
        self.parameters = parameters
    }

    /// What the encoder hands to the decoder, to be read as often as it likes.
    public struct Source: Sendable {
        /// `encoder.memory` `[batch, position, width]`.
        public let memory: Value
        let padding: Value?
    }

    /// Reads the source once.
    ///
    /// - Parameters:
    ///   - ids: `[batch][position]`, all of one length.
    ///   - mask: one for a token, zero for padding; nil: whatever is not `paddingID` counts (in BART and Marian
    ///     everything does, as `transformers` has it).
    ///   - recorder: writes every step down, under `encoder.`.
    /// - Throws: ``ModelError/emptyText``, ``ModelError/contextExceeded(tokens:context:)``,
    ///   ``ModelError/unknownToken(id:vocabulary:)``, `TensorError.count(expected:found:shape:)`.
    public func encode(_ ids: [[Int]], mask: [[Int]]? = nil, on recorder: Recorder) throws(Failure) -> Source {
        try within(.encoder, recorder) { () throws(Failure) in
            let c = configuration
            let tokens = try TokenInput(vocabulary: c.sourceVocabulary, context: c.context).source(ids, on: recorder)
            let padding = try TokenInput.mask(
                mask ?? (c.family == .aiayn ? paddingMask(ids) : nil), for: tokens, on: recorder)
            var residual = try embed(tokens, start: 0, on: recorder)
            var cache: KeyValueCache?
            for index in 0..<c.encoderLayers {
                let block = Block(
                    index: index, isLast: index == c.encoderLayers - 1, style: c.blockStyle(isDecoder: false),
                    mask: AttentionMask(padding: padding))
                residual = try block(residual, parameters: parameters, cache: &cache, on: recorder)
            }
            return Source(memory: try finish(residual, as: .memory, on: recorder), padding: padding)
        }
    }

    /// Reads a target, looking back at the source, and gives the `logits` `[batch, position, vocabulary]` of what
    /// follows each of its tokens.
    ///
    /// - Parameters:
    ///   - target: `[batch][position]`, all of one length, beginning with `startID`. Padding at the end needs no mask:
    ///     no earlier position sees it.
    ///   - source: what ``encode(_:mask:on:)`` gave.
    ///   - cache: the keys and values of earlier passes, the source's included; positions go on from its length.
    ///   - recorder: writes every step down, under `decoder.`.
    /// - Throws: as ``encode(_:mask:on:)``.
    public func logits(
        _ target: [[Int]], reading source: Source, cache: inout KeyValueCache?, on recorder: Recorder
    ) throws(Failure) -> Value {
        let c = configuration
        let output = try within(.decoder, recorder) { () throws(Failure) in
            let start = cache?.length ?? 0
            let tokens = try TokenInput(vocabulary: c.targetVocabulary, context: c.context).source(
                target, after: start, on: recorder)
            guard tokens.shape[0] == source.memory.shape[0] else {
                throw .count(
                    expected: source.memory.shape[0], found: tokens.shape[0], shape: tokens.shape)
            }
            var residual = try embed(tokens, start: start, on: recorder)
            let memory = Memory(value: source.memory, padding: source.padding)
            for index in 0..<c.decoderLayers {
                let block = Block(
                    index: index, isLast: index == c.decoderLayers - 1, style: c.blockStyle(isDecoder: true),
                    mask: AttentionMask(isCausal: true), memory: memory)
                residual = try block(residual, parameters: parameters, cache: &cache, on: recorder)
            }
            cache?.length = start + tokens.shape[1]
            return try finish(residual, as: .output, on: recorder)
        }
        // The decoder's own table, where it has one, lies in its stack; the bias in neither.
        let matrix =
            try c.tiedOutput
            ? embeddingTable(of: .decoder, on: recorder) : parameters.value(.unembedding, on: recorder)
        let axes: [Axis] = [.batch, .position, .vocabulary]
        guard c.hasOutputBias else {
            return try recorder.apply(Linear(transposed: true), output, matrix, as: .logits, axes: axes)
        }
        let bias = try parameters.value(.unembeddingBias, on: recorder)
        return try recorder.apply(Linear(transposed: true), output, matrix, bias, as: .logits, axes: axes)
    }

    /// A shared table belongs to neither stack.
    private func embeddingTable(of stack: Stack, on recorder: Recorder) throws(Failure) -> Value {
        try within(configuration.sharesEmbeddings ? .single : stack, recorder) { () throws(Failure) in
            try parameters.value(.embedding, on: recorder)
        }
    }

    /// Both stacks at once, as training reads them: `logits` `[batch, position, vocabulary]`.
    public func logits(source: [[Int]], target: [[Int]], on recorder: Recorder) throws(Failure) -> Value {
        var cache: KeyValueCache?
        return try logits(target, reading: encode(source, on: recorder), cache: &cache, on: recorder)
    }

    /// The logits, then their softmax: `probabilities` `[batch, position, vocabulary]`.
    public func probabilities(
        _ target: [[Int]], reading source: Source, cache: inout KeyValueCache?, on recorder: Recorder
    ) throws(Failure) -> Value {
        try recorder.apply(
            Softmax(), logits(target, reading: source, cache: &cache, on: recorder), as: .probabilities,
            axes: [.batch, .position, .vocabulary])
    }

    /// One where a token stands, zero where the text is filled up; nil where none is.
    func paddingMask(_ ids: [[Int]]) -> [[Int]]? {
        guard let padding = configuration.paddingID, ids.joined().contains(padding) else { return nil }
        return ids.map { $0.map { $0 == padding ? 0 : 1 } }
    }

    private func within<Result>(
        _ stack: Stack, _ recorder: Recorder, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let outer = recorder.stack
        recorder.stack = stack
        defer { recorder.stack = outer }
        return try body()
    }

    private func embed(_ tokens: Value, start: Int, on recorder: Recorder) throws(Failure) -> Value {
        let c = configuration
        let width: [Axis] = [.batch, .position, .width]
        let table = try embeddingTable(of: recorder.stack, on: recorder)
        var embedded: Value
        if c.embeddingScale == 1 {
            embedded = try recorder.apply(Embedding(), table, tokens, as: .embed, axes: width)
        } else {
            embedded = try recorder.apply(Embedding(), table, tokens, as: .unscaledEmbed, axes: width)
            embedded = try recorder.apply(Magnify(by: c.embeddingScale), embedded, as: .embed, axes: width)
        }
        let offset = c.positions == .learned ? c.positionOffset : 0
        let rows = PositionRows(start: start + offset, count: tokens.shape[1], batch: tokens.shape[0])
        let positionTable =
            switch c.positions {
            case .learned: try parameters.value(.positions, on: recorder)
            case .sinusoidal, .sinusoidalHalves:
                try recorder.apply(
                    SinusoidalPositions(
                        count: start + tokens.shape[1], width: c.width, inHalves: c.positions == .sinusoidalHalves),
                    as: .positionTable, axes: [.position, .width])
            }
        let positions = try recorder.apply(rows, positionTable, as: .positionEmbed, axes: width)
        let sum: Label = c.hasEmbeddingNorms ? .embedSum : .fullEmbed
        var full = try recorder.apply(Add(), embedded, positions, as: sum, axes: width)
        if c.hasEmbeddingNorms {
            full = try c.blockStyle(isDecoder: false).normalization(.embedNormScale, .embedNormGain, .embedNormBias)(
                full, as: .fullEmbed, block: nil, parameters: parameters, on: recorder)
        }
        return try recorder.alias(full, as: .residualPre, block: 0, axes: width)
    }

    private func finish(_ residual: Value, as label: Label, on recorder: Recorder) throws(Failure) -> Value {
        let c = configuration
        let final =
            c.hasFinalNorms
            ? try c.blockStyle(isDecoder: false).normalization(.finalNormScale, .finalNormGain, .finalNormBias)(
                residual, as: .finalNorm, block: nil, parameters: parameters, on: recorder) : residual
        return try recorder.alias(final, as: label, axes: [.batch, .position, .width])
    }
}
