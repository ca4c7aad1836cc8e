import Drawing
import Training
import Wording

/// A hypothesis under its reference, and under it its n-grams as bars, order by order: filled where they are matched.
struct NGramPicture: Mark {
    var segment: BLEU.Segment
    var score: BLEU
    /// Whether names and counts stand above their rows, where the page is narrow.
    var isStacked = false

    private struct Measures {
        var font: Font
        var names: Double
        var columns: [Double]
        var gap: Double
        var counts: Double
        var lane: Double
        var line: Double
        var between: Double
        /// The line above a row with its name, where it stands there.
        var head = 0.0

        var tokens: Double { columns.reduce(0, +) + gap * Double(max(columns.count - 1, 0)) }
        var width: Double { head > 0 ? max(tokens, names + 24 + counts) : names + 24 + tokens + 36 + counts }
        /// What stands left of the tokens.
        var left: Double { head > 0 ? 0 : names + 24 }
    }

    private static let words = (
        reference: Phrase(en: "reference", zh: "参考译文"), hypothesis: Phrase(en: "hypothesis", zh: "模型译文")
    )

    private func order(_ n: Int) -> Phrase {
        Phrase(en: n == 1 ? "1 token" : "{n} in a row", zh: n == 1 ? "单个词元" : "连续 {n} 个").filled([
            "n": Phrase(String(n))
        ])
    }

    private func count(_ n: Int) -> String {
        let (matches, total) = (segment.matched[n - 1].count { $0 }, segment.matched[n - 1].count)
        return total == 0 ? "–" : "\(matches) / \(total) = \(Numbers.percent(Double(matches) / Double(total)))"
    }

    private var orders: ClosedRange<Int> { 1...max(segment.matched.count, 1) }
    private var reference: [String] { segment.references.first ?? [] }

    private func measure(_ space: Space) -> Measures {
        let font = space.density.label
        let count = max(segment.hypothesis.count, reference.count)
        let columns = (0..<count).map { place in
            [segment.hypothesis, reference].map { place < $0.count ? space.width(of: $0[place], font) : 0 }.max() ?? 0
        }
        let names =
            (orders.map { order($0) } + [Self.words.reference, Self.words.hypothesis])
            .map { space.width(of: space.text($0), font) }.max() ?? 0
        return Measures(
            font: font, names: names, columns: columns.map { ($0 + font.size * 0.7) * space.density.stretch.width },
            gap: font.size * 0.35,
            counts: orders.map { space.width(of: self.count($0), .mono(font)) }.max() ?? 0, lane: font.size * 0.75,
            line: font.size * 2.1,
            between: space.density.gap * 0.8 * space.density.spread.height, head: isStacked ? font.size * 1.6 : 0)
    }

    private func height(_ n: Int, _ m: Measures) -> Double { max(m.lane * Double(n), m.line * 0.8) }

    func extent(in space: Space) -> Extent {
        let m = measure(space)
        return Extent(
            m.width, 2 * (m.line + m.head) + orders.reduce(0) { $0 + height($1, m) + m.between + m.head })
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let m = measure(space)
        let theme = space.theme
        let start = rect.minX + (rect.width - m.width) / 2
        let left = start + m.left
        var edges = [left]
        for width in m.columns { edges.append((edges.last ?? left) + width + m.gap) }
        func name(_ words: Phrase, at y: Double, _ color: Color) {
            let text = space.text(words)
            if isStacked {
                canvas.text(text, at: Point(start, y), m.font, color, .leading, in: space)
            } else {
                canvas.text(text, at: Point(start + m.names, y), m.font, color, .trailing, in: space)
            }
        }
        var y = rect.minY
        for (words, tokens, matched) in [
            (Self.words.reference, reference, [Bool]()),
            (Self.words.hypothesis, segment.hypothesis, segment.matched[0]),
        ] {
            name(words, at: y + (isStacked ? m.head : m.line) / 2, theme.muted)
            y += m.head
            for (place, token) in tokens.enumerated() {
                let box = Rect(edges[place], y + m.line * 0.08, m.columns[place], m.line * 0.84)
                let isRight = matched.isEmpty || place < matched.count && matched[place]
                canvas.fill(
                    .rounded(box, radius: 6), theme.panel,
                    stroke: isRight ? nil : Stroke(theme.accent(.gradient), width: 2, dashes: [4, 4]))
                canvas.text(token, at: Point(box.midX, box.midY), m.font, theme.ink, in: space)
            }
            y += m.line
        }
        for n in orders {
            y += m.between
            let height = height(n, m)
            name(order(n), at: y + (isStacked ? m.head : height) / 2, theme.ink)
            if isStacked {
                canvas.text(
                    count(n), at: Point(start + m.width, y + m.head / 2), .mono(m.font), theme.ink, .trailing, in: space
                )
            }
            y += m.head
            let lanes = m.lane * Double(n)
            for (place, isMatched) in segment.matched[n - 1].enumerated() {
                let top = y + (height - lanes) / 2 + m.lane * Double(place % n)
                let bar = Rect(
                    edges[place], top + m.lane * 0.18, edges[place + n] - m.gap - edges[place], m.lane * 0.64)
                let gram = segment.hypothesis[place..<place + n].joined(separator: " ")
                canvas.fill(
                    .rounded(bar, radius: bar.height / 2),
                    isMatched ? theme.accent(.probability) : theme.paper,
                    stroke: isMatched ? nil : Stroke(theme.accent(.gradient), width: 1.75, dashes: [4, 4]))
                canvas.hotSpot(bar, gram, value: isMatched ? "1" : "0")
            }
            if !isStacked {
                canvas.text(
                    count(n), at: Point((edges.last ?? left) + 36 - m.gap, y + height / 2), .mono(m.font), theme.ink,
                    .leading, in: space)
            }
            y += height
        }
    }
}
