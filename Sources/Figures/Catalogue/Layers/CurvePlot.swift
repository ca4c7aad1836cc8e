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
    func extent(in space: Space) -> Extent { Extent(space.isNarrow ? 380 : 620, 320) }

    private func chart(_ rect: Rect, _ area: Rect, _ space: Space) -> Chart {
        let values = all.isEmpty ? inputs : all
        let finite = values.filter { $0.isFinite }.map(Double.init)
        let low = min(finite.min() ?? -1, -0.5)
        let high = max(finite.max() ?? 1, 0.5)
        let pad = (high - low) * 0.03
        var tops = outputs.filter { $0.isFinite }.map(Double.init)
        if let curve {
            tops += stride(from: 0.0, through: 1, by: 0.02).map { curve(low + (high - low) * $0) }.filter {
                $0.isFinite
            }
        }
        let bottom = min(tops.min() ?? 0, 0)
        let top = max(tops.max() ?? 1, 0.5)
        let room = (top - bottom) * 0.06
        var chart = Chart(
            in: rect, BlockText.after.phrase, x: AxisScale((low - pad)...(high + pad)),
            y: AxisScale((bottom - room)...(top + room)), space)
        chart.area = area
        return chart
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let counts = min(110, rect.height * 0.24)
        let area = Rect(
            rect.minX + 52, rect.minY + 24, max(1, rect.width - 60), max(1, rect.height - counts - 60))
        let chart = chart(rect, area, space)
        chart.values(&canvas, across: false)
        let zero = chart.column(0)
        canvas.line(Point(zero, area.minY), Point(zero, area.maxY), Stroke(theme.muted, width: 1.5))
        let band = Rect(area.minX, area.maxY + 12, area.width, counts - 12)
        chart.counts(of: all, in: band, &canvas)
        canvas.line(Point(area.minX, band.maxY + 4), Point(area.maxX, band.maxY + 4), Stroke(theme.muted, width: 1.5))
        chart.steps(under: rect.maxY - 32, name: BlockText.before.phrase, whole: false, &canvas)
        paintCurve(chart, space, &canvas)
        for (neuron, input) in inputs.enumerated()
        where neuron < outputs.count && input.isFinite && outputs[neuron].isFinite {
            let center = chart.point(Double(input), Double(outputs[neuron]))
            let tag = Tag(step: step, index: [0, position, neuron])
            canvas.fill(.circle(center, radius: 5), theme.ink.opacity(0.5), tag: tag)
            canvas.hotSpot(
                Rect(center.x - 5, center.y - 5, 10, 10),
                space.text(BlockText.neuron.phrase.filled(["number": Phrase(String(neuron))])),
                value: "\(outputs[neuron])", tag: tag)
        }
        paintStrongest(chart, space, &canvas)
    }

    private func paintCurve(_ chart: Chart, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        let (x, y) = (chart.x.range, chart.y.range)
        let (low, high) = (max(x.lowerBound, y.lowerBound), min(x.upperBound, y.upperBound))
        if low < high {
            canvas.line(
                chart.point(low, low), chart.point(high, high), Stroke(theme.muted, width: 1.5, dashes: [6, 5]))
        }
        guard let curve else { return }
        // The curve ends where the axes do: drawn along their edge it would have a kink.
        let points = stride(from: 0.0, through: 1, by: 1.0 / 480).compactMap { share -> Point? in
            let input = chart.x.value(at: share)
            let output = curve(input)
            return y.contains(output) ? chart.point(input, output) : nil
        }
        canvas.stroke(.polyline(points), Stroke(theme.accent(.feedForward), width: 3.5))
    }

    /// The strongest neuron's dot, with its two numbers.
    private func paintStrongest(_ chart: Chart, _ space: Space, _ canvas: inout Canvas) {
        guard let strongest, strongest < inputs.count, strongest < outputs.count else { return }
        let theme = space.theme
        let (x, y) = (Double(inputs[strongest]), Double(outputs[strongest]))
        guard x.isFinite, y.isFinite else { return }
        let center = chart.point(x, y)
        canvas.stroke(.circle(center, radius: 9), Stroke(theme.highlight, width: 3))
        let neuron = space.text(BlockText.neuron.phrase.filled(["number": Phrase(String(strongest))]))
        // The function of the number as it is written need not be the result as it is written.
        let sign = curve.map { ShownArithmetic.sign($0(ShownArithmetic.rounded(x)), y) } ?? "="
        let words = "\(neuron): \(functionName)(\(Numbers.fixed(x))) \(sign) \(Numbers.fixed(y))"
        let width = space.width(of: words, .label.semibold)
        // Under the curve, just above the axis: the room that a rising curve leaves free.
        let isLow = chart.line(0) - center.y < 110
        // On a low canvas there is none; left of zero and above it nothing is ever drawn.
        let middle =
            isLow
            ? Point(max(chart.area.minX + width / 2 + 10, chart.column(0) - width / 2 - 24), chart.area.minY + 16)
            : Point(
                max(chart.area.minX + width / 2 + 10, min(chart.area.maxX - width / 2 - 10, center.x)),
                chart.line(0) - 30)
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
