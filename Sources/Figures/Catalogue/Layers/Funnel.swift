import Drawing
import Platform
import Tracing
import Wording

/// Vectors of different widths under each other, their widths to one scale; each number a bar up or down.
struct Funnel: Mark {
    struct Level: Sendable {
        var name: Phrase
        /// Under the name: how many, which are active.
        var remark: Phrase?
        var step: StepName
        /// The place in the step's tensor, but for the last axis.
        var index: [Int]
        var values: [Float]
        var role: Role
        /// The value of a bar that reaches the frame.
        var limit: Double
        /// A number to point at.
        var lit: Int?
    }

    /// What leads from one level to the next.
    struct Joint: Sendable {
        var formula: Formula
        var words: Phrase?
    }

    var levels: [Level]
    var joints: [Joint]

    private struct Layout {
        var labels: Double
        var area: Double
        var bar: Double
        var joint: Double
        var unit: Double
        var size: Size
        /// How many numbers one bar stands for.
        var bin: Int
        /// Room over each level for its words: on a tall page they do not stand beside it.
        var head: Double
    }

    private func layout(_ space: Space) -> Layout {
        let room = space.room(or: Size(1200, 480))
        let labels =
            levels.map { level in
                max(
                    space.width(of: space.text(level.name), .label.semibold) + 14
                        + space.width(of: Self.shape(level), .mono(.small)),
                    space.width(of: level.step.description, .mono(.small)),
                    level.remark.map { space.width(of: space.text($0), .small) } ?? 0)
            }.max() ?? 0
        let widest = Double(max(1, levels.map { $0.values.count }.max() ?? 1))
        let isTall = room.height > room.width
        let left = isTall ? 0 : labels + 24
        let area = max(280, room.width - left)
        let count = Double(max(1, levels.count))
        let unit = area / widest
        let bin = max(1, Int(clamping: (1.5 / unit).rounded(.up)))
        let footer = bin > 1 ? Self.remarkHeight : 0
        let free = max(0, room.height - footer)
        let head = isTall ? Self.line * 2 + 6 : 0
        let most = 96 * space.density.stretch.height
        let bar = max(36, min(most, (free - head * count) * 0.55 / count))
        let joint = max(30, min(most, (free - (bar + head) * count) / max(1, count - 1)))
        return Layout(
            labels: left, area: area, bar: bar, joint: joint, unit: unit,
            size: Size(left + area, (bar + head) * count + joint * (count - 1) + footer), bin: bin, head: head)
    }

    private static func shape(_ level: Level) -> String { Numbers.shape([1, level.values.count]) }

    private static let remarkHeight = 26.0
    private static let line = 20.5

    func extent(in space: Space) -> Extent { Extent(layout(space).size) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let layout = layout(space)
        let theme = space.theme
        let middle = rect.minX + layout.labels + layout.area / 2
        var y = rect.minY
        var last: Rect?
        for (place, level) in levels.enumerated() {
            let width = max(8, Double(level.values.count) * layout.unit)
            let body = Rect(middle - width / 2, y + layout.head, width, layout.bar)
            if let last, joints.indices.contains(place - 1) {
                paintJoint(joints[place - 1], last, body, head: layout.head, space, &canvas)
            }
            paintLabel(level, rect, body, head: layout.head, space, &canvas)
            paintBars(level, body, layout, space, &canvas)
            last = body
            y += layout.head + layout.bar + layout.joint
        }
        guard layout.bin > 1 else { return }
        let words = BlockText.barOf.phrase.filled(["count": Phrase(String(layout.bin))])
        canvas.text(
            space.text(words), at: Point(middle, rect.minY + layout.size.height - 10), .small, theme.muted, in: space)
    }

