import Drawing
import Wording

/// How far numbers are spread: one strip a set, all on one axis, each with its dots, its range and its standard
/// deviation.
struct SpreadStrips: Mark {
    struct Strip: Sendable {
        var words: Phrase
        var role: Role
        var values: [Float]
    }

    /// What a strip says of its numbers.
    struct Spread: Sendable, Hashable {
        var low: Double
        var high: Double
        var mean: Double
        /// Population standard deviation.
        var deviation: Double

        init(_ values: [Float]) {
            let finite = values.filter { $0.isFinite }.map(Double.init)
            let count = Double(max(1, finite.count))
            let mean = finite.reduce(0, +) / count
            low = finite.min() ?? 0
            high = finite.max() ?? 0
            self.mean = mean
            deviation = (finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        }
    }

    var strips: [Strip]
    var length = 560.0

    private static let lane = 38.0
    private static let axis = 26.0
    /// More dots than this are one grey mass; range and deviation then say it alone.
    private static let mostDots = 400

    private func words(_ strip: Strip, _ space: Space) -> (label: String, end: String) {
        let deviation = Phrase(en: "standard deviation {value}", zh: "标准差 {value}").filled([
            "value": Phrase(Numbers.significant(Spread(strip.values).deviation))
        ])
        return (space.text(strip.words), space.text(deviation))
    }

    private func sides(_ space: Space) -> (left: Double, right: Double) {
        let words = strips.map { self.words($0, space) }
        return (
            words.map { space.width(of: $0.label, .small.semibold) }.max() ?? 0,
            words.map { space.width(of: $0.end, .small) }.max() ?? 0
        )
    }

    func extent(in space: Space) -> Extent {
        let sides = sides(space)
        return Extent(
            sides.left + 24 + length + 24 + sides.right, SpreadStrips.lane * Double(strips.count) + SpreadStrips.axis)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let sides = sides(space)
        let start = rect.minX + sides.left + 24
        let spreads = strips.map { Spread($0.values) }
        let limit = spreads.map { max(abs($0.low), abs($0.high)) }.max() ?? 1
        let reach = limit > 0 ? limit * 1.06 : 1
        let place = { (value: Double) in start + self.length * (value / reach + 1) / 2 }
        let bottom = rect.minY + SpreadStrips.lane * Double(strips.count)
        canvas.line(Point(place(0), rect.minY + 2), Point(place(0), bottom), Stroke(theme.hairline, width: 1.5))
        canvas.line(Point(start, bottom), Point(start + length, bottom), Stroke(theme.hairline, width: 1.5))
        for value in [-limit, 0, limit] {
            canvas.line(Point(place(value), bottom), Point(place(value), bottom + 5), Stroke(theme.muted, width: 1.5))
            canvas.text(
                Numbers.significant(value, digits: 2), at: Point(place(value), bottom + 16), .mono(.small), theme.muted,
                in: space)
            if limit == 0 { break }
        }
        for (index, strip) in strips.enumerated() {
            let y = rect.minY + SpreadStrips.lane * (Double(index) + 0.5)
            let spread = spreads[index]
            let color = theme.accent(strip.role)
            let words = self.words(strip, space)
            canvas.text(
                words.label, at: Point(start - 24, y), .small.semibold, theme.ink, .trailing, in: space)
            canvas.text(words.end, at: Point(start + length + 24, y), .small, theme.muted, .leading, in: space)
            let (left, right) = (spread.mean - spread.deviation, spread.mean + spread.deviation)
            canvas.fill(
                .rounded(Rect(place(left), y - 11, max(2, place(right) - place(left)), 22), radius: 6),
                theme.paper.mixed(with: color, 0.22))
            canvas.line(Point(place(spread.low), y), Point(place(spread.high), y), Stroke(color, width: 1.5))
            for end in [spread.low, spread.high] {
                canvas.line(Point(place(end), y - 7), Point(place(end), y + 7), Stroke(color, width: 1.5))
            }
            guard strip.values.count <= SpreadStrips.mostDots else { continue }
            let dot = theme.paper.mixed(with: color, 0.85)
            for value in strip.values where value.isFinite {
                canvas.fill(
                    .circle(Point(place(Double(value)), y), radius: 4.5), dot, stroke: Stroke(theme.paper, width: 1))
            }
        }
    }
}
