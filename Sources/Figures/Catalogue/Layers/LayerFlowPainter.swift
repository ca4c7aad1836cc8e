import Drawing
import Wording

/// Puts a laid-out layer on a canvas.
struct LayerFlowPainter {
    var flow: LayerFlow
    var layout: LayerFlowLayout
    var space: Space

    private var theme: Theme { space.theme }

    func paint(onto canvas: inout Canvas) {
        let stroke = Stroke(theme.accent(.residual), width: 5)
        for (panel, branch) in zip(layout.panels, flow.branches) {
            canvas.fill(
                .rounded(panel, radius: 14), theme.tint(branch.role, 0.07),
                stroke: Stroke(theme.accent(branch.role).opacity(0.45), width: 1.5))
            canvas.text(
                space.text(branch.title), at: Point(panel.midX, layout.isLevel ? panel.maxY - 16 : panel.minY + 17),
                .label.semibold,
                theme.accent(branch.role), in: space)
        }
        paintLine(stroke, &canvas)
        for place in flow.branches.indices { paintBranch(place, &canvas) }
        for (stop, rect) in zip(flow.stream, layout.stream) {
            canvas.fill(.rectangle(rect.outset(by: 2)), theme.paper)
            paintStop(stop, rect, &canvas)
        }
        for join in layout.joins { paintSum(join, &canvas) }
        for place in layout.norms.indices {
            if let box = layout.normBox(place, width: normWidth) { paintNorm(box, &canvas) }
        }
    }

    private var normWidth: Double { max(36, space.width(of: space.text(flow.normName), .small.semibold) + 14) }

    /// The stream, drawn between its pictures and around the boxes on it.
    private func paintLine(_ stroke: Stroke, _ canvas: inout Canvas) {
        let caption = LayerFlowLayout.caption
        for (place, (rect, next)) in zip(layout.stream, layout.stream.dropFirst()).enumerated() {
            let (from, to) =
                layout.isLevel
                ? (Point(rect.maxX + 2, rect.midY), Point(next.minX - 4, next.midY))
                : (Point(rect.midX, rect.maxY + caption), Point(next.midX, next.minY - caption - 2))
            guard let box = layout.normBox(place, width: normWidth) else {
                canvas.arrow(from, to, stroke, head: 14)
                continue
            }
            canvas.line(from, layout.isLevel ? Point(box.minX, from.y) : Point(from.x, box.minY), stroke)
            canvas.arrow(layout.isLevel ? Point(box.maxX, to.y) : Point(to.x, box.maxY), to, stroke, head: 10)
        }
    }

    private func paintBranch(_ place: Int, _ canvas: inout Canvas) {
        let branch = flow.branches[place]
        let rects = layout.stops[place]
        guard let first = rects.first, let last = rects.last else { return }
        let stroke = Stroke(theme.accent(branch.role), width: 2.5)
        let leave = layout.leaves[place]
        let join = layout.joins[place]
        paintFork(leave, &canvas)
        if layout.isLevel {
            let down = first.minY - LayerFlowLayout.caption - 3
            canvas.arrow(Point(first.midX, leave.y), Point(first.midX, down), stroke, head: 10)
            canvas.arrow(
                Point(last.midX, last.minY - LayerFlowLayout.caption - 3),
                Point(last.midX, join.y + LayerFlowLayout.radius), stroke, head: 10)
        } else {
            let left = layout.panels[place].minX
            canvas.arrow(
                .polyline([
                    leave, Point(left - 14, leave.y), Point(left - 14, first.midY), Point(first.minX - 3, first.midY),
                ]), stroke, head: 10)
            let bottom = layout.panels[place].maxY - 12
            let below = last.maxY + LayerFlowLayout.caption + 1
            canvas.arrow(
                .polyline([
                    Point(last.midX, below), Point(last.midX, max(bottom, below + 4)),
                    Point(left - 14, max(bottom, below + 4)), Point(left - 14, join.y),
                    Point(join.x + LayerFlowLayout.radius + 1, join.y),
                ]), stroke, head: 10)
        }
        let gap = zip(rects, rects.dropFirst()).map { $1.minX - $0.maxX }.min() ?? LayerFlowLayout.caption
        for (stop, rect) in zip(branch.stops, rects) { paintStop(stop, rect, beside: gap, &canvas) }
        for (rect, next) in zip(rects, rects.dropFirst()) {
            canvas.arrow(
                Point(rect.maxX + 4, rect.midY), Point(next.minX - 4, next.midY), Stroke(theme.muted, width: 2),
                head: min(9, (next.minX - rect.maxX) * 0.35))
        }
    }

