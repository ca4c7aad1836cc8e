import Tensors

/// How many arithmetic operations numbers took, counted from the arithmetic that each cell gives of itself.
public struct ArithmeticCount: Sendable, Hashable {
    /// Additions, multiplications, divisions, and functions.
    private var counts = SIMD4<Int>()

    /// Additions and subtractions.
    public var additions: Int { counts[0] }
    public var multiplications: Int { counts[1] }
    public var divisions: Int { counts[2] }
    /// Comparisons and functions such as exp.
    public var functions: Int { counts[3] }

    public init() {}

    private init(_ counts: SIMD4<Int>) { self.counts = counts }

    public var total: Int { counts.wrappedSum() }

    public static func + (left: ArithmeticCount, right: ArithmeticCount) -> ArithmeticCount {
        ArithmeticCount(left.counts &+ right.counts)
    }

    public static func * (count: ArithmeticCount, times: Int) -> ArithmeticCount {
        ArithmeticCount(count.counts &* times)
    }

    init(_ expression: Expression) { counts = Self.count(expression) }

    private static func count(_ expression: Expression) -> SIMD4<Int> {
        func all(_ parts: [Expression]) -> SIMD4<Int> { parts.reduce(SIMD4()) { $0 &+ count($1) } }
        func between(_ parts: [Expression]) -> Int { max(parts.count - 1, 0) }
        return switch expression {
        case .cell, .constant: SIMD4()
        case .sum(let parts): all(parts) &+ SIMD4(between(parts), 0, 0, 0)
        case .product(let parts): all(parts) &+ SIMD4(0, between(parts), 0, 0)
        case .difference(let left, let right): all([left, right]) &+ SIMD4(1, 0, 0, 0)
        case .quotient(let left, let right): all([left, right]) &+ SIMD4(0, 0, 1, 0)
        case .function(.lookUp, let parts): all(parts)
        case .function(.mean, let parts): all(parts) &+ SIMD4(between(parts), 0, 1, 0)
        case .function(.variance, let parts):
            // The mean, then the mean of the squared differences.
            all(parts) &+ SIMD4(max(3 * parts.count - 2, 0), parts.count, 2, 0)
        case .function(_, let parts): all(parts) &+ SIMD4(0, 0, 0, 1)
        }
    }
}

extension Trace {
    /// The arithmetic of every recorded step, gradients left out.
    public func arithmetic() -> ArithmeticCount {
        steps.reduce(ArithmeticCount()) { $0 + arithmetic(of: $1) }
    }

    /// The arithmetic of one step.
    public func arithmetic(of step: Step) -> ArithmeticCount {
        guard !step.isSource, !step.name.isGradient, step.tensor.count > 0 else { return ArithmeticCount() }
        let inputs = step.inputs.map { steps[$0].tensor }
        guard step.fits(inputs) else { return ArithmeticCount() }
        func count(_ place: Int) -> ArithmeticCount {
            ArithmeticCount(
                step.operation.expression(at: step.shape.index(at: place), inputs: inputs, output: step.tensor))
        }
        // Most operations treat all cells alike; where the first and the last differ (a mask), every cell is asked.
        let (first, last) = (count(0), count(step.tensor.count - 1))
        guard first != last else { return first * step.tensor.count }
        return (0..<step.tensor.count).reduce(ArithmeticCount()) { $0 + count($1) }
    }
}
