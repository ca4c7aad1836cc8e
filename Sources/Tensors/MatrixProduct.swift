#if canImport(Accelerate)
    import Accelerate
#else
    import COpenBLAS
#endif

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
}

/// `target = scale · left × right + keep · target`, with `left` `[rows, inner]` and `right`
/// `[inner, columns]` after transposition; rows of `target` are `targetStride` apart.
package func multiply(
    _ left: MatrixView, _ right: MatrixView, into target: UnsafeMutablePointer<Float>, targetStride: Int,
    rows: Int, columns: Int, inner: Int, scale: Float = 1, keep: Float = 0
) {
    guard rows > 0, columns > 0 else { return }
    // BLAS accepts no leading dimension of zero, even where no element is read.
    cblas_sgemm(
        CblasRowMajor, left.transposed ? CblasTrans : CblasNoTrans, right.transposed ? CblasTrans : CblasNoTrans,
        Int32(clamping: rows), Int32(clamping: columns), Int32(clamping: inner), scale,
        left.pointer, Int32(clamping: max(left.stride, 1)), right.pointer, Int32(clamping: max(right.stride, 1)),
        keep, target, Int32(clamping: max(targetStride, 1)))
}

/// How many threads matrix products may use; large ones take them all unless told otherwise.
public func limitMatrixThreads(to count: Int) {
    #if !canImport(Accelerate)
        openblas_set_num_threads(Int32(clamping: max(count, 1)))
    #endif
}
