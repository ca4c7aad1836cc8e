import Tensors
import TestSupport
import Tracing

/// The operations that came with encoders, translators and Llama.
extension OperationCase {
    private static func table(_ function: RotaryTable.Function, _ count: Int, _ width: Int, start: Int = 0) -> Tensor {
        let table = RotaryTable(function, start: start, count: count, width: width, speeds: RotarySpeeds(theta: 100))
        return (try? table.evaluate([])) ?? Tensor(scalar: 0)
    }

    private static let speeds: [RotarySpeeds] = [
        RotarySpeeds(), RotarySpeeds(theta: 50, scaling: .linear(factor: 4)),
        RotarySpeeds(theta: 500, scaling: .llama3(factor: 8, low: 1, high: 4, originalContext: 32)),
    ]

    static let families: [OperationCase] =
        [
            OperationCase(RMSNormScale(epsilon: 1e-5), [numbers(2, 3, 5)], wrong: [[[]], [[2, 0]]]),
            OperationCase(RMSNormScale(epsilon: 0.5), [numbers(4, 1)]),
            OperationCase(
                RMSNorm(), [numbers(2, 3, 5), positive(numbers(2, 3, 1, seed: 2)), numbers(5, seed: 3)],
                wrong: [
                    [[2, 3, 5], [2, 3], [5]], [[2, 3, 5], [2, 3, 1], [3]], [[2, 3, 5], [2, 3, 1], [5, 1]],
                    [[], [], []],
                ]),
            OperationCase(
                Rotary(), [numbers(2, 3, 2, 6), table(.cos, 3, 6), table(.sin, 3, 6)], constant: [1, 2],
                wrong: [
                    [[2, 3, 2, 5], [3, 5], [3, 5]], [[2, 3, 2, 6], [2, 6], [2, 6]], [[2, 3, 2, 6], [3, 6], [3, 3]],
                    [[3, 2, 6], [3, 6], [3, 6]],
                ]),
            OperationCase(
                Rotary(), [numbers(1, 1, 4, 2), table(.cos, 1, 2, start: 7), table(.sin, 1, 2, start: 7)],
                constant: [1, 2]),
            OperationCase(
                PaddingMask(), [numbers(2, 2, 3, 4), ids([[1, 1, 0, 0], [0, 1, 1, 1]])], constant: [1],
                wrong: [[[2, 2, 3, 4], [2, 3]], [[2, 2, 3, 4], [1, 4]], [[2, 3, 4], [2, 4]]]),
            OperationCase(
                Multiply(), [numbers(2, 3), numbers(2, 3, seed: 2)], wrong: [[[2, 3], [3, 2]], [[2, 3]]]),
            OperationCase(Magnify(by: 5.5), [numbers(2, 3)]),
            OperationCase(Transpose(), [numbers(2, 3)], wrong: [[[3]], [[]], [[2, 3], [2, 3]]]),
            OperationCase(Transpose(), [numbers(2, 3, 4)]),
            OperationCase(TakePosition(0), [numbers(2, 3, 4)], wrong: [[[2, 4]], [[2, 0, 4]]]),
            OperationCase(TakePosition(2), [numbers(2, 3, 4)], wrong: [[[2, 2, 4]]]),
        ]
        + speeds.flatMap { speeds in
            [
                OperationCase(RotaryTable(.cos, start: 0, count: 5, width: 6, speeds: speeds), [], wrong: [[[5, 6]]]),
                OperationCase(RotaryTable(.sin, start: 3, count: 4, width: 8, speeds: speeds), []),
            ]
        }
}
