// What `Machine/` does for a machine with threads and BLAS, for a page that has neither.
#if hasFeature(Embedded)
    import CVectorMath

    let sharesProductsOut = true

    public func limitMatrixThreads(to count: Int) {}

    package func inParallel(_ count: Int, work: Int, step: Int = 1, _ body: (Range<Int>) -> Void) { body(0..<count) }

    func matrixProduct(
        _ left: MatrixView, _ right: MatrixView, into target: UnsafeMutablePointer<Float>, targetStride: Int,
        rows: Int, columns: Int, inner: Int, scale: Float, keep: Float
    ) {
        vm_product(
            left.pointer, left.stride, left.transposed ? 1 : 0, right.pointer, right.stride, right.transposed ? 1 : 0,
            target, targetStride, rows, columns, inner, scale, keep)
    }
#endif
