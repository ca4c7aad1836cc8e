import Platform
import Wording

/// Two columns of labels and a line from each row of the left to each key of the right, as wide and as dark as its
/// weight. One row stands out, with its weights as bars beside the keys.
package struct Fan: Mark {
    /// One side: its labels, which of them are drawn, and what stands over them.
    package struct Column: Sendable {
        var labels: [TokenLabel]
        var elision: Elision
        private var title: Phrase
        private var short: Phrase?

        /// - Parameters:
        ///   - labels: those beyond the last are numbered.
        ///   - shown: the places that are drawn, ascending, of so many as `count` says.
        ///   - short: the title on a page as narrow as a telephone.
        package init(
            _ labels: [TokenLabel], showing shown: [Int], of count: Int, title: Phrase, short: Phrase? = nil
        ) {
            self.short = short
            self.labels = labels
            elision = Elision(showing: shown, of: count)
            self.title = title
        }

        func title(_ space: Space) -> String { space.text(space.isNarrow ? short ?? title : title) }

        func label(_ place: Int) -> TokenLabel {
            labels.indices.contains(place) ? labels[place] : TokenLabel(String(place))
        }

        func width(_ font: Font, _ space: Space) -> Double {
            elision.shown.map { space.width(of: label($0).display, font) }
                .reduce(space.width(of: title(space), .small.semibold), max)
        }

        func height(_ pitch: Double) -> Double {
            pitch * Double(elision.shown.count) + Fan.gapHeight * Double(elision.gapCount)
        }
    }

    /// `[row][key]`; a row without keys asks nothing.
    var weights: [[Float]]
    var rows: Column
    var keys: Column
    /// The row that stands out, and what its bars are called.
    var focus: Int
    var title: Phrase
    /// The weight of the widest line and of the longest bar.
    var limit: Double
    /// How a weight is written.
    var text: @Sendable (Double) -> String
    var tag: @Sendable (_ row: Int, _ key: Int) -> Tag

    package init(
        _ weights: [[Float]], rows: Column, keys: Column, focus: Int, title: Phrase, limit: Double,
        text: @escaping @Sendable (Double) -> String, tag: @escaping @Sendable (_ row: Int, _ key: Int) -> Tag
    ) {
        self.weights = weights
        self.rows = rows
        self.keys = keys
        self.focus = focus
        self.title = title
        self.limit = limit
        self.text = text
        self.tag = tag
    }

    private static let header = 34.0
    fileprivate static let gapHeight = 24.0
    /// Fainter lines than this share of the widest are left out: they would be a grey veil.
    package static let least: Float = 0.02

    private struct Measures {
        var left: Double
        var right: Double
        var values: Double
        var pitch: Double
        /// The longest bar, and the shortest line.
        var bar: Double
        var least: Double
        /// Everything but the lines.
        var rest: Double { left + 16 + 16 + right + 20 + bar + Drawing.Bar.gap + values }
    }

    private func measure(_ space: Space) -> Measures {
        let font = space.density.label
        var measures = Measures(
            left: rows.width(font, space), right: keys.width(font, space),
            values: space.width(of: "<0.1%", .mono(font)),
            pitch: max(21, min(62, space.density.cell.height) * space.density.stretch.height),
            bar: space.isNarrow ? 44 : 160, least: space.isNarrow ? 84 : 170)
        // Few rows on a tall page stand as far apart as its shape has it.
        if space.width.isFinite, space.height.isFinite, space.width > 0 {
            let most = max(rows.elision.shown.count, keys.elision.shown.count)
            let height = (measures.rest + lines(measures, space)) * space.height / space.width
            measures.pitch = max(
                measures.pitch,
                min(120 * space.density.stretch.height, (height * 0.95 - Self.header) / Double(max(1, most))))
        }
        return measures
    }

    private func lines(_ measures: Measures, _ space: Space) -> Double {
        min(
            680 * space.density.stretch.width,
            max(
                measures.least,
                space.room(or: Size(1200, 0)).width * (space.density.stretch.width > 1 ? 0.96 : 0.86) - measures.rest))
    }

    package func extent(in space: Space) -> Extent {
        let m = measure(space)
        return Extent(m.rest + lines(m, space), Self.header + max(rows.height(m.pitch), keys.height(m.pitch)))
    }

    /// The middle of each label and of each gap; the shorter column is spread over the height of the longer.
    private func heights(_ column: Column, _ rect: Rect, _ most: Double) -> (
        labels: [Int: Double], gaps: [(Int, Double)]
    ) {
        let gaps = Self.gapHeight * Double(column.elision.gapCount)
        let height = rect.height - Self.header
        let pitch = min((height - gaps) / Double(max(1, column.elision.shown.count)), most * 1.6)
        var y = rect.minY + Self.header + (height - column.height(pitch)) / 2
        var labels: [Int: Double] = [:]
        var marks: [(Int, Double)] = []
        for slot in column.elision.slots {
            switch slot {
            case .gap(let count):
                marks.append((count, y + Self.gapHeight / 2))
                y += Self.gapHeight
            case .shown(let place):
                labels[place] = y + pitch / 2
                y += pitch
            }
        }
        return (labels, marks)
    }

    package func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let m = measure(space)
        let (font, theme) = (space.density.label, space.theme)
        let (from, to) = (rect.minX + m.left + 16, rect.minX + m.left + 16 + rect.width - m.rest)
        let bars = to + 16 + m.right + 20
        let (left, right) = (heights(rows, rect, m.pitch), heights(keys, rect, m.pitch))
        for (words, x, color, side) in [
            (rows.title(space), from - 16, theme.accent(.query), Alignment.trailing),
            (keys.title(space), to + 16, theme.accent(.key), .leading),
            // On a telephone there is no room for it: the page says it.
            (space.isNarrow ? "" : space.text(title), bars, theme.ink, .leading),
        ] where !words.isEmpty {
            canvas.text(words, at: Point(x, rect.minY + 12), .small.semibold, color, side, in: space)
        }
        paintLines(Point(from, to), left.labels, right.labels, widest: min(18, m.pitch * 0.7), theme, &canvas)
        for (gaps, x, side) in [(left.gaps, from - 16, Alignment.trailing), (right.gaps, to + 16, .leading)] {
            for (count, y) in gaps {
                canvas.text("⋯ \(space.more(count))", at: Point(x, y), .small, theme.muted, side, in: space)
            }
        }
        for row in rows.elision.shown where weights.indices.contains(row) && !weights[row].isEmpty {
            guard let y = left.labels[row] else { continue }
            let isFocus = row == focus
            canvas.fill(.circle(Point(from, y), radius: isFocus ? 6 : 4), theme.accent(.query))
            if isFocus { canvas.stroke(.circle(Point(from, y), radius: 9), Stroke(theme.highlight, width: 2.5)) }
            canvas.text(
                rows.label(row).display, at: Point(from - 16, y), isFocus ? font.semibold : font, theme.ink, .trailing,
                in: space)
        }
        for key in keys.elision.shown {
            guard let y = right.labels[key] else { continue }
            canvas.fill(.circle(Point(to, y), radius: 4), theme.accent(.key))
            canvas.text(keys.label(key).display, at: Point(to + 16, y), font, theme.ink, .leading, in: space)
            let line = Rect(bars, y - m.pitch / 2, rect.maxX - bars, m.pitch)
            paintBar(key, line, words: m.values, hover: Rect(to, line.minY, rect.maxX - to, m.pitch), space, &canvas)
        }
    }

    /// - Parameter ends: where all lines begin and end, from the left.
    private func paintLines(
        _ ends: Point, _ left: [Int: Double], _ right: [Int: Double], widest: Double, _ theme: Theme,
        _ canvas: inout Canvas
    ) {
        // The others first, so that the row that stands out lies on top.
        for row in rows.elision.shown.filter({ $0 != focus }) + [focus] {
            guard weights.indices.contains(row), let start = left[row] else { continue }
            for key in keys.elision.shown where key < weights[row].count {
                let weight = weights[row][key]
                guard weight >= Self.least * Float(limit), weight.isFinite, let end = right[key] else { continue }
                // A row that does not stand out may hold weights beyond the limit.
                let strength = min(1, Double(weight) / limit)
                let color =
                    row == focus
                    ? theme.accent(.probability).opacity(0.25 + 0.7 * strength)
                    : theme.muted.opacity(0.05 + 0.3 * strength)
                canvas.stroke(
                    .ribbon(Point(ends.x, start), Point(ends.y, end)),
                    Stroke(color, width: max(1, strength * widest), isRound: false), tag: tag(row, key))
            }
        }
    }

    private func paintBar(
        _ key: Int, _ rect: Rect, words: Double, hover: Rect, _ space: Space, _ canvas: inout Canvas
    ) {
        let row = weights.indices.contains(focus) ? weights[focus] : []
        guard row.indices.contains(key), row[key] > 0 || row[key].isNaN else { return }
        let bar = Bar(Double(row[key]), limit: limit, text: text(Double(row[key]))).tagged(tag(focus, key))
            .length(0, words: words)
        bar.with { $0.isStrong = row[key] == row.max() }.place(in: rect, space, onto: &canvas)
        canvas.hotSpot(
            hover, "\(rows.label(focus).display) → \(keys.label(key).display)", value: "\(row[key])",
            tag: tag(focus, key))
    }
}
