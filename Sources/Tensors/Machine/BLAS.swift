#if canImport(Accelerate)
    import Accelerate

    /// Accelerate shares its products out itself.
    let sharesProductsOut = false
#else
    import COpenBLAS

    let sharesProductsOut = true
#endif

/// The library's own threads go on spinning after a product and would slow down ours, so work is shared out here.
private let productsUseOneThread: Void = {
    #if !canImport(Accelerate)
        openblas_set_num_threads(1)
    #endif
}()

/// `target = scale · left × right + keep · target` on the caller's thread, by the machine's BLAS.
func matrixProduct(
    _ left: MatrixView, _ right: MatrixView, into target: UnsafeMutablePointer<Float>, targetStride: Int, rows: Int,
    columns: Int, inner: Int, scale: Float, keep: Float
) {
    _ = productsUseOneThread
    // BLAS accepts no leading dimension of zero, even where no element is read.
    cblas_sgemm(
        CblasRowMajor, left.transposed ? CblasTrans : CblasNoTrans, right.transposed ? CblasTrans : CblasNoTrans,
        Int32(clamping: rows), Int32(clamping: columns), Int32(clamping: inner), scale,
        left.pointer, Int32(clamping: max(left.stride, 1)), right.pointer, Int32(clamping: max(right.stride, 1)),
        keep, target, Int32(clamping: max(targetStride, 1)))
}
