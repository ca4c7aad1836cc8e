import Tensors
import Wording

/// Numbers rounded to a shorter format, ties to even. What comes back through it is rounded likewise: in half
/// precision a gradient below the smallest number is zero.
public final class Cast: OneTensorOperation {
    public static let name = "cast"
    public let format: FloatFormat

    public init(to format: FloatFormat) { self.format = format }

    public init(attributes: Attributes) throws(Failure) { format = try attributes.choice("format", of: Self.name) }

    public var attributes: Attributes { Attributes(["format": .text(format.rawValue)]) }
    public var precision: PrecisionPolicy { .full }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { inputs[0].rounded(to: format) }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [pass.upstream.rounded(to: format)] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .function(rounding, [.cell(input: 0, index)])
    }

    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        .function(rounding, [pass.upstream(index)])
    }

    public func hiddenCells(_ inputs: [Tensor], first: () -> Tensor?) -> Tensor? { first() }

    private var rounding: Expression.Function {
        switch format {
        case .float32: .lookUp
        case .float16: .float16
        case .bfloat16: .bfloat16
        }
    }
}

/// In which precision an operation computes where a run is in half precision (PyTorch's autocast).
public enum PrecisionPolicy: Sendable {
    /// Matrix products: operands and results in half, sums in float32, as the hardware has it.
    case half
    /// Softmax, normalisation, losses: always float32.
    case full
    /// In half where all operands are, else in float32.
    case follows
    /// Moves numbers and computes none: what goes in comes out.
    case moves
}
