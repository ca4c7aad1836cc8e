import Drawing
import Platform
import Tracing
import Wording

/// One row of a softmax with its arithmetic.
struct SoftmaxRow: Sendable {
    var scores: [Float]
    var shares: [Float]
    /// Taken off every score first, so that no power leaves the range of numbers that can be read; 0 for moderate
    /// scores.
    var shift: Double
    /// `e^(score − shift)`.
    var powers: [Double]
    var sum: Double

    /// How the shares are written.
    var words: Shares

    /// Within these all powers of a row have two or three digits before the point, or a few behind it.
    private static let moderate = -2.0...6.0

    /// Whether the largest score of some row is too large or too small to show its power: then all rows are shifted.
    static func needShift(_ rows: [[Float]]) -> Bool {
        rows.contains { row in
            row.lazy.filter { $0.isFinite }.max().map { !moderate.contains(Double($0)) } ?? false
        }
    }

    init(scores: [Float], shares: [Float], isShifted: Bool) {
        self.scores = scores
        // A key without a share of its own has one that is not known.
        self.shares = scores.indices.map { $0 < shares.count ? shares[$0] : .nan }
        words = Shares(row: shares)
        let shift = isShifted ? scores.filter { $0.isFinite }.map(Double.init).max() ?? 0 : 0
        self.shift = shift
        let parts = scores.map { Expression.function(.exp, [.constant(Double($0) - shift)]) }
        let unread = { (_: Int, _: [Int]) in Double.nan }
        powers = parts.map { $0.value(unread) }
        sum = Expression.sum(parts).value(unread)
    }

    /// How many decimals the powers of a table have, so that their sum has three digits or more.
    static func decimals(_ rows: [SoftmaxRow]) -> Int {
        let sum = rows.reduce(0) { $1.sum.isFinite ? max($0, $1.sum) : $0 }
        return rows.contains { $0.shift != 0 } ? 3 : sum >= 1000 ? 0 : sum >= 100 ? 1 : 2
    }

    /// Score, power and sum with so many digits that each follows from those before it as they are written.
    func digits(_ key: Int) -> (score: String, power: String, sum: String) {
        var found = (score: "", power: "", sum: "")
        guard scores.indices.contains(key), powers.indices.contains(key) else { return found }
        let (score, power) = (Double(scores[key]) - shift, powers[key])
        let share = words.text(shares[key])
        func rounded(_ value: Double, _ decimals: Int) -> Double {
            let factor = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
            return (value * factor).rounded() / factor
        }
        // The digits before the point: an error of the exponent grows with the power.
        var (before, size) = (0, power)
        while size >= 1, before < 6 {
            before += 1
            size /= 10
        }
        for digits in 3...7 {
            let decimals = max(0, digits - before)
            found.power = Numbers.fixed(power, decimals: decimals)
            found.sum = Numbers.fixed(sum, decimals: decimals)
            for places in 2...8 {
                found.score = Numbers.fixed(score, decimals: places)
                if Numbers.fixed(exp(rounded(score, places)), decimals: decimals) == found.power { break }
            }
            if words.text(rounded(power, decimals) / rounded(sum, decimals)) == share { break }
        }
        return found
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
        /// Of the powers.
        var decimals: Int

        init(_ rows: [SoftmaxRow]) {
            func longest(_ texts: [String]) -> String { texts.max { $0.count < $1.count } ?? "" }
            score = longest(rows.flatMap { row in row.scores.map { Numbers.fixed(Double($0) - row.shift) } })
            let decimals = SoftmaxRow.decimals(rows)
            self.decimals = decimals
            power = longest(
                rows.flatMap { row in (row.powers + [row.sum]).map { Numbers.fixed($0, decimals: decimals) } })
            share = longest(rows.flatMap { row in row.shares.map { row.words.text($0) } })
            isShifted = rows.contains { $0.shift != 0 }
        }
    }

    var labels: [TokenLabel]
    var row: SoftmaxRow
    var shown: [Int]
    var widths: Widths
    /// The share of a bar that fills its track.
    var limit: Double
    var tag: @Sendable (Int) -> Tag?
    /// Without what matrices at its sides show: the scores, and the shares as bars.
    var isBrief = false

    // Read once: every row's frame is measured, at several densities.
    private static let plainHeads = heads(#"\role{scores}{s}"#)
    private static let shiftedHeads = heads(#"\role{scores}{s} - m"#)

    private static func heads(_ exponent: String) -> [AnyMark] {
        [exponent, "\\approx e^{\(exponent)}", #"\role{probability}{p}"#].map { Formula($0).size(20).any }
    }

    func build(_ space: Space) -> AnyMark {
        let font = space.density.label.size > 17 ? Font.label : space.density.label
        let mono = Font.mono(font)
        let pitch = max(20, min(40 * space.density.stretch.height, space.density.drawnCell.height))
        let heads = widths.isShifted ? Self.shiftedHeads : Self.plainHeads
        let columns = [widths.score, "Σ = " + widths.power, widths.share].map { space.width(of: $0, mono) }
        // Which of its five tracks are drawn.
        let kept = isBrief ? [0, 2, 3] : space.isNarrow ? [0, 1, 2, 3] : [0, 1, 2, 3, 4]
        let tracks =
            [Table.Track(alignment: 1)] + heads.map { Table.Track(alignment: 1, gap: 26, head: $0) }
            + [Table.Track(gap: 12)]
        @Sendable func cell(_ text: String, _ column: Int, _ tint: Tint, _ font: Font) -> AnyMark {
            Text(text).font(font).color(tint).frame(width: columns[column], alignment: .trailing).any
        }
        let limit = self.limit
        let count = row.scores.count
        return Table(count + 1, kept.map { tracks[$0] }, pitch: pitch...pitch, header: 34) { key, _ in
            guard key < count else {
                let whole = row.words.areWhole ? 1 : row.shares.reduce(0) { $0 + Double($1) }
                let sum = cell("Σ = " + Numbers.fixed(row.sum, decimals: widths.decimals), 1, .ink, mono.semibold)
                    .connected { _, rect, space, canvas in
                        let y = rect.minY - 1
                        canvas.line(Point(rect.minX, y), Point(rect.maxX, y), Stroke(space.theme.muted, width: 1.5))
                    }
                let last: [AnyMark?] = [nil, nil, sum.any, cell(row.words.text(whole), 2, .muted, mono), nil]
                return Table.Row(kept.map { last[$0] })
            }
            let isHidden = row.scores[key] == -.infinity
            let ink: Tint = isHidden ? .muted : .ink
            let share = Double(row.shares[key])
            let label = labels.indices.contains(key) ? labels[key].display : ""
            let cells: [AnyMark?] = [
                Text(label).font(font).color(ink).any,
                cell(Numbers.fixed(Double(row.scores[key]) - row.shift), 0, ink, mono),
                cell(Numbers.fixed(row.powers[key], decimals: widths.decimals), 1, ink, mono),
                cell(row.words.text(row.shares[key]), 2, ink, mono),
                Bar(isHidden && share.isFinite ? nil : share, limit: limit).onTrack().length(
                    110 * space.density.stretch.width, words: 0
                )
                .tagged(tag(key)).any,
            ]
            return Table.Row(kept.map { cells[$0] }).explained(
                label.isEmpty ? String(key) : label, value: "\(row.shares[key])", tag: tag(key))
        }.showing(Elision(showing: shown + [count], of: count + 1)).gaps(height: 22).any
    }
}
