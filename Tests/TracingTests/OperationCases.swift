import Tensors
import TestSupport
import Testing
import Tracing

/// One operation with inputs that fit it, and input shapes that do not.
struct OperationCase: Sendable, CustomTestStringConvertible {
    let operation: any Operation
    let inputs: [Tensor]
    /// Which inputs are numbers to be changed; token ids are not.
    let differentiable: [Bool]
    let wrong: [[Shape]]

    init(_ operation: any Operation, _ inputs: [Tensor], constant: Set<Int> = [], wrong: [[Shape]] = []) {
        self.operation = operation
        self.inputs = inputs
        differentiable = inputs.indices.map { !constant.contains($0) }
        self.wrong = wrong
    }

    var testDescription: String {
        "\(type(of: operation).name) \(operation.attributes.values) of "
            + inputs.map { "(\($0.shape))" }.joined(separator: ", ")
    }
}

extension OperationCase {
    static func numbers(_ dimensions: Int..., seed: UInt64 = 1) -> Tensor {
        .test(Shape(dimensions), seed: seed)
    }

    static func ids(_ rows: [[Float]]) -> Tensor {
        Tensor([rows.count, rows[0].count]) { buffer in _ = buffer.initialize(from: rows.flatMap { $0 }) }
    }

    static func positive(_ tensor: Tensor) -> Tensor {
        Tensor(tensor.shape) { buffer in _ = buffer.initialize(from: tensor.scalars.map { abs($0) + 1 }) }
    }

    /// No number near zero, where ReLU has no slope.
    static func awayFromZero(_ tensor: Tensor) -> Tensor {
        Tensor(tensor.shape) { buffer in
            _ = buffer.initialize(from: tensor.scalars.map { abs($0) < 0.1 ? $0 + 0.3 : $0 })
        }
    }

    private static var maskedScores: Tensor {
        let infinity = Float.infinity
        return Tensor([1, 1, 3, 3]) { buffer in
            _ = buffer.initialize(from: [0.5, -infinity, -infinity, 1, -0.5, -infinity, 0.25, 2, -1])
        }
    }

    static let tables: [OperationCase] = [
        OperationCase(
            Embedding(), [numbers(7, 3), ids([[0, 6, 2, 2], [6, 1, 6, 3]])], constant: [1],
            wrong: [[[7], [2]], [[7, 3, 1], [2]]]),
        OperationCase(
            PositionRows(start: 2, count: 3, batch: 2), [numbers(6, 4)], wrong: [[[6]], [[4, 4]], [[6, 4, 1]]]),
        OperationCase(PositionRows(start: 0, count: 6, batch: 1), [numbers(6, 4)], wrong: [[[5, 4]]]),
        OperationCase(SinusoidalPositions(count: 5, width: 6), [], wrong: [[[5, 6]]]),
        OperationCase(SinusoidalPositions(count: 4, width: 7), []),
    ]

    static let linear: [OperationCase] = [
        OperationCase(
            Linear(), [numbers(2, 3, 4), numbers(4, 5, seed: 2), numbers(5, seed: 3)],
            wrong: [[[2, 3, 4], [5, 4], [5]], [[2, 3, 4], [4, 5], [4]], [[], [4, 5]], [[4], []]]),
        OperationCase(Linear(), [numbers(1, 4), numbers(4, 5, seed: 2)]),
        OperationCase(
            Linear(), [numbers(2, 3, 4), numbers(4, 2, 3, seed: 2), numbers(2, 3, seed: 3)],
            wrong: [[[2, 3, 4], [4, 2, 3], [6]]]),
        OperationCase(
            Linear(transposed: true), [numbers(2, 3, 4), numbers(5, 4, seed: 2)], wrong: [[[2, 3, 4], [4, 5]]]),
        OperationCase(Linear(transposed: true), [numbers(3, 4), numbers(5, 4, seed: 2), numbers(5, seed: 3)]),
        OperationCase(
            Linear(contracting: 2), [numbers(2, 2, 3), numbers(2, 3, 4, seed: 2), numbers(4, seed: 3)],
            wrong: [[[2, 2, 3], [3, 2, 4], [4]], [[3], [2, 3, 4]]]),
        OperationCase(Linear(contracting: 2, transposed: true), [numbers(2, 2, 3), numbers(4, 2, 3, seed: 2)]),
        OperationCase(Linear(contracting: 3), [numbers(2, 2, 3), numbers(2, 2, 3, seed: 2)]),
    ]

