import Foundation
import Models
import Tracing

/// What was measured of a model when its training ended; `quality.json` beside the model.
public struct Quality: QualityFile {
    public static let owner = "a model's"

    public struct Probe: Sendable, Hashable, Codable {
        public let text: String
        public let continuation: String
        public let tokens: [String]
        public let probabilities: [Double]
    }

    public struct Heads: Sendable, Hashable, Codable {
        public let previousToken: HeadScores.Place
        public let induction: HeadScores.Place
        /// `[layer][head]`
        public let previousTokenScores: [[Double]]
        public let inductionScores: [[Double]]
    }

    public let name: String
    public let description: [String: String]
    /// The recipe's file name.
    public let recipe: String
    public let parameters: Int
    public let steps: Int
    public let finalLoss: Double
    public let heldOutSentences: Int
    public let heldOutTokens: Int
    public let heldOutPerplexity: Double
    public let bigramPerplexity: Double
    public let heads: Heads
    public let probes: [Probe]

    public var measures: [Measure] {
        [
            Measure("held_out_perplexity", heldOutPerplexity, baseline: bigramPerplexity),
            Measure("previous_token_head", heads.previousToken.score),
            Measure("induction_head", heads.induction.score),
        ]
    }
}