    private func paintLabel(
        _ level: Level, _ rect: Rect, _ body: Rect, head: Double, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let lines = level.remark == nil ? 1.0 : 2.0
        let x = rect.minX
        // Beside a low bar the words reach into the joint, but not out of the picture.
        var y =
            head > 0
            ? body.minY - head + 10 : max(rect.minY + 8, min(rect.maxY - 8 - Self.line * lines, body.midY - lines * 10))
        canvas.text(
            space.text(level.name), at: Point(x, y), .label.semibold, theme.accent(level.role), .leading, in: space)
        let end = x + space.width(of: space.text(level.name), .label.semibold) + 14
        canvas.text(Self.shape(level), at: Point(end, y), .mono(.small), theme.muted, .leading, in: space)
        y += 21
        canvas.text(level.step.description, at: Point(x, y), .mono(.small), theme.muted, .leading, in: space)
        guard let remark = level.remark else { return }
        if head > 0 {
            // Over the other end of the line.
            canvas.text(
                space.text(remark), at: Point(rect.maxX, y), .small, theme.ink, .trailing, in: space)
            return
        }
        y += 20
        canvas.text(space.text(remark), at: Point(x, y), .small, theme.ink, .leading, in: space)
    }

    private func paintJoint(
        _ joint: Joint, _ from: Rect, _ to: Rect, head: Double, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let gap = 5.0
        let (top, bottom) = (from.maxY + gap, to.minY - gap - head)
        let outline = Path.polyline(
            [
                Point(from.minX, top), Point(from.maxX, top), Point(to.maxX, bottom), Point(to.minX, bottom),
            ], closed: true)
        canvas.fill(outline, theme.tint(.feedForward, 0.1))
        let formula = joint.formula.size(24)
        let size = formula.size(in: space)
        let center = Point(from.midX, (top + bottom) / 2)
        let words = joint.words.map(space.text)
        let more = words.map { space.width(of: $0, .small) + 22 } ?? 0
        let start = center.x - (size.width + more) / 2
        formula.place(at: Point(start, center.y), .leading, space, onto: &canvas)
        if let words {
            canvas.text(
                words, at: Point(start + size.width + 22, center.y), .small, theme.muted, .leading, in: space)
        }
    }

    private func paintBars(_ level: Level, _ body: Rect, _ layout: Layout, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        let inner = body.inset(by: Insets(horizontal: 0, vertical: 5))
        let low = level.values.reduce(0) { $1.isFinite ? min($0, Double($1)) : $0 }
        // Where nothing falls much below zero, the line of zero lies near the bottom.
        let below = low < 0 ? min(1, max(0.12, -low / level.limit)) : 0.04
        let zero = inner.maxY - inner.height * below / (1 + below)
        let reach = zero - inner.minY
        let step = layout.unit * Double(layout.bin)
        canvas.line(Point(body.minX, zero), Point(body.maxX, zero), Stroke(theme.hairline, width: 1))
        for start in stride(from: 0, to: level.values.count, by: layout.bin) {
            let part = start..<min(start + layout.bin, level.values.count)
            guard let column = level.values[part].tellingPlace else { continue }
            let value = Double(level.values[column])
            if let odd = OddNumber(value) {
                let x = body.minX + Double(start) * layout.unit
                let side = max(6, min(step, inner.height))
                canvas.odd(
                    odd, in: Rect(x + (step - side) / 2, inner.midY - side / 2, side, side),
                    tag: Tag(step: level.step.description, index: level.index + [column]), in: space)
                continue
            }
            let share = max(-below, min(1, value / level.limit))
            let height = max(0.75, abs(share) * reach)
            let x = body.minX + Double(start) * layout.unit
            let bar = Rect(x + step * 0.1, share < 0 ? zero : zero - height, step * 0.8, height)
            let strength = 0.4 + 0.6 * min(1, abs(share))
            let tag = Tag(step: level.step.description, index: level.index + [column])
            canvas.fill(.rectangle(bar), theme.diverging(value < 0 ? -strength : strength), tag: tag)
            canvas.hotSpot(
                Rect(x, body.minY, step, body.height), "\(space.text(level.name)) [\(column)]", value: "\(value)",
                tag: tag)
        }
        canvas.stroke(
            .rounded(body, radius: 6), Stroke(theme.accent(level.role), width: 2),
            tag: Tag(step: level.step.description))
        if let lit = level.lit {
            let x = body.minX + (Double(lit) + 0.5) * layout.unit
            let half = max(4, step / 2 + 2)
            canvas.stroke(
                .rounded(Rect(x - half, body.minY - 2, 2 * half, body.height + 4), radius: 4),
                Stroke(theme.highlight, width: 3))
        }
    }
}
