/// What was measured of a translator when its training ended; `quality.json` beside the model.
public typealias TranslationQuality = Quality<TranslationFindings>

/// What a translator made of probes and held-out pairs.
public struct TranslationFindings: QualityFindings {
    public static let owner = "a translator's"

    public struct Sample: Sendable, Hashable, Codable {
        public let source: String
        public let translation: String
        /// What the grammar says, where it was asked.
        public let reference: String?
    }

    public let heldOutPairs: Int
    /// The probes, then held-out pairs that came out wrong, a few of each direction.
    public let samples: [Sample]
    /// What the half-trained model made of a few held-out pairs, and after how many steps.
    public let early: Early

    public struct Early: Sendable, Hashable, Codable {
        public let step: Int
        public let outcomes: [PairEvaluation.Outcome]
    }
}
