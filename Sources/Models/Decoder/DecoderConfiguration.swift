import Tensors
import Tracing
import Wording

/// The sizes and choices that make one decoder-only transformer.
public struct DecoderConfiguration: Sendable, Hashable {
    public enum Positions: String, Sendable, CaseIterable {
        /// A trained row for each position.
        case learned
        /// Sines and cosines (Vaswani et al. 2017, section 3.5).
        case sinusoidal
        /// Queries and keys turned by their position (Su et al. 2021).
        case rotary
    }

    /// Which linear maps of a block have biases.
    public struct Biases: Sendable, Hashable {
        /// Queries, keys and values.
        public var inputs: Bool
        /// The attention's output.
        public var output: Bool
        public var feedForward: Bool

        public init(inputs: Bool = true, output: Bool = true, feedForward: Bool = true) {
            self.inputs = inputs
            self.output = output
            self.feedForward = feedForward
        }

        public static let all = Biases()
        public static let none = Biases(inputs: false, output: false, feedForward: false)
    }

    public typealias NormPlacement = Models.NormPlacement

    public var vocabularySize: Int
    /// How many positions the model can read.
    public var context: Int
    public var width: Int
    public var layers: Int
    public var heads: Int
    /// Neurons of a feed-forward layer.
    public var hidden: Int
    public var activation: ActivationFunction
    public var positions: Positions
    public var normPlacement: NormPlacement
    public var normEpsilon: Double
    /// Whether the output reuses the embedding matrix (Press & Wolf 2017).
    public var tiedOutput: Bool
    /// Whether there are logits; without, the model ends with the normalised residual stream. A tied head is one.
    public private(set) var hasHead = true
    public var norm: NormKind
    /// Whether the feed-forward multiplies by a gate (SwiGLU).
    public var isGated: Bool
    public var biases: Biases
    /// How fast rotary positions turn.
    public var rotary: RotarySpeeds
    public var scoreScaling = ScoreScaling()
    /// Whether each head's queries and keys are normalised before they are compared (Henry et al. 2020).
    public var hasHeadNorms = false
    /// How many keys a query sees at most, its own included (Mistral, Jiang et al. 2023); nil for all before it.
    public var window: Int?
    /// The blocks that see everything all the same.
    public var unwindowedBlocks: Set<Int> = []
    private var givenKeyHeads: Int?
    private var givenHeadWidth: Int?

    public init(
        vocabularySize: Int, context: Int, width: Int, layers: Int, heads: Int, hidden: Int? = nil,
        activation: ActivationFunction = .geluTanh, positions: Positions = .learned,
        normPlacement: NormPlacement = .pre, normEpsilon: Double = 1e-5, tiedOutput: Bool = true,
        norm: NormKind = .layer, isGated: Bool = false, biases: Biases = .all, keyHeads: Int? = nil,
        headWidth: Int? = nil, rotary: RotarySpeeds = RotarySpeeds()
    ) {
        self.vocabularySize = vocabularySize
        self.context = context
        self.width = width
        self.layers = layers
        self.heads = heads
        self.hidden = hidden ?? 4 * width
        self.activation = activation
        self.positions = positions
        self.normPlacement = normPlacement
        self.normEpsilon = normEpsilon
        self.tiedOutput = tiedOutput
        self.norm = norm
        self.isGated = isGated
        self.biases = biases
        self.rotary = rotary
        givenKeyHeads = keyHeads == heads ? nil : keyHeads
        givenHeadWidth = heads > 0 && headWidth == width / heads ? nil : headWidth
    }

    /// A decoder as Llama has it: RMS normalisation first, rotary positions, a gated feed-forward, no biases.
    public static func llama(
        vocabularySize: Int, context: Int, width: Int, layers: Int, heads: Int, keyHeads: Int? = nil, hidden: Int,
        headWidth: Int? = nil, rotary: RotarySpeeds = RotarySpeeds(), biases: Biases = .none,
        normEpsilon: Double = 1e-5, tiedOutput: Bool = false
    ) -> DecoderConfiguration {
        DecoderConfiguration(
            vocabularySize: vocabularySize, context: context, width: width, layers: layers, heads: heads,
            hidden: hidden, activation: .silu, positions: .rotary, normPlacement: .pre, normEpsilon: normEpsilon,
            tiedOutput: tiedOutput, norm: .rms, isGated: true, biases: biases, keyHeads: keyHeads,
            headWidth: headWidth, rotary: rotary)
    }

