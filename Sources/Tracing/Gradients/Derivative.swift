import Tensors

extension BackwardPass {
    /// A cell of the output, as an operand: after the inputs.
    public func output(_ index: [Int]) -> Expression { .cell(input: inputs.count, index) }

    /// A cell of the output's gradient, as an operand: after the output.
    public func upstream(_ index: [Int]) -> Expression { .cell(input: inputs.count + 1, index) }

    /// The same times how much the output changes.
    func upstream(_ index: [Int], times slope: Expression) -> Expression {
        slope == .constant(1) ? upstream(index) : .product([upstream(index), slope])
    }

    /// The sum of these, or a plain zero where nothing is added.
    func total(_ parts: [Expression]) -> Expression { parts.isEmpty ? .constant(0) : .sum(parts) }

    /// Whether a cell's gradient is an exact zero, which adds nothing and would only lengthen a sum.
    func isZero(upstream index: [Int]) -> Bool { upstream.cell(index) == 0 }
}

extension Operation {
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        var parts: [Expression] = []
        for place in 0..<pass.output.count {
            let cell = pass.output.shape.index(at: place)
            let value = expression(at: cell, inputs: pass.inputs, output: pass.output)
            guard value.cells.contains(where: { $0.input == input && $0.index == index }),
                let slope = value.derivative(by: input, index)
            else { continue }
            parts.append(pass.upstream(cell, times: slope))
        }
        return pass.total(parts)
    }
}

extension Expression {
    /// How much it changes with one cell that it reads, by the rules of calculus; nil where not at all.
    func derivative(by input: Int, _ index: [Int]) -> Expression? {
        func slope(_ part: Expression) -> Expression? { part.derivative(by: input, index) }
        switch self {
        case .cell(input, index): return .constant(1)
        case .cell, .constant: return nil
        case .sum(let parts):
            let slopes = parts.compactMap(slope)
            return slopes.isEmpty ? nil : slopes.count == 1 ? slopes[0] : .sum(slopes)
        case .difference(let left, let right):
            switch (slope(left), slope(right)) {
            case (nil, nil): return nil
            case (let left?, nil): return left
            case (nil, let right?): return Self.times([.constant(-1), right])
            case (let left?, let right?): return .difference(left, right)
            }
        case .product(let factors):
            let slopes = factors.indices.compactMap { place -> Expression? in
                guard let slope = slope(factors[place]) else { return nil }
                var others = factors
                others[place] = slope
                return Self.times(others)
            }
            return slopes.isEmpty ? nil : slopes.count == 1 ? slopes[0] : .sum(slopes)
        case .quotient(let left, let right):
            switch (slope(left), slope(right)) {
            case (nil, nil): return nil
            case (let left?, nil): return .quotient(left, right)
            case (let up, let down?):
                let change = Self.times([self, down])
                return .quotient(up.map { .difference($0, change) } ?? Self.times([.constant(-1), change]), right)
            }
        case .function(let function, let operands):
            let slopes = operands.map(slope)
            guard slopes.contains(where: { $0 != nil }) else { return nil }
            return Self.chain(function, operands, slopes)
        }
    }

    /// A product without its ones.
    private static func times(_ factors: [Expression]) -> Expression {
        let rest = factors.filter { $0 != .constant(1) }
        return rest.isEmpty ? .constant(1) : rest.count == 1 ? rest[0] : .product(rest)
    }

    /// The chain rule.
    private static func chain(_ function: Function, _ x: [Expression], _ slopes: [Expression?]) -> Expression? {
        let count = Expression.constant(Double(x.count))
        switch function {
        case .mean: return .quotient(.sum(slopes.compactMap { $0 }), count)
        case .variance:
            let mean = Expression.function(.mean, x)
            let parts = zip(x, slopes).compactMap { x, slope in
                slope.map { times([.constant(2), .difference(x, mean), $0]) }
            }
            return .quotient(.sum(parts), count)
        // Rounding is taken for the straight line that it follows.
        case .lookUp, .float16, .bfloat16: return slopes[0]
        default:
            guard let first = x.first, let inner = slopes[0] else { return nil }
            return times([function.slope(first, x), inner])
        }
    }
}

extension Expression.Function {
    /// The derivative by the first operand.
    fileprivate func slope(_ x: Expression, _ all: [Expression]) -> Expression {
        let value = Expression.function(self, all)
        let one = Expression.constant(1)
        switch self {
        case .exp: return value
        case .log: return .quotient(one, x)
        case .sqrt: return .quotient(one, .product([.constant(2), value]))
        case .sin: return .function(.cos, [x])
        case .cos: return .product([.constant(-1), .function(.sin, [x])])
        case .tanh: return .difference(one, .product([value, value]))
        case .sigmoid: return .product([value, .difference(one, value)])
        case .erf:
            return .product([
                .constant(2 / Double.pi.squareRoot()), .function(.exp, [.product([.constant(-1), x, x])]),
            ])
        case .relu: return .function(.reluSlope, [x])
        case .silu: return .function(.siluSlope, [x])
        case .gelu: return .function(.geluSlope, [x])
        case .geluTanh: return .function(.geluTanhSlope, [x])
        case .power:
            guard all.count > 1 else { return .constant(.nan) }
            return .product([all[1], .function(.power, [x, .difference(all[1], one)])])
        // Of these only the chain rule's own cases are met, and nothing is derived twice.
        case .mean, .variance, .lookUp, .float16, .bfloat16, .reluSlope, .siluSlope, .geluSlope, .geluTanhSlope:
            return .constant(.nan)
        }
    }
}
