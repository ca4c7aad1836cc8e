import Drawing
import Tracing
import Wording

/// One query's weights as bars, a row a key. Rows lie where those of a matrix of the same density lie, so that a bar
/// stands beside the row it weighs.
struct WeightBars: Mark {
    var labels: [TokenLabel]
    var weights: [Float]
    /// Which keys are drawn, ascending.
    var shown: [Int]
    /// How the weights are written, and the weight of a bar as long as its track.
    var shares: Shares
    var limit: Double
    /// Keys that the query does not see.
    var isHidden: @Sendable (Int) -> Bool
    /// The index of each weight in its step, for hover.
    var tag: @Sendable (Int) -> Tag?
    var length = 180.0
    var lit: Int?

    private var rows: [Elision.Slot] { Elision(showing: shown, of: weights.count).slots }

    private func height(_ row: Elision.Slot, _ space: Space) -> Double {
        if case .gap = row { return 24 }
        return space.density.cell.height
    }

    private func percent(_ key: Int) -> String { shares.text(weights[key]) }

    private func measure(_ space: Space) -> (font: Font, labels: Double, values: Double) {
        let font = space.density.label
        let keys = shown.filter { $0 < weights.count }
        return (
            font,
            keys.map { $0 < labels.count ? Text(labels[$0].display).font(font).size(in: space).width : 0 }.max() ?? 0,
            keys.map { space.width(of: percent($0), .mono(font)) }.max() ?? 0
        )
    }

    func extent(in space: Space) -> Extent {
        let measures = measure(space)
        let rows = rows
        let height = rows.reduce(Double(max(0, rows.count - 1)) * 2) { $0 + self.height($1, space) }
        return Extent(measures.labels + 12 + length + 12 + measures.values, height)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let measures = measure(space)
        let theme = space.theme
        let start = rect.minX + measures.labels + 12
        var y = rect.minY
        for row in rows {
            let height = height(row, space)
            let middle = y + height / 2
            y += height + 2
            if case .gap(let count) = row {
                canvas.text(
                    "⋯ \(space.more(count))", at: Point(start + 4, middle), .small, theme.muted, .leading, in: space)
            }
            guard case .shown(let key) = row else { continue }
            let isHidden = isHidden(key)
            let isLit = key == lit
            if key < labels.count {
                Text(labels[key].display).font(measures.font).color(isHidden ? .muted : .ink)
                    .place(at: Point(start - 12, middle), .trailing, space, onto: &canvas)
            }
            let weight = Double(weights[key])
            let odd = OddNumber(weight)
            let share = limit > 0 ? max(0, min(1, weight / limit)) : 0
            let width = isHidden || odd != nil ? 0 : max(2, share * length)
            let thickness = min(22, height * 0.6)
            let body = Rect(start, middle - thickness / 2, width, thickness)
            let ground = Rect(start, middle - thickness / 2, length, thickness)
            canvas.fill(.rounded(ground, radius: 4), theme.panel)
            if width > 0 {
                canvas.fill(
                    .rounded(body, radius: min(4, width / 2)), theme.accent(.probability),
                    stroke: isLit ? Stroke(theme.highlight, width: 3) : nil, tag: tag(key))
            }
            if let odd { canvas.oddBar(odd, at: Point(start, middle), thickness: thickness, tag: tag(key), in: space) }
            canvas.text(
                isHidden && odd == nil ? "–" : percent(key), at: Point(start + length + 12, middle),
                .mono(measures.font),
                isLit ? theme.ink : theme.muted, .leading, in: space)
            canvas.hotSpot(
                Rect(rect.minX, middle - height / 2, rect.width, height),
                key < labels.count ? labels[key].display : String(key), value: "\(weights[key])", tag: tag(key))
        }
    }
}

extension HeadView {
    /// A query's weights as bars.
    func bars(_ pattern: [[Float]], of query: Int, showing shown: [Int], lit: Int? = nil, length: Double = 180)
        -> WeightBars
    {
        let (head, isCausal) = (head, isCausal)
        return WeightBars(
            labels: labels, weights: pattern.row(query), shown: shown,
            shares: Shares(pattern), limit: ValueScale.shares(pattern.joined()).limit,
            isHidden: { isCausal && $0 > query }, tag: { tag(.pattern, head: head, query, $0) }, length: length,
            lit: lit)
    }
}
