import CVectorMath

// The arithmetic of a network's layers on plain memory. Recorded operations and a network that learns fast both call
// it, so that what is written down is what happens, to the bit.

/// `y = x W + b`, and the way back.
package struct LinearKernel {
    package typealias Numbers = UnsafePointer<Float>
    package typealias Places = UnsafeMutablePointer<Float>

    package var rows: Int
    package var inner: Int
    package var columns: Int
    /// Whether `W` is `[columns, inner]`, not `[inner, columns]`.
    package var transposed: Bool

    package init(rows: Int, inner: Int, columns: Int, transposed: Bool = false) {
        self.rows = rows
        self.inner = inner
        self.columns = columns
        self.transposed = transposed
    }

    private func matrix(_ w: Numbers) -> MatrixView {
        MatrixView(w, stride: transposed ? inner : columns, transposed: transposed)
    }

    package func outputs(_ x: Numbers, _ w: Numbers, _ b: Numbers?, into y: Places) {
        if let b {
            nonisolated(unsafe) let (b, y) = (b, y)
            inParallel(rows, work: rows * columns) { rows in
                for row in rows { (y + row * columns).update(from: b, count: columns) }
            }
        }
        multiply(
            MatrixView(x, stride: inner), matrix(w), into: y, targetStride: columns, rows: rows, columns: columns,
            inner: inner, keep: b == nil ? 0 : 1)
    }

    /// `dx = dy Wᵀ`.
    package func inputGradients(_ dy: Numbers, _ w: Numbers, into dx: Places) {
        var back = matrix(w)
        back.transposed.toggle()
        multiply(
            MatrixView(dy, stride: columns), back, into: dx, targetStride: inner, rows: rows, columns: inner,
            inner: columns)
    }

    /// `dW = xᵀ dy`, or its transpose where `W` is.
    package func weightGradients(_ x: Numbers, _ dy: Numbers, into dw: Places) {
        let input = MatrixView(x, stride: inner, transposed: !transposed)
        let output = MatrixView(dy, stride: columns, transposed: transposed)
        multiply(
            transposed ? output : input, transposed ? input : output, into: dw,
            targetStride: transposed ? inner : columns, rows: transposed ? columns : inner,
            columns: transposed ? inner : columns, inner: rows)
    }

    /// `db = Σ dy` over all rows.
    package func biasGradients(_ dy: Numbers, into db: Places) { vm_sum_rows(dy, db, rows, columns) }
}

/// `dx = scale · (x − y)`: the way back through squared errors.
package func errors(
    _ x: UnsafePointer<Float>, from y: UnsafePointer<Float>, times scale: Float, into dx: UnsafeMutablePointer<Float>,
    count: Int
) {
    for cell in 0..<count { dx[cell] = (x[cell] - y[cell]) * scale }
}

extension Tensor {
    package func errors(from other: Tensor, times scale: Float) -> Tensor {
        Tensor(shape) { target in
            guard let dx = target.baseAddress else { return }
            Tensors.errors(pointer, from: other.pointer, times: scale, into: dx, count: count)
        }
    }
}
