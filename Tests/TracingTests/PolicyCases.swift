import Tensors
import TestSupport
import Tracing

extension OperationCase {
    private static let ratios = ids([[0.5, 0.9, 1, 1.5], [0.6, 0.95, 1.1, 1.7]])
    private static let advantages = ids([[1, 1, -0.5, 2], [-1, -2, 0.5, -0.75]])
    private static let places = ids([[0, 1, 1], [1, 0, 0]])

    /// What reinforcement learns by.
    static let policies: [OperationCase] = [
        OperationCase(
            TokenLogProbability(), [numbers(2, 3, 5), ids([[4, 0, -1], [2, 2, 3]])], constant: [1],
            wrong: [[[2, 3, 5], [2]], [[], []], [[2, 0], [2]]]),
        OperationCase(
            ProbabilityRatio(), [numbers(2, 3), numbers(2, 3, seed: 2)], wrong: [[[2, 3], [3, 2]], [[2]]]),
        OperationCase(
            ClippedObjective(epsilon: 0.2), [ratios, advantages], constant: [1], wrong: [[[2, 3], [3, 2]], [[2]]]),
        OperationCase(Entropy(), [numbers(2, 3, 5)], wrong: [[[]], [[2, 0]]]),
        OperationCase(
            Readout(), [numbers(2, 3, 4), numbers(4, seed: 2), numbers(1, seed: 3)],
            wrong: [[[2, 3, 4], [3], [1]], [[2, 3, 4], [4], []], [[], [], [1]]]),
        OperationCase(
            SquaredDifference(), [numbers(2, 3), numbers(2, 3, seed: 2)], wrong: [[[2, 3], [3, 2]], [[2]]]),
        OperationCase(MeanWhere(), [numbers(2, 3), places], constant: [1], wrong: [[[2, 3], [3, 2]], [[2]]]),
        OperationCase(MeanWhere(), [numbers(1, 2), ids([[0, 0]])], constant: [1]),
    ]
}
