import Drawing
import Platform
import Tracing
import Wording

/// A function's curve with numbers of a trace on it, and under it how often each input occurs.
struct CurvePlot: Mark {
    /// nil where the trace does not say which function it was; the dots then draw it.
    var curve: (@Sendable (Double) -> Double)?
    var inputs: [Float]
    var outputs: [Float]
    /// Every input of the layer, for the counts.
    var all: [Float]
    /// The dot to point at.
    var strongest: Int?
    var step: String
    var position: Int
    var functionName: String

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent { Extent(360, 200) }

    private struct Axes {
        var area: Rect
        var x: ClosedRange<Double>
        var y: ClosedRange<Double>
        func point(_ x: Double, _ y: Double) -> Point { Point(column(x), line(y)) }
        func column(_ value: Double) -> Double {
            area.minX + (value - x.lowerBound) / (x.upperBound - x.lowerBound) * area.width
        }
        func line(_ value: Double) -> Double {
            area.maxY - (value - y.lowerBound) / (y.upperBound - y.lowerBound) * area.height
        }
    }

    private func axes(_ area: Rect) -> Axes {
        let values = all.isEmpty ? inputs : all
        let finite = values.filter { $0.isFinite }.map(Double.init)
        let low = min(finite.min() ?? -1, -0.5)
        let high = max(finite.max() ?? 1, 0.5)
        let pad = (high - low) * 0.03
        let x = (low - pad)...(high + pad)
        var tops = outputs.filter { $0.isFinite }.map(Double.init)
        if let curve {
            tops += stride(from: 0.0, through: 1, by: 0.02).map { curve(low + (high - low) * $0) }.filter {
                $0.isFinite
            }
        }
        let bottom = min(tops.min() ?? 0, 0)
        let top = max(tops.max() ?? 1, 0.5)
        let room = (top - bottom) * 0.06
        return Axes(area: area, x: x, y: (bottom - room)...(top + room))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let counts = min(110, rect.height * 0.24)
        let area = Rect(
            rect.minX + 52, rect.minY + 24, max(1, rect.width - 60), max(1, rect.height - counts - 60))
        let axes = axes(area)
        paintGrid(axes, space, &canvas)
        paintCounts(axes, Rect(area.minX, area.maxY + 12, area.width, counts - 12), space, &canvas)
        paintTicks(axes, rect.maxY - 32, space, &canvas)
        paintCurve(axes, space, &canvas)
        for (neuron, input) in inputs.enumerated()
        where neuron < outputs.count && input.isFinite && outputs[neuron].isFinite {
            let center = axes.point(Double(input), Double(outputs[neuron]))
            let tag = Tag(step: step, index: [0, position, neuron])
            canvas.fill(.circle(center, radius: 5), theme.ink.opacity(0.5), tag: tag)
            canvas.hotSpot(
                Rect(center.x - 5, center.y - 5, 10, 10),
                space.text(BlockText.neuron.phrase.filled(["number": Phrase(String(neuron))])),
                value: "\(outputs[neuron])", tag: tag)
        }
        paintStrongest(axes, space, &canvas)
    }

    private func paintGrid(_ axes: Axes, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        let area = axes.area
        for tick in Plot.ticks(axes.y, count: max(2, Int(clamping: area.height / 70))) {
            let y = axes.line(tick)
            canvas.line(
                Point(area.minX, y), Point(tick == 0 ? area.maxX : area.minX + 8, y),
                Stroke(theme.muted, width: 1.5))
            canvas.text(
                Numbers.significant(tick), at: Point(area.minX - 8, y), .mono(.small), theme.muted, .trailing, in: space
            )
        }
        canvas.text(
            space.text(BlockText.after.phrase), at: Point(area.minX - 44, area.minY - 15), .small, theme.muted,
            .leading,
            in: space)
        let zero = axes.column(0)
        canvas.line(Point(zero, area.minY), Point(zero, area.maxY), Stroke(theme.muted, width: 1.5))
    }

