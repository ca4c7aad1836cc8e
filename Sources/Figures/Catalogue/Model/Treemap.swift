import Drawing
import Wording

/// Areas to scale, nested: each group's area is the sum of its parts'.
struct Treemap: Mark {
    struct Node: Sendable {
        var name: Formula?
        var words: Phrase?
        /// Numbers: its area.
        var count: Int
        /// Under the name: `64 × 256`.
        var shape: [Int]?
        var role: Role
        var step: String?
        var parts: [Node] = []
        /// Whether its parts lie side by side (else one under the other).
        var isRow = true
        /// What stands once over neighbouring groups that belong together.
        var family: Phrase?

        init(words: Phrase, role: Role, isRow: Bool, parts: [Node]) {
            self.words = words
            self.role = role
            self.parts = parts
            self.isRow = isRow
            count = parts.reduce(0) { $0 + $1.count }
        }

        init(_ name: Formula?, words: Phrase? = nil, shape: [Int]?, count: Int, role: Role, step: String?) {
            self.name = name
            self.words = words
            self.shape = shape
            self.count = count
            self.role = role
            self.step = step
        }
    }

    var root: Node

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent { Extent(320, 200) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        paint(root, rect, depth: 0, space, &canvas)
    }

    private static let header = 24.0

    private func paint(_ node: Node, _ rect: Rect, depth: Int, _ space: Space, _ canvas: inout Canvas) {
        guard !node.parts.isEmpty else { return paintLeaf(node, rect, space, &canvas) }
        var body = rect
        // Groups below the root carry their name above, outside the area that is to scale.
        if depth == 1 {
            head(node.words, rect, space, &canvas)
            body = rect.inset(by: Insets(top: Self.header))
        }
        let hasFamilies = depth == 0 && node.parts.contains { $0.family != nil }
        if hasFamilies { body = rect.inset(by: Insets(top: Self.header + 2)) }
        // The gaps are taken off first, so that what is left is shared to scale.
        let total = Double(max(1, node.count))
        let gap = depth == 0 ? 10.0 : 2.0
        let length = node.isRow ? body.width : body.height
        let free = max(0, length - gap * Double(node.parts.count - 1))
        var offset = 0.0
        var pieces: [Rect] = []
        for part in node.parts {
            let share = Double(part.count) / total * free
            let piece =
                node.isRow
                ? Rect(body.minX + offset, body.minY, share, body.height)
                : Rect(body.minX, body.minY + offset, body.width, share)
            pieces.append(piece)
            paint(part, piece, depth: depth + 1, space, &canvas)
            offset += share + gap
        }
        if hasFamilies { families(node.parts, pieces, top: rect.minY, space, &canvas) }
    }

    private func head(_ words: Phrase?, _ rect: Rect, _ space: Space, _ canvas: inout Canvas) {
        let words = words.map(space.text) ?? ""
        guard space.width(of: words, .small.semibold) + 4 <= rect.width else { return }
        canvas.text(
            words, at: Point(rect.minX + 2, rect.minY + Self.header / 2 - 3), .small.semibold, space.theme.ink,
            .leading, in: space)
    }

    /// A word and a line over all groups of one family.
    private func families(
        _ parts: [Node], _ pieces: [Rect], top: Double, _ space: Space, _ canvas: inout Canvas
    ) {
        var start = 0
        while start < parts.count {
            var end = start + 1
            while end < parts.count, parts[end].family == parts[start].family { end += 1 }
            if let family = parts[start].family {
                let rect = Rect(pieces[start].minX, top, pieces[end - 1].maxX - pieces[start].minX, Self.header)
                head(family, rect, space, &canvas)
                canvas.line(
                    Point(rect.minX, rect.maxY - 2), Point(rect.maxX, rect.maxY - 2),
                    Stroke(space.theme.muted, width: 1.5))
            }
            start = end
        }
    }

    private func paintLeaf(_ node: Node, _ rect: Rect, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        guard rect.width > 0.3, rect.height > 0.3 else { return }
        let tag = node.step.map { Tag(step: $0) }
        let isLarge = rect.width > 6 && rect.height > 6
        canvas.fill(
            .rounded(rect, radius: isLarge ? 4 : 0), isLarge ? theme.tint(node.role, 0.3) : theme.accent(node.role),
            stroke: isLarge ? Stroke(theme.accent(node.role), width: 1.5) : nil, tag: tag)
        let words = node.words.map(space.text)
        canvas.hotSpot(rect, words ?? node.name?.plainText ?? "", value: "\(node.count)", tag: tag)
        paintLabel(node, rect.inset(by: 5), words, space, &canvas)
    }

    /// Name, shape and count, as many of them as fit.
    private func paintLabel(_ node: Node, _ rect: Rect, _ words: String?, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        var lines: [(height: Double, width: Double, paint: (Point, inout Canvas) -> Void)] = []
        if let name = node.name {
            let size = rect.width > 90 && rect.height > 80 ? 24.0 : 18
            let box = name.box(size: size, space)
            lines.append(
                (
                    size * 1.3, box.width,
                    { box.place(at: Point($0.x - box.width / 2, $0.y + size * 0.3), onto: &$1) }
                ))
        } else if let words {
            let color = theme.ink
            lines.append(
                (
                    20, space.width(of: words, .small.semibold),
                    { $1.text(words, at: $0, .small.semibold, color, in: space) }
                ))
        }
        var more: [String] = []
        if let shape = node.shape { more.append(Numbers.shape(shape)) }
        more.append(Numbers.count(node.count))
        for text in more {
            lines.append(
                (
                    19, space.width(of: text, .mono(.small)),
                    { $1.text(text, at: $0, .mono(.small), theme.ink, in: space) }
                ))
        }
        lines.removeAll { $0.width > rect.width }
        while lines.reduce(0, { $0 + $1.height }) > rect.height + 4 {
            guard lines.popLast() != nil else { return }
        }
        var y = rect.midY - lines.reduce(0) { $0 + $1.height } / 2
        for line in lines {
            line.paint(Point(rect.midX, y + line.height / 2), &canvas)
            y += line.height
        }
    }
}
