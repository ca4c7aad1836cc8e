import Tensors
import Tracing
import Wording

/// An encoder that sees its whole text at once (BERT, Devlin et al. 2018), with the heads it was trained with.
public struct Encoder: ParametricModel {
    public let configuration: EncoderConfiguration
    public var parameters: ParameterSet

    /// - Throws: ``ModelError/checkpoint(path:missing:surplus:misshaped:)`` where parameters do not fit the
    ///   configuration.
    public init(configuration: EncoderConfiguration, parameters: ParameterSet, path: String = "") throws(Failure) {
        try configuration.validate(path: path)
        try parameters.check(Self.shapes(configuration), path: path)
        self.configuration = configuration
        self.parameters = parameters
    }

    /// A batch of texts of one length.
    public struct Input: Sendable {
        /// `[batch][position]`.
        public var ids: [[Int]]
        /// Which segment each token belongs to, `[batch][position]`; nil where all belong to the first.
        public var segments: [[Int]]?
        /// One for a token, zero for padding, `[batch][position]`; nil where nothing is padded.
        public var mask: [[Int]]?

        public init(ids: [[Int]], segments: [[Int]]? = nil, mask: [[Int]]? = nil) {
            self.ids = ids
            self.segments = segments
            self.mask = mask
        }

        /// Texts of any lengths, filled up to the longest, with the mask that says so.
        public init(padding texts: [[Int]], segments: [[Int]]? = nil, with id: Int) {
            let length = texts.map { $0.count }.max() ?? 0
            func fill(_ rows: [[Int]], with number: Int) -> [[Int]] {
                rows.map { $0 + Array(repeating: number, count: max(0, length - $0.count)) }
            }
            ids = fill(texts, with: id)
            self.segments = segments.map { fill($0, with: 0) }
            mask = Set(texts.map { $0.count }).count > 1 ? fill(texts.map { $0.map { _ in 1 } }, with: 0) : nil
        }
    }

    /// What an encoder and its heads give.
    public struct Output: Sendable {
        /// The last block's output `[batch, position, width]`.
        public let hidden: Value
        /// `[batch, width]`; nil without a pooler.
        public let pooled: Value?
        /// `mlm_logits` `[batch, position, vocabulary]`.
        public let maskedWordLogits: Value?
        /// `nsp_logits` `[batch, 2]`: the second text follows the first (0), or does not (1).
        public let nextSentenceLogits: Value?
        /// `classifier_logits` `[batch, class]`.
        public let classLogits: Value?
    }

    /// Reads texts and gives what each head makes of them.
    /// - Throws: ``ModelError/emptyText``, ``ModelError/contextExceeded(tokens:context:)``,
    ///   ``ModelError/unknownToken(id:vocabulary:)``, `TensorError.count(expected:found:shape:)`.
    public func output(_ input: Input, on recorder: Recorder) throws(Failure) -> Output {
        let hidden = try hidden(input, on: recorder)
        let pooled = configuration.hasPooler ? try pooled(hidden, on: recorder) : nil
        func head(_ weight: Label, _ bias: Label, as label: Label) throws(Failure) -> Value? {
            try pooled.map { (each) throws(Failure) in
                try projection(on: recorder)(each, weight, bias, as: label, axes: [.batch, .unknown])
            }
        }
        return Output(
            hidden: hidden, pooled: pooled,
            maskedWordLogits: configuration.hasMaskedWordHead ? try maskedWordLogits(hidden, on: recorder) : nil,
            nextSentenceLogits: configuration.hasNextSentenceHead
                ? try head(.nextSentenceWeight, .nextSentenceBias, as: .nextSentenceLogits) : nil,
            classLogits: configuration.classes != nil
                ? try head(.classifierWeight, .classifierBias, as: .classLogits) : nil)
    }

