/// A merge: which pair of tokens becomes which token, and how early.
struct Merge: Sendable, Hashable {
    let left: Int
    let right: Int
    let merged: Int
}

/// The merges by pair: an open-addressing table from (left, right) to (rank, merged).
struct PairTable: Sendable {
    private var keys: [UInt64]
    private var values: [UInt64]
    private let mask: Int

    private static let empty = UInt64.max

    /// - Parameter merges: in the order of their ranks. Of a pair that occurs twice the later counts, as it does in
    ///   Hugging Face's reader.
    init(_ merges: [Merge]) {
        var capacity = 16
        while capacity < merges.count * 2 { capacity *= 2 }
        mask = capacity - 1
        keys = Array(repeating: Self.empty, count: capacity)
        values = Array(repeating: 0, count: capacity)
        for (rank, merge) in merges.enumerated() {
            let key = Self.key(UInt32(merge.left), UInt32(merge.right))
            let slot = slot(of: key)
            keys[slot] = key
            values[slot] = UInt64(rank) << 32 | UInt64(merge.merged)
        }
    }

    /// The rank and the token of a pair; `nil` where the pair is never merged.
    func merge(_ left: UInt32, _ right: UInt32) -> (rank: UInt32, merged: UInt32)? {
        let slot = slot(of: Self.key(left, right))
        guard keys[slot] != Self.empty else { return nil }
        return (UInt32(truncatingIfNeeded: values[slot] >> 32), UInt32(truncatingIfNeeded: values[slot]))
    }

    private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 { UInt64(left) << 32 | UInt64(right) }

    private func slot(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while keys[slot] != key, keys[slot] != Self.empty { slot = (slot + 1) & mask }
        return slot
    }
}
