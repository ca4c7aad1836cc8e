import Drawing
import Wording

/// Two columns of tokens, what is written and what is read, with a line for each weight; one written token stands out,
/// and its weights are bars beside the source.
struct CrossFan: Mark {
    var written: [TokenLabel]
    var source: [TokenLabel]
    /// `[target][source]`
    var weights: [[Float]]
    var shownRows: [Int]
    var shownKeys: [Int]
    var focus: Int
    /// Where each row's first weight stands.
    var tags: [Tag]

    private static let bar = 170.0

    private func measure(_ space: Space, _ rect: Rect? = nil) -> Fan.Measures {
        let font = space.density.label
        func widest(_ labels: [TokenLabel], _ shown: [Int]) -> Double {
            shown.filter { $0 < labels.count }.map { space.width(of: labels[$0].display, font) }.max() ?? 0
        }
        let left = max(widest(written, shownRows), space.width(of: space.text(Self.words.left), .small.semibold))
        let right = max(widest(source, shownKeys), space.width(of: space.text(Self.words.right), .small.semibold))
        let values = space.width(of: "<0.1%", .mono(font))
        let rest = left + 16 + 16 + right + 24 + Self.bar + 10 + values
        let room = space.width.isFinite ? space.width : 1200
        let fan = rect.map { $0.width - rest } ?? min(640, max(160, room * 0.86 - rest))
        return Fan.Measures(
            font: font, left: left, right: right, values: values, fan: fan,
            pitch: max(22, min(64, space.density.cell.height)))
    }

    private static let words = (
        left: Phrase(en: "written", zh: "写出的"), right: Phrase(en: "source", zh: "原文")
    )

    private var rows: [Elision.Slot] { Elision(showing: shownRows, of: weights.count).slots }
    private var keys: [Elision.Slot] { Elision(showing: shownKeys, of: source.count).slots }

    func extent(in space: Space) -> Extent {
        let m = measure(space)
        return Extent(
            m.left + 16 + m.fan + 16 + m.right + 24 + Self.bar + 10 + m.values,
            Fan.header + m.pitch * Double(max(rows.count, keys.count)))
    }

    /// The middle of each token of a column, and of each gap; the shorter column is spread over the height of the longer.
    private func heights(
        _ slots: [Elision.Slot], in rect: Rect, pitch most: Double
    ) -> (tokens: [Int: Double], gaps: [(Int, Double)]) {
        let height = rect.height - Fan.header
        let pitch = min(height / Double(max(slots.count, 1)), most * 1.6)
        var y = rect.minY + Fan.header + (height - pitch * Double(slots.count)) / 2 + pitch / 2
        var tokens: [Int: Double] = [:]
        var gaps: [(Int, Double)] = []
        for slot in slots {
            switch slot {
            case .gap(let count): gaps.append((count, y))
            case .shown(let place): tokens[place] = y
            }
            y += pitch
        }
        return (tokens, gaps)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let m = measure(space, rect)
        let (from, to) = (rect.minX + m.left + 16, rect.minX + m.left + 16 + m.fan)
        let fan = Fan(
            weights: weights, shares: Shares(weights), limit: ValueScale.shares(weights.joined()).limit, focus: focus,
            from: from, to: to, start: to + 16 + m.right + 24, bar: Self.bar,
            font: m.font, pitch: m.pitch, tag: tag, space: space)
        let left = heights(rows, in: rect, pitch: m.pitch)
        let right = heights(keys, in: rect, pitch: m.pitch)
        fan.heads(Self.words.left, Self.words.right, CrossHead.sees(label(written, focus)), under: rect.minY, &canvas)
        fan.lines(
            shownRows, left.tokens, shownKeys, right.tokens, widest: min(18, m.pitch * 0.6),
            faint: (least: 0.06, more: 0.26), &canvas)
        for (gaps, x, alignment) in [(left.gaps, from - 16, Alignment.trailing), (right.gaps, to + 16, .leading)] {
            for (count, y) in gaps {
                canvas.text(
                    "⋯ \(space.more(count))", at: Point(x, y), .small, space.theme.muted, alignment, in: space)
            }
        }
        placeWritten(left.tokens, fan, &canvas)
        placeSource(right.tokens, fan, end: fan.start + Self.bar + 10 + m.values, &canvas)
    }

    private func label(_ labels: [TokenLabel], _ place: Int) -> TokenLabel {
        labels.indices.contains(place) ? labels[place] : TokenLabel(String(place))
    }

    private func tag(_ row: Int, _ key: Int) -> Tag {
        guard tags.indices.contains(row) else { return Tag(step: "") }
        return Tag(step: tags[row].step, index: Array(tags[row].index.dropLast()) + [key])
    }

    private func placeWritten(_ heights: [Int: Double], _ fan: Fan, _ canvas: inout Canvas) {
        let theme = fan.space.theme
        for (place, y) in heights.sorted(by: { $0.key < $1.key }) {
            let isFocus = place == focus
            let center = Point(fan.from, y)
            canvas.fill(.circle(center, radius: isFocus ? 6 : 4), theme.accent(.query))
            if isFocus { canvas.stroke(.circle(center, radius: 9), Stroke(theme.highlight, width: 2.5)) }
            canvas.text(
                label(written, place).display, at: Point(fan.from - 16, y), isFocus ? fan.font.semibold : fan.font,
                isFocus ? theme.ink : theme.muted, .trailing, in: fan.space)
        }
    }

    private func placeSource(_ heights: [Int: Double], _ fan: Fan, end: Double, _ canvas: inout Canvas) {
        let theme = fan.space.theme
        for (place, y) in heights.sorted(by: { $0.key < $1.key }) {
            let word = label(source, place).display
            canvas.fill(.circle(Point(fan.to, y), radius: 4), theme.accent(.key))
            canvas.text(word, at: Point(fan.to + 16, y), fan.font, theme.ink, .leading, in: fan.space)
            guard place < fan.row.count else { continue }
            fan.bar(of: place, at: y, "\(label(written, focus).display) → \(word)", end: end, &canvas)
        }
    }
}
