import Tensors

/// One kind of arithmetic: how to compute it, how to go back through it, and where each cell comes from.
///
/// A new operation is one new file plus one line in ``Operations/all``.
public protocol Operation: Sendable {
    /// The name in the trace file, such as `softmax`.
    static var name: String { get }

    /// As a reader sees it: the kind's name, or a narrower one such as `relu`.
    var name: String { get }

    /// The numbers and words that make this one of its kind, as the trace file keeps them.
    var attributes: Attributes { get }

    /// What it computes in where a run is in half precision.
    var precision: PrecisionPolicy { get }

    /// - Throws: ``TracingError/attribute(operation:key:)`` where an attribute is missing or wrong.
    init(attributes: Attributes) throws

    /// The shape of the output, known before anything is computed.
    /// - Throws: `TensorError.shapes(operation:expected:found:)` where the inputs do not fit each other.
    func outputShape(_ inputs: [Shape]) throws(TensorError) -> Shape

    /// - Throws: `TensorError` where the shapes do not fit.
    func evaluate(_ inputs: [Tensor]) throws -> Tensor

    /// The gradient of each input, in order; nil for an input that is not a number to be changed.
    func gradients(_ pass: BackwardPass) throws -> [Tensor?]

    /// The arithmetic that gives one cell of the output, written in cells of the inputs.
    func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression

    /// The arithmetic that gives one cell of an input's gradient, written in cells of the inputs, of the output
    /// (``BackwardPass/output(_:)``) and of the output's gradient (``BackwardPass/upstream(_:)``).
    ///
    /// An operation that writes none gets the derivative of ``expression(at:inputs:output:)``, cell by cell: right,
    /// but slower and harder to read.
    func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression
}

extension Operation {
    public var name: String { Self.name }
    public var precision: PrecisionPolicy { .follows }

    /// The error for inputs that do not fit.
    func mismatch(_ expected: String, _ found: [Shape]) -> TensorError {
        .shapes(operation: Self.name, expected: expected, found: found)
    }
}

/// What an operation needs to go back: what it read, what it gave, and the gradient of the latter.
public struct BackwardPass {
    public let inputs: [Tensor]
    public let output: Tensor
    /// The gradient of the loss with respect to the output, in the output's shape.
    public let upstream: Tensor
}

/// An operation's own numbers and words.
public struct Attributes: Sendable, Hashable {
    public enum Value: Sendable, Hashable {
        case number(Double)
        case text(String)
    }

    public var values: [String: Value]

    public init(_ values: [String: Value] = [:]) { self.values = values }

    public func number(_ key: String, of operation: String) throws(TracingError) -> Double {
        guard case .number(let number)? = values[key] else { throw .attribute(operation: operation, key: key) }
        return number
    }

    public func integer(_ key: String, of operation: String) throws(TracingError) -> Int {
        guard let integer = Int(exactly: try number(key, of: operation)) else {
            throw .attribute(operation: operation, key: key)
        }
        return integer
    }

    public func text(_ key: String, of operation: String) throws(TracingError) -> String {
        guard case .text(let text)? = values[key] else { throw .attribute(operation: operation, key: key) }
        return text
    }
}

/// Every kind of operation, by the name that the trace file uses.
public enum Operations {
    public static let all: [any Operation.Type] = [
        Source.self, Embedding.self, PositionRows.self, SinusoidalPositions.self, Add.self, Linear.self,
        LayerNormScale.self, LayerNorm.self, DotProducts.self, Scale.self, CausalMask.self, Softmax.self,
        WeightedSum.self, JoinHeads.self, Activation.self, Concatenate.self, CrossEntropy.self, Same.self,
        Gradient.self, RMSNormScale.self, RMSNorm.self, RotaryTable.self, Rotary.self, PaddingMask.self, Multiply.self,
        Magnify.self, TakePosition.self, Fires.self,
        SquaredError.self, Hinge.self, Dropout.self, Cast.self,
        // What reinforcement learns by.
        TokenLogProbability.self, ProbabilityRatio.self, ClippedObjective.self, Entropy.self, Readout.self,
        SquaredDifference.self, MeanWhere.self,
        // What follows the gradients in a training step.
        BatchMean.self, SumOfSquares.self, Total.self, RootOfSum.self, ClipFactor.self, ScaledBy.self,
        MovingAverage.self, AdamStep.self, DescentStep.self, CutToRange.self, DecayedGradient.self,
        AdamDirection.self, TrustRatio.self, TrustedStep.self,
        // What workers put together.
        SumShards.self, JoinShards.self, EmbeddingShard.self,
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// - Throws: ``TracingError/unknownOperation(_:)`` for a name that is not ours.
    public static func make(_ name: String, attributes: Attributes) throws -> any Operation {
        guard let type = byName[name] else { throw TracingError.unknownOperation(name) }
        return try type.init(attributes: attributes)
    }
}
