import Tensors
import Wording

/// What a sheet has its reader compute by hand.
package enum WorksheetKind: String, Sendable, Hashable, CaseIterable {
    case attention, perceptron, update
    case feedForward = "feed-forward"

    /// The sheet of a seed: the same at every call.
    /// - Throws: ``WorksheetProblem`` where no numbers of this seed are short enough.
    package func sheet(seed: UInt64) throws(Failure) -> Worksheet {
        var random = RandomSource(seed: seed)
        return switch self {
        case .attention: try AttentionSheet(&random).worksheet(seed: seed)
        case .perceptron: try PerceptronSheet(&random).worksheet(seed: seed)
        case .feedForward: try FeedForwardSheet(&random).worksheet(seed: seed)
        case .update: try UpdateSheet(&random).worksheet(seed: seed)
        }
    }
}

/// Why there is no sheet.
package struct WorksheetProblem: ExplainedError, Hashable {
    package let explanation: Phrase

    static let noNumbers = WorksheetProblem(
        explanation: Phrase(
            en: "no numbers short enough for a hand were found for this seed; take another one",
            zh: "这个种子找不到适合手算的短数，请换一个种子"))
}
