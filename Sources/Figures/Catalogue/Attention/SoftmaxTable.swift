import Drawing
import Tracing
import Wording

/// One row of a softmax with its arithmetic.
struct SoftmaxRow: Sendable {
    var scores: [Float]
    var shares: [Float]
    /// Taken off every score first, so that no power leaves the range of numbers; 0 for moderate scores.
    var shift: Double
    /// `e^(score − shift)`.
    var powers: [Double]
    var sum: Double

    /// How the shares are written.
    var words: Shares

    init(scores: [Float], shares: [Float]) {
        self.scores = scores
        // A key without a share of its own has one that is not known.
        self.shares = scores.indices.map { $0 < shares.count ? shares[$0] : .nan }
        words = Shares(row: shares)
        let largest = scores.filter { $0.isFinite }.map(Double.init).max() ?? 0
        let shift = abs(largest) > 20 ? largest : 0
        self.shift = shift
        let parts = scores.map { Expression.function(.exp, [.constant(Double($0) - shift)]) }
        let unread = { (_: Int, _: [Int]) in Double.nan }
        powers = parts.map { $0.value(unread) }
        sum = Expression.sum(parts).value(unread)
    }

    static func text(_ value: Double) -> String {
        value != 0 && (value >= 1000 || value < 0.005) ? Numbers.significant(value, digits: 2) : Numbers.fixed(value)
    }
}

/// The arithmetic of one row, a line a key: score, power, share as number and as bar; the sum under the powers.
struct SoftmaxTable: Mark {
    /// The widest texts of all rows, so that frames do not differ in size.
    struct Widths: Sendable {
        var score: String
        var power: String
        var share: String
        var isShifted: Bool

        init(_ rows: [SoftmaxRow]) {
            func longest(_ texts: [String]) -> String { texts.max { $0.count < $1.count } ?? "" }
            score = longest(rows.flatMap { row in row.scores.map { Numbers.fixed(Double($0) - row.shift) } })
            power = longest(rows.flatMap { row in (row.powers + [row.sum]).map(SoftmaxRow.text) })
            share = longest(rows.flatMap { row in row.shares.map { row.words.text($0) } })
            isShifted = rows.contains { $0.shift != 0 }
        }
    }

    var labels: [TokenLabel]
    var row: SoftmaxRow
    var shown: [Int]
    var widths: Widths
    var tag: @Sendable (Int) -> Tag?

    private static let gap = 26.0
    private static let bar = 110.0
    private static let header = 34.0

    private func pitch(_ space: Space) -> Double { max(20, min(40, space.density.cell.height)) }

    private func font(_ space: Space) -> Font { space.density.label.size > 17 ? .label : space.density.label }

    private struct Columns {
        var label: Double
        var score: Double
        var power: Double
        var share: Double
        var end: Double
    }

    /// Where each column ends, from the left edge; the bar begins after the last.
    private func columns(_ space: Space) -> Columns {
        let font = font(space)
        let mono = Font.mono(font)
        let label = shown.map { $0 < labels.count ? space.width(of: labels[$0].display, font) : 0 }.max() ?? 0
        let heads = heads.map { $0.size(in: space).width }
        guard heads.count == 3 else { return Columns(label: 0, score: 0, power: 0, share: 0, end: SoftmaxTable.bar) }
        let score = label + SoftmaxTable.gap + max(heads[0], space.width(of: widths.score, mono))
        let power = score + SoftmaxTable.gap + max(heads[1], space.width(of: "Σ = " + widths.power, mono))
        let share = power + SoftmaxTable.gap + max(heads[2], space.width(of: widths.share, mono))
        return Columns(label: label, score: score, power: power, share: share, end: share + 12 + SoftmaxTable.bar)
    }

