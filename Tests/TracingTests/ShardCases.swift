import Tensors
import TestSupport
import Tracing

extension OperationCase {
    /// What workers put together, and the part of a table that one of them has.
    static let shards: [OperationCase] = [
        OperationCase(
            SumShards(2), [numbers(2, 3, 4), numbers(2, 3, 4, seed: 2), numbers(4, seed: 3)],
            wrong: [
                [[2, 3]], [[2, 3], [3, 2]], [[2, 3], [2, 3], [2]], [[], [], []], [[2, 3], [2, 3], [3], [3]],
            ]),
        OperationCase(SumShards(3), [numbers(2, 3), numbers(2, 3, seed: 2), numbers(2, 3, seed: 3)]),
        OperationCase(SumShards(1), [numbers(2, 3)]),
        OperationCase(
            JoinShards(3, axis: 1), [numbers(2, 3, 2), numbers(2, 1, 2, seed: 2), numbers(2, 2, 2, seed: 3)],
            wrong: [[[2, 3, 2], [2, 1, 3]], [[2]], [], [[2, 3], [2, 3, 1]]]),
        OperationCase(JoinShards(2, axis: 0), [numbers(2), numbers(3, seed: 2)]),
        OperationCase(
            EmbeddingShard(start: 3), [numbers(4, 3), ids([[0, 3, 6], [7, 4, 2]])], constant: [1],
            wrong: [[[7], [2]], [[7, 3, 1], [2]]]),
    ]
}
