import Tensors
import Tracing
import Wording

/// The sizes and choices that make one encoder–decoder (Vaswani et al. 2017).
public struct EncoderDecoderConfiguration: Sendable, Hashable {
    public enum Positions: String, Sendable, CaseIterable {
        /// Sines and cosines (section 3.5).
        case sinusoidal
        /// A trained row for each position, in each stack its own.
        case learned
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
    /// Whether source, target and output share one embedding matrix (section 3.4).
    public var tiedEmbeddings: Bool
    public var hasOutputBias: Bool
    /// What embeddings are multiplied by: √width in the paper.
    public var embeddingScale: Double
    /// The id that fills short texts up; nil where none does.
    public var paddingID: Int?
    /// The token that a target begins with.
    public var startID: Int
    /// The token that ends a target.
    public var endID: Int

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
        self.tiedEmbeddings = tiedEmbeddings
        self.hasOutputBias = hasOutputBias
        self.embeddingScale = embeddingScale ?? Double(width).squareRoot()
        self.paddingID = paddingID
        self.startID = startID
        self.endID = endID
    }

    public var headWidth: Int { width / max(heads, 1) }

    func blockStyle(crosses: Bool) -> BlockStyle {
        BlockStyle(
            norm: .layer, placement: normPlacement, epsilon: normEpsilon, headWidth: headWidth,
            activation: activation, crosses: crosses)
    }

    /// - Throws: ``ModelError/configuration(path:key:expected:found:)`` naming the first size that cannot be.
    public func validate(path: String) throws(ModelError) {
        try SizeCheck(path: path).check(
            sizes: [
                ("vocab_size", sourceVocabulary), ("tgt_vocab_size", targetVocabulary),
                ("max_position_embeddings", context), ("d_model", width), ("num_heads", heads), ("d_ff", hidden),
            ], layers: [("encoder_layers", encoderLayers), ("decoder_layers", decoderLayers)],
            width: ("d_model", width), heads: ("num_heads", heads), epsilon: ("layer_norm_eps", normEpsilon),
            parameters: {
                (sourceVocabulary + 2 * targetVocabulary + 2 * context) * width
                    + (encoderLayers * 4 + decoderLayers * 8) * width * width
                    + (encoderLayers + decoderLayers) * 2 * width * hidden
            })
        guard !tiedEmbeddings || sourceVocabulary == targetVocabulary else {
            throw .configuration(
                path: path, key: "tgt_vocab_size",
                expected: Phrase(
                    en: "\(sourceVocabulary), as the embeddings are tied", zh: "\(sourceVocabulary)（词嵌入是共用的）"),
                found: "\(targetVocabulary)")
        }
        guard embeddingScale.isFinite, embeddingScale > 0 else {
            throw .configuration(
                path: path, key: "embed_scale", expected: Phrase(en: "a number > 0", zh: "大于 0 的数"),
                found: "\(embeddingScale)")
        }
        let ids = [("bos_id", startID), ("eos_id", endID)] + (paddingID.map { [("pad_id", $0)] } ?? [])
        for (key, id) in ids where id < 0 || id >= targetVocabulary {
            throw .configuration(path: path, key: key, expected: "0 … \(targetVocabulary - 1)", found: "\(id)")
        }
    }
}
