/// How often each pair of neighbours occurs, kept right while pairs are merged.
///
/// A merge touches only the words that hold its pair; counts change by what it took away and what it made.
struct PairCounter {
    struct Pair: Hashable {
        let left: Int
        let right: Int
    }

    private var words: [[Int]]
    private let wordCounts: [Int]
    private var counts: [Pair: Int] = [:]
    private var places: [Pair: [Int]] = [:]
    private var heap = Heap<Entry>()

    init(_ words: [(tokens: [Int], count: Int)]) {
        self.words = words.map { $0.tokens }
        wordCounts = words.map { $0.count }
        for (index, word) in words.enumerated() {
            for (left, right) in zip(word.tokens, word.tokens.dropFirst()) {
                let pair = Pair(left: left, right: right)
                counts[pair, default: 0] += word.count
                if places[pair]?.last != index { places[pair, default: []].append(index) }
            }
        }
        for (pair, count) in counts { heap.push(Entry(count: count, pair: pair)) }
    }

    /// The pair that occurs most often; of equals the one with the smallest ids. It is not offered again.
    mutating func popMostFrequent(atLeast least: Int) -> Pair? {
        while let top = heap.pop() {
            let count = counts[top.pair] ?? 0
            if count == top.count { return count >= least ? top.pair : nil }
            // Merges made since have taken some away: back to where it belongs now. An entry whose count has grown
            // has a newer one above it.
            if count > 0, count < top.count { heap.push(Entry(count: count, pair: top.pair)) }
        }
        return nil
    }

    /// Merges a pair in every word.
    mutating func apply(_ merge: Merge) {
        let merged = Pair(left: merge.left, right: merge.right)
        var changes: [Pair: Int] = [:]
        for index in places.removeValue(forKey: merged) ?? [] {
            let weight = wordCounts[index]
            var word = words[index]
            var kept = 0
            var at = 0
            while at < word.count {
                guard word[at] == merge.left, at + 1 < word.count, word[at + 1] == merge.right else {
                    word[kept] = word[at]
                    kept += 1
                    at += 1
                    continue
                }
                if kept > 0 {
                    changes[Pair(left: word[kept - 1], right: merge.left), default: 0] -= weight
                    note(Pair(left: word[kept - 1], right: merge.merged), weight, index, &changes)
                }
                if at + 2 < word.count {
                    changes[Pair(left: merge.right, right: word[at + 2]), default: 0] -= weight
                    note(Pair(left: merge.merged, right: word[at + 2]), weight, index, &changes)
                }
                word[kept] = merge.merged
                kept += 1
                at += 2
            }
            word.removeLast(word.count - kept)
            words[index] = word
        }
        counts[merged] = 0
        for (pair, change) in changes where change != 0 && pair != merged {
            let count = counts[pair, default: 0] + change
            counts[pair] = count
            if change > 0, count > 0 { heap.push(Entry(count: count, pair: pair)) }
        }
    }

    private mutating func note(_ pair: Pair, _ weight: Int, _ index: Int, _ changes: inout [Pair: Int]) {
        changes[pair, default: 0] += weight
        if places[pair]?.last != index { places[pair, default: []].append(index) }
    }

    /// A pair in the heap; those that occur more often come first.
    private struct Entry: Comparable {
        let count: Int
        let pair: Pair

        static func < (left: Entry, right: Entry) -> Bool {
            if left.count != right.count { return left.count > right.count }
            return (left.pair.left, left.pair.right) < (right.pair.left, right.pair.right)
        }
    }
}
