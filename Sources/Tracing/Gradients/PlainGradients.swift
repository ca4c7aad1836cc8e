import Tensors

// Operations that move numbers, or work number by number.

extension Add {
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        pass.upstream(index)
    }
}

extension Same {
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        pass.upstream(index)
    }
}

extension Scale {
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        .quotient(pass.upstream(index), .constant(divisor))
    }
}

extension Activation {
    /// `dx = dy · f′(x)`; tanh and sigmoid know their slope from what they gave.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let x = Expression.cell(input: 0, index)
        let y = pass.output(index)
        let slope: [Expression] =
            switch function {
            case .relu: [.function(.reluSlope, [x])]
            case .gelu: [.function(.geluSlope, [x])]
            case .geluTanh: [.function(.geluTanhSlope, [x])]
            case .silu: [.function(.siluSlope, [x])]
            case .tanh: [.difference(.constant(1), .product([y, y]))]
            case .sigmoid: [y, .difference(.constant(1), y)]
            }
        return .product([pass.upstream(index)] + slope)
    }
}

extension JoinHeads {
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        pass.upstream([index[0], index[1], index[2] * pass.inputs[0].shape[3] + index[3]])
    }
}

extension PositionRows {
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        guard index[0] >= start, index[0] < start + count else { return .constant(0) }
        return pass.total((0..<batch).map { pass.upstream([$0, index[0] - start, index[1]]) })
    }
}
