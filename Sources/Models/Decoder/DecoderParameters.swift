import Tensors
import Tracing

extension Decoder {
    /// Every parameter that a configuration has, in a fixed order: name, shape, axes.
    public static func shapes(_ c: DecoderConfiguration) -> [(name: StepName, shape: Shape, axes: [Axis])] {
        var all: [(name: StepName, shape: Shape, axes: [Axis])] = []
        func add(_ label: Label, _ shape: Shape, _ axes: [Axis], block: Int? = nil) {
            all.append((StepName(label, block: block), shape, axes))
        }
        add(.embedding, [c.vocabularySize, c.width], [.vocabulary, .width])
        if c.positions == .learned { add(.positions, [c.context, c.width], [.position, .width]) }
        for block in 0..<c.layers {
            add(.norm1Gain, [c.width], [.width], block: block)
            add(.norm1Bias, [c.width], [.width], block: block)
            let projections: [(Label, Label)] = [
                (.queryWeight, .queryBias), (.keyWeight, .keyBias), (.valueWeight, .valueBias),
            ]
            for (weight, bias) in projections {
                add(weight, [c.width, c.heads, c.headWidth], [.width, .head, .headWidth], block: block)
                add(bias, [c.heads, c.headWidth], [.head, .headWidth], block: block)
            }
            add(.outputWeight, [c.width, c.width], [.width, .width], block: block)
            add(.outputBias, [c.width], [.width], block: block)
            add(.norm2Gain, [c.width], [.width], block: block)
            add(.norm2Bias, [c.width], [.width], block: block)
            add(.hiddenWeight, [c.width, c.hidden], [.width, .hidden], block: block)
            add(.hiddenBias, [c.hidden], [.hidden], block: block)
            add(.feedForwardWeight, [c.hidden, c.width], [.hidden, .width], block: block)
            add(.feedForwardBias, [c.width], [.width], block: block)
        }
        if c.normPlacement == .pre {
            add(.finalNormGain, [c.width], [.width])
            add(.finalNormBias, [c.width], [.width])
        }
        if !c.tiedOutput { add(.unembedding, [c.vocabularySize, c.width], [.vocabulary, .width]) }
        return all
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
    ) throws(ModelError) {
        try c.validate(path: "")
        var random = RandomSource(seed: seed)
        let residualDeviation = 0.02 / Double(2 * c.layers).squareRoot()
        let parameters = Self.shapes(c).map { name, shape, axes in
            let tensor: Tensor
            switch name.label {
            case .norm1Gain, .norm2Gain, .finalNormGain: tensor = Tensor(shape, repeating: 1)
            case .outputWeight, .feedForwardWeight:
                tensor = .normal(shape, deviation: residualDeviation, using: &random)
            case .embedding, .positions, .unembedding, .queryWeight, .keyWeight, .valueWeight, .hiddenWeight:
                tensor = .normal(shape, deviation: 0.02, using: &random)
            default: tensor = Tensor(shape, repeating: 0)
            }
            return Parameter(name: name, tensor: tensor, axes: axes)
        }
        var set = ParameterSet(parameters)
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
