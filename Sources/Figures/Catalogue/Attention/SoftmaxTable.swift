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
struct SoftmaxTable: ComposedMark {
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

    // Read once: every row's frame is measured, at several densities.
    private static let plainHeads = heads(#"\role{scores}{s}"#)
    private static let shiftedHeads = heads(#"\role{scores}{s} - m"#)

    private static func heads(_ exponent: String) -> [AnyMark] {
        [exponent, "e^{\(exponent)}", #"\role{probability}{p}"#].map { Formula($0).size(20).any }
    }

    func build(_ space: Space) -> AnyMark {
        let font = space.density.label.size > 17 ? Font.label : space.density.label
        let mono = Font.mono(font)
        let pitch = max(20, min(40, space.density.cell.height))
        let heads = widths.isShifted ? Self.shiftedHeads : Self.plainHeads
        let columns = [widths.score, "Σ = " + widths.power, widths.share].map { space.width(of: $0, mono) }
        let tracks =
            [Table.Track(alignment: 1)] + heads.map { Table.Track(alignment: 1, gap: 26, head: $0) }
            + [Table.Track(gap: 12)]
        @Sendable func cell(_ text: String, _ column: Int, _ tint: Tint, _ font: Font) -> AnyMark {
            Text(text).font(font).color(tint).frame(width: columns[column], alignment: .trailing).any
        }
        let limit = ValueScale.shares(row.shares).limit
        let count = row.scores.count
        return Table(count + 1, tracks, pitch: pitch...pitch, header: 34) { key, _ in
            guard key < count else {
                let whole = row.words.areWhole ? 1 : row.shares.reduce(0) { $0 + Double($1) }
                let sum = cell("Σ = " + SoftmaxRow.text(row.sum), 1, .ink, mono.semibold)
                    .connected { _, rect, space, canvas in
                        let y = rect.minY - 1
                        canvas.line(Point(rect.minX, y), Point(rect.maxX, y), Stroke(space.theme.muted, width: 1.5))
                    }
                return Table.Row([nil, nil, sum.any, cell(row.words.text(whole), 2, .muted, mono)])
            }
            let isHidden = row.scores[key] == -.infinity
            let ink: Tint = isHidden ? .fixed(space.theme.muted.mixed(with: space.theme.paper, 0.3)) : .ink
            let share = Double(row.shares[key])
            let label = labels.indices.contains(key) ? labels[key].display : ""
            return Table.Row([
                Text(label).font(font).color(ink).any,
                cell(Numbers.fixed(Double(row.scores[key]) - row.shift), 0, ink, mono),
                cell(SoftmaxRow.text(row.powers[key]), 1, ink, mono),
                cell(row.words.text(row.shares[key]), 2, ink, mono),
                Bar(isHidden && share.isFinite ? nil : share, limit: limit).onTrack().length(110, words: 0)
                    .tagged(tag(key)).any,
            ]).explained(label.isEmpty ? String(key) : label, value: "\(row.shares[key])", tag: tag(key))
        }.showing(Elision(showing: shown + [count], of: count + 1)).gaps(height: 22).any
    }
}
