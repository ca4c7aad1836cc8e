import Drawing
import Wording

/// How far numbers are spread: one strip a set, all on one axis, each with its dots, its range and its standard
/// deviation.
struct SpreadStrips: ComposedMark {
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

    /// More dots than this are one grey mass; range and deviation then say it alone.
    private static let mostDots = 400
    private static let axis = 26.0

    private static func deviation(_ spread: Spread) -> Phrase {
        Phrase(en: "standard deviation {value}", zh: "标准差 {value}").filled([
            "value": Phrase(Numbers.significant(spread.deviation))
        ])
    }

    func build(_ space: Space) -> AnyMark {
        let spreads = strips.map { Spread($0.values) }
        let limit = spreads.map { max(abs($0.low), abs($0.high)) }.max() ?? 1
        let reach = limit > 0 ? limit * 1.06 : 1
        let tracks = [Table.Track(alignment: 1), Table.Track(gap: 24, rule: 0.5), Table.Track(gap: 24)]
        let words = { (phrases: [Phrase], font: Font) in
            phrases.map { space.width(of: space.text($0), font) }.max() ?? 0
        }
        let rest =
            48 + words(strips.map { $0.words }, .small.semibold) + words(spreads.map(Self.deviation), .small)
        let length = max(160, min(self.length * space.density.stretch.width, space.width - rest))
        let pitch = 38 * min(1.6, space.density.stretch.height)
        let table = Table(strips.count, tracks, pitch: pitch...pitch) { index, height in
            let strip = strips[index]
            let body = Drawn(length, height) { rect, space, canvas in
                paint(strip, spreads[index], rect, reach, space.theme, &canvas)
            }
            return Table.Row([
                Text(strip.words).font(.small.semibold).any, body.anchored("strip").any,
                Text(Self.deviation(spreads[index])).font(.small).color(.muted).any,
            ])
        }
        return table.padding(Insets(bottom: Self.axis)).connected { anchors, rect, space, canvas in
            guard let strip = anchors["strip"] else { return }
            let (theme, bottom) = (space.theme, rect.maxY - Self.axis)
            canvas.line(Point(strip.minX, bottom), Point(strip.maxX, bottom), Stroke(theme.hairline, width: 1.5))
            for value in limit == 0 ? [0] : [-limit, 0, limit] {
                let x = Self.x(value, strip, reach)
                canvas.line(Point(x, bottom), Point(x, bottom + 5), Stroke(theme.muted, width: 1.5))
                canvas.text(
                    Numbers.significant(value, digits: 2), at: Point(x, bottom + 16), .mono(.small), theme.muted,
                    in: space)
            }
        }.any
    }

    private static func x(_ value: Double, _ rect: Rect, _ reach: Double) -> Double {
        rect.minX + rect.width * (value / reach + 1) / 2
    }

    /// The band of mean ± deviation, the range, and every number where they are not too many.
    private func paint(
        _ strip: Strip, _ spread: Spread, _ rect: Rect, _ reach: Double, _ theme: Theme, _ canvas: inout Canvas
    ) {
        let (y, color) = (rect.midY, theme.accent(strip.role))
        func place(_ value: Double) -> Double { Self.x(value, rect, reach) }
        let (left, right) = (place(spread.mean - spread.deviation), place(spread.mean + spread.deviation))
        canvas.fill(
            .rounded(Rect(left, y - 11, max(2, right - left), 22), radius: 6), theme.paper.mixed(with: color, 0.22))
        canvas.line(Point(place(spread.low), y), Point(place(spread.high), y), Stroke(color, width: 1.5))
        for end in [spread.low, spread.high] {
            canvas.line(Point(place(end), y - 7), Point(place(end), y + 7), Stroke(color, width: 1.5))
        }
        guard strip.values.count <= Self.mostDots else { return }
        for value in strip.values where value.isFinite {
            canvas.fill(
                .circle(Point(place(Double(value)), y), radius: 4.5), theme.paper.mixed(with: color, 0.85),
                stroke: Stroke(theme.paper, width: 1))
        }
    }
}