    private func paintTicks(_ axes: Axes, _ y: Double, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        canvas.line(Point(axes.area.minX, y), Point(axes.area.maxX, y), Stroke(theme.muted, width: 1.5))
        let name = space.text(BlockText.before.phrase)
        let width = space.width(of: name, .small)
        canvas.text(name, at: Point(axes.area.maxX, y + 18), .small, theme.muted, .trailing, in: space)
        for tick in Plot.ticks(axes.x, count: max(2, Int(clamping: axes.area.width / 110))) {
            let x = axes.column(tick)
            canvas.line(Point(x, y), Point(x, y + 5), Stroke(theme.muted, width: 1.5))
            let text = Numbers.significant(tick)
            guard x + space.width(of: text, .mono(.small)) / 2 + 12 < axes.area.maxX - width else { continue }
            canvas.text(text, at: Point(x, y + 18), .mono(.small), theme.muted, in: space)
        }
    }

    private func paintCounts(_ axes: Axes, _ band: Rect, _ space: Space, _ canvas: inout Canvas) {
        let bins = max(8, Int(clamping: band.width / 14))
        var counts = Array(repeating: 0, count: bins)
        for value in all where value.isFinite {
            let place = Int(clamping: (axes.column(Double(value)) - band.minX) / band.width * Double(bins))
            counts[max(0, min(bins - 1, place))] += 1
        }
        let most = Double(max(1, counts.max() ?? 1))
        let step = band.width / Double(bins)
        for (bin, count) in counts.enumerated() where count > 0 {
            let height = max(1.5, Double(count) / most * band.height)
            canvas.fill(
                .rectangle(Rect(band.minX + Double(bin) * step + 1, band.maxY - height, step - 2, height)),
                space.theme.hairline)
        }
        canvas.text(
            Numbers.count(Int(clamping: most)), at: Point(band.minX - 8, band.minY + 6), .mono(.small),
            space.theme.muted,
            .trailing,
            in: space)
    }

    private func paintCurve(_ axes: Axes, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        let (low, high) = (max(axes.x.lowerBound, axes.y.lowerBound), min(axes.x.upperBound, axes.y.upperBound))
        if low < high {
            canvas.line(axes.point(low, low), axes.point(high, high), Stroke(theme.muted, width: 1.5, dashes: [6, 5]))
        }
        guard let curve else { return }
        let points = stride(from: 0.0, through: 1, by: 1.0 / 240).map { share -> Point in
            let x = axes.x.lowerBound + (axes.x.upperBound - axes.x.lowerBound) * share
            return axes.point(x, min(axes.y.upperBound, max(axes.y.lowerBound, curve(x))))
        }
        canvas.stroke(.polyline(points), Stroke(theme.accent(.feedForward), width: 3.5))
    }

    /// The strongest neuron's dot, with its two numbers.
    private func paintStrongest(_ axes: Axes, _ space: Space, _ canvas: inout Canvas) {
        guard let strongest, strongest < inputs.count, strongest < outputs.count else { return }
        let theme = space.theme
        let (x, y) = (Double(inputs[strongest]), Double(outputs[strongest]))
        guard x.isFinite, y.isFinite else { return }
        let center = axes.point(x, y)
        canvas.stroke(.circle(center, radius: 9), Stroke(theme.highlight, width: 3))
        let neuron = space.text(BlockText.neuron.phrase.filled(["number": Phrase(String(strongest))]))
        let words = "\(neuron): \(functionName)(\(Numbers.fixed(x))) = \(Numbers.fixed(y))"
        let width = space.width(of: words, .label.semibold)
        // Under the curve, just above the axis: the room that a rising curve leaves free.
        let isLow = axes.line(0) - center.y < 110
        // On a low canvas there is none; left of zero and above it nothing is ever drawn.
        let middle =
            isLow
            ? Point(max(axes.area.minX + width / 2 + 10, axes.column(0) - width / 2 - 24), axes.area.minY + 16)
            : Point(
                max(axes.area.minX + width / 2 + 10, min(axes.area.maxX - width / 2 - 10, center.x)), axes.line(0) - 30)
        let box = Rect(middle.x - width / 2 - 8, middle.y - 14, width + 16, 28)
        if !isLow, box.minY > center.y + 9 {
            canvas.line(
                Point(center.x, center.y + 9), Point(center.x, box.minY),
                Stroke(theme.highlight, width: 2, dashes: [5, 4]))
        }
        canvas.fill(.rounded(box, radius: 6), theme.paper, stroke: Stroke(theme.highlight, width: 1.5))
        canvas.text(words, at: middle, .label.semibold, theme.ink, in: space)
    }
}
