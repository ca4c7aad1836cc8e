import Tensors
import Wording

/// `y = x W + b`: contracts the last axes of `x` with `W`.
///
/// `x` `[…, inner…]`, `W` `[inner…, outer…]` (or `[outer…, inner…]` where `transposed`), `b` `[outer…]`, if given
/// → `[…, outer…]`. `inner…` is one axis, or two where heads are contracted with their width.
public final class Linear: Operation {
    public static let name = "linear"
    public var precision: PrecisionPolicy { .half }
    /// How many axes are contracted.
    public let contracted: Int
    public let transposed: Bool

    public init(contracting contracted: Int = 1, transposed: Bool = false) {
        self.contracted = contracted
        self.transposed = transposed
    }

    public init(attributes: Attributes) throws(Failure) {
        contracted = try attributes.integer("contracted", of: Self.name)
        transposed = try attributes.integer("transposed", of: Self.name) != 0
        guard contracted > 0 else { throw .attribute(operation: Self.name, key: "contracted") }
    }

    public var attributes: Attributes {
        Attributes(["contracted": .number(Double(contracted)), "transposed": .number(transposed ? 1 : 0)])
    }

    private struct Sizes {
        var outer: ArraySlice<Int>
        var rows: Int
        var inner: Int
        var columns: Int
    }

    private func sizes(_ inputs: [Shape]) throws(Failure) -> Sizes {
        guard inputs.count == 2 || inputs.count == 3 else { throw mismatch(expected, inputs) }
        let x = inputs[0].dimensions
        let w = inputs[1].dimensions
        guard x.count >= contracted, w.count >= contracted else { throw mismatch(expected, inputs) }
        let outer = transposed ? w[..<(w.count - contracted)] : w[contracted...]
        let inner = transposed ? w[(w.count - contracted)...] : w[..<contracted]
        guard x[(x.count - contracted)...] == inner else { throw mismatch(expected, inputs) }
        if inputs.count > 2, inputs[2].dimensions[...] != outer { throw mismatch(expected, inputs) }
        return Sizes(
            outer: outer, rows: Shape.count(x[..<(x.count - contracted)]), inner: Shape.count(inner),
            columns: Shape.count(outer))
    }

    private var expected: String {
        transposed ? "x […, inner], W [outer, inner], b [outer]" : "x […, inner], W [inner, outer], b [outer]"
    }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        let size = try sizes(inputs)
        return inputs[0].replacingLast(contracted, by: size.outer)
    }

    public func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor {
        let size = try sizes(inputs.map { $0.shape })
        let (x, w) = (inputs[0], inputs[1])
        return Tensor(x.shape.replacingLast(contracted, by: size.outer)) { target in
            guard let y = target.baseAddress else { return }
            if inputs.count > 2 {
                nonisolated(unsafe) let target = y
                inParallel(size.rows, work: size.rows * size.columns) { rows in
                    for row in rows {
                        (target + row * size.columns).update(from: inputs[2].pointer, count: size.columns)
                    }
                }
            }
            multiply(
                MatrixView(x.pointer, stride: size.inner),
                MatrixView(w.pointer, stride: transposed ? size.inner : size.columns, transposed: transposed),
                into: y, targetStride: size.columns, rows: size.rows, columns: size.columns, inner: size.inner,
                keep: inputs.count > 2 ? 1 : 0)
        }
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let size = try sizes(pass.inputs.map { $0.shape })
        let (x, w, dy) = (pass.inputs[0], pass.inputs[1], pass.upstream)
        let dx = Tensor(x.shape) { target in
            guard let dx = target.baseAddress else { return }
            multiply(
                MatrixView(dy.pointer, stride: size.columns),
                MatrixView(w.pointer, stride: transposed ? size.inner : size.columns, transposed: !transposed),
                into: dx, targetStride: size.inner, rows: size.rows, columns: size.inner, inner: size.columns)
        }
        let dw = Tensor(w.shape) { target in
            guard let dw = target.baseAddress else { return }
            let input = MatrixView(x.pointer, stride: size.inner, transposed: !transposed)
            let output = MatrixView(dy.pointer, stride: size.columns, transposed: transposed)
            if transposed {
                multiply(
                    output, input, into: dw, targetStride: size.inner, rows: size.columns, columns: size.inner,
                    inner: size.rows)
            } else {
                multiply(
                    input, output, into: dw, targetStride: size.columns, rows: size.inner, columns: size.columns,
                    inner: size.rows)
            }
        }
        let db = pass.inputs.count > 2 ? dy.summedRows(into: pass.inputs[2].shape) : nil
        return pass.inputs.count > 2 ? [dx, dw, db] : [dx, dw]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let x = inputs[0].shape.dimensions
        let lead = Array(index.prefix(x.count - contracted))
        let outer = Array(index.dropFirst(x.count - contracted))
        let inner = Shape(Array(x.suffix(contracted)))
        var parts = inner.indices.map { cell in
            Expression.product([
                .cell(input: 0, lead + cell), .cell(input: 1, transposed ? outer + cell : cell + outer),
            ])
        }
        if inputs.count > 2 { parts.append(.cell(input: 2, outer)) }
        return .sum(parts)
    }

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