    /// Where a branch leaves the stream.
    private func paintFork(_ point: Point, _ canvas: inout Canvas) {
        canvas.fill(.circle(point, radius: 6), theme.accent(.residual))
    }

    private func paintSum(_ point: Point, _ canvas: inout Canvas) {
        let stroke = Stroke(theme.accent(.residual), width: 3)
        let radius = LayerFlowLayout.radius
        canvas.fill(.circle(point, radius: radius), theme.paper, stroke: stroke)
        canvas.plus(point, arm: radius * 0.55, stroke)
    }

    private func paintNorm(_ box: Rect, _ canvas: inout Canvas) {
        canvas.fill(
            .rounded(box, radius: 7), theme.paper.mixed(with: theme.accent(.residual), 0.14),
            stroke: Stroke(theme.accent(.residual), width: 2))
        canvas.text(space.text(flow.normName), at: box.center, .small.semibold, theme.ink, in: space)
    }

    /// Name above, pictures, shape below.
    ///
    /// - Parameter gap: the room to the next stop.
    private func paintStop(_ stop: LayerFlow.Stop, _ rect: Rect, beside gap: Double = 0, _ canvas: inout Canvas) {
        let role = stop.pictures.first?.role ?? .residual
        let caption = LayerFlowLayout.caption
        canvas.text(
            space.text(stop.name), at: Point(rect.midX, rect.minY - caption / 2), .small.semibold, theme.accent(role),
            in: space)
        let texts = stop.shapeTexts
        let shape =
            texts.first { space.width(of: $0, .mono(.small)) <= rect.width + gap - 8 } ?? texts.last ?? ""
        canvas.text(
            shape, at: Point(rect.midX, rect.maxY + caption / 2), .mono(.small), theme.muted, in: space)
        switch stop.arrangement {
        case .single: stop.pictures.first?.paint(in: rect, space, onto: &canvas)
        case .stack: paintStack(stop, rect, &canvas)
        case .grid: paintGrid(stop, rect, &canvas)
        }
    }

    /// One under the other, each as wide as it is among them.
    private func paintStack(_ stop: LayerFlow.Stop, _ rect: Rect, _ canvas: inout Canvas) {
        let pictures = stop.pictures
        let widest = Double(max(1, stop.widths.max() ?? 1))
        let count = Double(max(1, pictures.count))
        let gap = 5.0
        let height = (rect.height - gap * (count - 1)) / count
        for (place, picture) in pictures.enumerated() {
            let share = stop.widths.indices.contains(place) ? Double(stop.widths[place]) / widest : 1
            let width = max(10, rect.width * share)
            picture.paint(
                in: Rect(
                    rect.midX - width / 2, rect.minY + Double(place) * (height + gap), width, max(6, height)),
                space, onto: &canvas)
        }
    }

    /// Square pictures in rows, as large as they can be.
    private func paintGrid(_ stop: LayerFlow.Stop, _ rect: Rect, _ canvas: inout Canvas) {
        let count = stop.pictures.count
        guard count > 0 else { return }
        let gap = 5.0
        var best = (columns: 1, side: 0.0)
        for columns in 1...count {
            let rows = (count + columns - 1) / columns
            let side = min(
                (rect.width - gap * Double(columns - 1)) / Double(columns),
                (rect.height - gap * Double(rows - 1)) / Double(rows))
            if side > best.side { best = (columns, side) }
        }
        let side = max(4, best.side)
        let rows = (count + best.columns - 1) / best.columns
        let width = Double(best.columns) * (side + gap) - gap
        let height = Double(rows) * (side + gap) - gap
        for (place, picture) in stop.pictures.enumerated() {
            let x = rect.midX - width / 2 + Double(place % best.columns) * (side + gap)
            let y = rect.midY - height / 2 + Double(place / best.columns) * (side + gap)
            picture.paint(in: Rect(x, y, side, side), lineWidth: side < 30 ? 1 : 2, space, onto: &canvas)
        }
    }
}
