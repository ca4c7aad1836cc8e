import Tensors
import Wording

/// `q · k` for every query, key and head: `q` `[batch, query, head, head width]`, `k` `[batch, key, key head,
/// head width]` → `[batch, head, query, key]`. With fewer key heads than heads, neighbours share one.
public final class DotProducts: CheckedOperation, PlainOperation {
    public static let name = "dot_products"
    public var precision: PrecisionPolicy { .half }
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2 else { throw mismatch("q and k", inputs) }
        let plan = try HeadPlan(queries: inputs[0], keys: inputs[1], operation: Self.name)
        return [plan.batch, plan.heads, plan.queries, plan.keys]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        let (q, k) = (inputs[0], inputs[1])
        let plan = try HeadPlan(queries: q.shape, keys: k.shape, operation: Self.name)
        return plan.product(
            .init(.queries, q), .init(.keys, k, transposed: true), giving: .cells, as: shape, sideBySide: true)
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let (q, k, upstream) = (pass.inputs[0], pass.inputs[1], pass.upstream)
        let plan = try HeadPlan(queries: q.shape, keys: k.shape, operation: Self.name)
        return [
            plan.product(.init(.cells, upstream), .init(.keys, k), giving: .queries, as: q.shape),
            plan.product(.init(.cells, upstream, transposed: true), .init(.queries, q), giving: .keys, as: k.shape),
        ]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let (batch, head, query, key) = (index[0], index[1], index[2], index[3])
        let shared = inputs[0].shape[2] / inputs[1].shape[2]
        return .sum(
            (0..<inputs[0].shape[3]).map { column in
                .product([
                    .cell(input: 0, [batch, query, head, column]),
                    .cell(input: 1, [batch, key, head / shared, column]),
                ])
            })
    }

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

/// Each query's weighted sum of values: `pattern` `[batch, head, query, key]`, `v` `[batch, key, value head,
/// head width]` → `z` `[batch, query, head, head width]`.
public final class WeightedSum: CheckedOperation, PlainOperation {
    public static let name = "weighted_sum"
    public var precision: PrecisionPolicy { .half }
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 2 else { throw mismatch("pattern and v", inputs) }
        let plan = try HeadPlan(pattern: inputs[0], values: inputs[1], operation: Self.name)
        return [plan.batch, plan.queries, plan.heads, plan.width]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor {
        let (pattern, v) = (inputs[0], inputs[1])
        let plan = try HeadPlan(pattern: pattern.shape, values: v.shape, operation: Self.name)
        return plan.product(
            .init(.cells, pattern), .init(.keys, v), giving: .queries, as: shape, sideBySide: true)
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let (pattern, v, upstream) = (pass.inputs[0], pass.inputs[1], pass.upstream)
        let plan = try HeadPlan(pattern: pattern.shape, values: v.shape, operation: Self.name)
        return [
            plan.product(
                .init(.queries, upstream), .init(.keys, v, transposed: true), giving: .cells, as: pattern.shape),
            plan.product(
                .init(.cells, pattern, transposed: true), .init(.queries, upstream), giving: .keys, as: v.shape),
        ]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let (batch, query, head, column) = (index[0], index[1], index[2], index[3])
        let shared = inputs[0].shape[1] / inputs[1].shape[2]
        // A weight of exactly zero is a masked key: it adds nothing and would only lengthen the sum.
        let keys = (0..<inputs[0].shape[3]).filter { inputs[0].cell([batch, head, query, $0]) != 0 }
        return .sum(
            keys.map { key in
                .product([
                    .cell(input: 0, [batch, head, query, key]),
                    .cell(input: 1, [batch, key, head / shared, column]),
                ])
            })
    }

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

/// Lays the heads side by side: `[batch, position, head, head width]` → `[batch, position, width]`; nothing moves.
public final class JoinHeads: CheckedOperation, PlainOperation {
    public static let name = "join_heads"
    public var precision: PrecisionPolicy { .moves }
    public init() {}

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 4 else {
            throw mismatch("[batch, position, head, head width]", inputs)
        }
        return [inputs[0][0], inputs[0][1], Shape.product(inputs[0][2], inputs[0][3])]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) throws(Failure) -> Tensor { try inputs[0].reshaped(shape) }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        [try pass.upstream.reshaped(pass.inputs[0].shape)]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let width = inputs[0].shape[3]
        return .cell(input: 0, [index[0], index[1], index[2] / width, index[2] % width])
    }

    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        pass.upstream([index[0], index[1], index[2] * pass.inputs[0].shape[3] + index[3]])
    }
}
