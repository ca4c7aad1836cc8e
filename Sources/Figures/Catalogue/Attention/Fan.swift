import Drawing
import Wording

/// What two fans of weighted lines paint alike: the heads of their columns, the lines, and the bars of the row that
/// stands out.
struct Fan {
    /// The widths of both columns, of the numbers behind the bars and of what lies between; and the height of a row.
    struct Measures {
        var font: Font
        var left: Double
        var right: Double
        var values: Double
        var fan: Double
        var pitch: Double
    }

    /// `[row][key]`
    var weights: [[Float]]
    /// How the weights are written, and that of the widest line and of the longest bar.
    var shares: Shares
    var limit: Double
    var focus: Int
    /// Where the lines leave the rows at the left, and where they reach the keys at the right.
    var from: Double
    var to: Double
    /// Where the bars begin, and how long a whole one is.
    var start: Double
    var bar: Double
    var font: Font
    var pitch: Double
    var tag: (_ row: Int, _ key: Int) -> Tag
    var space: Space

    static let header = 34.0
    /// Fainter lines than this are left out: they would be a grey veil.
    private static let least: Float = 0.02

    private var theme: Theme { space.theme }
    /// The weights of the row that stands out.
    var row: [Float] { weights.row(focus) }

    func heads(_ left: Phrase, _ right: Phrase, _ bars: Phrase, under top: Double, _ canvas: inout Canvas) {
        let (font, y) = (Font.small.semibold, top + 12)
        canvas.text(space.text(left), at: Point(from - 16, y), font, theme.accent(.query), .trailing, in: space)
        canvas.text(space.text(right), at: Point(to + 16, y), font, theme.accent(.key), .leading, in: space)
        canvas.text(space.text(bars), at: Point(start, y), font, theme.ink, .leading, in: space)
    }

    /// - Parameters:
    ///   - left: the heights of the rows that are shown; likewise `right` of the keys.
    ///   - widest: the width of a line for all of the attention.
    ///   - faint: how opaque the lines of the other rows are without any weight, and how much more with all of it.
    func lines(
        _ rows: [Int], _ left: [Int: Double], _ keys: [Int], _ right: [Int: Double], widest: Double,
        faint: (least: Double, more: Double), _ canvas: inout Canvas
    ) {
        // The others first, so that the row that stands out lies on top.
        for row in rows.filter({ $0 != focus }) + [focus] {
            guard row < weights.count, let start = left[row] else { continue }
            for key in keys where key < weights[row].count {
                let weight = weights[row][key]
                guard weight >= Self.least, weight.isFinite, let end = right[key] else { continue }
                let strength = Double(weight) / limit
                let color =
                    row == focus
                    ? theme.accent(.probability).opacity(0.25 + 0.7 * strength)
                    : theme.muted.opacity(faint.least + faint.more * strength)
                canvas.stroke(
                    .ribbon(Point(from, start), Point(to, end)),
                    Stroke(color, width: max(1, strength * widest), isRound: false), tag: tag(row, key))
            }
        }
    }

    /// - Parameters:
    ///   - words: what hover says of the key's whole line.
    ///   - end: where that line ends.
    func bar(of key: Int, at y: Double, _ words: String, end: Double, _ canvas: inout Canvas) {
        let row = row
        guard row.indices.contains(key) else { return }
        let weight = Double(row[key])
        let thickness = min(20, pitch * 0.6)
        var length = max(2, min(1, max(0, weight / limit)) * bar)
        if let odd = OddNumber(weight) {
            let start = Point(start, y)
            length = canvas.oddBar(odd, at: start, thickness: thickness, tag: tag(focus, key), in: space)
        } else {
            let body = Rect(start, y - thickness / 2, length, thickness)
            canvas.fill(
                .rounded(body, radius: min(4, body.width / 2)), theme.accent(.probability), tag: tag(focus, key))
        }
        canvas.text(
            shares.text(weight), at: Point(start + length + 10, y), .mono(font),
            key == row.greatestPlace || row[key] == row.max() ? theme.ink : theme.muted, .leading, in: space)
        canvas.hotSpot(
            Rect(to, y - pitch / 2, end - to, pitch), words, value: "\(row[key])", tag: tag(focus, key))
    }
}
