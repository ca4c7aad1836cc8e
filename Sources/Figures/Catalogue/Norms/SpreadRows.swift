import Drawing
import Platform
import Tracing
import Wording

/// Each token's numbers as dots on an axis, before and after a normalisation, with mean and scale between.
struct SpreadRows: Mark {
    struct Row: Sendable {
        var label: TokenLabel
        var before: [Float]
        var after: [Float]
        var mean: Double
        /// The scale that the trace holds: σ, or the root mean square where no mean is taken away.
        var scale: Double
        var isLit: Bool
        var position: Int
    }

    var rows: [Row]
    var input: StepName
    var output: StepName
    var titles: (before: Phrase, after: Phrase)
    /// Under the axes: one number worked through.
    var note: Phrase?
    var role: Role = .residual
    /// Whether the mean is taken away; else only the scale is shown.
    var centres = true

    private struct Layout {
        var slots: [Elision.Slot]
        var pitch: Double
        var labels: Double
        var numbers: Double
        var strip: Double
        var width: Double
        var height: Double
        var beforeLimit: Double
        var afterLimit: Double
    }

    private static let header = 36.0
    private var footer: Double { note == nil ? 30 : 60 }
    private static let arrow = 46.0
    private static let gap = 18.0
    private static let leastPitch = 24.0

    private func layout(_ space: Space) -> Layout {
        let room = Size(space.width.isFinite ? space.width : 1200, space.height.isFinite ? space.height : 520)
        let free = room.height - Self.header - footer
        let most = max(1, Int(clamping: free / Self.leastPitch))
        // A gap takes a row of its own.
        let slots = Elision(rows.count, most: rows.count > most ? max(2, most - 1) : most).slots
        let pitch = min(170, max(Self.leastPitch, free / Double(max(1, slots.count))))
        let labels = rows.map { Self.width($0.label, space) }.max() ?? 0
        let numbers =
            max(
                rows.flatMap { [$0.mean, $0.scale] }.map { space.width(of: Numbers.fixed($0), .mono(.label)) }.max()
                    ?? 0, 46)
        let fixed = labels + 14 + (centres ? 2 : 1) * (numbers + Self.gap) + Self.arrow + 2 * Self.gap
        let strip = max(110, (room.width - fixed) / 2)
        let before = rows.map { $0.before.greatestMagnitude }.max() ?? 1
        let after = rows.map { $0.after.greatestMagnitude }.max() ?? 1
        // One scale for both sides, unless one side would shrink to a point on it.
        let isCommon = max(before, after) < 10 * max(min(before, after), .leastNormalMagnitude)
        return Layout(
            slots: slots, pitch: pitch, labels: labels, numbers: numbers, strip: strip, width: fixed + 2 * strip,
            height: Self.header + pitch * Double(slots.count) + footer,
            beforeLimit: Self.limit(isCommon ? max(before, after) : before),
            afterLimit: Self.limit(isCommon ? max(before, after) : after))
    }

    /// Where all numbers are 0 the axis goes to 1.
    private static func limit(_ most: Double) -> Double { most > 0 ? most : 1 }

    private static func width(_ label: TokenLabel, _ space: Space) -> Double {
        space.width(of: label.display, label.kind == .plain ? .label : .mono(.label))
    }

