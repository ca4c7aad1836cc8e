import Tensors
import Wording

/// How much of each token is left in each position after every layer, by attention alone (Abnar & Zuidema 2020,
/// “Quantifying Attention Flow in Transformers”, equation 1).
///
/// A layer mixes `A = ½ W + ½ I`, rows made to add up to 1: half is the residual stream, half the mean of its heads'
/// patterns. The layers' products from the first up say where each position has its contents from. Values and the
/// feed-forward network do not enter, so that it is an estimate.
public struct AttentionRollout: Sendable {
    /// After each layer, from the first up: `[position, token]`, rows add up to 1.
    public let stages: [Tensor]

    /// - Parameter patterns: of each layer from the first up, `[1, head, query, key]` with as many queries as keys.
    ///   A query whose weights are no numbers (padding) is left as it is.
    /// - Throws: ``TracingError/shape(step:expected:found:)`` naming the layer that does not fit the first.
    public init(patterns: [Tensor]) throws(Failure) {
        var stages: [Tensor] = []
        for (layer, pattern) in patterns.enumerated() {
            let count = patterns[0].shape[-1]
            guard Self.isSquare(pattern.shape), pattern.shape[-1] == count else {
                throw Failure(
                    TracingError.shape(
                        step: StepName.block(layer, .pattern).description, expected: "1 × … × \(count) × \(count)",
                        found: pattern.shape.description))
            }
            let mixed = Self.mixed(pattern)
            stages.append(layer == 0 ? mixed : try Linear().evaluate([mixed, stages[layer - 1]]))
        }
        self.stages = stages
    }

    /// Of the patterns that a trace holds without a gap from the first layer up.
    ///
    /// - Parameter stack: `encoder` of a model with two stacks. A decoder that reads an encoder has none: its own
    ///   attention is not all that it reads.
    /// - Throws: ``TracingError/unknownStep(_:nearest:)`` where the first layer's pattern is missing or not square.
    public init(_ trace: Trace, stack: Stack = .single) throws(Failure) {
        let count = Self.layerCount(trace, stack: stack)
        guard count > 0 else {
            throw .unknownStep(StepName(.pattern, block: 0, stack: stack).description, nearest: [])
        }
        try self.init(
            patterns: (0..<count).compactMap { trace[StepName(.pattern, block: $0, stack: stack)]?.tensor })
    }

    /// Through how many layers it can be followed.
    public static func layerCount(_ trace: Trace, stack: Stack = .single) -> Int {
        var count = 0
        var tokens: Int?
        while let pattern = trace[StepName(.pattern, block: count, stack: stack)], isSquare(pattern.shape),
            tokens ?? pattern.shape[-1] == pattern.shape[-1],
            trace[StepName(Label.pattern.crossed, block: count, stack: stack)] == nil
        {
            tokens = pattern.shape[-1]
            count += 1
        }
        return count
    }

    private static func isSquare(_ shape: Shape) -> Bool {
        shape.rank == 4 && shape[0] > 0 && shape[1] > 0 && shape[2] > 0 && shape[2] == shape[3]
    }

    /// `½ W + ½ I` with rows that add up to 1, `W` the mean over the heads of the first text.
    private static func mixed(_ pattern: Tensor) -> Tensor {
        let (heads, count) = (pattern.shape[1], pattern.shape[2])
        return Tensor([count, count]) { target in
            pattern.withUnsafeBuffer { weights in
                for query in 0..<count {
                    let row = query * count
                    for key in 0..<count { target[row + key] = 0 }
                    for head in 0..<heads {
                        let start = (head * count + query) * count
                        for key in 0..<count { target[row + key] += weights[start + key] }
                    }
                    var sum: Float = 0
                    for key in 0..<count { sum += target[row + key] }
                    let isKnown = sum.isFinite && sum > 0
                    for key in 0..<count { target[row + key] = isKnown ? target[row + key] / Float(2 * heads) : 0 }
                    target[row + query] += 0.5
                    // Weights that were stored in sixteen bits add up to 1 only nearly.
                    let whole = isKnown ? 0.5 + sum / Float(2 * heads) : 0.5
                    for key in 0..<count { target[row + key] /= whole }
                }
            }
        }
    }
}
