import Tensors
import Wording

/// One kind of arithmetic: how to compute it, how to go back through it, and where each cell comes from.
///
/// A new operation is one new file plus one line in ``Operations/all``.
public protocol Operation: AnyObject, Sendable {
    /// The name in the trace file, such as `softmax`.
    static var name: String { get }

    /// As a reader sees it: the kind's name, or a narrower one such as `relu`.
    var name: String { get }

    /// The name of its kind, of an operation whose type is not known.
    var operationKind: String { get }

    /// The numbers and words that make this one of its kind, as the trace file keeps them.
    var attributes: Attributes { get }

    /// What it computes in where a run is in half precision.
    var precision: PrecisionPolicy { get }

    /// - Throws: ``TracingError/attribute(operation:key:)`` where an attribute is missing or wrong.
    init(attributes: Attributes) throws(Failure)

    /// The shape of the output, known before anything is computed.
    /// - Throws: `TensorError.shapes(operation:expected:found:)` where the inputs do not fit each other.
    func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape

    /// - Throws: `TensorError` where the shapes do not fit.
    func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor

    /// The gradient of each input, in order; nil for an input that is not a number to be changed.
    func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?]

    /// The arithmetic that gives one cell of the output, written in cells of the inputs.
    func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression

    /// The arithmetic that gives one cell of an input's gradient, written in cells of the inputs, of the output
    /// (``BackwardPass/output(_:)``) and of the output's gradient (``BackwardPass/upstream(_:)``).
    ///
    /// An operation that writes none gets the derivative of ``expression(at:inputs:output:)``, cell by cell: right,
    /// but slower and harder to read.
    func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression

    /// Whether the numbers of an input can be changed by learning: token ids and tables of angles cannot.
    func hasGradient(ofInput input: Int) -> Bool

    /// Ones where the output is minus infinity because something is hidden; nil where nothing is.
    /// - Parameter first: the same of the first input.
    func hiddenCells(_ inputs: [Tensor], first: () -> Tensor?) -> Tensor?
}

extension Operation {
    public var name: String { Self.name }
    public var operationKind: String { Self.name }
    public var precision: PrecisionPolicy { .follows }
    public func hasGradient(ofInput input: Int) -> Bool { true }
    public func hiddenCells(_ inputs: [Tensor], first: () -> Tensor?) -> Tensor? { nil }

    /// The error for inputs that do not fit.
    func mismatch(_ expected: String, _ found: [Shape]) -> Failure {
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

    public func number(_ key: String, of operation: String) throws(Failure) -> Double {
        guard case .number(let number)? = values[key] else { throw .attribute(operation: operation, key: key) }
        return number
    }

    public func integer(_ key: String, of operation: String) throws(Failure) -> Int {
        guard let integer = Int(exactly: try number(key, of: operation)) else {
            throw .attribute(operation: operation, key: key)
        }
        return integer
    }

    public func text(_ key: String, of operation: String) throws(Failure) -> String {
        guard case .text(let text)? = values[key] else { throw .attribute(operation: operation, key: key) }
        return text
    }

    /// One of the cases that a word can stand for.
    func choice<Choice: RawRepresentable<String>>(_ key: String, of operation: String) throws(Failure) -> Choice {
        guard let choice = Choice(rawValue: try text(key, of: operation)) else {
            throw .attribute(operation: operation, key: key)
        }
        return choice
    }
}

/// Every kind of operation, by the name that the trace file uses.
public enum Operations {
    /// One kind: its name, and how one is made from what the trace file keeps.
    public struct Kind: Sendable {
        public let name: String
        let make: @Sendable (Attributes) throws(Failure) -> any Operation

        init<Made: Operation>(_ type: Made.Type) {
            name = Made.name
            make = { (attributes) throws(Failure) in try Made(attributes: attributes) }
        }
    }

    public static let all: [Kind] = [
        Kind(Source.self), Kind(Embedding.self), Kind(PositionRows.self), Kind(SinusoidalPositions.self),
        Kind(Add.self), Kind(Linear.self),
        Kind(LayerNormScale.self), Kind(LayerNorm.self), Kind(DotProducts.self), Kind(Scale.self),
        Kind(CausalMask.self), Kind(Softmax.self),
        Kind(WeightedSum.self), Kind(JoinHeads.self), Kind(Activation.self), Kind(Concatenate.self),
        Kind(CrossEntropy.self), Kind(Same.self),
        Kind(Gradient.self), Kind(RMSNormScale.self), Kind(RMSNorm.self), Kind(RotaryTable.self), Kind(Rotary.self),
        Kind(PaddingMask.self), Kind(Multiply.self), Kind(Transpose.self),
        Kind(Magnify.self), Kind(TakePosition.self), Kind(Fires.self),
        Kind(SquaredError.self), Kind(Hinge.self), Kind(Dropout.self), Kind(Cast.self),
        // What reinforcement learns by.
        Kind(TokenLogProbability.self), Kind(ProbabilityRatio.self), Kind(ClippedObjective.self), Kind(Entropy.self),
        Kind(Readout.self),
        Kind(SquaredDifference.self), Kind(MeanWhere.self),
        // What follows the gradients in a training step.
        Kind(BatchMean.self), Kind(SumOfSquares.self), Kind(Total.self), Kind(RootOfSum.self), Kind(ClipFactor.self),
        Kind(ScaledBy.self),
        Kind(MovingAverage.self), Kind(AdamStep.self), Kind(DescentStep.self), Kind(PullToZero.self),
        Kind(CutToRange.self),
        Kind(DecayedGradient.self),
        Kind(AdamDirection.self), Kind(TrustRatio.self), Kind(TrustedStep.self), Kind(PerceptronRule.self),
        // What is changed in a run.
        Kind(ScalePart.self), Kind(Replace.self), Kind(ReplacePart.self),
        // What workers put together.
        Kind(SumShards.self), Kind(JoinShards.self), Kind(EmbeddingShard.self),
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// - Throws: ``TracingError/unknownOperation(_:)`` for a name that is not ours.
    public static func make(_ name: String, attributes: Attributes) throws(Failure) -> any Operation {
        guard let kind = byName[name] else { throw Failure(TracingError.unknownOperation(name)) }
        return try kind.make(attributes)
    }
}
