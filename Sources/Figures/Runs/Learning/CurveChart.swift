import Drawing
import Platform
import Wording

/// Curves over one axis of steps: its scale, the name above, the end values at the right.
struct CurveChart {
    /// One curve: a value for each of its steps.
    struct Curve {
        var steps: [Double]
        var values: [Double]
        var color: Color
        var width = 2.5
        var dashes: [Double] = []
        /// Written before the last value, where several curves share the chart.
        var name: String?
    }

    /// Room for everything, names and numbers included.
    var rect: Rect
    var space: Space
    var name: String
    /// The first and the last step.
    var range: ClosedRange<Double>
    /// The least and the largest value.
    var bounds: ClosedRange<Double>
    /// Steps at the logarithm of one more than they are, so that the first few are seen and 0 has a place.
    var isLogarithmic = false
    /// Only the least and the largest value on the scale.
    var isLow = false
    /// Values are shares of one, written as percentages.
    var isShare = false
    /// Room at the right for what is written at the curves' ends.
    var right = 84.0

    init(
        rect: Rect, space: Space, name: String, steps: [Double], values: [Double], logarithmic: Bool = false
    ) {
        self.rect = rect
        self.space = space
        self.name = name
        isLogarithmic = logarithmic
        let (first, last) = (steps.min() ?? 0, steps.max() ?? 1)
        range = first < last ? first...last : first - (first >= 1 ? 1 : 0)...first + 1
        let finite = values.filter { $0.isFinite }
        let (low, top) = (min(0, finite.min() ?? 0), max(0, finite.max() ?? 1))
        bounds = low < top ? low...top : low...(low + 1)
    }

    private var theme: Theme { space.theme }
    var area: Rect { rect.inset(by: Insets(top: 24, left: rect.width < 340 ? 50 : 64, bottom: 4, right: right)) }

    private func scaled(_ step: Double) -> Double { isLogarithmic ? log(1 + max(step, 0)) : step }

    func x(_ step: Double) -> Double {
        let (low, high) = (scaled(range.lowerBound), scaled(range.upperBound))
        return area.minX + area.width * (scaled(step) - low) / (high - low)
    }

    func y(_ value: Double) -> Double {
        let span = (bounds.upperBound - bounds.lowerBound) * 1.04
        return area.maxY - area.height * (value - bounds.lowerBound) / span
    }

    func axes(_ canvas: inout Canvas) {
        canvas.text(name, at: Point(rect.minX, rect.minY + 9), .small, theme.muted, .leading, in: space)
        let (low, top) = (bounds.lowerBound, bounds.upperBound)
        let ticks: [Double]
        if isLow {
            ticks = low < 0 && top > 0 && min(-low, top) > 0.3 * (top - low) ? [low, 0, top] : [low, top]
        } else {
            ticks = Self.ticks(low...top, count: max(2, Int(clamping: area.height / 54)))
        }
        var last = Double.infinity
        for tick in ticks where last - y(tick) >= 16 {
            last = y(tick)
            canvas.line(
                Point(area.minX, y(tick)), Point(area.maxX, y(tick)),
                Stroke(tick == 0 ? theme.muted : theme.hairline, width: tick == 0 ? 1.5 : 0.75))
            canvas.text(
                number(tick, digits: 2), at: Point(area.minX - 10, y(tick)), .mono(.small), theme.muted,
                .trailing, in: space)
        }
    }

    /// Round numbers inside the range.
    static func ticks(_ range: ClosedRange<Double>, count: Int) -> [Double] {
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite else { return [range.lowerBound] }
        var power = 1.0
        while power > span { power /= 10 }
        while power * 10 <= span { power *= 10 }
        let step = [0.1, 0.2, 0.5, 1, 2, 5].map { $0 * power }.first { span / $0 <= Double(count) } ?? power * 10
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        return stride(from: first, through: last, by: 1).map { $0 == 0 ? 0 : $0 * step }
    }

