/// What was measured of a translator when its training ended; `quality.json` beside the model.
package typealias TranslationQuality = Quality<TranslationFindings>

/// What a translator made of probes and held-out pairs.
package struct TranslationFindings: QualityFindings {
    package static let owner = "a translator's"

    package struct Sample: Sendable, Hashable, Codable {
        package let source: String
        package let translation: String
        /// What the grammar says, where it was asked.
        package let reference: String?
    }

    package let heldOutPairs: Int
    /// The probes, then held-out pairs that came out wrong, a few of each direction.
    package let samples: [Sample]
    /// What the half-trained model made of a few held-out pairs, and after how many steps.
    package let early: Early

    package struct Early: Sendable, Hashable, Codable {
        package let step: Int
        package let outcomes: [PairEvaluation.Outcome]
    }
}
