import Drawing
import Tokenizers

/// The merges of a text as trees: bytes are the leaves, each merge joins two neighbours, the roots are the tokens.
struct MergeForest: Sendable {
    struct Node: Sendable, Hashable {
        var token: Int
        /// How many bytes it holds, and where they begin in the tree.
        var first: Int
        var count: Int
        /// 0 for a byte, else one more than its higher part.
        var level: Int
        var merge: Merge?

        struct Merge: Sendable, Hashable {
            /// The places of the two parts in `nodes`.
            var left: Int
            var right: Int
            var rank: Int
            /// The place among all merges, in the order in which they were made.
            var order: Int
        }
    }

    /// One token of the text with everything under it; its root is the last of `nodes`.
    struct Tree: Sendable, Hashable {
        var nodes: [Node]
        /// Counted from zero.
        var word: Int
        /// Whether its leaves are pieces that earlier merges have made.
        var isPruned = false

        var root: Node { nodes[nodes.count - 1] }

        /// The last merges of a token of very many, from pieces that earlier ones have made.
        fileprivate func pruned(leaves most: Int, levels: Int) -> Tree {
            var depths = [nodes.count - 1: 0]
            var leaves: Set<Int> = [nodes.count - 1]
            while leaves.count < most {
                let open = leaves.filter { nodes[$0].merge != nil && depths[$0, default: 0] < levels }
                guard let next = open.max(by: { (nodes[$0].merge?.order ?? 0) < (nodes[$1].merge?.order ?? 0) }),
                    let merge = nodes[next].merge
                else { break }
                leaves.remove(next)
                for part in [merge.left, merge.right] {
                    depths[part] = depths[next, default: 0] + 1
                    leaves.insert(part)
                }
            }
            // A part stands before what it becomes, so that one pass in this order numbers all.
            var kept: [Node] = []
            var places: [Int: Int] = [:]
            let order = leaves.sorted { nodes[$0].first < nodes[$1].first }
            for place in depths.keys.sorted() {
                var node = nodes[place]
                if leaves.contains(place) {
                    node.merge = nil
                    (node.first, node.count, node.level) = (order.firstIndex(of: place) ?? 0, 1, 0)
                } else if let merge = node.merge, let left = places[merge.left], let right = places[merge.right] {
                    node.merge?.left = left
                    node.merge?.right = right
                    node.first = kept[left].first
                    node.count = kept[left].count + kept[right].count
                    node.level = max(kept[left].level, kept[right].level) + 1
                }
                places[place] = kept.count
                kept.append(node)
            }
            return Tree(nodes: kept, word: word, isPruned: true)
        }
    }

    /// A token of more bytes or levels than fit is drawn from pieces of it, so many and so deep.
    private static let prunedBytes = 24
    private static let prunedLeaves = 4
    private static let prunedLevels = 3

    var trees: [Tree]
    var mergeCount: Int
    /// How many tokens are left out, and before which tree.
    var hidden: (count: Int, before: Int)?

    /// - Parameters:
    ///   - most: the most bytes that are drawn; the middle tokens are left out where there are more.
    ///   - levels: the most merges that are drawn above one another.
    init(_ words: [WordMerges], mostBytes most: Int, levels: Int) {
        var trees: [Tree] = []
        for (index, word) in words.enumerated() {
            trees += MergeForest.trees(of: word, number: index).map { tree in
                tree.root.count > min(most, Self.prunedBytes) || tree.root.level > levels
                    ? tree.pruned(leaves: Self.prunedLeaves, levels: Self.prunedLevels) : tree
            }
        }
        hidden = nil
        let total = trees.reduce(0) { $0 + $1.root.count }
        if total > most, trees.count > 2 {
            var (head, tail, used) = (0, 0, 0)
            // From both ends in turn, so that beginning and end are seen.
            while head + tail < trees.count {
                let isHead = head <= tail
                let next = isHead ? trees[head] : trees[trees.count - 1 - tail]
                guard used + next.root.count <= most || head + tail < 2 else { break }
                used += next.root.count
                if isHead { head += 1 } else { tail += 1 }
            }
            let left = trees.count - head - tail
            if left > 0 {
                hidden = (left, head)
                trees.removeSubrange(head..<trees.count - tail)
            }
        }
        var order = 0
        for word in words.indices { order = MergeForest.number(&trees, word: word, from: order) }
        self.trees = trees
        mergeCount = order
    }

    private static func trees(of word: WordMerges, number: Int) -> [Tree] {
        // The pieces as they stand, each with its nodes in the order in which they were made.
        var pieces = word.initial.enumerated().map { place, id in
            [Node(token: id, first: place, count: 1, level: 0)]
        }
        for (order, rung) in word.rungs.enumerated() {
            let (left, right) = (pieces[rung.position], pieces[rung.position + 1])
            guard let a = left.last, let b = right.last else { continue }
            let shifted = right.map { node in
                var node = node
                node.merge?.left += left.count
                node.merge?.right += left.count
                return node
            }
            let node = Node(
                token: rung.step.merged, first: a.first, count: a.count + b.count, level: max(a.level, b.level) + 1,
                merge: Node.Merge(
                    left: left.count - 1, right: left.count + right.count - 1, rank: rung.step.rank, order: order))
            pieces[rung.position] = left + shifted + [node]
            pieces.remove(at: rung.position + 1)
        }
        return pieces.map { nodes in
            let start = nodes[nodes.count - 1].first
            return Tree(
                nodes: nodes.map { node in
                    var node = node
                    node.first -= start
                    return node
                }, word: number)
        }
    }

    /// Numbers the merges of one word's trees that are left, one after the other.
    private static func number(_ trees: inout [Tree], word: Int, from start: Int) -> Int {
        var all: [(tree: Int, node: Int, order: Int)] = []
        for (place, tree) in trees.enumerated() where tree.word == word {
            for (index, node) in tree.nodes.enumerated() {
                if let merge = node.merge { all.append((place, index, merge.order)) }
            }
        }
        all.sort { $0.order < $1.order }
        for (offset, found) in all.enumerated() {
            trees[found.tree].nodes[found.node].merge?.order = start + offset
        }
        return start + all.count
    }
}