    /// The same, with the softmax of each head's logits recorded.
    public func probabilities(_ input: Input, on recorder: Recorder) throws(Failure) -> Output {
        let output = try output(input, on: recorder)
        let heads: [(Value?, Label, [Axis])] = [
            (output.maskedWordLogits, .maskedProbabilities, [.batch, .position, .vocabulary]),
            (output.nextSentenceLogits, .nextSentenceProbabilities, [.batch, .unknown]),
            (output.classLogits, .classProbabilities, [.batch, .unknown]),
        ]
        for (logits, label, axes) in heads {
            guard let logits else { continue }
            _ = try recorder.apply(Softmax(), logits, as: label, axes: axes)
        }
        return output
    }

    /// The last block's output `[batch, position, width]`, without any head.
    public func hidden(_ input: Input, on recorder: Recorder) throws(Failure) -> Value {
        let c = configuration
        let tokens = try TokenInput(vocabulary: c.vocabularySize, context: c.context).source(input.ids, on: recorder)
        let mask = try TokenInput.mask(input.mask, for: tokens, on: recorder)
        let segments = try TokenInput(vocabulary: c.segments, context: c.context).source(
            input.segments ?? input.ids.map { $0.map { _ in 0 } }, as: .segments, on: recorder)
        guard segments.shape == tokens.shape else {
            throw .count(expected: tokens.shape.count, found: segments.shape.count, shape: tokens.shape)
        }
        var residual = try embed(tokens, segments: segments, on: recorder)
        var cache: KeyValueCache?
        for index in 0..<c.layers {
            let block = Block(
                index: index, isLast: index == c.layers - 1, style: c.blockStyle, mask: AttentionMask(padding: mask))
            residual = try block(residual, parameters: parameters, cache: &cache, on: recorder)
        }
        return residual
    }

    private func projection(on recorder: Recorder) -> Projection {
        Projection(parameters: parameters, recorder: recorder)
    }

    private func embed(_ tokens: Value, segments: Value, on recorder: Recorder) throws(Failure) -> Value {
        let width: [Axis] = [.batch, .position, .width]
        let words = try recorder.apply(
            Embedding(), parameters.value(.embedding, on: recorder), tokens, as: .embed, axes: width)
        let kinds = try recorder.apply(
            Embedding(), parameters.value(.segmentEmbedding, on: recorder), segments, as: .segmentEmbed, axes: width)
        let typed = try recorder.apply(Add(), words, kinds, as: .typedEmbed, axes: width)
        let positions = try recorder.apply(
            PositionRows(start: 0, count: tokens.shape[1], batch: tokens.shape[0]),
            parameters.value(.positions, on: recorder), as: .positionEmbed, axes: width)
        let sum = try recorder.apply(Add(), typed, positions, as: .embedSum, axes: width)
        let full = try configuration.blockStyle.normalization(.embedNormScale, .embedNormGain, .embedNormBias)(
            sum, as: .fullEmbed, block: nil, parameters: parameters, on: recorder)
        return try recorder.alias(full, as: .residualPre, block: 0, axes: width)
    }

    private func pooled(_ hidden: Value, on recorder: Recorder) throws(Failure) -> Value {
        let axes: [Axis] = [.batch, .width]
        let first = try recorder.apply(TakePosition(0), hidden, as: .firstPosition, axes: axes)
        let dense = try projection(on: recorder)(first, .poolerWeight, .poolerBias, as: .poolerDense, axes: axes)
        return try recorder.apply(Activation(.tanh), dense, as: .poolerOutput, axes: axes)
    }

    private func maskedWordLogits(_ hidden: Value, on recorder: Recorder) throws(Failure) -> Value {
        let width: [Axis] = [.batch, .position, .width]
        let project = projection(on: recorder)
        let dense = try project(hidden, .maskedWeight, .maskedBias, as: .maskedDense, axes: width)
        let active = try recorder.apply(
            Activation(configuration.activation), dense, as: .maskedActivation, axes: width)
        let normalized = try configuration.blockStyle.normalization(
            .maskedNormScale, .maskedNormGain, .maskedNormBias)(
                active, as: .maskedNorm, block: nil, parameters: parameters, on: recorder)
        return try project(
            normalized, configuration.tiedOutput ? .embedding : .unembedding, .unembeddingBias, as: .maskedLogits,
            axes: [.batch, .position, .vocabulary],
            transposed: true)
    }
}
