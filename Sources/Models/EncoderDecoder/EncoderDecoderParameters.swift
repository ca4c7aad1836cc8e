import Tensors
import Tracing
import Wording

extension EncoderDecoder {
    /// Every parameter that a configuration has, in a fixed order: name, shape, axes.
    public static func shapes(
        _ c: EncoderDecoderConfiguration
    ) -> [(name: StepName, shape: Shape, axes: [Axis])] {
        var shapes = ParameterShapes()
        if c.sharesEmbeddings { shapes.add(.embedding, [c.sourceVocabulary, c.width], [.vocabulary, .width]) }
        for (stack, layers, vocabulary) in [
            (Stack.encoder, c.encoderLayers, c.sourceVocabulary), (.decoder, c.decoderLayers, c.targetVocabulary),
        ] {
            shapes.stack = stack
            let isDecoder = stack == .decoder
            let count = isDecoder ? c.decoderHeads : c.heads
            let heads = ParameterShapes.Heads(
                width: c.width, heads: count, keyHeads: count, headWidth: c.width / count)
            if !c.sharesEmbeddings { shapes.add(.embedding, [vocabulary, c.width], [.vocabulary, .width]) }
            if c.positions == .learned {
                shapes.add(.positions, [c.context + c.positionOffset, c.width], [.position, .width])
            }
            if c.hasEmbeddingNorms { shapes.norm(.embedNormGain, .embedNormBias, width: c.width) }
            for block in 0..<layers {
                shapes.attention(heads, block: block)
                shapes.norm(.norm1Gain, .norm1Bias, width: c.width, block: block)
                if isDecoder {
                    shapes.attention(heads, isCross: true, block: block)
                    shapes.norm(.norm2Gain, .norm2Bias, width: c.width, block: block)
                }
                shapes.feedForward(width: c.width, hidden: isDecoder ? c.decoderHidden : c.hidden, block: block)
                let last: (Label, Label) = isDecoder ? (.norm3Gain, .norm3Bias) : (.norm2Gain, .norm2Bias)
                shapes.norm(last.0, last.1, width: c.width, block: block)
            }
            if c.hasFinalNorms { shapes.norm(.finalNormGain, .finalNormBias, width: c.width) }
        }
        shapes.stack = .single
        if !c.tiedOutput {
            shapes.add(.unembedding, [c.targetVocabulary, c.width], [.vocabulary, .width])
        }
        if c.hasOutputBias { shapes.add(.unembeddingBias, [c.targetVocabulary], [.vocabulary]) }
        return shapes.all
    }

    /// An encoder–decoder before any training: matrices as Glorot & Bengio (2010) have it (normal, variance
    /// 2 / (in + out)), embeddings of deviation 1/√width, gains of one, biases of zero.
    public init(configuration c: EncoderDecoderConfiguration, seed: UInt64) throws(Failure) {
        try c.validate(path: "", most: SizeCheck.mostFresh)
        var random = RandomSource(seed: seed)
        func deviation(_ name: StepName, _ shape: Shape) -> Double {
            if [.embedding, .unembedding, .positions].contains(name.label) { return 1 / Double(c.width).squareRoot() }
            // A matrix's first axis is what it reads; a projection into heads gives all the others.
            let (inner, outer) = (shape[0], shape.count / shape[0])
            return (2 / Double(inner + outer)).squareRoot()
        }
        let parameters = Self.shapes(c).map { entry in
            Parameter.fresh(entry, deviation: deviation(entry.name, entry.shape), using: &random)
        }
        try self.init(configuration: c, parameters: ParameterSet(parameters))
    }
}
