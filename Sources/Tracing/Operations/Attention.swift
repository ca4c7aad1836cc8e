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
        let plan = try HeadPlan(queries: inputs[0].shape, keys: inputs[1].shape, operation: Self.name)
        return Tensor(shape) { target in
            guard let base = target.baseAddress else { return }
            nonisolated(unsafe) let y = base
            let (queries, keys) = (inputs[0], inputs[1])
            plan.forEachHeadInParallel { q, k, cells in
                multiplyAlone(
                    MatrixView(queries.pointer + q, stride: plan.queryStride),
                    MatrixView(keys.pointer + k, stride: plan.keyStride, transposed: true),
                    into: y + cells, targetStride: plan.keys, rows: plan.queries, columns: plan.keys, inner: plan.width)
            }
        }
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let (q, k, upstream) = (pass.inputs[0], pass.inputs[1], pass.upstream)
        let plan = try HeadPlan(queries: q.shape, keys: k.shape, operation: Self.name)
        let dq = Tensor(q.shape) { target in
            guard let dq = target.baseAddress else { return }
            plan.forEachHead { query, key, cells in
                multiply(
                    MatrixView(upstream.pointer + cells, stride: plan.keys),
                    MatrixView(k.pointer + key, stride: plan.keyStride),
                    into: dq + query, targetStride: plan.queryStride, rows: plan.queries, columns: plan.width,
                    inner: plan.keys)
            }
        }
        let dk = Tensor(k.shape) { target in
            guard let dk = target.baseAddress else { return }
            if plan.sharesKeys { target.update(repeating: 0) }
            plan.forEachHead { query, key, cells in
                multiply(
                    MatrixView(upstream.pointer + cells, stride: plan.keys, transposed: true),
                    MatrixView(q.pointer + query, stride: plan.queryStride),
                    into: dk + key, targetStride: plan.keyStride, rows: plan.keys, columns: plan.width,
                    inner: plan.queries, keep: plan.sharesKeys ? 1 : 0)
            }
        }
        return [dq, dk]
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
}

/// Hides the future: a key later than its query gets minus infinity. `[batch, head, query, key]`; where earlier
/// keys come from a cache, the last query still sees the last key. With a window (Mistral, Jiang et al. 2023) the far
/// past is hidden too.
public final class CausalMask: CheckedOperation {
    public static let name = "causal_mask"
    public var precision: PrecisionPolicy { .moves }
    /// How many keys a query sees at most, its own included; nil for all that came before.
    public let window: Int?

    public init(window: Int? = nil) { self.window = window }

    public init(attributes: Attributes) throws(Failure) {
        window = attributes.values["window"] == nil ? nil : try attributes.integer("window", of: Self.name)
    }

    public var attributes: Attributes { Attributes(window.map { ["window": .number(Double($0))] } ?? [:]) }

    /// Whether a query sees a key.
    func sees(_ key: Int, from query: Int, queries: Int, keys: Int) -> Bool {
        let own = keys - queries + query
        return key <= own && window.map { own - key < $0 } ?? true
    }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 4, inputs[0][3] >= inputs[0][2] else {
            throw mismatch("[batch, head, query, key], at least as many keys as queries", inputs)
        }
        return inputs[0]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { fill(inputs[0], with: -.infinity) }

    private func fill(_ tensor: Tensor, with masked: Float) -> Tensor {
        let (queries, keys) = (tensor.shape[2], tensor.shape[3])
        var result = tensor.maskedAfterDiagonal(with: masked, rows: queries, columns: keys)
        guard let window, window < keys else { return result }
        result.mutate { target in
            for row in 0..<(target.count / keys) {
                let hidden = keys - queries + row % queries - window + 1
                if hidden > 0 { target[(row * keys)..<(row * keys + hidden)].update(repeating: masked) }
            }
        }
        return result
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [fill(pass.upstream, with: 0)] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        sees(index[3], from: index[2], queries: output.shape[2], keys: output.shape[3])
            ? .cell(input: 0, index) : .constant(-.infinity)
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
        return Tensor(shape) { target in
            guard let base = target.baseAddress else { return }
            nonisolated(unsafe) let z = base
            plan.forEachHeadInParallel { query, key, cells in
                multiplyAlone(
                    MatrixView(pattern.pointer + cells, stride: plan.keys),
                    MatrixView(v.pointer + key, stride: plan.keyStride),
                    into: z + query, targetStride: plan.queryStride, rows: plan.queries, columns: plan.width,
                    inner: plan.keys)
            }
        }
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let (pattern, v, upstream) = (pass.inputs[0], pass.inputs[1], pass.upstream)
        let plan = try HeadPlan(pattern: pattern.shape, values: v.shape, operation: Self.name)
        let dpattern = Tensor(pattern.shape) { target in
            guard let d = target.baseAddress else { return }
            plan.forEachHead { query, key, cells in
                multiply(
                    MatrixView(upstream.pointer + query, stride: plan.queryStride),
                    MatrixView(v.pointer + key, stride: plan.keyStride, transposed: true),
                    into: d + cells, targetStride: plan.keys, rows: plan.queries, columns: plan.keys, inner: plan.width)
            }
        }
        let dv = Tensor(v.shape) { target in
            guard let dv = target.baseAddress else { return }
            if plan.sharesKeys { target.update(repeating: 0) }
            plan.forEachHead { query, key, cells in
                multiply(
                    MatrixView(pattern.pointer + cells, stride: plan.keys, transposed: true),
                    MatrixView(upstream.pointer + query, stride: plan.queryStride),
                    into: dv + key, targetStride: plan.keyStride, rows: plan.keys, columns: plan.width,
                    inner: plan.queries, keep: plan.sharesKeys ? 1 : 0)
            }
        }
        return [dpattern, dv]
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
}
