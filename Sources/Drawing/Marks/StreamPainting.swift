extension Stream {
    /// Where something lies along the line and beside it, and what it is painted with.
    struct Painter {
        var rect: Rect
        var m: Measures
        var isUpright: Bool
        /// What stands before the line's near side.
        var before: Double
        var space: Space

        /// - Parameter away: the distance from the line, to the side of the branches.
        func point(_ along: Double, _ away: Double) -> Point {
            isUpright
                ? Point(rect.minX + before + m.near + away, rect.maxY - along)
                : Point(rect.minX + along, rect.minY + m.far - away)
        }

        func half(_ size: Size) -> (along: Double, away: Double) {
            isUpright ? (size.height / 2, size.width / 2) : (size.width / 2, size.height / 2)
        }

        func branch(_ role: Role) -> Stroke { Stroke(space.theme.accent(role), width: 2) }
    }

    func paintFrame(_ middles: [Double], _ painter: Painter, _ canvas: inout Canvas) {
        let inside = levels.indices.filter { levels[$0].isRepeated }
        guard let first = inside.first, let last = inside.last else { return }
        let (m, theme, space) = (painter.m, painter.space.theme, painter.space)
        let start = middles[first] - m.lengths[first] / 2 - Self.margin
        let end = middles[last] + m.lengths[last] / 2 + Self.margin
        let box =
            isUpright
            ? Rect(
                painter.rect.minX + painter.before - 6, painter.rect.maxY - end, m.near + m.far + 12, end - start)
            : Rect(painter.rect.minX + start, painter.rect.minY + 26, end - start, m.near + m.far - 28)
        canvas.fill(
            .rounded(box, radius: 12), theme.panel.mixed(with: theme.paper, 0.35),
            stroke: Stroke(theme.muted, width: 1.5, dashes: [6, 5]))
        let words = space.text(frame.words)
        guard isUpright else {
            canvas.text(
                "\(space.text(frame.times))  \(words)", at: Point(box.midX, painter.rect.minY + 12), .small.semibold,
                theme.ink,
                in: space)
            return
        }
        let x = isMirrored ? painter.rect.maxX - (m.bracket - 12) / 2 : painter.rect.minX + (m.bracket - 12) / 2
        canvas.text(space.text(frame.times), at: Point(x, box.midY - 11), m.font.semibold, theme.ink, in: space)
        canvas.text(words, at: Point(x, box.midY + 12), .small, theme.muted, in: space)
    }

    /// From box to box, so that no line runs under a word.
    func paintLine(_ middles: [Double], _ painter: Painter, _ canvas: inout Canvas) {
        let stroke = Stroke(painter.space.theme.accent(.residual), width: 5)
        var from: Double?
        for (index, level) in levels.enumerated() {
            guard case .box(let box) = level.kind else { continue }
            let half = painter.half(size(box, painter.m, painter.space)).along
            if let from { canvas.line(painter.point(from, 0), painter.point(middles[index] - half, 0), stroke) }
            from = middles[index] + half
        }
        guard let from, let last = middles.last, last > from else { return }
        canvas.line(painter.point(from, 0), painter.point(last, 0), stroke)
    }

    func paint(_ index: Int, _ middles: [Double], _ painter: Painter, _ canvas: inout Canvas) {
        let (m, theme, along) = (painter.m, painter.space.theme, middles[index])
        func half(_ box: Box) -> Double { painter.half(size(box, m, painter.space)).away }
        switch levels[index].kind {
        case .box(let box): paint(box, at: painter.point(along, 0), painter, &canvas)
        case .plus(let side):
            if let side {
                let away = isUpright ? m.lead + half(side) : m.box * 1.5
                canvas.arrow(
                    painter.point(along, away - half(side)), painter.point(along, m.plus / 2),
                    painter.branch(side.role),
                    head: 10)
                paint(side, at: painter.point(along, away), painter, &canvas)
            }
            let stroke = Stroke(theme.accent(.residual), width: 2)
            canvas.fill(.circle(painter.point(along, 0), radius: m.plus / 2), theme.paper, stroke: stroke)
            canvas.plus(painter.point(along, 0), arm: m.plus / 4, stroke)
        case .branch(let boxes), .leaving(let boxes):
            var from = 0.0
            for (place, box) in boxes.enumerated() {
                let start = from + (place == 0 ? m.lead + (isUpright ? 0 : m.box * 0.2) : m.between)
                canvas.arrow(
                    painter.point(along, from), painter.point(along, start), painter.branch(box.role), head: 9)
                paint(box, at: painter.point(along, start + half(box)), painter, &canvas)
                from = start + 2 * half(box)
            }
            canvas.fill(.circle(painter.point(along, 0), radius: 5), theme.accent(.residual))
            guard case .branch = levels[index].kind, index + 1 < middles.count, let last = boxes.last else { return }
            // Back to the line in right angles: round the last box, or out of its side.
            let next = middles[index + 1]
            let start =
                isUpright ? Point(along, from) : Point(along + size(last, m, painter.space).width / 2, from - m.box / 2)
            let turn = isUpright ? from + 16 : start.y
            canvas.arrow(
                .polyline([
                    painter.point(start.x, start.y), painter.point(start.x, turn), painter.point(next, turn),
                    painter.point(next, m.plus / 2 + (isUpright ? 4 : 3)),
                ]), painter.branch(last.role), head: 10)
        }
    }

    private func paint(_ box: Box, at center: Point, _ painter: Painter, _ canvas: inout Canvas) {
        let (m, space, theme) = (painter.m, painter.space, painter.space.theme)
        let size = size(box, m, space)
        let rect = Rect(center.x - size.width / 2, center.y - size.height / 2, size.width, size.height)
        canvas.fill(
            .rounded(rect, radius: 8), theme.tint(box.role), stroke: Stroke(theme.accent(box.role), width: 2),
            tag: box.tag)
        let lines = lines(box, space)
        for (index, line) in lines.enumerated() {
            let y = rect.midY + (Double(index) - Double(lines.count - 1) / 2) * m.font.size * 1.25
            canvas.text(line, at: Point(rect.midX, y), m.font, index == 0 ? theme.ink : theme.muted, in: space)
        }
        if let tag = box.tag { canvas.hotSpot(rect, lines.joined(separator: " "), tag: tag) }
    }
}
