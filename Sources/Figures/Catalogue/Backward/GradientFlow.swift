import Drawing
import Platform
import Tracing
import Wording

/// The stages of a model from the loss down to the embedding, with the size of the gradient that arrives at each and
/// of the gradient of the weights there; beside them the way back as a line, the thicker the larger.
struct GradientFlow: Mark {
    struct Row: Sendable {
        var name: Phrase
        var role: Role
        /// The gradient that arrives.
        var step: StepName
        var size: Double
        /// The joint gradient of the stage's weights; nil where it has none.
        var weights: Double?
    }

    var rows: [Row]
    /// How many stages the gradient has reached.
    var reached: Int
    var titles: (vectors: Phrase, weights: Phrase)

    private static let header = 34.0
    private static let leastPitch = 24.0
    private static let line = 56.0
    private static let gap = 26.0

    private struct Layout {
        var slots: [Elision.Slot]
        var pitch: Double
        var names: Double
        var numbers: Double
        var bar: Double
        var size: Size
    }

    private func layout(_ space: Space) -> Layout {
        let room = space.room(or: Size(1200, 560))
        let free = room.height - Self.header
        let most = max(3, Int(clamping: free / Self.leastPitch))
        let slots = Elision(rows.count, most: rows.count > most ? max(2, most - 1) : most).slots
        let pitch = min(66, max(Self.leastPitch, free / Double(max(1, slots.count))))
        let names = rows.map { space.width(of: space.text($0.name), .label) }.max() ?? 0
        let texts = rows.flatMap { [$0.size, $0.weights].compactMap { $0 } }
        let numbers = texts.map { space.width(of: Numbers.significant($0), .mono(.label)) }.max() ?? 0
        let fixed = Self.line + names + 2 * (Self.gap + 10 + numbers)
        let title = max(
            space.width(of: space.text(titles.vectors), .label.semibold),
            space.width(of: space.text(titles.weights), .label.semibold))
        let bar = max(90, title - numbers - 10, min(430, (room.width - fixed) / 2))
        return Layout(
            slots: slots, pitch: pitch, names: names, numbers: numbers, bar: bar,
            size: Size(fixed + 2 * bar, Self.header + pitch * Double(slots.count)))
    }

    func extent(in space: Space) -> Extent { Extent(layout(space).size) }

    private static func largest(_ sizes: [Double]) -> Double {
        sizes.isEmpty ? 1 : sizes.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let layout = layout(space)
        let theme = space.theme
        let top = rect.minY + Self.header
        let first = rect.minX + Self.line + layout.names + Self.gap
        let second = first + layout.bar + 10 + layout.numbers + Self.gap
        for (title, x) in [(titles.vectors, first), (titles.weights, second)] {
            canvas.text(
                space.text(title), at: Point(x, rect.minY + 12), .label.semibold, theme.accent(.gradient), .leading,
                in: space)
        }
        paintLine(layout, Point(rect.minX + Self.line / 2 - 6, top), space, &canvas)
        // The loss’s own gradient is always 1: a number to start from, no size to compare.
        let vectors = Self.largest(rows.dropFirst().map { $0.size })
        let weights = Self.largest(rows.compactMap { $0.weights })
        for x in [first, second] {
            canvas.line(
                Point(x, top), Point(x, top + layout.pitch * Double(layout.slots.count)),
                Stroke(theme.hairline, width: 1.5))
        }
        for (place, slot) in layout.slots.enumerated() {
            let middle = top + (Double(place) + 0.5) * layout.pitch
            let start = Point(rect.minX + Self.line, middle)
            if case .gap(let count) = slot {
                canvas.text("⋯ \(space.more(count)) ⋯", at: start, .small, theme.muted, .leading, in: space)
            }
            guard case .shown(let index) = slot else { continue }
            let row = rows[index]
            let isReached = index < reached
            canvas.text(
                space.text(row.name), at: start, index == reached - 1 ? .label.semibold : .label,
                isReached ? theme.accent(row.role) : theme.muted, .leading, in: space)
            guard isReached else { continue }
            paintBar(row.size, index == 0 ? .infinity : vectors, Point(first, middle), layout, row, space, &canvas)
            if let size = row.weights {
                paintBar(size, weights, Point(second, middle), layout, nil, space, &canvas)
            }
        }
    }

    /// - Parameter row: whose step the bar shows; nil for a stage's weights, which are several steps.
    private func paintBar(
        _ value: Double, _ limit: Double, _ start: Point, _ layout: Layout, _ row: Row?, _ space: Space,
        _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let share = limit > 0 && value.isFinite ? min(1, value / limit) : 0
        let odd = OddNumber(value)
        var width = value == 0 || limit == .infinity || odd != nil ? 0 : max(2, share * layout.bar)
        let thickness = min(26, layout.pitch * 0.56)
        let body = Rect(start.x, start.y - thickness / 2, width, thickness)
        let color = row == nil ? theme.accent(.gradient).opacity(0.55) : theme.accent(.gradient)
        let tag = row.map { Tag(step: $0.step.description, index: []) }
        if width > 0 { canvas.fill(.rounded(body, radius: min(4, width / 2)), color, tag: tag) }
        if let odd { width = canvas.oddBar(odd, at: start, thickness: thickness, tag: tag, in: space) }
        let text = Numbers.significant(value)
        canvas.text(text, at: Point(start.x + width + 10, start.y), .mono(.label), theme.ink, .leading, in: space)
        if let row {
            canvas.hotSpot(
                Rect(start.x, start.y - thickness / 2, max(width, 6), thickness),
                "\(space.text(row.name)): \(row.step), \(text)", tag: tag)
        }
    }

    /// Downwards from the loss, from stage to stage.
    private func paintLine(_ layout: Layout, _ top: Point, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        let most = Self.largest(rows.dropFirst().map { $0.size })
        var last: (y: Double, index: Int)?
        for (place, slot) in layout.slots.enumerated() {
            guard case .shown(let index) = slot else { continue }
            let y = top.y + (Double(place) + 0.5) * layout.pitch
            if let last {
                let isReached = index < reached
                let size = rows[index].size
                let share = most > 0 && size.isFinite ? min(1, size / most) : 0
                let width = isReached ? 2 + 8 * share : 2
                let color = isReached ? theme.accent(.gradient) : theme.hairline
                let head = min(16, layout.pitch * 0.42)
                canvas.line(
                    Point(top.x, last.y), Point(top.x, y - head), Stroke(color, width: width, isRound: false))
                canvas.fill(
                    .arrowHead(
                        from: Point(top.x, last.y), tip: Point(top.x, y - 3), length: head,
                        width: max(head * 0.9, width * 1.7)), color)
            } else {
                canvas.fill(.circle(Point(top.x, y), radius: 6), theme.accent(.gradient))
            }
            last = (y, index)
        }
    }
}