    /// How many numbers the parameters are, the table of positions included even where it is computed.
    private var parameterCount: Double {
        // In floating point: sizes that are absurd together must not overflow before they are refused.
        let (width, hidden) = (Double(width), Double(hidden))
        let positions = positions == .rotary ? 0 : Double(context)
        let tables = (Double(vocabularySize) * (tiedOutput || !hasHead ? 1 : 2) + positions + 2) * width
        let attention = 2 * Double(heads + keyHeads) * Double(headWidth) * width
        return tables + Double(layers) * (attention + (isGated ? 3 : 2) * width * hidden + 9 * width + hidden)
    }

    /// The numbers of one head's query, key or value.
    public var headWidth: Int { givenHeadWidth ?? width / max(heads, 1) }

    /// How many heads have keys and values of their own; the others share (grouped-query attention).
    public var keyHeads: Int { givenKeyHeads ?? heads }

    /// Whether it is one that Llama's files can hold.
    public var isLlama: Bool {
        norm == .rms && isGated && positions == .rotary && normPlacement == .pre && scoreScaling == ScoreScaling()
    }

    /// Whether it is one that GPT-2's files can hold, with our own keys where need be.
    var isGPT2: Bool {
        norm == .layer && !isGated && biases == .all && keyHeads == heads && givenHeadWidth == nil
            && rotary.scaling == .none && window == nil && !hasHeadNorms
    }

    /// A trunk whose files hold no head, and say that it is none of the embedding, has none.
    mutating func settleHead(_ head: Architectures.Head, isThere: Bool) {
        guard head.lacksWords || (head.isBare && !tiedOutput && !isThere) else { return }
        (hasHead, tiedOutput) = (false, false)
    }

    /// The window of one block's attention.
    func window(block: Int) -> Int? { unwindowedBlocks.contains(block) ? nil : window }

    var blockStyle: BlockStyle {
        BlockStyle(
            norm: norm, placement: normPlacement, epsilon: normEpsilon, headWidth: headWidth, activation: activation,
            isGated: isGated, scoreScaling: scoreScaling, hasHeadNorms: hasHeadNorms)
    }

    /// - Throws: ``ModelError/configuration(path:key:expected:found:)`` naming the first size that cannot be.
    public func validate(path: String) throws(Failure) {
        try validate(path: path, most: SizeCheck.mostLoaded)
    }

    /// - Parameter most: how many parameters there may be.
    func validate(path: String, most: Int) throws(Failure) {
        let keys = isLlama ? ShapeKeys.llama : .gpt2
        let check = SizeCheck(path: path, most: most)
        try check.require([
            (keys.vocabulary, vocabularySize), (keys.position, context), (keys.width, width), (keys.layers, layers),
            (keys.heads, heads), (keys.hidden, hidden), ("num_key_value_heads", keyHeads),
            ("head_dim", max(headWidth, givenHeadWidth == nil ? 1 : headWidth)), ("sliding_window", window ?? 1),
        ])
        try check.require([(keys.layers, layers)], upTo: SizeCheck.mostLayers)
        if givenHeadWidth == nil { try check.require(width: (keys.width, width), sharedBy: (keys.heads, heads)) }
        try check.require(
            heads % keyHeads == 0, "num_key_value_heads",
            Phrase(en: "a divisor of \(keys.heads) (\(heads))", zh: "\(keys.heads)（\(heads)）的约数"), found: "\(keyHeads)")
        try check.require(
            positions != .rotary || headWidth % 2 == 0, "head_dim",
            Phrase(en: "an even number, for rotary positions", zh: "偶数（旋转位置编码的要求）"), found: "\(headWidth)")
        let theta = rotary.theta
        try check.require(theta > 0 && theta.isFinite, "rope_theta", .aboveZero, found: "\(theta)")
        try check.require(epsilon: (norm == .rms ? "rms_norm_eps" : "layer_norm_epsilon", normEpsilon))
        try check.require(parameters: parameterCount, keys.width)
    }
}
