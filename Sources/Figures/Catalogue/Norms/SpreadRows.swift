import Drawing
import Platform
import Tracing
import Wording

/// Each token's numbers as dots on an axis, before and after a normalisation, with mean and scale between.
struct SpreadRows: ComposedMark {
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

    private func limits() -> (before: Double, after: Double) {
        let before = rows.map { $0.before.greatestMagnitude }.max() ?? 1
        let after = rows.map { $0.after.greatestMagnitude }.max() ?? 1
        // One scale for both sides, unless one side would shrink to a point on it.
        let isCommon = max(before, after) < 10 * max(min(before, after), .leastNormalMagnitude)
        // Where all numbers are 0 the axis goes to 1.
        let both = isCommon ? (max(before, after), max(before, after)) : (before, after)
        return (both.0 > 0 ? both.0 : 1, both.1 > 0 ? both.1 : 1)
    }

    func build(_ space: Space) -> AnyMark {
        let limits = limits()
        let isNarrow = space.isNarrow
        // Beside a phone's rows there is no room for a line that long: the page says it.
        let note = isNarrow ? nil : note
        let table = Table(rows.count, tracks(space), pitch: 24...170, header: 36) { index, height in
            let row = rows[index]
            let thickness = min(100, max(height - 6, 0), max(44, height * 0.58))
            func strip(_ values: [Float], _ limit: Double, _ step: StepName) -> AnyMark {
                Drawn(0, 0, stretch: .both) { rect, space, canvas in
                    // One thing, whatever it holds: a group of its own.
                    var own = Canvas()
                    paintStrip(values, rect, thickness, limit, row, step, space, &own)
                    canvas.add(.group(own.items), tag: Tag(step: step.description, index: [0, row.position]))
                    canvas.hotSpots += own.hotSpots
                }.any
            }
            func number(_ value: Double) -> AnyMark { Text(Numbers.fixed(value)).font(.mono(.label)).any }
            let cells: [AnyMark?] = [
                Text(row.label.display).font(row.label.font(.label)).any, strip(row.before, limits.before, input),
                number(row.mean), number(row.scale), Arrow(.right, length: isNarrow ? 18 : 46).any,
                strip(row.after, limits.after, output),
            ]
            return Table.Row(centres ? cells : cells.enumerated().filter { $0.offset != 2 }.map { $0.element })
        }.gaps(track: 1)
        let foot = note == nil ? 30.0 : 60
        return table.padding(Insets(bottom: foot)).connected(under: true) { anchors, rect, space, canvas in
            for (name, limit) in [("before", limits.before), ("after", limits.after)] {
                guard let head = anchors[name] else { continue }
                paintAxis(Rect(head.minX, rect.minY, head.width, rect.height - foot), limit, space, &canvas)
            }
            note.map { Text($0).font(.label) }?
                .place(at: Point(rect.midX, rect.maxY - 12), .center, space, onto: &canvas)
        }.any
    }

    private func tracks(_ space: Space) -> [Table.Track] {
        let isNarrow = space.isNarrow
        func strip(_ title: Phrase, _ step: StepName, _ name: String) -> Table.Track {
            let head = Drawn(0, 20, stretch: .horizontal) { rect, space, canvas in
                paintTitle(title, step, rect, space, &canvas)
            }
            return Table.Track(
                (isNarrow ? 70 : 110)...(.infinity), gap: isNarrow ? 8 : name == "before" ? 14 : 18, rule: 0.5,
                head: head.anchored(name).any)
        }
        func number(_ letter: String) -> Table.Track {
            // As wide as most numbers, so that the strips of several frames are alike.
            Table.Track(
                alignment: 1, gap: isNarrow ? 8 : 18,
                head: Formula(letter).size(24).frame(width: isNarrow ? 42 : 46, alignment: .trailing).any)
        }
        let numbers = centres ? [number(#"\mu"#), number(#"\sigma"#)] : [number(#"\mathrm{RMS}"#)]
        return [Table.Track(alignment: 1), strip(titles.before, input, "before")] + numbers
            + [Table.Track(gap: isNarrow ? 8 : 18), strip(titles.after, output, "after")]
    }

    /// Words, the step's name and its shape, as far as they fit.
    private func paintTitle(
        _ title: Phrase, _ step: StepName, _ area: Rect, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let y = area.midY
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
        canvas.line(Point(area.minX, y), Point(area.maxX, y), Stroke(theme.muted, width: 1.5))
        let text = Numbers.significant(limit, digits: 2)
        canvas.text("−" + text, at: Point(area.minX, y + 14), .mono(.small), theme.muted, .leading, in: space)
        canvas.text("0", at: Point(area.midX, y + 14), .mono(.small), theme.muted, in: space)
        canvas.text("+" + text, at: Point(area.maxX, y + 14), .mono(.small), theme.muted, .trailing, in: space)
    }

    /// The band of mean ± deviation, the mean, and on them every number.
    private func paintStrip(
        _ values: [Float], _ area: Rect, _ height: Double, _ limit: Double, _ row: Row, _ step: StepName,
        _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let y = area.midY
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
