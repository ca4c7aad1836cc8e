import Tensors
import Wording

/// Where each head's queries, keys and cells lie in memory, so that heads are multiplied in place, without a copy.
struct HeadPlan: Sendable {
    let batch: Int
    let heads: Int
    /// How many heads have keys and values of their own; the others share (grouped-query attention).
    let keyHeads: Int
    let queries: Int
    let keys: Int
    let width: Int

    init(queries a: Shape, keys b: Shape, operation: String) throws(Failure) {
        guard a.rank == 4, b.rank == 4, a[0] == b[0], a[3] == b[3], b[2] > 0, a[2] % b[2] == 0 else {
            throw .shapes(
                operation: operation,
                expected: "q [batch, query, head, head width] and k [batch, key, key head, head width]",
                found: [a, b])
        }
        (batch, heads, keyHeads, queries, keys, width) = (a[0], a[2], b[2], a[1], b[1], a[3])
    }

    init(pattern a: Shape, values b: Shape, operation: String) throws(Failure) {
        guard a.rank == 4, b.rank == 4, a[0] == b[0], a[3] == b[1], b[2] > 0, a[1] % b[2] == 0 else {
            throw .shapes(
                operation: operation,
                expected: "pattern [batch, head, query, key] and v [batch, key, value head, head width]",
                found: [a, b])
        }
        (batch, heads, keyHeads, queries, keys, width) = (a[0], a[1], b[2], a[2], a[3], b[3])
    }
}

extension HeadPlan {
    /// What attention and its way back multiply: a head's queries (or what they get), its keys (or values), and a cell
    /// for each pair of them.
    enum Part { case queries, keys, cells }

    /// One part of every head, as a tensor holds it.
    struct Matrices: Sendable {
        let tensor: Tensor
        let part: Part
        let transposed: Bool

        init(_ part: Part, _ tensor: Tensor, transposed: Bool = false) {
            (self.tensor, self.part, self.transposed) = (tensor, part, transposed)
        }
    }

    /// `left × right` for every text and head.
    ///
    /// - Parameter sideBySide: whether heads may go on threads of their own where there is much to do; not where keys
    ///   are written, which heads may share.
    func product(
        _ left: Matrices, _ right: Matrices, giving part: Part, as shape: Shape, sideBySide: Bool = false
    ) -> Tensor {
        let (rows, columns, stride) = (rows(part), columns(part), stride(part))
        let inner = left.transposed ? self.rows(left.part) : self.columns(left.part)
        // Heads that share a key add to its gradient.
        let addsUp = part == .keys && keyHeads != heads
        return Tensor(shape) { target in
            guard let base = target.baseAddress else { return }
            nonisolated(unsafe) let y = base
            if sideBySide {
                inParallel(batch * heads, work: batch * heads * queries * keys * max(width / 16, 1)) { range in
                    for place in range {
                        multiplyAlone(
                            view(left, place), view(right, place), into: y + start(part, place), targetStride: stride,
                            rows: rows, columns: columns, inner: inner)
                    }
                }
            } else {
                if addsUp { target.update(repeating: 0) }
                for place in 0..<batch * heads {
                    multiply(
                        view(left, place), view(right, place), into: y + start(part, place), targetStride: stride,
                        rows: rows, columns: columns, inner: inner, keep: addsUp ? 1 : 0)
                }
            }
        }
    }

    private func rows(_ part: Part) -> Int { part == .keys ? keys : queries }
    private func columns(_ part: Part) -> Int { part == .cells ? keys : width }

    /// How far apart the rows of one head's part lie.
    private func stride(_ part: Part) -> Int {
        switch part {
        case .queries: heads * width
        case .keys: keyHeads * width
        case .cells: keys
        }
    }

    /// Where a head's part begins, heads counted through all texts.
    private func start(_ part: Part, _ place: Int) -> Int {
        let (entry, head) = (place / heads, place % heads)
        return switch part {
        case .queries: (entry * queries * heads + head) * width
        case .keys: (entry * keys * keyHeads + head / (heads / keyHeads)) * width
        case .cells: place * queries * keys
        }
    }

    private func view(_ matrices: Matrices, _ place: Int) -> MatrixView {
        MatrixView(
            matrices.tensor.pointer + start(matrices.part, place), stride: stride(matrices.part),
            transposed: matrices.transposed)
    }
}
