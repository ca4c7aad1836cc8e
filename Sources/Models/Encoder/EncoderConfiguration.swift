import Tensors
import Tracing
import Wording

/// The sizes and heads that make one encoder (BERT, Devlin et al. 2018).
public struct EncoderConfiguration: Sendable, Hashable {
    public var vocabularySize: Int
    /// How many positions the model can read.
    public var context: Int
    public var width: Int
    public var layers: Int
    public var heads: Int
    /// Neurons of a feed-forward layer.
    public var hidden: Int
    /// How many kinds of segment there are: BERT reads two sentences.
    public var segments: Int
    public var activation: ActivationFunction
    public var normEpsilon: Double
    /// The id that fills short texts up.
    public var paddingID: Int?
    /// Whether the first position is pooled: needed by the next-sentence head and the classifier.
    public var hasPooler: Bool
    public var hasMaskedWordHead: Bool
    /// Whether the masked-word head reuses the embedding matrix, as BERT's does.
    public var tiedOutput = true
    public var hasNextSentenceHead: Bool
    /// How many classes a sequence is sorted into; nil without that head.
    public var classes: Int?
    /// What the classes are called, where somebody said so; as many as there are classes.
    public var classNames: [String] = []

    public init(
        vocabularySize: Int, context: Int, width: Int, layers: Int, heads: Int, hidden: Int? = nil, segments: Int = 2,
        activation: ActivationFunction = .gelu, normEpsilon: Double = 1e-12, paddingID: Int? = 0,
        hasPooler: Bool = true, hasMaskedWordHead: Bool = true, hasNextSentenceHead: Bool = true, classes: Int? = nil
    ) {
        self.vocabularySize = vocabularySize
        self.context = context
        self.width = width
        self.layers = layers
        self.heads = heads
        self.hidden = hidden ?? 4 * width
        self.segments = segments
        self.activation = activation
        self.normEpsilon = normEpsilon
        self.paddingID = paddingID
        self.hasPooler = hasPooler || hasNextSentenceHead || classes != nil
        self.hasMaskedWordHead = hasMaskedWordHead
        self.hasNextSentenceHead = hasNextSentenceHead
        self.classes = classes
    }

    public var headWidth: Int { width / max(heads, 1) }

    /// A class's name, or its number as `transformers` writes it.
    public func className(_ index: Int) -> String {
        classNames.indices.contains(index) ? classNames[index] : "LABEL_\(index)"
    }

    var blockStyle: BlockStyle {
        BlockStyle(
            norm: .layer, placement: .post, epsilon: normEpsilon, headWidth: headWidth, activation: activation)
    }

    /// - Throws: ``ModelError/configuration(path:key:expected:found:)`` naming the first size that cannot be.
    public func validate(path: String) throws(Failure) {
        try validate(path: path, most: SizeCheck.mostLoaded)
    }

    /// - Parameter most: how many parameters there may be.
    func validate(path: String, most: Int) throws(Failure) {
        let check = SizeCheck(path: path, most: most)
        let keys = ShapeKeys.bert
        try check.require([
            (keys.vocabulary, vocabularySize), (keys.position, context), (keys.width, width), (keys.heads, heads),
            (keys.hidden, hidden), ("type_vocab_size", segments), ("num_labels", classes ?? 1),
        ])
        try check.require([(keys.layers, layers)], upTo: SizeCheck.mostLayers)
        try check.require(width: (keys.width, width), sharedBy: (keys.heads, heads))
        try check.require(epsilon: ("layer_norm_eps", normEpsilon))
        try check.require(parameters: parameterCount, keys.width)
    }

    /// About how many numbers the parameters are.
    private var parameterCount: Double {
        let width = Double(width)
        return Double(vocabularySize + context + segments) * width
            + Double(layers) * (4 * width + 2 * Double(hidden)) * width
    }
}
