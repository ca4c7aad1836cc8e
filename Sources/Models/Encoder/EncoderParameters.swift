import Tensors
import Tracing
import Wording

extension Encoder {
    /// Every parameter that a configuration has, in a fixed order: name, shape, axes.
    public static func shapes(_ c: EncoderConfiguration) -> [(name: StepName, shape: Shape, axes: [Axis])] {
        var shapes = ParameterShapes()
        shapes.add(.embedding, [c.vocabularySize, c.width], [.vocabulary, .width])
        shapes.add(.segmentEmbedding, [c.segments, c.width], [.unknown, .width])
        shapes.add(.positions, [c.context, c.width], [.position, .width])
        shapes.norm(.embedNormGain, .embedNormBias, width: c.width)
        let heads = ParameterShapes.Heads(
            width: c.width, heads: c.heads, keyHeads: c.heads, headWidth: c.headWidth)
        for block in 0..<c.layers {
            shapes.attention(heads, block: block)
            shapes.norm(.norm1Gain, .norm1Bias, width: c.width, block: block)
            shapes.feedForward(width: c.width, hidden: c.hidden, block: block)
            shapes.norm(.norm2Gain, .norm2Bias, width: c.width, block: block)
        }
        if c.hasPooler {
            shapes.linear(.poolerWeight, .poolerBias, [c.width, c.width], [.width, .width])
        }
        if c.hasMaskedWordHead {
            shapes.linear(.maskedWeight, .maskedBias, [c.width, c.width], [.width, .width])
            shapes.norm(.maskedNormGain, .maskedNormBias, width: c.width)
            if !c.tiedOutput { shapes.add(.unembedding, [c.vocabularySize, c.width], [.vocabulary, .width]) }
            shapes.add(.unembeddingBias, [c.vocabularySize], [.vocabulary])
        }
        if c.hasNextSentenceHead {
            shapes.linear(.nextSentenceWeight, .nextSentenceBias, [c.width, 2], [.width, .unknown])
        }
        if let classes = c.classes {
            shapes.linear(.classifierWeight, .classifierBias, [c.width, classes], [.width, .unknown])
        }
        return shapes.all
    }

    /// An encoder before any training: normal weights, gains of one, biases of zero.
    ///
    /// BERT's deviation is 0.02 at a width of 768; a narrow encoder needs more for its attention to wake up.
    public init(configuration c: EncoderConfiguration, seed: UInt64, deviation: Double = 0.02) throws(Failure) {
        try c.validate(path: "", most: SizeCheck.mostFresh)
        var random = RandomSource(seed: seed)
        try self.init(
            configuration: c,
            parameters: ParameterSet(Self.shapes(c).map { .fresh($0, deviation: deviation, using: &random) }))
    }

    /// The same encoder with another head for sorting whole sequences, its weights new; all else is kept.
    public func classifying(into classes: Int, seed: UInt64) throws(Failure) -> Encoder {
        var c = configuration
        c.classes = classes
        c.hasPooler = true
        try c.validate(path: "")
        var random = RandomSource(seed: seed)
        let classifier: Set<Label> = [.classifierWeight, .classifierBias]
        let all = Self.shapes(c).map { entry in
            let old = classifier.contains(entry.name.label) ? nil : parameters[entry.name]
            return old ?? .fresh(entry, deviation: 0.02, using: &random)
        }
        return try Encoder(configuration: c, parameters: ParameterSet(all))
    }
}
