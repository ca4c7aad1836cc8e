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

    /// Heads that share a key add to its gradient.
    var sharesKeys: Bool { keyHeads != heads }

    var queryStride: Int { heads * width }
    var keyStride: Int { keyHeads * width }

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

    /// Calls `body` with the offsets of a head's first query, first key and first cell, for every text and head.
    func forEachHead(_ body: (_ query: Int, _ key: Int, _ cells: Int) -> Void) {
        forEachHead(of: 0..<batch * heads, body)
    }

    /// The same, heads on threads of their own where there is much to do; `body` must not write what heads share.
    func forEachHeadInParallel(_ body: @escaping @Sendable (_ query: Int, _ key: Int, _ cells: Int) -> Void) {
        inParallel(batch * heads, work: batch * heads * queries * keys * max(width / 16, 1)) { range in
            forEachHead(of: range, body)
        }
    }

    private func forEachHead(of range: Range<Int>, _ body: (_ query: Int, _ key: Int, _ cells: Int) -> Void) {
        let shared = heads / keyHeads
        for place in range {
            let (entry, head) = (place / heads, place % heads)
            body(
                entry * queries * heads * width + head * width,
                entry * keys * keyHeads * width + head / shared * width,
                place * queries * keys)
        }
    }
}
