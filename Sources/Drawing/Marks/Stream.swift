import Wording

/// A thick line with boxes on it and beside it, in the order in which something runs along: upwards, or to the right on a
/// low page. What leaves the line passes through boxes and turns back to it at the next sum. A dashed frame holds the
/// levels that repeat. Each level's place is remembered: `level 0`, `level 1` …
package struct Stream: Mark {
    package struct Box: Sendable {
        package var words: Phrase
        /// More about it: on the same line where there is room, else on a line of its own.
        package var detail: Phrase?
        package var role: Role
        package var tag: Tag?

        package init(_ words: Phrase, _ role: Role, detail: Phrase? = nil, tag: Tag? = nil) {
            self.words = words
            self.detail = detail
            self.role = role
            self.tag = tag
        }
    }

    package enum Kind: Sendable {
        /// On the line itself.
        case box(Box)
        /// Where something is added to the line; `side` is what comes in from outside.
        case plus(side: Box?)
        /// Leaves the line, passes through boxes and is added at the next `plus`.
        case branch([Box])
        /// Leaves the line for good, through boxes.
        case leaving([Box])
    }

    package struct Level: Sendable {
        var kind: Kind
        /// Whether it belongs to what repeats.
        var isRepeated: Bool
        /// Under the level, where the line runs to the right.
        var note: String

        package init(_ kind: Kind, repeated: Bool, note: String) {
            self.kind = kind
            isRepeated = repeated
            self.note = note
        }
    }

    package var levels: [Level]
    package var isUpright: Bool
    /// How often the frame's levels repeat, and which of them are shown: `× 4 layers`, `L2 opened`.
    package var frame: (times: Phrase, words: Phrase)

    /// What the levels' places are remembered under.
    private var anchor = "level"
    /// Whether the frame's words stand behind it, and not before.
    private var isMirrored = false
    /// Of a column beside another: all boxes as wide as the widest, and levels as far apart as if there were so many.
    private var most: Int?

    package init(_ levels: [Level], upright: Bool, frame: (times: Phrase, words: Phrase)) {
        self.levels = levels
        isUpright = upright
        self.frame = frame
    }

    /// Beside another column, whose levels stand at the same heights from the bottom upwards.
    ///
    /// - Parameters:
    ///   - most: how many levels the longer of both has.
    ///   - anchor: what this column's places are remembered under.
    package func column(of most: Int, anchor: String, mirrored: Bool) -> Stream {
        with {
            $0.most = most
            $0.anchor = anchor
            $0.isMirrored = mirrored
        }
    }

    /// Around the frame, along the line.
    private static let margin = 8.0

    private struct Measures {
        var font: Font
        var box: Double
        var plus: Double
        /// Along the line: each level, and what lies between two.
        var lengths: [Double] = []
        var gap: Double
        /// To the left of the line (below it, where it runs to the right), and to the other side.
        var near = 0.0
        var far = 0.0
        /// The room for the frame's words.
        var bracket = 0.0
        /// From the line to the first box beside it, and from box to box.
        var lead: Double
        var between: Double

        /// How many levels more the column beside it has: so much room is left above.
        var missing = 0.0

        var length: Double {
            let levels = lengths.reduce(0, +) + gap * Double(max(0, lengths.count - 1))
            return levels + missing * (box + gap) + 2 * Stream.margin
        }
    }

    private func measure(_ space: Space) -> Measures {
        let font = space.density.label
        // At the last density everything stands as close as it can.
        let isDense = space.density.cell.height < 20
        var m = Measures(
            font: font, box: (font.size * (isUpright ? isDense ? 1.65 : 1.95 : 3.1)).rounded(),
            plus: (font.size * 1.3).rounded(), gap: isUpright ? max(isDense ? 5 : 9, space.density.gap * 0.42) : 14,
            lead: isUpright ? 46 : 18,
            between: isUpright ? 22 : 18)
        let words = space.text(frame.words)
        if isUpright {
            m.bracket =
                max(space.width(of: space.text(frame.times), font.semibold), space.width(of: words, .small)) + 20
        }
        let plain = m
        func size(_ box: Box) -> Size { self.size(box, plain, space) }
        (m.near, m.far) = isUpright ? (30, 30) : (m.box / 2 + 30, m.box / 2)
        // Of a column beside another, paths lead round its boxes.
        let around = isUpright && most != nil ? 24.0 : 0
        for level in levels {
            var length = isUpright ? m.box : space.width(of: level.note, .mono(.small)) + 6
            switch level.kind {
            case .box(let box):
                if isUpright {
                    let half = size(box).width / 2 + around
                    (m.near, m.far) = (max(m.near, half), max(m.far, half))
                } else {
                    length = max(length, size(box).width)
                }
            case .plus(let side):
                length = isUpright ? m.plus + 4 : max(length, m.plus + 10)
                guard let side else { break }
                m.far = max(m.far, isUpright ? m.lead + size(side).width : 2 * m.box + m.lead)
                if !isUpright { length = max(length, size(side).width) }
            case .branch(let boxes), .leaving(let boxes):
                let sizes = boxes.map { size($0) }
                if isUpright {
                    let widths: Double = sizes.reduce(0) { $0 + $1.width }
                    let across = m.lead + 26 + widths + m.between * Double(boxes.count - 1)
                    m.far = max(m.far, across)
                } else {
                    length = max(length, sizes.map { $0.width }.max() ?? 0)
                    m.far = max(m.far, m.box * (Double(boxes.count) + 0.5) + m.between * Double(boxes.count))
                }
            }
            m.lengths.append(length)
        }
        // Above the frame its words.
        if !isUpright { m.far += 30 }
        // A high page is filled: the levels stand further apart.
        m.missing = Double(max(0, (most ?? 0) - levels.count))
        let free = space.height - m.length
        if isUpright, free.isFinite, free > 0, levels.count > 1 {
            let most = m.gap * (space.height > space.width ? 5 : 2)
            m.gap += min(free / (Double(levels.count - 1) + m.missing), most)
        }
        return m
    }

    private func lines(_ box: Box, _ space: Space) -> [String] {
        let words = space.text(box.words)
        guard let detail = box.detail.map(space.text) else { return [words] }
        return isUpright ? [words + " · " + detail] : [words, detail]
    }

    /// The boxes on the line itself.
    private var boxes: [Box] {
        levels.compactMap { if case .box(let box) = $0.kind { box } else { nil } }
    }

    private func size(_ box: Box, _ m: Measures, _ space: Space) -> Size {
        let texts = most == nil ? lines(box, space) : boxes.flatMap { lines($0, space) }
        let widest = texts.map { space.width(of: $0, m.font) }.max() ?? 0
        return Size(widest + m.font.size * (isUpright ? 1.5 : 1), m.box)
    }

    package func extent(in space: Space) -> Extent {
        let m = measure(space)
        let across = m.bracket + m.near + m.far
        return isUpright ? Extent(across, m.length) : Extent(m.length, across)
    }

    /// Where something lies along the line and beside it, and what it is painted with.
    private struct Painter {
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

    package func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let m = measure(space)
        let painter = Painter(
            rect: rect, m: m, isUpright: isUpright, before: isMirrored ? 0 : m.bracket, space: space)
        var middles: [Double] = []
        var along = 0.0
        for (index, level) in levels.enumerated() {
            if index > 0 { along += m.gap }
            if level.isRepeated != (index > 0 && levels[index - 1].isRepeated) { along += Self.margin }
            middles.append(along + m.lengths[index] / 2)
            along += m.lengths[index]
        }
        paintFrame(middles, painter, &canvas)
        paintLine(middles, painter, &canvas)
        for index in levels.indices {
            paint(index, middles, painter, &canvas)
            let center = painter.point(middles[index], 0)
            var width = 0.0
            if case .box(let box) = levels[index].kind { width = size(box, m, space).width }
            canvas.anchors["\(anchor) \(index)"] = Rect(center.x - width / 2, center.y - m.box / 2, width, m.box)
            guard !isUpright else { continue }
            canvas.text(
                levels[index].note, at: Point(center.x, center.y + m.box / 2 + 16), .mono(.small), space.theme.muted,
                in: space)
        }
    }

    private func paintFrame(_ middles: [Double], _ painter: Painter, _ canvas: inout Canvas) {
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
    private func paintLine(_ middles: [Double], _ painter: Painter, _ canvas: inout Canvas) {
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

    private func paint(_ index: Int, _ middles: [Double], _ painter: Painter, _ canvas: inout Canvas) {
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
