/// Tokens by falling logit, of equals the lowest id first; only as many are put in order as are asked for.
///
/// A vocabulary has a hundred thousand tokens and ten are looked at: a heap gives them without sorting the rest.
struct Ranking: Sequence, IteratorProtocol {
    private let logits: [Float]
    /// A binary heap of ids, the best first.
    private var heap: [Int32]

    init(_ logits: [Float]) {
        self.logits = logits
        heap = (0..<Int32(logits.count)).map { $0 }
        for place in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(place) }
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
    private func isBefore(_ left: Int32, _ right: Int32) -> Bool {
        let (a, b) = (logits[Int(left)], logits[Int(right)])
        if a.isNaN || b.isNaN { return a.isNaN == b.isNaN ? left < right : b.isNaN }
        return a == b ? left < right : a > b
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
