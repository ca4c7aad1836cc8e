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

    /// Fainter lines than this are left out: they would be a grey veil.
    static let least: Float = 0.02
    private static let header = 34.0
    private static let bar = 150.0
    private static let gapHeight = 24.0

    private struct Measures {
        var font: Font
        var pitch: Double
        var left: Double
        var right: Double
        var values: Double
        var fan: Double
    }

    /// - Parameter width: the width of the whole, where it is known; else the fan takes most of the room.
    private func measure(_ space: Space, width: Double? = nil) -> Measures {
        let font = space.density.label
        let widest = shown.map { $0 < labels.count ? space.width(of: labels[$0].display, font) : 0 }.max() ?? 0
        let left = max(widest, space.width(of: space.text(heads.left), .small.semibold))
        let right = max(widest, space.width(of: space.text(heads.right), .small.semibold))
        let values = space.width(of: "<0.1%", .mono(font))
        let rest = left + 16 + 16 + right + 20 + LineFan.bar + 10 + values
        let room = space.width.isFinite ? space.width : 1200
        let fan = width.map { $0 - rest } ?? min(680, max(180, room * 0.86 - rest))
        return Measures(
            font: font, pitch: max(21, min(62, space.density.cell.height)), left: left, right: right, values: values,
            fan: fan)
    }

    private var gaps: Int { zip([-1] + shown, shown + [weights.count]).count { $1 - $0 > 1 } }

    func extent(in space: Space) -> Extent {
        let m = measure(space)
        let width = m.left + 16 + m.fan + 16 + m.right + 20 + LineFan.bar + 10 + m.values
        return Extent(
            width, LineFan.header + m.pitch * Double(shown.count) + LineFan.gapHeight * Double(gaps))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let m = measure(space, width: rect.width)
        let theme = space.theme
        let from = rect.minX + m.left + 16
        let to = from + m.fan
        var heights: [Int: Double] = [:]
        var elisions: [(count: Int, y: Double)] = []
        var y = rect.minY + LineFan.header
        var next = 0
        for place in shown + [weights.count] {
            if place > next {
                elisions.append((place - next, y + LineFan.gapHeight / 2))
                y += LineFan.gapHeight
            }
            guard place < weights.count else { break }
            heights[place] = y + m.pitch / 2
            y += m.pitch
            next = place + 1
        }
        placeHeads(rect, from, to, m, space, &canvas)
        placeLines(heights, from, to, m, theme, &canvas)
        for (count, y) in elisions {
            let words = space.more(count)
            canvas.text("⋯ \(words)", at: Point(from - 16, y), .small, theme.muted, .trailing, in: space)
            canvas.text("⋯ \(words)", at: Point(to + 16, y), .small, theme.muted, .leading, in: space)
        }
        placeTokens(rect, heights, from, to, m, space, &canvas)
    }

    private func placeHeads(
        _ rect: Rect, _ from: Double, _ to: Double, _ m: Measures, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let y = rect.minY + 12
        canvas.text(
            space.text(heads.left), at: Point(from - 16, y), .small.semibold, theme.accent(.query), .trailing, in: space
        )
        canvas.text(
            space.text(heads.right), at: Point(to + 16, y), .small.semibold, theme.accent(.key), .leading, in: space)
        canvas.text(
            space.text(heads.weights), at: Point(to + 16 + m.right + 20, y), .small.semibold, theme.ink, .leading,
            in: space)
    }

    private func placeLines(
        _ heights: [Int: Double], _ from: Double, _ to: Double, _ m: Measures, _ theme: Theme, _ canvas: inout Canvas
    ) {
        let widest = min(18, m.pitch * 0.7)
        // The others first, so that the query asked about lies on top.
        for query in shown.filter({ $0 != focus }) + [focus] {
            guard query < weights.count, let start = heights[query] else { continue }
            for key in shown where key < weights[query].count {
                let weight = weights[query][key]
                guard weight >= LineFan.least, let end = heights[key] else { continue }
                let isFocus = query == focus
                let strength = Double(weight)
                let color =
                    isFocus
                    ? theme.accent(.probability).opacity(0.25 + 0.7 * strength)
                    : theme.muted.opacity(0.05 + 0.3 * strength)
                canvas.stroke(
                    .ribbon(Point(from, start), Point(to, end)),
                    Stroke(color, width: max(1, strength * widest), isRound: false), tag: tag(query, key))
            }
        }
    }

    private func placeTokens(
        _ rect: Rect, _ heights: [Int: Double], _ from: Double, _ to: Double, _ m: Measures, _ space: Space,
        _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let row = focus < weights.count ? weights[focus] : []
        let most = row.max() ?? 0
        let start = to + 16 + m.right + 20
        for place in shown {
            guard let y = heights[place] else { continue }
            let isFocus = place == focus
            canvas.fill(.circle(Point(from, y), radius: isFocus ? 6 : 4), theme.accent(.query))
            canvas.fill(.circle(Point(to, y), radius: 4), theme.accent(.key))
            if isFocus { canvas.stroke(.circle(Point(from, y), radius: 9), Stroke(theme.highlight, width: 2.5)) }
            guard place < labels.count else { continue }
            let label = labels[place]
            canvas.text(
                label.display, at: Point(from - 16, y), isFocus ? m.font.semibold : m.font, theme.ink, .trailing,
                in: space)
            canvas.text(label.display, at: Point(to + 16, y), m.font, theme.ink, .leading, in: space)
            guard place < row.count, row[place] > 0 else { continue }
            let weight = Double(row[place])
            let thickness = min(20, m.pitch * 0.6)
            let body = Rect(start, y - thickness / 2, max(2, weight * LineFan.bar), thickness)
            canvas.fill(
                .rounded(body, radius: min(4, body.width / 2)), theme.accent(.probability), tag: tag(focus, place))
            canvas.text(
                Numbers.percent(weight), at: Point(body.maxX + 10, y), .mono(m.font),
                row[place] == most ? theme.ink : theme.muted, .leading, in: space)
            canvas.hotSpot(
                Rect(to, y - m.pitch / 2, rect.maxX - to, m.pitch),
                "\(focus < labels.count ? labels[focus].display : String(focus)) → \(label.display)",
                value: "\(row[place])", tag: tag(focus, place))
        }
    }
}
