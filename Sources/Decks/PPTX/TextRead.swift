import Drawing
import Platform

/// Which lines of text belong together, and how they are set against each other.
enum TextRead {
    /// The lines under each other that begin here, and the pieces of each side by side: what was one text before it was
    /// wrapped.
    /// - Returns: the lines, and how many items they are.
    static func block(_ items: [Item], from start: Int) -> (lines: [[TextLine]], count: Int) {
        guard case .text(let first) = items[start].content else { return ([], 1) }
        var lines = [[first]]
        var place = start + 1
        while place < items.count, case .text(let next) = items[place].content, items[place].tag == items[start].tag,
            !next.isUpward, !first.isUpward
        {
            let last = lines[lines.count - 1]
            if continues(last, next) {
                lines[lines.count - 1].append(next)
            } else if follows(last, next, first) {
                lines.append([next])
            } else {
                break
            }
            place += 1
        }
        return (lines, place - start)
    }

    /// Side by side, on one baseline.
    private static func continues(_ line: [TextLine], _ next: TextLine) -> Bool {
        guard let last = line.last, last.font.size == next.font.size else { return false }
        return abs(last.origin.y - next.origin.y) < 0.2 && abs(last.origin.x + last.metrics.width - next.origin.x) < 0.5
    }

    /// The next line of what is wrapped: as far below as the lines are high.
    private static func follows(_ line: [TextLine], _ next: TextLine, _ first: TextLine) -> Bool {
        guard let last = line.first, first.font.size == next.font.size, first.font.family == next.font.family,
            abs(first.origin.x - next.origin.x) < 0.2
        else { return false }
        let descent = line.map(\.metrics.descent).max() ?? 0
        let step = next.origin.y - last.origin.y
        // The pieces that follow on the next line may be higher than its first.
        return step >= descent + next.metrics.ascent - 0.3
            && step < descent + next.metrics.ascent + 0.3 * next.font.size
    }

    /// The title, where the frame says it in text of its own.
    /// - Returns: its lines, and which items they are.
    static func title(_ title: String, in items: [Item]) -> (lines: [[TextLine]], range: Range<Int>)? {
        let wanted = title.filter { !$0.isWhitespace }
        guard !wanted.isEmpty else { return nil }
        for start in items.indices {
            guard case .text(let line) = items[start].content, line.font.weight == .bold else { continue }
            let (lines, count) = block(items, from: start)
            let said = lines.joined().map(\.string).joined().filter { !$0.isWhitespace }
            if said == wanted { return (lines, start..<start + count) }
        }
        return nil
    }
}

/// Where the texts of a slide line up: those that share a left edge are set from the left, those that share a right one
/// from the right, so that a changed word stays in line. What stands alone, and is short, is centred.
struct TextAlignments {
    enum Side: Sendable { case left, center, right }

    private struct Edge: Hashable {
        var size: Int
        var place: Int
    }

    private var (lefts, middles, rights): ([Edge: Int], [Edge: Int], [Edge: Int]) = ([:], [:], [:])

    init(_ items: [Item]) { collect(items) }

    private mutating func collect(_ items: [Item]) {
        for item in items {
            switch item.content {
            case .text(let line) where !line.isUpward:
                let rect = line.rect
                lefts[Self.edge(line, rect.minX), default: 0] += 1
                middles[Self.edge(line, rect.midX), default: 0] += 1
                rights[Self.edge(line, rect.maxX), default: 0] += 1
            case .group(let inner), .link(_, let inner): collect(inner)
            default: break
            }
        }
    }

    private static func edge(_ line: TextLine, _ x: Double) -> Edge {
        Edge(size: Int(clamping: line.font.size.rounded()), place: Int(clamping: x.rounded()))
    }

    func side(of lines: [[TextLine]]) -> Side {
        guard lines.count == 1, let line = lines.first?.first, lines[0].count == 1 else { return .left }
        let rect = line.rect
        let left = lefts[Self.edge(line, rect.minX)] ?? 1
        let middle = middles[Self.edge(line, rect.midX)] ?? 1
        let right = rights[Self.edge(line, rect.maxX)] ?? 1
        if middle > 1 || (left == 1 && right == 1) {
            if middle >= left, middle >= right { return line.string.count > 24 && middle == 1 ? .left : .center }
        }
        return right > left ? .right : .left
    }
}
