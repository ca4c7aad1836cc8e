/// Which neighbours are merged, how early, and into what.
protocol MergeRule {
    /// - Parameter place: where both together are in the word, counted in its initial tokens.
    func merge(_ left: UInt32, _ right: UInt32, _ place: Range<Int>) -> (rank: UInt32, merged: UInt32)?

    /// What becomes of a pair if it still has the rank that it had when it was noted.
    func merge(_ left: UInt32, _ right: UInt32, _ place: Range<Int>, rank: UInt32) -> UInt32?
}

extension MergeRule {
    func merge(_ left: UInt32, _ right: UInt32, _ place: Range<Int>, rank: UInt32) -> UInt32? {
        guard let found = merge(left, right, place), found.rank == rank else { return nil }
        return found.merged
    }
}

extension PairTable: MergeRule {
    func merge(_ left: UInt32, _ right: UInt32, _ place: Range<Int>) -> (rank: UInt32, merged: UInt32)? {
        merge(left, right)
    }
}

/// Merges the bytes of one word by rank: the earliest merge first, of equals the leftmost.
///
/// The tokens are a doubly linked list and the possible merges a heap, so that a word of n bytes costs n log n; its
/// arrays are kept from word to word.
struct WordMerger {
    private var ids: [UInt32] = []
    private var next: [Int32] = []
    private var previous: [Int32] = []
    private var heap = Heap<UInt64>()

    /// - Parameters:
    ///   - initial: the ids of the word's bytes or characters.
    ///   - record: called for each merge in order, with the index in `initial` where its left token begins, its rank,
    ///     its left and right token and what became of them.
    ///   - result: receives the word's tokens.
    mutating func merge(
        _ initial: some Collection<UInt32>, by rule: some MergeRule,
        record: ((_ at: Int, _ rank: Int, _ merge: Merge) -> Void)? = nil, into result: inout [Int]
    ) {
        ids.removeAll(keepingCapacity: true)
        ids += initial
        guard ids.count > 1 else {
            result += ids.lazy.map(Int.init)
            return
        }
        link()
        for index in 0..<ids.count - 1 { push(index, rule) }
        while let key = heap.pop() {
            let index = Int(key & 0xFFFF_FFFF)
            let right = Int(next[index])
            // An entry is stale once one of its two tokens has been merged into another.
            let rank = UInt32(truncatingIfNeeded: key >> 32)
            guard right < ids.count, previous[index] != Self.removed,
                let merged = rule.merge(ids[index], ids[right], index..<Int(next[right]), rank: rank)
            else { continue }
            record?(index, Int(rank), Merge(left: Int(ids[index]), right: Int(ids[right]), merged: Int(merged)))
            ids[index] = merged
            next[index] = next[right]
            previous[right] = Self.removed
            if Int(next[index]) < ids.count { previous[Int(next[index])] = Int32(index) }
            if previous[index] >= 0 { push(Int(previous[index]), rule) }
            push(index, rule)
        }
        var index = 0
        while index < ids.count {
            result.append(Int(ids[index]))
            index = Int(next[index])
        }
    }

    private static let removed: Int32 = -2

    private mutating func link() {
        next.removeAll(keepingCapacity: true)
        previous.removeAll(keepingCapacity: true)
        next += (0..<ids.count).lazy.map { Int32($0) + 1 }
        previous += (0..<ids.count).lazy.map { Int32($0) - 1 }
        heap.removeAll()
    }

    private mutating func push(_ index: Int, _ rule: some MergeRule) {
        let right = Int(next[index])
        guard right < ids.count, let merge = rule.merge(ids[index], ids[right], index..<Int(next[right])) else {
            return
        }
        heap.push(UInt64(merge.rank) << 32 | UInt64(index))
    }
}

/// A binary heap, the smallest element on top.
struct Heap<Element: Comparable> {
    private var elements: [Element] = []

    mutating func removeAll() { elements.removeAll(keepingCapacity: true) }

    mutating func push(_ element: Element) {
        elements.append(element)
        var child = elements.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard elements[child] < elements[parent] else { return }
            elements.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the smallest out.
    mutating func pop() -> Element? {
        guard let top = elements.first, let last = elements.popLast() else { return nil }
        guard !elements.isEmpty else { return top }
        elements[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < elements.count else { return top }
            if child + 1 < elements.count, elements[child + 1] < elements[child] { child += 1 }
            guard elements[child] < elements[parent] else { return top }
            elements.swapAt(child, parent)
            parent = child
        }
    }
}
