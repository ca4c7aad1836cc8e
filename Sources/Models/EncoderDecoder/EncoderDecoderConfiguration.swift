import Tensors
import Tracing
import Wording

/// The sizes and choices that make one encoder–decoder (Vaswani et al. 2017).
public struct EncoderDecoderConfiguration: Sendable, Hashable {
    public enum Positions: String, Sendable, CaseIterable {
        /// Sines and cosines (section 3.5).
        case sinusoidal
        /// The same numbers with all sines first, then all cosines (Marian, Junczys-Dowmunt et al. 2018).
        case sinusoidalHalves = "sinusoidal_halves"
        /// A trained row for each position, in each stack its own.
        case learned
    }

    /// What no numbers tell: how the family's files are laid out, and what it does with padding.
    public enum Family: String, Sendable, CaseIterable {
        /// The paper's own, by our keys and PyTorch's names.
        case aiayn
        case bart
        case marian
        case mbart
    }

    public var sourceVocabulary: Int
    public var targetVocabulary: Int
    /// How many positions each stack can read.
    public var context: Int
    public var width: Int
    public var heads: Int
    /// Neurons of a feed-forward layer.
    public var hidden: Int
    public var encoderLayers: Int
    public var decoderLayers: Int
    public var activation: ActivationFunction
    public var positions: Positions
    public var normPlacement: NormPlacement
    public var normEpsilon: Double
    /// Whether each stack ends with a normalisation; the paper's does not, PyTorch's does.
    public var hasFinalNorms: Bool
    /// Whether source and target share one embedding matrix.
    public var sharesEmbeddings: Bool
    /// Whether the output reuses the target's embedding matrix (Press & Wolf 2017).
    public var tiedOutput: Bool
    /// Whether source, target and output share one embedding matrix (section 3.4).
    public var tiedEmbeddings: Bool {
        get { sharesEmbeddings && tiedOutput }
        set { (sharesEmbeddings, tiedOutput) = (newValue, newValue) }
    }
    public var hasOutputBias: Bool
    /// What embeddings are multiplied by: √width in the paper.
    public var embeddingScale: Double
    /// The id that fills short texts up; nil where none does.
    public var paddingID: Int?
    /// The token that a target begins with.
    public var startID: Int
    /// The token that ends a target.
    public var endID: Int
    public var family = Family.aiayn
    /// Which row of a learned table belongs to the first position: position *p* reads row *p* + offset.
    public var positionOffset = 0
    /// Whether embeddings are normalised before the first block.
    public var hasEmbeddingNorms = false
    private var givenDecoderHeads: Int?
    private var givenDecoderHidden: Int?

    public init(
        sourceVocabulary: Int, targetVocabulary: Int? = nil, context: Int = 512, width: Int, heads: Int,
        hidden: Int? = nil, encoderLayers: Int, decoderLayers: Int? = nil, activation: ActivationFunction = .relu,
        positions: Positions = .sinusoidal, normPlacement: NormPlacement = .post, normEpsilon: Double = 1e-5,
        hasFinalNorms: Bool? = nil, tiedEmbeddings: Bool = false, hasOutputBias: Bool = true,
        embeddingScale: Double? = nil, paddingID: Int? = 0, startID: Int = 1, endID: Int = 2
    ) {
        self.sourceVocabulary = sourceVocabulary
        self.targetVocabulary = targetVocabulary ?? sourceVocabulary
        self.context = context
        self.width = width
        self.heads = heads
        self.hidden = hidden ?? 4 * width
        self.encoderLayers = encoderLayers
        self.decoderLayers = decoderLayers ?? encoderLayers
        self.activation = activation
        self.positions = positions
        self.normPlacement = normPlacement
        self.normEpsilon = normEpsilon
        self.hasFinalNorms = hasFinalNorms ?? (normPlacement == .pre)
        sharesEmbeddings = tiedEmbeddings
        tiedOutput = tiedEmbeddings
        self.hasOutputBias = hasOutputBias
        self.embeddingScale = embeddingScale ?? Double(width).squareRoot()
        self.paddingID = paddingID
        self.startID = startID
        self.endID = endID
    }

    /// The numbers of one head's query, key or value in the encoder.
    public var headWidth: Int { width / max(heads, 1) }

    /// The decoder's heads, where they are not as many as the encoder's.
    public var decoderHeads: Int {
        get { givenDecoderHeads ?? heads }
        set { givenDecoderHeads = newValue == heads ? nil : newValue }
    }

    /// The neurons of the decoder's feed-forward layers, where they are not as many as the encoder's.
    public var decoderHidden: Int {
        get { givenDecoderHidden ?? hidden }
        set { givenDecoderHidden = newValue == hidden ? nil : newValue }
    }

    func blockStyle(isDecoder: Bool) -> BlockStyle {
        BlockStyle(
            norm: .layer, placement: normPlacement, epsilon: normEpsilon,
            headWidth: width / max(isDecoder ? decoderHeads : heads, 1), activation: activation, crosses: isDecoder)
    }

    /// - Throws: ``ModelError/configuration(path:key:expected:found:)`` naming the first size that cannot be.
    public func validate(path: String) throws(Failure) {
        try validate(path: path, most: SizeCheck.mostLoaded)
    }

    /// - Parameter most: how many parameters there may be.
    func validate(path: String, most: Int) throws(Failure) {
        let check = SizeCheck(path: path, most: most)
        let keys = family == .aiayn ? ShapeKeys.aiayn : .bart
        let targetKey = keys.decoder[.vocabulary] ?? keys.vocabulary
        for (key, heads) in [(keys.heads, heads), (keys.decoder[.head] ?? keys.heads, decoderHeads)] {
            try check.require([
                (keys.vocabulary, sourceVocabulary), (targetKey, targetVocabulary), (keys.position, context),
                (keys.width, width), (key, heads), (keys.hidden, hidden), ("decoder_ffn_dim", decoderHidden),
            ])
            let layers = [("encoder_layers", encoderLayers), ("decoder_layers", decoderLayers)]
            try check.require(layers, upTo: SizeCheck.mostLayers)
            try check.require(width: (keys.width, width), sharedBy: (key, heads))
            try check.require(epsilon: ("layer_norm_eps", normEpsilon))
            try check.require(parameters: parameterCount, keys.width)
        }
        try check.require(
            !sharesEmbeddings || sourceVocabulary == targetVocabulary, targetKey,
            Phrase(en: "\(sourceVocabulary), as the embeddings are tied", zh: "\(sourceVocabulary)（词嵌入是共用的）"),
            found: "\(targetVocabulary)")
        try check.require(
            embeddingScale.isFinite && embeddingScale > 0, "embed_scale", .aboveZero, found: "\(embeddingScale)")
        let isOurs = family == .aiayn
        // Files of the other families may name a padding that lies outside the vocabulary; nothing reads it.
        let padding = isOurs ? paddingID.map { [("pad_id", $0)] } ?? [] : []
        let ids =
            [(isOurs ? "bos_id" : "decoder_start_token_id", startID)] + (isOurs ? [("eos_id", endID)] : []) + padding
        for (key, id) in ids {
            try check.require(
                (0..<targetVocabulary).contains(id), key, "0 … \(targetVocabulary - 1)", found: "\(id)")
        }
    }

    /// About how many numbers the parameters are.
    private var parameterCount: Double {
        let width = Double(width)
        return Double(sourceVocabulary + 2 * targetVocabulary + 2 * context) * width
            + Double(encoderLayers * 4 + decoderLayers * 8) * width * width
            + 2 * width * Double(encoderLayers * hidden + decoderLayers * decoderHidden)
    }
}