    func draw(_ curve: Curve, _ canvas: inout Canvas) {
        // No more points than pixels: the extremes of each pixel's updates, so that spikes stay.
        let most = max(2, Int(clamping: area.width))
        var points: [Point] = []
        let total = min(curve.values.count, curve.steps.count)
        var start = 0
        while start < total {
            var end = start + 1
            if isLogarithmic {
                let edge = x(curve.steps[start]) + 1
                while end < total, x(curve.steps[end]) < edge { end += 1 }
            } else {
                end = min(total, start + max(1, (total + most - 1) / most))
            }
            let part = (start..<end).filter { curve.values[$0].isFinite }
            start = end
            guard let low = part.min(by: { curve.values[$0] < curve.values[$1] }),
                let high = part.max(by: { curve.values[$0] < curve.values[$1] })
            else { continue }
            for place in Set([low, high]).sorted() {
                points.append(Point(x(curve.steps[place]), y(curve.values[place])))
            }
        }
        if points.count == 1 { canvas.fill(.circle(points[0], radius: max(3, curve.width)), curve.color) }
        guard points.count > 1 else { return }
        canvas.stroke(
            .polyline(points), Stroke(curve.color, width: curve.width, dashes: curve.dashes))
    }

    private func number(_ value: Double, digits: Int = 3) -> String {
        isShare ? Numbers.percent(value) : Numbers.significant(value, digits: digits)
    }

    /// What stands at a curve's end: its name, where it has one, and its last value.
    private static func words(_ curve: Curve, isShare: Bool = false) -> String? {
        guard let value = curve.values.last(where: { $0.isFinite }) else { return nil }
        let number = isShare ? Numbers.percent(value) : Numbers.significant(value)
        return curve.name.map { "\($0) \(number)" } ?? number
    }

    /// The last values beside the curves' ends, moved apart where they meet.
    func ends(_ curves: [Curve], _ canvas: inout Canvas) {
        let font = Font.small.semibold
        // The first curve's end lies on top.
        var labels = curves.reversed().compactMap { curve -> (y: Double, text: String, color: Color)? in
            guard let value = curve.values.last(where: { $0.isFinite }), let words = Self.words(curve, isShare: isShare)
            else { return nil }
            canvas.fill(.circle(Point(area.maxX, y(value)), radius: 4), curve.color)
            return (y(value), words, curve.color)
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
            canvas.text(label.text, at: Point(area.maxX + 11, label.y), font, label.color, .leading, in: space)
        }
    }

    /// How much room the ends of the curves need.
    static func room(_ curves: [Curve], _ space: Space) -> Double {
        (curves.compactMap { words($0) }.map { space.width(of: $0, .small.semibold) }.max() ?? 60) + 16
    }

    func level(_ value: Double, _ words: String, _ canvas: inout Canvas) {
        canvas.line(
            Point(area.minX, y(value)), Point(area.maxX, y(value)), Stroke(theme.muted, width: 1.5, dashes: [7, 5]))
        canvas.text(
            "\(words) \(Numbers.significant(value))", at: Point(area.maxX - 6, y(value) - 12), .small, theme.muted,
            .trailing, in: space)
    }

    /// The axis of steps, under all charts that share it.
    func steps(under level: Double, name: String, _ canvas: inout Canvas) {
        canvas.text(name, at: Point(rect.minX, level + 18), .small, theme.muted, .leading, in: space)
        let (first, last) = (range.lowerBound, range.upperBound)
        var ticks: [Double]
        if isLogarithmic {
            ticks = [0, 1]
            while let tick = ticks.last, tick * 10 <= last { ticks.append(tick * 10) }
            ticks = ticks.filter { $0 >= first }
        } else {
            ticks = Self.ticks(first...last, count: max(2, Int(clamping: area.width / 100)))
        }
        // A number needs its room, and none goes under the axis' name.
        var taken = rect.minX + space.width(of: name, .small) + 8
        for tick in ticks {
            let text = Numbers.count(Int(clamping: tick))
            let half = space.width(of: text, .mono(.small)) / 2
            guard x(tick) - half > taken, tick == tick.rounded() else { continue }
            taken = x(tick) + half + 8
            canvas.text(text, at: Point(x(tick), level + 18), .mono(.small), theme.muted, in: space)
        }
    }
}
