import Tensors

extension Linear {
    /// `dx = dy Wᵀ`, `dW = xᵀ dy`, `db = Σ dy` over all rows.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let x = pass.inputs[0].shape.dimensions
        let w = pass.inputs[1].shape.dimensions
        let lead = Shape(Array(x.dropLast(contracted)))
        let outer = Shape(Array(transposed ? w.dropLast(contracted) : w.dropFirst(contracted)))
        switch input {
        case 0:
            let (row, inner) = (Array(index.prefix(lead.rank)), Array(index.dropFirst(lead.rank)))
            return pass.total(
                outer.indices.map { column in
                    .product([
                        pass.upstream(row + column), .cell(input: 1, transposed ? column + inner : inner + column),
                    ])
                })
        case 1:
            let inner = Array(transposed ? index.suffix(contracted) : index.prefix(contracted))
            let column = Array(transposed ? index.dropLast(contracted) : index.dropFirst(contracted))
            return pass.total(
                lead.indices.filter { !pass.isZero(upstream: $0 + column) }.map {
                    .product([.cell(input: 0, $0 + inner), pass.upstream($0 + column)])
                })
        default: return pass.total(lead.indices.map { pass.upstream($0 + index) })
        }
    }
}

extension DotProducts {
    /// `dq = Σ ds · k` over the keys, `dk = Σ ds · q` over the queries and the heads that share the key.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let (q, k) = (pass.inputs[0].shape, pass.inputs[1].shape)
        let shared = q[2] / k[2]
        let (batch, row, head, column) = (index[0], index[1], index[2], index[3])
        var parts: [Expression] = []
        if input == 0 {
            for key in 0..<k[1] where !pass.isZero(upstream: [batch, head, row, key]) {
                parts.append(
                    .product([
                        pass.upstream([batch, head, row, key]), .cell(input: 1, [batch, key, head / shared, column]),
                    ]))
            }
        } else {
            for asking in head * shared..<(head + 1) * shared {
                for query in 0..<q[1] where !pass.isZero(upstream: [batch, asking, query, row]) {
                    parts.append(
                        .product([
                            pass.upstream([batch, asking, query, row]),
                            .cell(input: 0, [batch, query, asking, column]),
                        ]))
                }
            }
        }
        return pass.total(parts)
    }
}

extension WeightedSum {
    /// `dA = dz · v` over a head's width, `dv = Σ A · dz` over the queries and the heads that share the value.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let (pattern, v) = (pass.inputs[0], pass.inputs[1])
        let shared = pattern.shape[1] / v.shape[2]
        if input == 0 {
            let (batch, head, query, key) = (index[0], index[1], index[2], index[3])
            return pass.total(
                (0..<v.shape[3]).map { column in
                    .product([
                        pass.upstream([batch, query, head, column]),
                        .cell(input: 1, [batch, key, head / shared, column]),
                    ])
                })
        }
        let (batch, key, head, column) = (index[0], index[1], index[2], index[3])
        var parts: [Expression] = []
        for asking in head * shared..<(head + 1) * shared {
            for query in 0..<pattern.shape[2] where pattern.cell([batch, asking, query, key]) != 0 {
                parts.append(
                    .product([
                        .cell(input: 0, [batch, asking, query, key]), pass.upstream([batch, query, asking, column]),
                    ]))
            }
        }
        return pass.total(parts)
    }
}
