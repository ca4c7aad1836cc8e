import Tensors
import Tracing
import Wording

extension Decoder {
    /// Every parameter that a configuration has, in a fixed order: name, shape, axes.
    public static func shapes(_ c: DecoderConfiguration) -> [(name: StepName, shape: Shape, axes: [Axis])] {
        var shapes = ParameterShapes()
        shapes.add(.embedding, [c.vocabularySize, c.width], [.vocabulary, .width])
        if c.positions == .learned { shapes.add(.positions, [c.context, c.width], [.position, .width]) }
        let heads = ParameterShapes.Heads(
            width: c.width, heads: c.heads, keyHeads: c.keyHeads, headWidth: c.headWidth,
            hasInputBiases: c.biases.inputs, hasOutputBias: c.biases.output,
            hasNorms: c.hasHeadNorms)
        for block in 0..<c.layers {
            shapes.norm(.norm1Gain, .norm1Bias, width: c.width, kind: c.norm, block: block)
            shapes.attention(heads, block: block)
            shapes.norm(.norm2Gain, .norm2Bias, width: c.width, kind: c.norm, block: block)
            shapes.feedForward(
                width: c.width, hidden: c.hidden, isGated: c.isGated, hasBiases: c.biases.feedForward, block: block)
        }
        if c.normPlacement == .pre {
            shapes.norm(.finalNormGain, .finalNormBias, width: c.width, kind: c.norm)
        }
        if !c.tiedOutput, c.hasHead { shapes.add(.unembedding, [c.vocabularySize, c.width], [.vocabulary, .width]) }
        return shapes.all
    }

    /// A decoder before any training: normal weights (deviation 0.02, and less by √(2 · layers) for those that add
    /// to the residual stream, as in GPT-2), gains of one, biases of zero.
    ///
    /// - Parameters:
    ///   - c: the sizes and choices.
    ///   - seed: the same seed gives the same weights.
    ///   - amplitude: learned positions start as sines and cosines of this amplitude instead of noise; a step back is
    ///     then a rotation, which one head can learn for every position at once.
    public init(
        configuration c: DecoderConfiguration, seed: UInt64, positionsAsWaves amplitude: Double? = nil
    ) throws(Failure) {
        try c.validate(path: "", most: SizeCheck.mostFresh)
        var random = RandomSource(seed: seed)
        let residualDeviation = 0.02 / Double(2 * c.layers).squareRoot()
        var set = ParameterSet(
            Self.shapes(c).map { entry in
                let adds = [.outputWeight, .feedForwardWeight].contains(entry.name.label)
                return .fresh(entry, deviation: adds ? residualDeviation : 0.02, using: &random)
            })
        if let amplitude, c.positions == .learned,
            let waves = try? SinusoidalPositions(count: c.context, width: c.width).evaluate([])
        {
            let table = set.all.firstIndex { $0.name == StepName(.positions) }
            set.update { place, tensor in
                if place == table { tensor = waves.scaled(by: Float(amplitude)) }
            }
        }
        try self.init(configuration: c, parameters: set)
    }
}
