import Tensors
import TestSupport
import Tracing

extension OperationCase {
    /// What is changed in a run.
    static let changes: [OperationCase] = [
        OperationCase(
            ScalePart(axis: 2, place: 1, by: 0), [numbers(1, 3, 2, 2)], wrong: [[[2, 2]], [[1, 3, 1, 2]], []]),
        OperationCase(ScalePart(axis: 1, place: 0, by: -1.5), [numbers(3, 4)], wrong: [[[3]], [[3, 0]]]),
        OperationCase(ScalePart(axis: 0, place: 3, by: 0.5), [numbers(4)], wrong: [[[3]], [[]]]),
        OperationCase(Replace(), [numbers(2, 3), numbers(2, 3, seed: 2)], wrong: [[[2, 3], [3, 2]], [[2]]]),
        OperationCase(
            ReplacePart(axis: 1, place: 2), [numbers(1, 3, 2), numbers(1, 3, 2, seed: 2)],
            wrong: [[[1, 3, 2], [3, 1, 2]], [[1, 2, 2], [1, 2, 2]], [[3], [3]]]),
    ]
}