    static let attention: [OperationCase] = [
        OperationCase(
            DotProducts(), [numbers(2, 3, 2, 4), numbers(2, 5, 2, 4, seed: 2)],
            wrong: [[[2, 3, 2, 4], [2, 5, 2, 3]], [[2, 3, 2, 4], [1, 5, 2, 4]], [[3, 2, 4], [3, 2, 4]]]),
        OperationCase(
            DotProducts(), [numbers(1, 3, 4, 2), numbers(1, 3, 2, 2, seed: 2)],
            wrong: [[[1, 3, 4, 2], [1, 3, 3, 2]], [[1, 3, 4, 2], [1, 3, 0, 2]]]),
        OperationCase(Scale(dividingBy: 3), [numbers(2, 3)]),
        OperationCase(CausalMask(), [numbers(2, 2, 3, 3)], wrong: [[[2, 3, 3]], [[1, 1, 3, 2]]]),
        OperationCase(CausalMask(), [numbers(1, 2, 2, 5)]),
        OperationCase(Softmax(), [numbers(2, 5)], wrong: [[[]]]),
        OperationCase(Softmax(), [maskedScores]),
        OperationCase(
            WeightedSum(), [positive(numbers(2, 2, 3, 5)), numbers(2, 5, 2, 4, seed: 2)],
            wrong: [[[2, 2, 3, 5], [2, 4, 2, 4]], [[2, 2, 3, 5], [2, 5, 3, 4]], [[2, 3, 5], [2, 5, 2]]]),
        OperationCase(WeightedSum(), [positive(numbers(1, 4, 3, 3)), numbers(1, 3, 2, 2, seed: 2)]),
        OperationCase(JoinHeads(), [numbers(2, 3, 2, 4)], wrong: [[[2, 3, 8]]]),
    ]

    static let rest: [OperationCase] = [
        OperationCase(Add(), [numbers(2, 3), numbers(2, 3, seed: 2)], wrong: [[[2, 3], [3, 2]], [[2, 3], [6]]]),
        OperationCase(LayerNormScale(epsilon: 1e-5), [numbers(2, 3, 5)], wrong: [[[]], [[2, 0]]]),
        OperationCase(LayerNormScale(epsilon: 0.5), [numbers(4, 1)]),
        OperationCase(
            LayerNorm(),
            [numbers(2, 3, 5), positive(numbers(2, 3, 1, seed: 2)), numbers(5, seed: 3), numbers(5, seed: 4)],
            wrong: [
                [[2, 3, 5], [2, 3], [5], [5]], [[2, 3, 5], [2, 3, 1], [3], [5]],
                [[2, 3, 5], [2, 3, 1], [5], [5, 1]],
                [[], [], [], []],
            ]),
        OperationCase(
            Concatenate(axis: 1), [numbers(2, 3, 2), numbers(2, 1, 2, seed: 2)], wrong: [[[2, 3, 2], [2, 1, 3]]]),
        OperationCase(Concatenate(axis: 0), [numbers(2, 3), numbers(1, 3, seed: 2)], wrong: [[[2], [2, 3]]]),
        OperationCase(
            Concatenate(axis: 2), [numbers(2, 1, 3), numbers(2, 1, 2, seed: 2)], wrong: [[[2, 1], [2, 1]]]),
        OperationCase(
            CrossEntropy(), [numbers(2, 3, 5), ids([[4, 0, -1], [2, 2, 3]])], constant: [1],
            wrong: [[[2, 3, 5], [2]], [[], []], [[2, 0], [2]]]),
        OperationCase(CrossEntropy(), [numbers(1, 2, 5), ids([[-1, -1]])], constant: [1]),
        OperationCase(Same(), [numbers(2, 3)]),
        OperationCase(
            CrossEntropy(smoothing: 0.1), [numbers(2, 3, 5), ids([[4, 0, -1], [2, 2, 3]])], constant: [1],
            wrong: [[[2, 3, 5], [2]]]),
        OperationCase(SquaredError(), [numbers(2, 3), numbers(2, 3, seed: 2)], wrong: [[[2, 3], [3, 2]]]),
        OperationCase(SquaredError(factor: 0.5), [numbers(4), numbers(4, seed: 2)]),
        OperationCase(
            Hinge(), [ids([[0.5, -0.2, 2, 0.3, -1.5, 0.7]]).flat, ids([[1, -1, 1, -1, 1, -1]]).flat], constant: [1],
            wrong: [[[2, 3], [3, 2]], [[2]]]),
        OperationCase(Dropout(rate: 0.5, seed: 7), [numbers(3, 8)], wrong: [[[2], [2]]]),
        OperationCase(Cast(to: .float32), [numbers(2, 3)], wrong: [[[2], [2]]]),
        OperationCase(
            Fires(), [numbers(3, 2), numbers(2, seed: 2)], constant: [0, 1], wrong: [[[3, 2], [3]], [[2]]]),
    ]

    static let activations = ActivationFunction.allCases.map { function in
        OperationCase(Activation(function), [awayFromZero(numbers(4, 9))])
    }

    private static func number(_ value: Float) -> Tensor { Tensor(scalar: value) }

