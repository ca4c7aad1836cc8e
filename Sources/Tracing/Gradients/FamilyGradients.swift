import Tensors

// The operations that other families of models have.

extension RMSNormScale {
    /// `dxᵢ = ds · xᵢ / (n · s)`.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let place = Array(index.dropLast()) + [0]
        return .quotient(
            .product([pass.upstream(place), .cell(input: 0, index)]),
            .product([.constant(Double(pass.inputs[0].shape[-1])), pass.output(place)]))
    }
}

extension RMSNorm {
    /// `dxᵢ = dyᵢ gᵢ / s`, `ds = −Σ dyⱼ yⱼ / s`, and `dgᵢ = Σ dyᵢ xᵢ / s` over all rows.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let shape = pass.inputs[0].shape
        let row = Array(index.dropLast())
        switch input {
        case 0:
            return .quotient(
                .product([pass.upstream(index), .cell(input: 2, [index[index.count - 1]])]),
                .cell(input: 1, row + [0]))
        case 1:
            let sum = (0..<shape[-1]).map { column in
                Expression.product([pass.upstream(row + [column]), pass.output(row + [column])])
            }
            return .product([.constant(-1), .quotient(.sum(sum), .cell(input: 1, row + [0]))])
        default:
            return pass.total(
                shape.lead.indices.map { row in
                    .quotient(
                        .product([pass.upstream(row + index), .cell(input: 0, row + index)]),
                        .cell(input: 1, row + [0]))
                })
        }
    }
}

extension Rotary {
    /// What was turned forward is turned back.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let half = pass.inputs[0].shape[3] / 2
        let isFirst = index[3] < half
        var partner = index
        partner[3] += isFirst ? half : -half
        let own = Expression.product([pass.upstream(index), .cell(input: 1, [index[1], index[3]])])
        let other = Expression.product([pass.upstream(partner), .cell(input: 2, [index[1], partner[3]])])
        return isFirst ? .sum([own, other]) : .difference(own, other)
    }
}

extension Multiply {
    /// Each factor gets the other's share.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        .product([pass.upstream(index), .cell(input: 1 - input, index)])
    }
}

extension Magnify {
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        .product([pass.upstream(index), .constant(factor)])
    }
}

extension TakePosition {
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        index[1] == position ? pass.upstream([index[0], index[2]]) : .constant(0)
    }
}

// What workers put together.

extension SumShards {
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        guard input >= shards else { return pass.upstream(index) }
        return pass.total(pass.output.shape.lead.indices.map { pass.upstream($0 + index) })
    }
}
