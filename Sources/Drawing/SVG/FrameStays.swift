/// What several frames show, each stretch of items once with the frames in which it stays: a ladder that grows by a rung
/// a frame is not written anew for each.
struct FrameStays {
    struct Stay {
        var items: [Item]
        var frames: Range<Int>
    }

    /// In an order that is each frame's order of painting.
    let stays: [Stay]

    private struct Node {
        var item: Item
        var frames: Range<Int>
        var next: Int?
    }

    init(_ frames: [[Item]]) {
        let joined = Self.joined(frames)
        let apart = frames.indices.filter { !frames[$0].isEmpty }
            .map { Stay(items: frames[$0], frames: $0..<$0 + 1) }
        let (written, all) = (joined.reduce(0) { $0 + $1.items.count }, frames.reduce(0) { $0 + $1.count })
        // A stretch costs a group with the names of its frames.
        let names = joined.reduce(0) { $0 + $1.frames.count } - apart.count
        stays = all - written > 2 * (joined.count - apart.count) + names / 4 ? joined : apart
    }

    private static func joined(_ frames: [[Item]]) -> [Stay] {
        var nodes: [Node] = []
        var first: Int?
        // Where the items of the frame before stand, by their order in it.
        var before: [Item: (order: Int, node: Int)] = [:]
        for (number, items) in frames.enumerated() {
            var now: [Item: (order: Int, node: Int)] = [:]
            var last: Int?
            var order = -1
            for (place, item) in items.enumerated() {
                if let known = before[item], known.order > order {
                    order = known.order
                    nodes[known.node].frames = nodes[known.node].frames.lowerBound..<number + 1
                    last = known.node
                } else {
                    let next = last.map { nodes[$0].next } ?? first
                    nodes.append(Node(item: item, frames: number..<number + 1, next: next))
                    if let last { nodes[last].next = nodes.count - 1 } else { first = nodes.count - 1 }
                    last = nodes.count - 1
                }
                if let last { now[item] = (place, last) }
            }
            before = now
        }
        var stays: [Stay] = []
        var place = first
        while let node = place.map({ nodes[$0] }) {
            if let last = stays.last, last.frames == node.frames {
                stays[stays.count - 1].items.append(node.item)
            } else {
                stays.append(Stay(items: [node.item], frames: node.frames))
            }
            place = node.next
        }
        return stays
    }
}
