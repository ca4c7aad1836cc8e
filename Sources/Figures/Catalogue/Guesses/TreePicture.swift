import Drawing
import Wording

/// A tree of continuations that grows to the right: a column a step, a box a token, a line as thick as it is probable.
struct TreePicture: Mark {
    var tree: ContinuationTree

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent {
        let font = space.density.label
        return Extent(
            space.width(of: start(space), font) + font.size * 5 + Double(tree.depth) * font.size * 7.5,
            Double(tree.leaves.count) * font.size * 2)
    }

    private func start(_ space: Space) -> String { tree.start.shortened(to: 10).display }

    private struct Frame {
        var xs: [Double]
        var width: Double
        var height: Double
        var pitch: Double
        var end: Double
        var best: [Int]
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let font = space.density.label
        let theme = space.theme
        let leaves = tree.leaves
        let pitch = min(90, rect.height / Double(max(1, leaves.count)))
        let top = rect.minY + (rect.height - pitch * Double(leaves.count)) / 2
        let words = space.width(of: start(space), font) + font.size * 1.3
        let end = space.width(of: ">99.9%", .mono(font)) + 22
        let column = (rect.width - words - end) / Double(max(1, tree.depth))
        let frame = Frame(
            xs: (0..<tree.depth).map { rect.minX + words + column * (Double($0) + 0.3) },
            width: column * 0.7, height: min(46, pitch - 6), pitch: pitch, end: rect.maxX - end + 16,
            best: tree.best?.path ?? [])
        let middle = Point(rect.minX + words, top + pitch * Double(leaves.count) / 2)
        var next = 0
        var boxes: [(ContinuationTree.Node, Rect)] = []
        for node in tree.roots { _ = grow(node, from: middle, frame, top, &next, &boxes, theme, &canvas) }
        Chip(tree.start.shortened(to: 10), tint: .role(.token)).font(font).place(
            at: Point(rect.minX + words, middle.y), .trailing, space, onto: &canvas)
        for (node, box) in boxes { paint(node, box, frame, space, &canvas) }
    }

    /// Draws the lines of a branch, remembers its boxes, and says at which height it stands.
    private func grow(
        _ node: ContinuationTree.Node, from start: Point, _ frame: Frame, _ top: Double, _ next: inout Int,
        _ boxes: inout [(ContinuationTree.Node, Rect)], _ theme: Theme, _ canvas: inout Canvas
    ) -> Double {
        let level = node.path.count - 1
        let count = leaves(node)
        let y = top + (Double(next) + Double(count) / 2) * frame.pitch
        let x = frame.xs.indices.contains(level) ? frame.xs[level] : frame.end
        let isBest = frame.best.starts(with: node.path)
        let color = isBest ? theme.highlight : theme.muted.mixed(with: theme.paper, 0.3)
        canvas.stroke(
            .ribbon(start, Point(x, y)), Stroke(color, width: 1.5 + 9 * max(0, min(1, node.share)), isRound: false))
        boxes.append((node, Rect(x, y - frame.height / 2, frame.width, frame.height)))
        if node.children.isEmpty { next += 1 }
        for child in node.children {
            _ = grow(child, from: Point(x + frame.width, y), frame, top, &next, &boxes, theme, &canvas)
        }
        return y
    }

    private func leaves(_ node: ContinuationTree.Node) -> Int {
        node.children.isEmpty ? 1 : node.children.reduce(0) { $0 + leaves($1) }
    }

    private func paint(
        _ node: ContinuationTree.Node, _ box: Rect, _ frame: Frame, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let font = space.density.label
        let isBest = frame.best.starts(with: node.path)
        canvas.fill(
            .rounded(box, radius: 8), theme.panel,
            stroke: Stroke(isBest ? theme.highlight : theme.hairline, width: isBest ? 2.5 : 1.25))
        let number = Numbers.percent(node.share)
        let width = space.width(of: number, .mono(font))
        let label = tree.label(node.id)
        canvas.text(
            number, at: Point(box.maxX - 8, box.midY), .mono(font), theme.muted, .trailing, in: space)
        let room = box.width - width - 24
        if room > font.size {
            canvas.text(
                space.shortened(label.display, label.font(font), to: room), at: Point(box.minX + 9, box.midY),
                label.font(font), theme.ink, .leading, in: space)
        }
        canvas.hotSpot(box, "\(tree.text(node)): \(number)", value: "\(node.share)")
        guard node.children.isEmpty else { return }
        canvas.text(
            Numbers.percent(node.total), at: Point(frame.end, box.midY), .mono(isBest ? font.semibold : font),
            isBest ? theme.ink : theme.muted, .leading, in: space)
    }
}
