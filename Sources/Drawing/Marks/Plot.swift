import Platform
import Wording

/// Curves over a pair of axes: learning curves, waves, functions.
public struct Plot: Mark {
    public struct Series: Sendable {
        public var points: [Point]
        public var tint: Tint
        /// Written at the curve's right end, in its colour.
        public var name: Phrase?
        public var isDashed: Bool
        public var showsDots: Bool
        public var width: Double

        public init(
            _ points: [Point], _ tint: Tint, name: Phrase? = nil, dashed: Bool = false, dots: Bool = false,
            width: Double = 2.5
        ) {
            self.points = points
            self.tint = tint
            self.name = name
            isDashed = dashed
            showsDots = dots
            self.width = width
        }
    }

    public struct Axis: Sendable {
        public var name: Phrase?
        public var range: ClosedRange<Double>?
        public var isLogarithmic: Bool

        public init(_ name: Phrase? = nil, range: ClosedRange<Double>? = nil, logarithmic: Bool = false) {
            self.name = name
            self.range = range
            isLogarithmic = logarithmic
        }
    }

    public var series: [Series]
    public var x: Axis
    public var y: Axis
    /// The size at the comfortable density; the plot takes all the room it is given when `stretches`.
    public var size: Size
    public var stretches: Bool

    public init(
        _ series: [Series], x: Axis = Axis(), y: Axis = Axis(), size: Size = Size(480, 280), stretches: Bool = false
    ) {
        self.series = series
        self.x = x
        self.y = y
        self.size = size
        self.stretches = stretches
    }

    public var stretch: Stretch { stretches ? .both : [] }
    public func extent(in space: Space) -> Extent {
        Extent(size.width * space.density.zoom, size.height * space.density.zoom)
    }

    /// Where values lie on the canvas: `scale(value)`.
    private struct Mapping {
        var range: ClosedRange<Double>
        var from: Double
        var to: Double
        var isLogarithmic: Bool

        func callAsFunction(_ value: Double) -> Double {
            let (low, high) = (range.lowerBound, range.upperBound)
            let share =
                isLogarithmic
                ? log(max(value, 1e-300) / low) / log(high / low) : (value - low) / (high - low)
            return from + (to - from) * share
        }
    }

    private func range(_ axis: Axis, _ values: [Double], count: Int) -> ClosedRange<Double> {
        if let range = axis.range, range.lowerBound < range.upperBound, range.lowerBound.isFinite,
            range.upperBound.isFinite, !axis.isLogarithmic || range.lowerBound > 0
        {
            return range
        }
        let finite = values.filter { $0.isFinite && (!axis.isLogarithmic || $0 > 0) }
        guard let least = finite.min(), let most = finite.max() else { return axis.isLogarithmic ? 1...10 : 0...1 }
        // Further out, differences and quotients are no numbers any more.
        let low = axis.isLogarithmic ? max(least, 1e-300) : max(least, -1e300)
        let high = max(low, min(most, 1e300))
        // Numbers that differ in nothing that a picture can show.
        if high - low <= max(abs(low), abs(high)) * 1e-12 {
            let room = max(1, abs(low) * 1e-3)
            return axis.isLogarithmic ? (low / 10)...(low * 10) : (low - room)...(low + room)
        }
        if axis.isLogarithmic { return low...high }
        // To round numbers, and to zero where zero is not far.
        let start = low > 0 && low < high * 0.4 ? 0 : low
        let ticks = Plot.ticks(start...high, count: count, logarithmic: false)
        guard ticks.count > 1 else { return start...high }
        let step = ticks[1] - ticks[0]
        guard step > 0 else { return start...high }
        return ((start / step + 1e-9).rounded(.down) * step)...((high / step - 1e-9).rounded(.up) * step)
    }

