import Platform
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
        try SizeCheck(path: path, most: most).check(
            sizes: [
                ("vocab_size", vocabularySize), ("max_position_embeddings", context), ("hidden_size", width),
                ("num_attention_heads", heads), ("intermediate_size", hidden), ("type_vocab_size", segments),
                ("num_labels", classes ?? 1),
            ], layers: [("num_hidden_layers", layers)], width: ("hidden_size", width),
            heads: ("num_attention_heads", heads), epsilon: ("layer_norm_eps", normEpsilon),
            parameters: {
                let width = Double(width)
                return Double(vocabularySize + context + segments) * width
                    + Double(layers) * (4 * width + 2 * Double(hidden)) * width
            })
    }
}

/// The checks that every configuration's sizes must pass.
struct SizeCheck {
    let path: String
    /// How many parameters there may be.
    let most: Int

    static let largestSize = 1 << 24
    static let mostLayers = 4096
    /// 16 GiB of them for a model that is made anew: sizes that no memory holds must be an error, not the end of the
    /// program.
    static let mostFresh = Int(clamping: Int64(1) << 32)
    /// A file's weights are mapped, and may be somewhat more than the memory holds.
    static let mostLoaded = max(mostFresh, Int(clamping: physicalMemory() / 2))

    /// - Throws: ``ModelError/configuration(path:key:expected:found:)`` unless a value is what it should be.
    func require(
        _ isRight: Bool, _ key: String, _ expected: @autoclosure () -> Phrase, found: String
    ) throws(Failure) {
        guard !isRight else { return }
        throw .configuration(path: path, key: key, expected: expected(), found: Phrase(found))
    }

    /// Each from one to the most that there may be.
    func require(_ sizes: [(String, Int)], upTo most: Int = largestSize) throws(Failure) {
        for (key, size) in sizes { try require((1...most).contains(size), key, "1 … \(most)", found: "\(size)") }
    }

    /// Whether heads share a width evenly.
    func require(width: (key: String, size: Int), sharedBy heads: (key: String, size: Int)) throws(Failure) {
        try require(
            width.size % heads.size == 0, width.key,
            Phrase(en: "a multiple of \(heads.key) (\(heads.size))", zh: "\(heads.key)（\(heads.size)）的倍数"),
            found: "\(width.size)")
    }

    func require(epsilon: (key: String, size: Double)) throws(Failure) {
        try require(
            epsilon.size >= 0 && epsilon.size.isFinite, epsilon.key, .zeroOrMore, found: "\(epsilon.size)")
    }

    /// - Parameter key: the size that an error names.
    func require(parameters count: Double, _ key: String) throws(Failure) {
        try require(
            count <= Double(most), key,
            Phrase(en: "sizes of at most \(most) parameters in all", zh: "各项大小合起来不超过 \(most) 个参数"),
            // One too large for an integer as a power of ten.
            found: Int(exactly: count.rounded()).map { "\($0)" } ?? "\(count)")
    }

    /// The checks of models without choices of their own.
    func check(
        sizes: [(String, Int)], layers: [(String, Int)], width: (key: String, size: Int),
        heads: (key: String, size: Int), epsilon: (key: String, size: Double), parameters: () -> Double
    ) throws(Failure) {
        try require(sizes)
        try require(layers, upTo: Self.mostLayers)
        try require(width: width, sharedBy: heads)
        try require(epsilon: epsilon)
        try require(parameters: parameters(), width.key)
    }
}
