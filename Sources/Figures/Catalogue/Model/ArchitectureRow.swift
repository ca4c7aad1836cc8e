import Drawing
import Tracing
import Wording

/// The decoder from left to right for low pages: the stream is a level line, the branches rise above it, the shapes
/// stand under it.
struct ArchitectureRow: Mark {
    var parts: ArchitectureLevels
    var layer: Int

    private struct Measures {
        var style: ArchitectureStyle
        var widths: [Double]
        var above: Double
        var below: Double
        let gap: Double
        let margin = 8.0

        var width: Double { widths.reduce(0, +) + gap * Double(max(0, widths.count - 1)) + 2 * margin }
    }

    private func measure(_ space: Space) -> Measures {
        let style = ArchitectureStyle(space: space, isStacked: true)
        var above = style.boxHeight / 2
        let widths = parts.levels.map { level -> Double in
            var width = space.width(of: Numbers.shape(level.shape), .mono(.small)) + 6
            switch level.kind {
            case .box(let box): width = max(width, style.width(box))
            case .plus(let side):
                width = max(width, style.plusSize + 10)
                if let side {
                    width = max(width, style.width(side))
                    above = max(above, 2 * style.boxHeight + 18)
                }
            case .branch(let boxes):
                width = max(width, boxes.map(style.width).max() ?? 0)
                above = max(above, style.boxHeight * (Double(boxes.count) + 0.5) + 18 * Double(boxes.count))
            }
            return width
        }
        // Above the block's frame its words, under it nothing.
        return Measures(
            style: style, widths: widths, above: above + 30, below: style.boxHeight / 2 + 30, gap: 14)
    }

    func extent(in space: Space) -> Extent {
        let measures = measure(space)
        return Extent(measures.width, measures.above + measures.below)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let measures = measure(space)
        let style = measures.style
        let theme = space.theme
        let y = rect.minY + measures.above
        var middles: [Double] = []
        var x = rect.minX
        for (index, level) in parts.levels.enumerated() {
            if index > 0 { x += measures.gap }
            if level.isInBlock != (index > 0 && parts.levels[index - 1].isInBlock) { x += measures.margin }
            middles.append(x + measures.widths[index] / 2)
            x += measures.widths[index]
        }
        paintBlock(rect, y, middles, measures, space, &canvas)
        paintStream(y, middles, measures, &canvas)
        for (index, level) in parts.levels.enumerated() {
            paint(level, index, y, middles, measures, space, &canvas)
            canvas.text(
                Numbers.shape(level.shape), at: Point(middles[index], y + style.boxHeight / 2 + 16), .mono(.small),
                theme.muted, in: space)
        }
    }

    /// From box to box, so that no line runs under a word.
    private func paintStream(_ y: Double, _ middles: [Double], _ measures: Measures, _ canvas: inout Canvas) {
        var from: Double?
        for (index, level) in parts.levels.enumerated() {
            guard case .box(let box) = level.kind else { continue }
            let half = measures.style.width(box) / 2
            if let from { canvas.line(Point(from, y), Point(middles[index] - half, y), measures.style.stream) }
            from = middles[index] + half
        }
        guard let from, let last = middles.last, last > from else { return }
        canvas.line(Point(from, y), Point(last, y), measures.style.stream)
    }

    private func paintBlock(
        _ rect: Rect, _ y: Double, _ middles: [Double], _ measures: Measures, _ space: Space, _ canvas: inout Canvas
    ) {
        let inside = parts.levels.indices.filter { parts.levels[$0].isInBlock }
        guard let first = inside.first, let last = inside.last else { return }
        let theme = space.theme
        let left = middles[first] - measures.widths[first] / 2 - measures.margin
        let right = middles[last] + measures.widths[last] / 2 + measures.margin
        let frame = Rect(left, rect.minY + 26, right - left, measures.above + measures.below - 28)
        canvas.fill(
            .rounded(frame, radius: 12), theme.panel.mixed(with: theme.paper, 0.35),
            stroke: Stroke(theme.muted, width: 1.5, dashes: [6, 5]))
        let marks = measures.style.layers(parts.layerCount, shown: layer)
        canvas.text(
            "\(marks.times)  \(marks.words)", at: Point(frame.midX, rect.minY + 12), .small.semibold, theme.ink,
            in: space)
    }

    private func paint(
        _ level: ArchitectureLevels.Level, _ index: Int, _ y: Double, _ middles: [Double], _ measures: Measures,
        _ space: Space, _ canvas: inout Canvas
    ) {
        let style = measures.style
        let x = middles[index]
        func box(_ box: ArchitectureLevels.Box, at middle: Double) {
            let width = style.width(box)
            style.paint(box, in: Rect(x - width / 2, middle - style.boxHeight / 2, width, style.boxHeight), &canvas)
        }
        switch level.kind {
        case .box(let content): box(content, at: y)
        case .plus(let side):
            if let side {
                let middle = y - style.boxHeight * 1.5
                canvas.arrow(
                    Point(x, middle + style.boxHeight / 2), Point(x, y - style.plusSize / 2), style.branch(side.role),
                    head: 10)
                box(side, at: middle)
            }
            style.plus(at: Point(x, y), &canvas)
        case .branch(let boxes):
            canvas.fill(.circle(Point(x, y), radius: 5), space.theme.accent(.residual))
            var from = Point(x, y)
            for content in boxes {
                let middle = from.y - 18 - style.boxHeight / 2 - (from.y == y ? style.boxHeight * 0.2 : 0)
                canvas.arrow(from, Point(x, middle + style.boxHeight / 2), style.branch(content.role), head: 9)
                box(content, at: middle)
                from = Point(x, middle - style.boxHeight / 2)
            }
            guard index + 1 < middles.count, let last = boxes.last else { return }
            let over = middles[index + 1]
            let right = Point(x + style.width(last) / 2, from.y + style.boxHeight / 2)
            canvas.arrow(
                .polyline([right, Point(over, right.y), Point(over, y - style.plusSize / 2 - 3)]),
                style.branch(last.role), head: 10)
        }
    }
}
