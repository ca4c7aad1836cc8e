import Foundation

/// What was measured of a translator when its training ended; `quality.json` beside the model.
public struct TranslationQuality: Sendable, Hashable, Codable {
    public struct Sample: Sendable, Hashable, Codable {
        public let source: String
        public let translation: String
        /// What the grammar says, where it was asked.
        public let reference: String?
    }

    public let name: String
    public let description: [String: String]
    /// The recipe's file name.
    public let recipe: String
    public let kind: String
    public let parameters: Int
    public let steps: Int
    public let finalLoss: Double
    public let heldOutPairs: Int
    public let measures: [Measure]
    /// The probes, then held-out pairs that came out wrong, a few of each direction.
    public let samples: [Sample]
    /// What the half-trained model made of a few held-out pairs, and after how many steps.
    public let early: Early

    public struct Early: Sendable, Hashable, Codable {
        public let step: Int
        public let outcomes: [PairEvaluation.Outcome]
    }

    /// - Throws: ``TrainingError/unreadable(path:reason:)``.
    public static func read(path: String) throws -> TranslationQuality {
        do {
            return try JSONDecoder().decode(
                TranslationQuality.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw TrainingError.unreadable(path: path, reason: "not a translator's quality.json")
        }
    }
}
