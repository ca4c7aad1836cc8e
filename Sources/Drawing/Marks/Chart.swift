import Platform
import Wording

/// A pair of axes with curves, points and fields on them: names, round numbers, and the last values at the right.
package struct Chart: Sendable {
    /// One curve: a value for each of its steps.
    package struct Curve: Sendable {
        var steps: [Double]
        package var values: [Double]
        package var color: Color
        var width: Double
        var dashes: [Double]
        /// Written before the last value, where several curves share the chart.
        package var name: String?

        package init(
            _ steps: [Double], _ values: [Double], _ color: Color, width: Double = 2.5, dashes: [Double] = [],
            name: String? = nil
        ) {
            self.steps = steps
            self.values = values
            self.color = color
            self.width = width
            self.dashes = dashes
            self.name = name
        }

        package var last: Double? { values.last { $0.isFinite } }
    }

    /// Room for everything, names and numbers included, but for the numbers under it.
    package var rect: Rect
    package var area: Rect
    package var x: AxisScale
    package var y: AxisScale
    package var space: Space
    /// Of the values; over the axis.
    package var name: String
    /// Values are shares of one, written as percentages.
    package var isShare = false

    /// - Parameter right: the room for what is written at the curves' ends.
    package init(
        in rect: Rect, _ name: Phrase, x: AxisScale, y: AxisScale, right: Double = 84, share: Bool = false,
        _ space: Space
    ) {
        self.rect = rect
        self.name = space.text(name)
        self.x = x
        self.y = y
        self.space = space
        isShare = share
        area = rect.inset(by: Insets(top: 24, left: rect.width < 340 ? 50 : 64, bottom: 4, right: right))
    }

    private var theme: Theme { space.theme }

    package func point(_ step: Double, _ value: Double) -> Point { Point(column(step), line(value)) }
    package func column(_ step: Double) -> Double { area.minX + area.width * x.share(step) }
    package func line(_ value: Double) -> Double { area.maxY - area.height * y.share(value) }

    /// The name over the axis of values, and its numbers with a line across at each.
    ///
    /// - Parameters:
    ///   - ticks: what is named; nil for round numbers.
    ///   - across: whether there are lines right across, and not only at zero.
    package func values(_ canvas: inout Canvas, at ticks: [Double]? = nil, across: Bool = true) {
        canvas.text(name, at: Point(rect.minX, rect.minY + 9), .small, theme.muted, .leading, in: space)
        var last = Double.infinity
        for tick in ticks ?? y.ticks(max(2, Int(clamping: area.height / 54))) where last - line(tick) >= 16 {
            last = line(tick)
            canvas.line(
                Point(area.minX, last), Point(across || tick == 0 ? area.maxX : area.minX + 8, last),
                Stroke(tick == 0 ? theme.muted : theme.hairline, width: tick == 0 ? 1.5 : 0.75))
            canvas.text(
                isShare ? Numbers.percent(tick) : Numbers.significant(tick, digits: 2),
                at: Point(area.minX - 10, last), .mono(.small), theme.muted, .trailing, in: space)
        }
    }

    /// Only the ends of these values, and zero where it lies well between them: for a low chart.
    package func ends(of values: [Double], _ canvas: inout Canvas) {
        let finite = values.filter { $0.isFinite }
        let (low, high) = (min(0, finite.min() ?? 0), max(0, finite.max() ?? 1))
        let showsZero = low < 0 && high > 0 && min(-low, high) > 0.3 * (high - low)
        self.values(&canvas, at: showsZero ? [low, 0, high] : low < high ? [low, high] : [low, low + 1])
    }

    /// The name and the numbers of the other axis, under all charts that share it.
    ///
    /// - Parameter whole: whether only whole numbers are named, as counts.
    package func steps(under level: Double, name: Phrase, whole: Bool = true, _ canvas: inout Canvas) {
        let name = space.text(name)
        canvas.text(name, at: Point(rect.minX, level + 18), .small, theme.muted, .leading, in: space)
        // A number needs its room, and none goes under the axis' name.
        var taken = rect.minX + space.width(of: name, .small) + 8
        for tick in x.ticks(max(2, Int(clamping: area.width / (whole ? 100 : 90)))) {
            let text = whole ? Numbers.count(Int(clamping: tick)) : Numbers.significant(tick, digits: 2)
            let half = space.width(of: text, .mono(.small)) / 2
            guard column(tick) - half > taken, !whole || tick == tick.rounded() else { continue }
            guard column(tick) + half < rect.maxX + (whole ? .infinity : 2) else { continue }
            taken = column(tick) + half + 8
            canvas.text(text, at: Point(column(tick), level + 18), .mono(.small), theme.muted, in: space)
        }
    }

    package func draw(_ curve: Curve, _ canvas: inout Canvas) {
        // No more points than pixels: the extremes of each pixel's updates, so that spikes stay.
        let most = max(2, Int(clamping: area.width))
        var points: [Point] = []
        let total = min(curve.values.count, curve.steps.count)
        var start = 0
        while start < total {
            var end = start + 1
            if x.isLogarithmic {
                let edge = column(curve.steps[start]) + 1
                while end < total, column(curve.steps[end]) < edge { end += 1 }
            } else {
                end = min(total, start + max(1, (total + most - 1) / most))
            }
            let part = (start..<end).filter { curve.values[$0].isFinite }
            start = end
            guard let low = part.min(by: { curve.values[$0] < curve.values[$1] }),
                let high = part.max(by: { curve.values[$0] < curve.values[$1] })
            else { continue }
            for place in Set([low, high]).sorted() { points.append(point(curve.steps[place], curve.values[place])) }
        }
        if points.count == 1 { canvas.fill(.circle(points[0], radius: max(3, curve.width)), curve.color) }
        guard points.count > 1 else { return }
        canvas.stroke(.polyline(points), Stroke(curve.color, width: curve.width, dashes: curve.dashes))
    }

    /// What stands at a curve's end: its name, where it has one, and its last value.
    private static func words(_ curve: Curve, isShare: Bool = false) -> String? {
        guard let value = curve.last else { return nil }
        let number = isShare ? Numbers.percent(value) : Numbers.significant(value)
        return curve.name.map { "\($0) \(number)" } ?? number
    }

    /// The last values beside the curves' ends, moved apart where they meet.
    package func ends(_ curves: [Curve], _ canvas: inout Canvas) {
        // The first curve's end lies on top.
        var labels = curves.reversed().compactMap { curve -> (y: Double, text: String, color: Color)? in
            guard let value = curve.last, let words = Self.words(curve, isShare: isShare) else { return nil }
            canvas.fill(.circle(Point(area.maxX, line(value)), radius: 4), curve.color)
            return (line(value), words, curve.color)
        }.sorted { $0.y < $1.y }
        let height = 19.0
        for place in labels.indices.dropFirst() {
            labels[place].y = max(labels[place].y, labels[place - 1].y + height)
        }
        let over = (labels.last?.y ?? 0) - (area.maxY + 4)
        if over > 0, labels.count > 1 {
            labels[labels.count - 1].y -= over
            for place in labels.indices.dropLast().reversed() {
                labels[place].y = min(labels[place].y, labels[place + 1].y - height)
            }
        }
        for label in labels {
            canvas.text(
                label.text, at: Point(area.maxX + 11, label.y), .small.semibold, label.color, .leading, in: space)
        }
    }

    /// How much room the ends of the curves need.
    package static func room(_ curves: [Curve], _ space: Space) -> Double {
        (curves.compactMap { words($0) }.map { space.width(of: $0, .small.semibold) }.max() ?? 60) + 16
    }

    /// A value to compare with, as a dashed line across, its name where none of these curves runs.
    package func level(_ value: Double, _ words: String, avoiding curves: [Curve] = [], _ canvas: inout Canvas) {
        let y = line(value)
        canvas.line(Point(area.minX, y), Point(area.maxX, y), Stroke(theme.muted, width: 1.5, dashes: [7, 5]))
        let text = "\(words) \(Numbers.significant(value))"
        let size = Size(space.width(of: text, .small) + 8, 20)
        let rest = max(0, area.width - size.width - 6)
        let places = [1, 0.75, 0.5, 0.25, 0].flatMap { share in
            [y - 22, y + 2].map { Rect(origin: Point(area.minX + 3 + rest * share, $0), size: size) }
        }
        let place = places.first { place in
            area.contains(place) && !curves.contains { runs($0, through: place) }
        }
        let chosen = place ?? places[0]
        // The lines of round numbers end at it.
        canvas.fill(.rectangle(chosen), theme.paper)
        canvas.text(text, at: Point(chosen.minX + 4, chosen.midY), .small, theme.muted, .leading, in: space)
    }

    /// Whether a curve enters a rectangle: between two of its points it is taken for as high as their box.
    private func runs(_ curve: Curve, through rect: Rect) -> Bool {
        let points = zip(curve.steps, curve.values).filter { $0.1.isFinite }.map { point($0.0, $0.1) }
        return zip(points, points.dropFirst()).contains { from, to in
            max(from.x, to.x) >= rect.minX && min(from.x, to.x) <= rect.maxX && max(from.y, to.y) >= rect.minY
                && min(from.y, to.y) <= rect.maxY
        }
    }

    /// A straight line from one end of the axis of steps to the other.
    package func slope(_ slope: Double, _ intercept: Double, _ stroke: Stroke, _ canvas: inout Canvas) {
        let ends = [x.range.lowerBound, x.range.upperBound].map { point($0, slope * $0 + intercept) }
        canvas.stroke(.polyline(ends), stroke)
    }

    /// Colours all over the area, a grain every three pixels.
    package func field(_ color: (_ x: Double, _ y: Double) -> Color, _ canvas: inout Canvas) {
        let (width, height) = (max(2, Int(clamping: area.width / 3)), max(2, Int(clamping: area.height / 3)))
        let raster = Raster(width: width, height: height) { column, row in
            color(
                x.value(at: (Double(column) + 0.5) / Double(width)),
                y.value(at: 1 - (Double(row) + 0.5) / Double(height)))
        }
        canvas.add(.image(raster, area))
    }

    /// How many of the values fall into each of even pieces of the axis of steps, as bars in a band under it.
    package func counts(of values: [Float], in band: Rect, _ canvas: inout Canvas) {
        let bins = max(8, Int(clamping: band.width / 14))
        var counts = Array(repeating: 0, count: bins)
        for value in values where value.isFinite {
            let place = Int(clamping: x.share(Double(value)) * Double(bins))
            counts[max(0, min(bins - 1, place))] += 1
        }
        let most = max(1, counts.max() ?? 1)
        let step = band.width / Double(bins)
        for (bin, count) in counts.enumerated() where count > 0 {
            let height = max(1.5, Double(count) / Double(most) * band.height)
            canvas.fill(
                .rectangle(Rect(band.minX + Double(bin) * step + 1, band.maxY - height, step - 2, height)),
                theme.hairline)
        }
        canvas.text(
            Numbers.count(most), at: Point(band.minX - 10, band.minY + 6), .mono(.small), theme.muted, .trailing,
            in: space)
    }
}
