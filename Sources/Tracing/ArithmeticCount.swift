import Tensors

/// How many arithmetic operations numbers took, counted from the arithmetic that each cell gives of itself.
public struct ArithmeticCount: Sendable, Hashable {
    /// Additions and subtractions.
    public var additions = 0
    public var multiplications = 0
    public var divisions = 0
    /// Comparisons and functions such as exp.
    public var functions = 0

    public init() {}

    public var total: Int { additions + multiplications + divisions + functions }

    public static func + (left: ArithmeticCount, right: ArithmeticCount) -> ArithmeticCount {
        var sum = left
        sum.additions += right.additions
        sum.multiplications += right.multiplications
        sum.divisions += right.divisions
        sum.functions += right.functions
        return sum
    }

    public static func * (count: ArithmeticCount, times: Int) -> ArithmeticCount {
        var product = count
        product.additions *= times
        product.multiplications *= times
        product.divisions *= times
        product.functions *= times
        return product
    }

    init(_ expression: Expression) {
        switch expression {
        case .cell, .constant: break
        case .sum(let parts): self = Self.sum(parts) + Self.of(additions: max(parts.count - 1, 0))
        case .product(let parts): self = Self.sum(parts) + Self.of(multiplications: max(parts.count - 1, 0))
        case .difference(let left, let right): self = Self.sum([left, right]) + Self.of(additions: 1)
        case .quotient(let left, let right): self = Self.sum([left, right]) + Self.of(divisions: 1)
        case .function(let function, let parts):
            self = Self.sum(parts)
            switch function {
            case .lookUp: break
            case .mean:
                additions += max(parts.count - 1, 0)
                divisions += 1
            case .variance:
                // The mean, then the mean of the squared differences.
                additions += max(3 * parts.count - 2, 0)
                multiplications += parts.count
                divisions += 2
            default: functions += 1
            }
        }
    }

    private static func sum(_ parts: [Expression]) -> ArithmeticCount {
        parts.reduce(ArithmeticCount()) { $0 + ArithmeticCount($1) }
    }

    private static func of(additions: Int = 0, multiplications: Int = 0, divisions: Int = 0) -> ArithmeticCount {
        var count = ArithmeticCount()
        count.additions = additions
        count.multiplications = multiplications
        count.divisions = divisions
        return count
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
