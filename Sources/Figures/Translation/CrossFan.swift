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

    private static let header = 34.0
    private static let bar = 170.0
    private static let least: Float = 0.02

    private struct Measures {
        var font: Font
        var left: Double
        var right: Double
        var values: Double
        var fan: Double
        /// The height of a row on either side; the shorter side is spread over the height of the longer.
        var pitch: Double
    }

    private func slots(_ shown: [Int], _ count: Int) -> Int {
        shown.count + zip([-1] + shown, shown + [count]).count { $1 - $0 > 1 }
    }

    private func measure(_ space: Space, _ rect: Rect? = nil) -> Measures {
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
        return Measures(
            font: font, left: left, right: right, values: values, fan: fan,
            pitch: max(22, min(64, space.density.cell.height)))
    }

    private static let words = (
        left: Phrase(en: "written", zh: "写出的"), right: Phrase(en: "source", zh: "原文")
    )

    private var most: Int { max(slots(shownRows, weights.count), slots(shownKeys, source.count)) }

    func extent(in space: Space) -> Extent {
        let m = measure(space)
        return Extent(
            m.left + 16 + m.fan + 16 + m.right + 24 + Self.bar + 10 + m.values, Self.header + m.pitch * Double(most))
    }

    /// The middle of each token of a column, and of each gap.
    private func heights(
        _ shown: [Int], _ count: Int, in rect: Rect, pitch most: Double
    ) -> (tokens: [Int: Double], gaps: [(Int, Double)]) {
        let slots = slots(shown, count)
        let height = rect.height - Self.header
        let pitch = min(height / Double(max(slots, 1)), most * 1.6)
        var y = rect.minY + Self.header + (height - pitch * Double(slots)) / 2 + pitch / 2
        var tokens: [Int: Double] = [:]
        var gaps: [(Int, Double)] = []
        var next = 0
        for place in shown + [count] {
            if place > next {
                gaps.append((place - next, y))
                y += pitch
            }
            guard place < count else { break }
            tokens[place] = y
            y += pitch
            next = place + 1
        }
        return (tokens, gaps)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let m = measure(space, rect)
        let theme = space.theme
        let (from, to) = (rect.minX + m.left + 16, rect.minX + m.left + 16 + m.fan)
        let left = heights(shownRows, weights.count, in: rect, pitch: m.pitch)
        let right = heights(shownKeys, source.count, in: rect, pitch: m.pitch)
        let header = rect.minY + 12
        canvas.text(
            space.text(Self.words.left), at: Point(from - 16, header), .small.semibold, theme.accent(.query), .trailing,
            in: space)
        canvas.text(
            space.text(Self.words.right), at: Point(to + 16, header), .small.semibold, theme.accent(.key), .leading,
            in: space)
        canvas.text(
            space.text(CrossHead.sees(written[focus])), at: Point(to + 16 + m.right + 24, header), .small.semibold,
            theme.ink, .leading, in: space)
        placeLines(left.tokens, right.tokens, from, to, m, theme, &canvas)
        for (gaps, x, alignment) in [(left.gaps, from - 16, Alignment.trailing), (right.gaps, to + 16, .leading)] {
            for (count, y) in gaps {
                let words = space.more(count)
                canvas.text("⋯ \(words)", at: Point(x, y), .small, theme.muted, alignment, in: space)
            }
        }
        placeWritten(left.tokens, from, m, space, &canvas)
        placeSource(right.tokens, to, m, space, &canvas)
    }

    private func placeLines(
        _ left: [Int: Double], _ right: [Int: Double], _ from: Double, _ to: Double, _ m: Measures, _ theme: Theme,
        _ canvas: inout Canvas
    ) {
        let widest = min(18, m.pitch * 0.6)
        // The others first, so that the token of this frame lies on top.
        for row in shownRows.filter({ $0 != focus }) + [focus] {
            guard row < weights.count, let start = left[row] else { continue }
            for key in shownKeys where key < weights[row].count {
                let weight = weights[row][key]
                guard weight >= Self.least, let end = right[key] else { continue }
                let strength = Double(weight)
                let color =
                    row == focus
                    ? theme.accent(.probability).opacity(0.25 + 0.7 * strength)
                    : theme.muted.opacity(0.06 + 0.26 * strength)
                canvas.stroke(
                    .ribbon(Point(from, start), Point(to, end)),
                    Stroke(color, width: max(1, strength * widest), isRound: false), tag: tag(row, key))
            }
        }
    }

    private func tag(_ row: Int, _ key: Int) -> Tag {
        Tag(step: tags[row].step, index: Array(tags[row].index.dropLast()) + [key])
    }

    private func placeWritten(
        _ heights: [Int: Double], _ from: Double, _ m: Measures, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        for (place, y) in heights.sorted(by: { $0.key < $1.key }) {
            let isFocus = place == focus
            canvas.fill(.circle(Point(from, y), radius: isFocus ? 6 : 4), theme.accent(.query))
            if isFocus { canvas.stroke(.circle(Point(from, y), radius: 9), Stroke(theme.highlight, width: 2.5)) }
            canvas.text(
                written[place].display, at: Point(from - 16, y), isFocus ? m.font.semibold : m.font,
                isFocus ? theme.ink : theme.muted, .trailing, in: space)
        }
    }

    private func placeSource(
        _ heights: [Int: Double], _ to: Double, _ m: Measures, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let row = weights[focus]
        let most = row.max() ?? 0
        let start = to + 16 + m.right + 24
        for (place, y) in heights.sorted(by: { $0.key < $1.key }) {
            canvas.fill(.circle(Point(to, y), radius: 4), theme.accent(.key))
            canvas.text(source[place].display, at: Point(to + 16, y), m.font, theme.ink, .leading, in: space)
            guard place < row.count else { continue }
            let weight = Double(row[place])
            let thickness = min(20, m.pitch * 0.6)
            let body = Rect(start, y - thickness / 2, max(2, weight * Self.bar), thickness)
            canvas.fill(
                .rounded(body, radius: min(4, body.width / 2)), theme.accent(.probability), tag: tag(focus, place))
            canvas.text(
                Numbers.percent(weight), at: Point(body.maxX + 10, y), .mono(m.font),
                row[place] == most ? theme.ink : theme.muted, .leading, in: space)
            canvas.hotSpot(
                Rect(to, y - m.pitch / 2, start + Self.bar + 10 + m.values - to, m.pitch),
                "\(written[focus].display) → \(source[place].display)", value: "\(row[place])",
                tag: tag(focus, place))
        }
    }
}
