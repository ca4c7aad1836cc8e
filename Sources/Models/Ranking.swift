/// Tokens by falling logit, of equals the lowest id first; only as many are put in order as are asked for.
///
/// A vocabulary has a hundred thousand tokens and ten are looked at: a heap gives them without sorting the rest, and
/// where it is known beforehand how few, one look at each is enough.
struct Ranking: Sequence, IteratorProtocol {
    private let logits: [Float]
    /// A binary heap of ids, the best first.
    private var heap: [Int32]

    init(_ logits: [Float]) {
        self.logits = logits
        heap = (0..<Int32(logits.count)).map { $0 }
        for place in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(place) }
    }

    /// The first `count` of the ranking, or all.
    static func best(_ count: Int, of logits: [Float]) -> [Int] {
        // Each token that is kept moves those behind it: beyond some dozens the heap is quicker.
        guard count > 0 else { return [] }
        guard count <= 64 else { return Array(Ranking(logits).prefix(count)) }
        var kept: [Int] = []
        kept.reserveCapacity(count + 1)
        var least = -Float.infinity
        logits.withUnsafeBufferPointer { logits in
            for id in logits.indices {
                // Of equals the lower id, which was met before, stays in front.
                if kept.count == count, !(logits[id] > least || least.isNaN) { continue }
                var place = kept.count
                while place > 0, comesBefore(logits[id], logits[kept[place - 1]]) { place -= 1 }
                kept.insert(id, at: place)
                if kept.count > count { kept.removeLast() }
                least = logits[kept[kept.count - 1]]
            }
        }
        return kept
    }

    /// The best of all.
    static func first(_ logits: [Float]) -> Int? {
        guard var best = logits.indices.first else { return nil }
        for id in logits.indices where logits[id] > logits[best] || (logits[best].isNaN && !logits[id].isNaN) {
            best = id
        }
        return best
    }

    mutating func next() -> Int? {
        guard let best = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            sink(0)
        }
        return Int(best)
    }

    /// A number that is none comes last.
    private static func comesBefore(_ a: Float, _ b: Float) -> Bool { a > b || (b.isNaN && !a.isNaN) }

    private func isBefore(_ left: Int32, _ right: Int32) -> Bool {
        let (a, b) = (logits[Int(left)], logits[Int(right)])
        return Self.comesBefore(a, b) || (left < right && !Self.comesBefore(b, a))
    }

    private mutating func sink(_ start: Int) {
        var place = start
        let moving = heap[place]
        while true {
            var child = 2 * place + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, isBefore(heap[child + 1], heap[child]) { child += 1 }
            guard isBefore(heap[child], moving) else { break }
            heap[place] = heap[child]
            place = child
        }
        heap[place] = moving
    }
}
