import CVectorMath

/// A matrix inside a tensor's memory: `rows × columns`, rows `stride` floats apart.
package struct MatrixView {
    package var pointer: UnsafePointer<Float>
    package var stride: Int
    package var transposed: Bool

    package init(_ pointer: UnsafePointer<Float>, stride: Int, transposed: Bool = false) {
        self.pointer = pointer
        self.stride = stride
        self.transposed = transposed
    }

    /// The same matrix from a row on, counted after transposition.
    fileprivate func from(row: Int) -> MatrixView {
        MatrixView(pointer + (transposed ? row : row * stride), stride: stride, transposed: transposed)
    }

    /// The same matrix from a column on, counted after transposition.
    fileprivate func from(column: Int) -> MatrixView {
        MatrixView(pointer + (transposed ? column * stride : column), stride: stride, transposed: transposed)
    }
}

/// `target = scale · left × right + keep · target`, with `left` `[rows, inner]` and `right`
/// `[inner, columns]` after transposition; rows of `target` are `targetStride` apart. Large products are shared out
/// over the cores; for narrow ones BLAS would only be the longer way.
package func multiply(
    _ left: MatrixView, _ right: MatrixView, into target: UnsafeMutablePointer<Float>, targetStride: Int,
    rows: Int, columns: Int, inner: Int, scale: Float = 1, keep: Float = 0
) {
    guard rows > 0, columns > 0 else { return }
    if columns <= VM_NARROW_COLUMNS, inner <= VM_NARROW_TERMS {
        return vm_narrow_product(
            left.pointer, left.stride, left.transposed ? 1 : 0, right.pointer, right.stride, right.transposed ? 1 : 0,
            target, targetStride, rows, columns, inner, scale, keep)
    }
    guard sharesProductsOut else {
        return multiplyAlone(
            left, right, into: target, targetStride: targetStride, rows: rows, columns: columns, inner: inner,
            scale: scale, keep: keep)
    }
    nonisolated(unsafe) let (left, right, target) = (left, right, target)
    let cost = (rows * columns).multipliedReportingOverflow(by: max(inner, 1))
    // Sixteen multiplications take about as long as a number that is merely written.
    let work = cost.overflow ? Int.max : cost.partialValue / 16
    if rows == 1, !right.transposed, inner >= 128, cost.partialValue >= 1 << 18 {
        multiplyRow(left, right, into: target, columns: columns, inner: inner, scale: scale, keep: keep)
    } else if columns >= rows {
        inParallel(columns, work: work, step: 16) { part in
            multiplyAlone(
                left, right.from(column: part.lowerBound), into: target + part.lowerBound,
                targetStride: targetStride, rows: rows, columns: part.count, inner: inner, scale: scale,
                keep: keep)
        }
    } else {
        inParallel(rows, work: work, step: 8) { part in
            multiplyAlone(
                left.from(row: part.lowerBound), right, into: target + part.lowerBound * targetStride,
                targetStride: targetStride, rows: part.count, columns: columns, inner: inner, scale: scale,
                keep: keep)
        }
    }
}

/// One row times a large matrix: shared out by the matrix's rows, which lie one after the other in memory; what each
/// part makes is added up in order.
private func multiplyRow(
    _ left: MatrixView, _ right: MatrixView, into target: UnsafeMutablePointer<Float>, columns: Int, inner: Int,
    scale: Float, keep: Float
) {
    let parts = 4
    let sums = Tensor([parts, columns]) { sums in
        guard let base = sums.baseAddress else { return }
        nonisolated(unsafe) let (left, right, sums) = (left, right, base)
        inParallel(parts, work: inner * columns) { range in
            for part in range {
                let rows = inner * part / parts..<inner * (part + 1) / parts
                multiplyAlone(
                    left.from(column: rows.lowerBound), right.from(row: rows.lowerBound),
                    into: sums + part * columns, targetStride: columns, rows: 1, columns: columns,
                    inner: rows.count, scale: scale, keep: 0)
            }
        }
    }
    for column in 0..<columns {
        var sum = keep == 0 ? 0 : keep * target[column]
        for part in 0..<parts { sum += sums.pointer[part * columns + column] }
        target[column] = sum
    }
}

/// The same on the caller's thread alone, for work that is shared out already.
package func multiplyAlone(
    _ left: MatrixView, _ right: MatrixView, into target: UnsafeMutablePointer<Float>, targetStride: Int,
    rows: Int, columns: Int, inner: Int, scale: Float = 1, keep: Float = 0
) {
    guard rows > 0, columns > 0 else { return }
    // A single row has nothing to reuse: the matrix streams from memory, and packing it would double the way.
    if rows == 1, !left.transposed || left.stride == 1 {
        if right.transposed {
            vm_row_dot_rows(left.pointer, right.pointer, right.stride, scale, keep, target, columns, inner)
        } else {
            vm_row_times_rows(left.pointer, right.pointer, right.stride, scale, keep, target, inner, columns)
        }
        return
    }
    matrixProduct(
        left, right, into: target, targetStride: targetStride, rows: rows, columns: columns, inner: inner, scale: scale,
        keep: keep)
}
