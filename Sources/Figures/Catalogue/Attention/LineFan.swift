import Drawing
import Wording

/// Two columns of tokens and a line from each query to each key, as wide and as dark as its weight; one query stands
/// out, with its weights written beside the keys.
struct LineFan: Mark {
    var labels: [TokenLabel]
    /// `[query][key]`
    var weights: [[Float]]
    var shown: [Int]
    var focus: Int
    var heads: (left: Phrase, right: Phrase, weights: Phrase)
    var tag: @Sendable (_ query: Int, _ key: Int) -> Tag

    private static let bar = 150.0
    private static let gapHeight = 24.0

    /// - Parameter width: the width of the whole, where it is known; else the fan takes most of the room.
    private func measure(_ space: Space, width: Double? = nil) -> Fan.Measures {
        let font = space.density.label
        let widest = shown.map { $0 < labels.count ? space.width(of: labels[$0].display, font) : 0 }.max() ?? 0
        let left = max(widest, space.width(of: space.text(heads.left), .small.semibold))
        let right = max(widest, space.width(of: space.text(heads.right), .small.semibold))
        let values = space.width(of: "<0.1%", .mono(font))
        let rest = left + 16 + 16 + right + 20 + LineFan.bar + 10 + values
        let room = space.width.isFinite ? space.width : 1200
        let fan = width.map { $0 - rest } ?? min(680, max(180, room * 0.86 - rest))
        return Fan.Measures(
            font: font, left: left, right: right, values: values, fan: fan,
            pitch: max(21, min(62, space.density.cell.height)))
    }

    private var elision: Elision { Elision(showing: shown, of: weights.count) }

    func extent(in space: Space) -> Extent {
        let m = measure(space)
        let width = m.left + 16 + m.fan + 16 + m.right + 20 + LineFan.bar + 10 + m.values
        return Extent(
            width, Fan.header + m.pitch * Double(shown.count) + LineFan.gapHeight * Double(elision.gapCount))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let m = measure(space, width: rect.width)
        let from = rect.minX + m.left + 16
        let to = from + m.fan
        let fan = Fan(
            weights: weights, shares: Shares(weights), limit: ValueScale.shares(weights.joined()).limit, focus: focus,
            from: from, to: to, start: to + 16 + m.right + 20, bar: LineFan.bar,
            font: m.font, pitch: m.pitch, tag: tag, space: space)
        var heights: [Int: Double] = [:]
        var elisions: [(count: Int, y: Double)] = []
        var y = rect.minY + Fan.header
        for slot in elision.slots {
            switch slot {
            case .gap(let count):
                elisions.append((count, y + LineFan.gapHeight / 2))
                y += LineFan.gapHeight
            case .shown(let place):
                heights[place] = y + m.pitch / 2
                y += m.pitch
            }
        }
        fan.heads(heads.left, heads.right, heads.weights, under: rect.minY, &canvas)
        fan.lines(
            shown, heights, shown, heights, widest: min(18, m.pitch * 0.7), faint: (least: 0.05, more: 0.3), &canvas)
        for (count, y) in elisions {
            for (x, alignment) in [(from - 16, Alignment.trailing), (to + 16, .leading)] {
                canvas.text(
                    "⋯ \(space.more(count))", at: Point(x, y), .small, space.theme.muted, alignment, in: space)
            }
        }
        placeTokens(fan, heights, end: rect.maxX, &canvas)
    }

    private func placeTokens(_ fan: Fan, _ heights: [Int: Double], end: Double, _ canvas: inout Canvas) {
        let (space, theme, from, to) = (fan.space, fan.space.theme, fan.from, fan.to)
        let row = fan.row
        for place in shown {
            guard let y = heights[place] else { continue }
            let isFocus = place == focus
            // Queries of an earlier pass ask nothing here.
            let asks = place < weights.count && !weights[place].isEmpty
            if asks { canvas.fill(.circle(Point(from, y), radius: isFocus ? 6 : 4), theme.accent(.query)) }
            canvas.fill(.circle(Point(to, y), radius: 4), theme.accent(.key))
            if isFocus { canvas.stroke(.circle(Point(from, y), radius: 9), Stroke(theme.highlight, width: 2.5)) }
            guard place < labels.count else { continue }
            let label = labels[place]
            if asks {
                canvas.text(
                    label.display, at: Point(from - 16, y), isFocus ? fan.font.semibold : fan.font, theme.ink,
                    .trailing,
                    in: space)
            }
            canvas.text(label.display, at: Point(to + 16, y), fan.font, theme.ink, .leading, in: space)
            guard place < row.count, row[place] > 0 || row[place].isNaN else { continue }
            let query = focus < labels.count ? labels[focus].display : String(focus)
            fan.bar(of: place, at: y, "\(query) → \(label.display)", end: end, &canvas)
        }
    }
}
