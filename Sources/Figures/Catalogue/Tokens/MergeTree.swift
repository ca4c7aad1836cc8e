import Drawing
import Tokenizers

/// One token's tree of merges, from its bytes at the bottom to the token at the top.
struct MergeTree: Mark {
    var tree: MergeForest.Tree
    /// How each node is written, by its place in the tree.
    var labels: [TokenLabel]
    /// The bytes, in hexadecimal.
    var bytes: [String]
    /// How many of all merges have been made.
    var done: Int
    /// The size of the letters in the boxes; everything else follows from it.
    var size: Double

    private struct Measures {
        var pitch: Double
        var font: Font
        var box: Double
        var step: Double
        var head: Double
        var foot: Double
        /// Between a node and its parts: room for the rank.
        var rankGap: Double
        var small: Font
    }

    private func boxWidth(_ node: Int, _ font: Font, _ space: Space) -> Double {
        space.width(of: labels[node].display, labels[node].font(font)) + font.size * 0.9
    }

    private func measure(_ space: Space) -> Measures {
        let font = Font(size: size)
        let small = Font(.mono, size: max(Font.leastSize, min(20, size * 0.7)))
        var pitch = max(space.width(of: "E4", small) + 8, size * 1.9)
        for (index, node) in tree.nodes.enumerated() {
            let width = boxWidth(index, font, space)
            pitch = max(pitch, width / Double(node.count) + (node.count == 1 ? 6 : 4))
        }
        let box = font.size * 1.75
        // A page's spare room goes into the branches.
        let spread = space.density.stretch
        pitch *= min(2, spread.width)
        let rankGap = max(28, size * 1.7) * min(2.4, 1 + (spread.height - 1) * 1.6)
        return Measures(
            pitch: pitch, font: font, box: box, step: box + rankGap, head: font.size * 1.3 + 8,
            foot: bytes.contains { !$0.isEmpty } ? small.size * 1.3 + 4 : 0, rankGap: rankGap, small: small)
    }

    func extent(in space: Space) -> Extent {
        let measures = measure(space)
        let width = max(
            measures.pitch * Double(tree.root.count), space.width(of: String(tree.root.token), .mono(measures.font)))
        return Extent(
            width, measures.head + measures.box + Double(tree.root.level) * measures.step + measures.foot)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let measures = measure(space)
        let theme = space.theme
        let left = rect.midX - measures.pitch * Double(tree.root.count) / 2
        let bottom = rect.maxY - measures.foot
        let boxes = tree.nodes.enumerated().map { index, node -> Rect in
            let middle = left + (Double(node.first) + Double(node.count) / 2) * measures.pitch
            let width = max(measures.box, boxWidth(index, measures.font, space))
            let top = bottom - measures.box - Double(node.level) * measures.step
            return Rect(middle - width / 2, top, min(width, measures.pitch * Double(node.count) - 2), measures.box)
                .moved(by: Point((width - min(width, measures.pitch * Double(node.count) - 2)) / 2, 0))
        }
        for (index, node) in tree.nodes.enumerated() {
            if let merge = node.merge {
                guard merge.order < done else { continue }
                join(boxes[index], boxes[merge.left], boxes[merge.right], merge, measures, space, &canvas)
            }
            paint(index, node, boxes[index], measures, space, &canvas)
        }
        for (place, byte) in bytes.enumerated() where !byte.isEmpty {
            let x = left + (Double(place) + 0.5) * measures.pitch
            canvas.text(
                byte, at: Point(x, bottom + 4 + measures.small.size * 0.6), measures.small, theme.muted, in: space)
        }
        let isWhole = (tree.root.merge?.order ?? -1) < done
        if isWhole {
            canvas.text(
                String(tree.root.token),
                at: Point(boxes[boxes.count - 1].midX, boxes[boxes.count - 1].minY - 6 - size * 0.42),
                .mono(measures.font).semibold, theme.accent(.token), in: space)
        }
    }

    private func paint(
        _ index: Int, _ node: MergeForest.Node, _ box: Rect, _ measures: Measures, _ space: Space,
        _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let isNew = node.merge.map { $0.order == done - 1 } ?? false
        let isRoot = index == tree.nodes.count - 1
        let edge = isNew ? theme.highlight : isRoot ? theme.accent(.token) : theme.hairline
        let ground = isNew ? theme.paper.mixed(with: theme.highlight, 0.16) : isRoot ? theme.tint(.token) : theme.panel
        canvas.fill(
            .rounded(box, radius: box.height * 0.24), ground, stroke: Stroke(edge, width: isNew || isRoot ? 2 : 1.25))
        let label = labels[index]
        canvas.text(label.display, at: box.center, label.font(measures.font), theme.ink, in: space)
    }

    private func join(
        _ box: Rect, _ left: Rect, _ right: Rect, _ merge: MergeForest.Node.Merge, _ measures: Measures,
        _ space: Space,
        _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let isNew = merge.order == done - 1
        let stroke = Stroke(isNew ? theme.highlight : theme.muted, width: isNew ? 2.5 : 1.5)
        let level = box.maxY + measures.rankGap - 8
        canvas.line(Point(box.midX, box.maxY), Point(box.midX, level), stroke)
        canvas.stroke(
            .polyline([
                Point(left.midX, left.minY), Point(left.midX, level), Point(right.midX, level),
                Point(right.midX, right.minY),
            ]), stroke)
        canvas.text(
            String(merge.rank), at: Point(box.midX + 6, box.maxY + (measures.rankGap - 8) / 2), measures.small,
            isNew ? theme.ink : theme.muted, .leading, in: space)
    }
}
