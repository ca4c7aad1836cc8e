import Platform
import Tensors

/// The arithmetic behind one number: operands are cells of the step's inputs.
public indirect enum Expression: Sendable, Hashable {
    /// One cell of an input, by the input's place among the operation's inputs.
    case cell(input: Int, [Int])
    /// A number that belongs to the operation itself.
    case constant(Double)
    case sum([Expression])
    case product([Expression])
    case difference(Expression, Expression)
    case quotient(Expression, Expression)
    case function(Function, [Expression])

    /// The functions that a transformer's arithmetic uses.
    public enum Function: String, Sendable, Hashable, CaseIterable {
        case exp, log, sqrt, sin, cos, tanh, erf, relu, silu, sigmoid
        /// The first operand to the power of the second: `β^t`.
        case power = "pow"
        /// The nearest number of a shorter format.
        case float16, bfloat16
        case gelu
        /// GELU's approximation by tanh (Hendrycks & Gimpel 2016), GPT-2's `gelu_new`.
        case geluTanh = "gelu_tanh"
        case mean
        /// Population variance.
        case variance
        /// The first operand, found by means of the others: `W_E[token, i]`.
        case lookUp = "look_up"
        /// The slopes of the activations: what going back multiplies by. ReLU's is 1 above zero, else 0.
        case reluSlope = "relu_slope"
        case siluSlope = "silu_slope"
        case geluSlope = "gelu_slope"
        case geluTanhSlope = "gelu_tanh_slope"

        func value(_ x: [Double]) -> Double {
            guard let first = x.first else { return .nan }
            switch self {
            case .exp: return systemExp(first)
            case .log: return systemLog(first)
            case .sqrt: return first.squareRoot()
            case .sin: return systemSin(first)
            case .cos: return systemCos(first)
            case .tanh: return systemTanh(first)
            case .erf: return systemErf(first)
            case .relu: return max(first, 0)
            case .sigmoid: return 1 / (1 + systemExp(-first))
            case .silu: return first / (1 + systemExp(-first))
            case .gelu: return first * 0.5 * (1 + systemErf(first / 2.0.squareRoot()))
            case .geluTanh:
                return 0.5 * first
                    * (1 + systemTanh((2 / Double.pi).squareRoot() * (first + 0.044715 * first * first * first)))
            case .mean: return x.reduce(0, +) / Double(x.count)
            case .variance:
                let mean = x.reduce(0, +) / Double(x.count)
                return x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
            case .float16: return Double(FloatFormat.float16.nearest(Float(first)))
            case .bfloat16: return Double(FloatFormat.bfloat16.nearest(Float(first)))
            case .lookUp: return first
            case .power: return systemPow(first, x.count > 1 ? x[1] : .nan)
            case .reluSlope: return first > 0 ? 1 : 0
            case .siluSlope:
                let share = 1 / (1 + systemExp(-first))
                return share * (1 + first * (1 - share))
            case .geluSlope:
                return 0.5 * (1 + systemErf(first / 2.0.squareRoot()))
                    + first * systemExp(-first * first / 2) / (2 * Double.pi).squareRoot()
            case .geluTanhSlope:
                let inner = (2 / Double.pi).squareRoot() * (first + 0.044715 * first * first * first)
                let slope = (2 / Double.pi).squareRoot() * (1 + 3 * 0.044715 * first * first)
                let bend = systemTanh(inner)
                return 0.5 * (1 + bend) + 0.5 * first * (1 - bend * bend) * slope
            }
        }
    }

    /// Computes it in double precision from the cells that `read` gives.
    public func value(_ read: (_ input: Int, _ index: [Int]) -> Double) -> Double {
        switch self {
        case .cell(let input, let index): read(input, index)
        case .constant(let constant): constant
        case .sum(let parts): parts.reduce(0) { $0 + $1.value(read) }
        case .product(let parts): parts.reduce(1) { $0 * $1.value(read) }
        case .difference(let left, let right): left.value(read) - right.value(read)
        case .quotient(let left, let right): left.value(read) / right.value(read)
        case .function(let function, let parts): function.value(parts.map { $0.value(read) })
        }
    }

    /// Every cell it reads, in reading order, repeats included.
    public var cells: [(input: Int, index: [Int])] {
        switch self {
        case .cell(let input, let index): [(input, index)]
        case .constant: []
        case .sum(let parts), .product(let parts), .function(_, let parts): parts.flatMap { $0.cells }
        case .difference(let left, let right), .quotient(let left, let right): left.cells + right.cells
        }
    }
}

// The C functions under names that the cases above do not hide.
private func systemExp(_ x: Double) -> Double { exp(x) }
private func systemLog(_ x: Double) -> Double { log(x) }
private func systemSin(_ x: Double) -> Double { sin(x) }
private func systemCos(_ x: Double) -> Double { cos(x) }
private func systemTanh(_ x: Double) -> Double { tanh(x) }
private func systemPow(_ x: Double, _ exponent: Double) -> Double { pow(x, exponent) }
private func systemErf(_ x: Double) -> Double { erf(x) }
