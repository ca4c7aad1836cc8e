import Tensors
import Wording

/// Something that a run is given: a parameter, token ids, a table, or a tensor recorded elsewhere.
public final class Source: Operation {
    public enum Kind: String, Sendable {
        case parameter
        case tokens
        case constant
        /// Recorded by an engine that keeps no operations; it cannot be explained.
        case unexplained
    }

    public static let name = "source"
    public let kind: Kind

    public init(_ kind: Kind) { self.kind = kind }

    public init(attributes: Attributes) throws(Failure) { kind = try attributes.choice("kind", of: Self.name) }

    public var attributes: Attributes { Attributes(["kind": .text(kind.rawValue)]) }
    public var name: String { kind == .unexplained ? "recorded" : kind.rawValue }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        throw mismatch("a tensor given from outside", inputs)
    }

    public func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor {
        throw .notDifferentiable(operation: Self.name)
    }

    public func hasGradient(ofInput input: Int) -> Bool { false }
    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .constant(Double(output.cell(index) ?? .nan))
    }
}
