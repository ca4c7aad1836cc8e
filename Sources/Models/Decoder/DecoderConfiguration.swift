import Tensors
import Wording

/// The sizes and choices that make one decoder-only transformer.
public struct DecoderConfiguration: Sendable, Hashable {
    public enum Positions: String, Sendable, CaseIterable {
        /// A trained row for each position.
        case learned
        /// Sines and cosines (Vaswani et al. 2017, section 3.5).
        case sinusoidal
    }

    public enum NormPlacement: String, Sendable, CaseIterable {
        /// Before each sublayer, with a last normalisation after the blocks (GPT-2).
        case pre
        /// After each residual sum (Vaswani et al. 2017).
        case post
    }

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

    public init(
        vocabularySize: Int, context: Int, width: Int, layers: Int, heads: Int, hidden: Int? = nil,
        activation: ActivationFunction = .geluTanh, positions: Positions = .learned,
        normPlacement: NormPlacement = .pre, normEpsilon: Double = 1e-5, tiedOutput: Bool = true
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
    }

    private static let largestSize = 1 << 24
    private static let mostLayers = 4096
    /// 16 GiB of them: sizes that no memory holds must be an error, not the end of the program.
    private static let mostParameters = 1 << 32

    /// How many numbers the parameters are, positions included even where they are computed.
    private var parameterCount: Int {
        let tables = (vocabularySize * (tiedOutput ? 1 : 2) + context + 2) * width
        return tables + layers * (4 * width * width + 2 * width * hidden + 9 * width + hidden)
    }

    /// The numbers of one head's query, key or value.
    public var headWidth: Int { width / max(heads, 1) }

    /// - Throws: ``ModelError/configuration(path:key:expected:found:)`` naming the first size that cannot be.
    public func validate(path: String) throws(ModelError) {
        let sizes = [
            ("vocab_size", vocabularySize), ("n_positions", context), ("n_embd", width), ("n_layer", layers),
            ("n_head", heads), ("n_inner", hidden),
        ]
        for (key, size) in sizes where size < 1 || size > Self.largestSize {
            throw .configuration(path: path, key: key, expected: "1 … \(Self.largestSize)", found: "\(size)")
        }
        guard layers <= Self.mostLayers else {
            throw .configuration(path: path, key: "n_layer", expected: "1 … \(Self.mostLayers)", found: "\(layers)")
        }
        guard width % heads == 0 else {
            throw .configuration(
                path: path, key: "n_embd",
                expected: Phrase(en: "a multiple of n_head (\(heads))", zh: "n_head（\(heads)）的倍数"),
                found: "\(width)")
        }
        guard normEpsilon >= 0, normEpsilon.isFinite else {
            throw .configuration(
                path: path, key: "layer_norm_epsilon", expected: Phrase(en: "a number ≥ 0", zh: "不小于 0 的数"),
                found: "\(normEpsilon)")
        }
        guard parameterCount <= Self.mostParameters else {
            throw .configuration(
                path: path, key: "n_embd",
                expected: Phrase(
                    en: "sizes of at most \(Self.mostParameters) parameters in all",
                    zh: "各项大小合起来不超过 \(Self.mostParameters) 个参数"),
                found: "\(parameterCount)")
        }
    }
}