    /// Round numbers inside the range, about `count` of them.
    package static func ticks(_ range: ClosedRange<Double>, count: Int, logarithmic: Bool = false) -> [Double] {
        guard range.lowerBound < range.upperBound, range.upperBound.isFinite, range.lowerBound.isFinite else {
            return []
        }
        if logarithmic {
            guard range.lowerBound > 0 else { return [] }
            let first = Int(clamping: log10(range.lowerBound).rounded(.up))
            let last = Int(clamping: log10(range.upperBound).rounded(.down))
            guard first <= last + 1 else { return [range.lowerBound, range.upperBound] }
            let step = max(1, (last - first) / max(1, count))
            if last - first >= 2 { return stride(from: first, through: last, by: step).map { pow(10, Double($0)) } }
            // Within two decades the steps between are worth naming.
            return ((first - 1)...last).flatMap { power in [1, 2, 5].map { $0 * pow(10, Double(power)) } }
                .filter { range.contains($0) }
        }
        let rough = (range.upperBound - range.lowerBound) / Double(max(1, count))
        let power = pow(10, log10(rough).rounded(.down))
        let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough } ?? rough
        var ticks: [Double] = []
        var index = (range.lowerBound / step).rounded(.up)
        while index * step <= range.upperBound + step * 1e-9, ticks.count < 50 {
            ticks.append(index * step)
            index += 1
        }
        return ticks
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let counts = (x: max(2, Int(clamping: rect.width / 110)), y: max(2, Int(clamping: rect.height / 60)))
        let xRange = range(x, series.flatMap { $0.points.map { $0.x } }, count: counts.x)
        let yRange = range(y, series.flatMap { $0.points.map { $0.y } }, count: counts.y)
        let xTicks = Plot.ticks(xRange, count: counts.x, logarithmic: x.isLogarithmic)
        let yTicks = Plot.ticks(yRange, count: counts.y, logarithmic: y.isLogarithmic)
        let font = Font.mono(.small)
        let yWidth = yTicks.map { space.width(of: Numbers.significant($0), font) }.max() ?? 0
        let names = series.compactMap { $0.name.map(space.text) }
        let right = (names.map { space.width(of: $0, .small) }.max() ?? 0) + (names.isEmpty ? 14 : 12)
        let area = rect.inset(
            by: Insets(top: y.name == nil ? 10 : 34, left: yWidth + 12, bottom: x.name == nil ? 26 : 50, right: right))
        let mapX = Mapping(range: xRange, from: area.minX, to: area.maxX, isLogarithmic: x.isLogarithmic)
        let mapY = Mapping(range: yRange, from: area.maxY, to: area.minY, isLogarithmic: y.isLogarithmic)
        for tick in yTicks {
            let y = mapY(tick)
            canvas.line(Point(area.minX, y), Point(area.maxX, y), Stroke(theme.hairline, width: tick == 0 ? 1.5 : 0.75))
            canvas.text(
                Numbers.significant(tick), at: Point(area.minX - 8, y), font, theme.muted, .trailing, in: space)
        }
        for tick in xTicks {
            let x = mapX(tick)
            canvas.line(Point(x, area.maxY), Point(x, area.maxY + 5), Stroke(theme.hairline, width: 1.5))
            canvas.text(Numbers.significant(tick), at: Point(x, area.maxY + 17), font, theme.muted, in: space)
        }
        canvas.line(Point(area.minX, area.maxY), Point(area.maxX, area.maxY), Stroke(theme.muted, width: 1.5))
        if let name = x.name {
            canvas.text(
                space.text(name), at: Point(area.midX, area.maxY + 40), .small, theme.muted, in: space)
        }
        if let name = y.name {
            canvas.text(
                space.text(name), at: Point(rect.minX, rect.minY + 8), .small, theme.muted, .leading, in: space)
        }
        placeCurves(area, mapX, mapY, space, onto: &canvas)
    }

    private func placeCurves(
        _ area: Rect, _ mapX: Mapping, _ mapY: Mapping, _ space: Space, onto canvas: inout Canvas
    ) {
        var names: [(text: String, y: Double, color: Color)] = []
        for curve in series {
            let color = space.theme.color(curve.tint)
            var path = Path()
            var isDown = false
            var last: Point?
            var odd: OddNumber?
            for point in curve.points {
                // What is not finite stands at the edge where it would be, the first of a run.
                let found = mapX(point.x).isFinite ? OddNumber(point.y) : nil
                if let found, found != odd {
                    let y = found == .infinite ? area.minY + 8 : area.maxY - 8
                    canvas.odd(found, in: Rect(mapX(point.x) - 7, y - 7, 14, 14), in: space)
                }
                odd = found
                let place = Point(mapX(point.x), mapY(point.y))
                // A gap where a value is missing or lies outside, rather than a line along the edge.
                guard place.x.isFinite, place.y.isFinite, area.outset(by: 1).contains(place) else {
                    isDown = false
                    continue
                }
                if isDown { path.line(to: place) } else { path.move(to: place) }
                isDown = true
                last = place
                if curve.showsDots { canvas.fill(.circle(place, radius: 4), color) }
            }
            canvas.stroke(path, Stroke(color, width: curve.width, dashes: curve.isDashed ? [7, 5] : []))
            guard let name = curve.name, let last else { continue }
            names.append((space.text(name), last.y, color))
        }
        // Names keep a line's distance from each other and from the axis below: each moves up as far as it must.
        var floor = area.maxY + 10
        for name in names.sorted(by: { $0.y > $1.y }) {
            let y = min(name.y, floor - 19)
            floor = y
            canvas.text(name.text, at: Point(area.maxX + 10, y), .small, name.color, .leading, in: space)
        }
    }
}