    /// The update is no longer part of what is derived: nothing in it has a gradient.
    static let updates: [OperationCase] = [
        OperationCase(
            BatchMean(shares: [0.25, 0.75]), [numbers(2, 3), numbers(2, 3, seed: 2)], constant: [0, 1],
            wrong: [[[2, 3]], [[2, 3], [3, 2]]]),
        OperationCase(SumOfSquares(), [numbers(2, 3, 4)], constant: [0], wrong: [[[]]]),
        OperationCase(SumOfSquares(), [numbers(5)], constant: [0]),
        OperationCase(Total(), [numbers(2, 3)], constant: [0]),
        OperationCase(RootOfSum(), [number(2), number(0.5)], constant: [0, 1], wrong: [[[2]], [[], [1]]]),
        OperationCase(ClipFactor(maximum: 1), [number(2.5)], constant: [0], wrong: [[[2]]]),
        OperationCase(ClipFactor(maximum: 1), [number(0.5)], constant: [0]),
        OperationCase(
            ScaledBy(), [numbers(2, 3), number(0.3)], constant: [0, 1], wrong: [[[2, 3], [2, 3]], [[2, 3]]]),
        OperationCase(
            MovingAverage(keep: 0.9, add: 0.1), [numbers(2, 3), numbers(2, 3, seed: 2)], constant: [0, 1],
            wrong: [[[2, 3], [3]]]),
        OperationCase(
            MovingAverage(keep: 0.99, add: 0.01, power: 2), [positive(numbers(2, 3)), numbers(2, 3, seed: 2)],
            constant: [0, 1]),
        OperationCase(
            AdamStep(beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.1, step: 3),
            [numbers(2, 3), numbers(2, 3, seed: 2), positive(numbers(2, 3, seed: 3)), number(0.01)],
            constant: [0, 1, 2, 3], wrong: [[[2], [2], [3], []], [[2], [2], [2], [2]]]),
        OperationCase(
            DescentStep(decay: 0.1), [numbers(2, 3), numbers(2, 3, seed: 2), number(0.01)], constant: [0, 1, 2],
            wrong: [[[2], [2], [2]]]),
        OperationCase(DescentStep(), [numbers(3), numbers(3, seed: 2), number(0.5)], constant: [0, 1, 2]),
        OperationCase(
            PullToZero(strength: 0.1),
            [numbers(2, 3), numbers(2, 3, seed: 2), Tensor([2, 3], repeating: 1), number(0.01)],
            constant: [0, 1, 2, 3], wrong: [[[2], [2], [3], []], [[2], [2], [2], [2]]]),
        OperationCase(
            PerceptronRule(),
            [numbers(3, 2), numbers(1, 2, seed: 2), numbers(1, 2, seed: 3), number(0.5), numbers(1, 3)],
            constant: [0, 1, 2, 3, 4],
            wrong: [[[3, 2], [1, 2], [1, 2], []], [[3, 2], [1, 2], [1, 2], [], [1, 2]]]),
        OperationCase(
            PerceptronRule(), [numbers(2), numbers(1, 2, seed: 2), numbers(1, 2, seed: 3), number(0.5)],
            constant: [0, 1, 2, 3], wrong: [[[2], [2], [1, 2], []]]),
        OperationCase(CutToRange(bound: 0.25), [numbers(2, 3)], constant: [0]),
        OperationCase(
            DecayedGradient(decay: 0.1), [numbers(2, 3), numbers(2, 3, seed: 2)], constant: [0, 1],
            wrong: [[[2], [3]]]),
        OperationCase(
            AdamDirection(beta1: 0.9, beta2: 0.99, epsilon: 1e-6, decay: 0.1, step: 3),
            [numbers(2, 3), numbers(2, 3, seed: 2), positive(numbers(2, 3, seed: 3))], constant: [0, 1, 2],
            wrong: [[[2], [2], [3]]]),
        OperationCase(TrustRatio(), [number(2), number(0.5)], constant: [0, 1], wrong: [[[2], []]]),
        OperationCase(TrustRatio(), [number(0), number(0.5)], constant: [0, 1]),
        OperationCase(
            TrustedStep(), [numbers(2, 3), numbers(2, 3, seed: 2), number(0.01), number(1.5)],
            constant: [0, 1, 2, 3], wrong: [[[2], [2], [], [2]]]),
    ]

    static let all =
        tables + linear + attention + rest + activations + families + updates + shards + policies + changes

    /// A step has no slope: nobody goes back through it.
    static let undifferentiable: [OperationCase] = [
        OperationCase(Fires(), [numbers(2, 3), numbers(3, seed: 2)], wrong: [[[2, 3], [2]], [[], []]])
    ]

    /// What is given rather than computed: nothing to evaluate.
    static let given: [any Operation] = [
        Source(.parameter), Source(.tokens), Source(.constant), Source(.unexplained), Gradient(),
    ]
}

extension Tensor {
    /// The same numbers along one axis.
    var flat: Tensor { Tensor([count]) { buffer in _ = buffer.initialize(from: scalars) } }
}
