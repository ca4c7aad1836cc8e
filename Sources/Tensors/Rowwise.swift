/// Tensors made number by number or row by row from another, long ones on several threads; the bits do not depend on
/// how many.
extension Tensor {
    typealias Numbers = UnsafePointer<Float>
    typealias Places = UnsafeMutablePointer<Float>

    /// Made part by part, the parts on threads of their own where the work is worth it.
    /// - Parameter body: which of `count` parts to make, and where the whole begins.
    init(
        _ shape: Shape, parts count: Int, work: Int, step: Int = 1,
        _ body: @escaping @Sendable (Range<Int>, Places) -> Void
    ) {
        self.init(shape) { target in
            guard let base = target.baseAddress, count > 0 else { return }
            nonisolated(unsafe) let y = base
            inParallel(count, work: work, step: step) { body($0, y) }
        }
    }

    /// Parts begin at whole vectors, so that no number is computed by the code for remainders in one run only.
    private static let vector = 64

    /// - Parameter body: reads, writes, and how many numbers.
    func filled(_ body: @escaping @Sendable (Numbers, Places, Int) -> Void) -> Tensor {
        Tensor(shape, parts: count, work: count, step: Self.vector) { range, y in
            body(pointer + range.lowerBound, y + range.lowerBound, range.count)
        }
    }

    /// - Parameter body: reads this and `other`, writes, and how many numbers.
    func combined(_ other: Tensor, _ body: @escaping @Sendable (Numbers, Numbers, Places, Int) -> Void) -> Tensor {
        Tensor(shape, parts: count, work: count, step: Self.vector) { range, y in
            let start = range.lowerBound
            body(pointer + start, other.pointer + start, y + start, range.count)
        }
    }

    /// - Parameters:
    ///   - columns: how many numbers make a row.
    ///   - width: the length of the last axis of what is made; nil: as long as it is.
    ///   - body: reads, writes, columns, rows.
    func filled(
        rowsOf columns: Int, into width: Int? = nil, _ body: @escaping @Sendable (Numbers, Places, Int, Int) -> Void
    ) -> Tensor {
        let made = width.map { shape.replacingLast(by: [$0]) } ?? shape
        return Tensor(made, parts: count / max(columns, 1), work: count) { range, y in
            let start = range.lowerBound
            body(pointer + start * columns, y + start * (width ?? columns), columns, range.count)
        }
    }

    /// - Parameters:
    ///   - columns: how many numbers make a row.
    ///   - scale: one number for each row.
    ///   - body: reads, writes, columns, rows, and the rows' numbers.
    func filled(
        rowsOf columns: Int, along scale: Tensor,
        _ body: @escaping @Sendable (Numbers, Places, Int, Int, Numbers) -> Void
    ) -> Tensor {
        Tensor(shape, parts: count / max(columns, 1), work: count) { range, y in
            let start = range.lowerBound
            body(pointer + start * columns, y + start * columns, columns, range.count, scale.pointer + start)
        }
    }
}