    func extent(in space: Space) -> Extent {
        let layout = layout(space)
        return Extent(layout.width, layout.height)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let layout = layout(space)
        let theme = space.theme
        let left = Rect(
            rect.minX + layout.labels + 14, rect.minY + Self.header, layout.strip,
            layout.pitch * Double(layout.slots.count))
        let meanX = left.maxX + Self.gap + layout.numbers
        let scaleX = centres ? meanX + Self.gap + layout.numbers : meanX
        let right = Rect(scaleX + Self.gap + Self.arrow + Self.gap, left.minY, layout.strip, left.height)
        let y = rect.minY + 12
        paintTitle(titles.before, input, left, y, space, &canvas)
        paintTitle(titles.after, output, right, y, space, &canvas)
        if let note {
            let text = Text(note).font(.label)
            let size = text.size(in: space)
            text.place(
                in: Rect(rect.midX - size.width / 2, rect.maxY - 12 - size.height / 2, size.width, size.height), space,
                onto: &canvas)
        }
        for (name, x) in centres ? [("\\mu", meanX), ("\\sigma", scaleX)] : [(#"\mathrm{RMS}"#, scaleX)] {
            let box = Formula(name).box(size: 24, space)
            box.place(at: Point(x - box.width, y + 6), onto: &canvas)
        }
        paintAxis(left, layout.beforeLimit, space, &canvas)
        paintAxis(right, layout.afterLimit, space, &canvas)
        for (place, slot) in layout.slots.enumerated() {
            let middle = left.minY + (Double(place) + 0.5) * layout.pitch
            guard case .shown(let index) = slot else {
                if case .gap(let count) = slot {
                    let words = space.text(DrawingText.more.phrase.filled(["count": Phrase(String(count))]))
                    for strip in [left, right] {
                        canvas.text(
                            "⋯ \(words) ⋯", at: Point(strip.minX + strip.width * 0.25, middle), .small, theme.muted,
                            in: space)
                    }
                }
                continue
            }
            let row = rows[index]
            let height = min(100, max(layout.pitch - 6, 0), max(44, layout.pitch * 0.58))
            canvas.text(
                row.label.display, at: Point(left.minX - 14, middle), row.label.kind == .plain ? .label : .mono(.label),
                theme.ink, .trailing, in: space)
            paintStrip(row.before, left, middle, height, layout.beforeLimit, row, input, space, &canvas)
            paintStrip(row.after, right, middle, height, layout.afterLimit, row, output, space, &canvas)
            if centres {
                canvas.text(
                    Numbers.fixed(row.mean), at: Point(meanX, middle), .mono(.label), theme.ink, .trailing, in: space)
            }
            canvas.text(
                Numbers.fixed(row.scale), at: Point(scaleX, middle), .mono(.label), theme.ink, .trailing, in: space)
            canvas.arrow(
                Point(scaleX + Self.gap, middle), Point(scaleX + Self.gap + Self.arrow, middle),
                Stroke(theme.muted, width: 2), head: 9)
        }
    }

    /// Words, the step's name and its shape, as far as they fit.
    private func paintTitle(
        _ title: Phrase, _ step: StepName, _ area: Rect, _ y: Double, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let words = space.text(title)
        canvas.text(words, at: Point(area.minX, y), .label.semibold, theme.accent(role), .leading, in: space)
        let shape = Numbers.shape([rows.count, rows.first?.before.count ?? 0])
        let mono = Font.mono(.small)
        let start = area.minX + space.width(of: words, .label.semibold) + 12
        let end = area.maxX - space.width(of: shape, mono)
        guard end > start else { return }
        canvas.text(shape, at: Point(area.maxX, y), mono, theme.muted, .trailing, in: space)
        if start + space.width(of: step.description, mono) + 12 <= end {
            canvas.text(step.description, at: Point(start, y), mono, theme.muted, .leading, in: space)
        }
    }

    private func paintAxis(_ area: Rect, _ limit: Double, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        let y = area.maxY + 4
        canvas.line(Point(area.midX, area.minY), Point(area.midX, y), Stroke(theme.hairline, width: 1.5))
        canvas.line(Point(area.minX, y), Point(area.maxX, y), Stroke(theme.muted, width: 1.5))
        let text = Numbers.significant(limit, digits: 2)
        canvas.text("−" + text, at: Point(area.minX, y + 14), .mono(.small), theme.muted, .leading, in: space)
        canvas.text("0", at: Point(area.midX, y + 14), .mono(.small), theme.muted, in: space)
        canvas.text("+" + text, at: Point(area.maxX, y + 14), .mono(.small), theme.muted, .trailing, in: space)
    }

    /// The band of mean ± deviation, the mean, and on them every number.
    private func paintStrip(
        _ values: [Float], _ area: Rect, _ y: Double, _ height: Double, _ limit: Double, _ row: Row, _ step: StepName,
        _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        func x(_ value: Double) -> Double {
            area.midX + max(-1, min(1, value / limit)) * (area.width / 2 - 5)
        }
        let mean = centres ? values.average : 0
        let deviation = centres ? values.deviation : values.rootMeanSquare
        // Of numbers that are not all finite there is neither a mean nor a spread.
        let odd = values.lazy.compactMap { OddNumber($0) }.first
        if let odd {
            let side = min(height, 26)
            canvas.odd(odd, in: Rect(area.maxX - side, y - side / 2, side, side), in: space)
        } else {
            let band = Rect(x(mean - deviation), y - height / 2, x(mean + deviation) - x(mean - deviation), height)
            canvas.fill(.rounded(band, radius: 5), theme.tint(role, 0.2))
        }
        if row.isLit {
            canvas.stroke(
                .rounded(Rect(area.minX, y - height / 2 - 1, area.width, height + 2), radius: 6),
                Stroke(theme.highlight, width: 3))
        }
        if values.count > 160 {
            paintDensity(values, area, y, height * 0.6, x, space, &canvas)
        } else {
            let radius = min(5, height * 0.15)
            let color = theme.accent(role).opacity(0.55)
            for (column, value) in values.enumerated() where value.isFinite {
                // Neighbouring columns stand at different heights, so that equal numbers do not hide each other.
                let lift = (Double((column * 5) % 8) - 3.5) / 8 * (height - 4 * radius)
                let center = Point(x(Double(value)), y + lift)
                let tag = Tag(step: step.description, index: [0, row.position, column])
                canvas.fill(.circle(center, radius: radius), color, tag: tag)
                canvas.hotSpot(
                    Rect(center.x - radius, center.y - radius, 2 * radius, 2 * radius),
                    "\(row.label.display) [\(column)]", value: "\(value)", tag: tag)
            }
        }
        guard odd == nil else { return }
        canvas.line(
            Point(x(mean), y - height / 2), Point(x(mean), y + height / 2),
            Stroke(theme.ink, width: 2.5, isRound: false))
    }

    /// Too many numbers for dots: the more of them, the darker.
    private func paintDensity(
        _ values: [Float], _ area: Rect, _ y: Double, _ height: Double, _ x: (Double) -> Double, _ space: Space,
        _ canvas: inout Canvas
    ) {
        let bins = max(1, Int(clamping: area.width / 3))
        var counts = Array(repeating: 0, count: bins)
        for value in values where value.isFinite {
            let place = Int(clamping: (x(Double(value)) - area.minX) / area.width * Double(bins))
            counts[max(0, min(bins - 1, place))] += 1
        }
        let most = Double(max(1, counts.max() ?? 1))
        let color = space.theme.accent(role)
        let raster = Raster(width: bins, height: 1) { bin, _ in
            counts[bin] == 0 ? color.opacity(0) : color.opacity(0.15 + 0.85 * (Double(counts[bin]) / most).squareRoot())
        }
        canvas.add(.image(raster, Rect(area.minX, y - height / 2, area.width, height)))
    }
}
