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

    /// - Returns: the axes of `y` that come from `W`, and the sizes.
    private func sizes(_ inputs: [Shape]) throws(Failure) -> (outer: ArraySlice<Int>, kernel: LinearKernel) {
        guard inputs.count == 2 || inputs.count == 3 else { throw mismatch(expected, inputs) }
        let x = inputs[0].dimensions
        let w = inputs[1].dimensions
        guard x.count >= contracted, w.count >= contracted else { throw mismatch(expected, inputs) }
        let outer = transposed ? w[..<(w.count - contracted)] : w[contracted...]
        let inner = transposed ? w[(w.count - contracted)...] : w[..<contracted]
        guard x[(x.count - contracted)...] == inner else { throw mismatch(expected, inputs) }
        if inputs.count > 2, inputs[2].dimensions[...] != outer { throw mismatch(expected, inputs) }
        return (
            outer,
            LinearKernel(
                rows: Shape.count(x[..<(x.count - contracted)]), inner: Shape.count(inner),
                columns: Shape.count(outer), transposed: transposed)
        )
    }

    private var expected: String {
        transposed ? "x […, inner], W [outer, inner], b [outer]" : "x […, inner], W [inner, outer], b [outer]"
    }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        // Nothing of the inputs is read before their number is known to be right.
        let outer = try sizes(inputs).outer
        return inputs[0].replacingLast(contracted, by: outer)
    }

    public func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor {
        let (outer, kernel) = try sizes(inputs.map { $0.shape })
        return Tensor(inputs[0].shape.replacingLast(contracted, by: outer)) { target in
            guard let y = target.baseAddress else { return }
            kernel.outputs(
                inputs[0].pointer, inputs[1].pointer, inputs.count > 2 ? inputs[2].pointer : nil, into: y)
        }
    }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        let kernel = try sizes(pass.inputs.map { $0.shape }).kernel
        let (x, w, dy) = (pass.inputs[0], pass.inputs[1], pass.upstream.pointer)
        let dx = Tensor(x.shape) { target in
            if let dx = target.baseAddress { kernel.inputGradients(dy, w.pointer, into: dx) }
        }
        let dw = Tensor(w.shape) { target in
            if let dw = target.baseAddress { kernel.weightGradients(x.pointer, dy, into: dw) }
        }
        guard pass.inputs.count > 2 else { return [dx, dw] }
        let db = Tensor(pass.inputs[2].shape) { target in
            if let db = target.baseAddress { kernel.biasGradients(dy, into: db) }
        }
        return [dx, dw, db]
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