    // Read once: every row's frame is measured, at several densities.
    private static let plainHeads = heads(#"\role{scores}{s}"#)
    private static let shiftedHeads = heads(#"\role{scores}{s} - m"#)
    private var heads: [Formula] { widths.isShifted ? SoftmaxTable.shiftedHeads : SoftmaxTable.plainHeads }

    private static func heads(_ exponent: String) -> [Formula] {
        [exponent, "e^{\(exponent)}", #"\role{probability}{p}"#].map { Formula($0).size(20) }
    }

    private var lines: Elision { Elision(showing: shown, of: row.scores.count) }

    func extent(in space: Space) -> Extent {
        let height = pitch(space) * Double(shown.count + 1) + 22 * Double(lines.gapCount)
        return Extent(columns(space).end, SoftmaxTable.header + height + 8)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let columns = columns(space)
        let font = font(space)
        let mono = Font.mono(font)
        let pitch = pitch(space)
        for (formula, right) in zip(heads, [columns.score, columns.power, columns.share]) {
            formula.place(at: Point(rect.minX + right, rect.minY + 26), .bottomTrailing, space, onto: &canvas)
        }
        let limit = ValueScale.shares(row.shares).limit
        var y = rect.minY + SoftmaxTable.header
        canvas.line(Point(rect.minX, y), Point(rect.minX + columns.end, y), Stroke(theme.hairline, width: 1.5))
        for line in lines.slots {
            guard case .shown(let key) = line else {
                if case .gap(let count) = line {
                    let middle = Point(rect.minX + columns.end / 2, y + 11)
                    canvas.text("⋯ \(space.more(count)) ⋯", at: middle, .small, theme.muted, in: space)
                }
                y += 22
                continue
            }
            let middle = y + pitch / 2
            y += pitch
            let isHidden = row.scores[key] == -.infinity
            let ink = isHidden ? theme.muted.mixed(with: theme.paper, 0.3) : theme.ink
            if key < labels.count {
                canvas.text(
                    labels[key].display, at: Point(rect.minX + columns.label, middle), font, ink, .trailing, in: space)
            }
            let texts = [
                (Numbers.fixed(Double(row.scores[key]) - row.shift), columns.score),
                (SoftmaxRow.text(row.powers[key]), columns.power),
                (row.words.text(row.shares[key]), columns.share),
            ]
            for (text, right) in texts {
                canvas.text(text, at: Point(rect.minX + right, middle), mono, ink, .trailing, in: space)
            }
            let share = Double(row.shares[key])
            let thickness = min(20, pitch * 0.6)
            let start = rect.minX + columns.share + 12
            canvas.fill(
                .rounded(Rect(start, middle - thickness / 2, SoftmaxTable.bar, thickness), radius: 4), theme.panel)
            if let odd = OddNumber(share) {
                canvas.oddBar(odd, at: Point(start, middle), thickness: thickness, tag: tag(key), in: space)
            } else if !isHidden {
                let width = max(2, max(0, min(1, share / limit)) * SoftmaxTable.bar)
                canvas.fill(
                    .rounded(Rect(start, middle - thickness / 2, width, thickness), radius: min(4, width / 2)),
                    theme.accent(.probability), tag: tag(key))
            }
            canvas.hotSpot(
                Rect(rect.minX, middle - pitch / 2, columns.end, pitch),
                key < labels.count ? labels[key].display : String(key), value: "\(row.shares[key])", tag: tag(key))
        }
        canvas.line(
            Point(rect.minX + columns.score + 8, y + 3), Point(rect.minX + columns.power, y + 3),
            Stroke(theme.muted, width: 1.5))
        canvas.text(
            "Σ = " + SoftmaxRow.text(row.sum), at: Point(rect.minX + columns.power, y + 5 + pitch / 2),
            mono.semibold, theme.ink, .trailing, in: space)
        let whole = row.words.areWhole ? 1 : row.shares.reduce(0) { $0 + Double($1) }
        canvas.text(
            row.words.text(whole), at: Point(rect.minX + columns.share, y + 5 + pitch / 2), mono, theme.muted,
            .trailing, in: space)
    }
}
