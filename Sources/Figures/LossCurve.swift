import Drawing
import Training
import Wording

/// How a training run went: the loss over its updates with a smoothed line, and under it learning rate and gradient
/// norm on the same axis.
public enum LossCurve {
    public static let id = "loss-curve"
    public static let title = Phrase(en: "How the model learned", zh: "模型是怎样学会的")

    /// - Parameters:
    ///   - records: what each update measured, in order; none gives an empty pair of axes.
    ///   - model: the model's name, for the subtitle.
    ///   - baseline: the loss of a rival in nats a token, drawn as a dashed line, and what it is called.
    public static func slide(
        records: [TrainingRecord], model: String = "", baseline: (loss: Double, name: Phrase)? = nil
    ) -> Slide {
        let picture = LossPicture(records: records, baseline: baseline)
        return Slide(
            id: id, title: title, subtitle: subtitle(records, model),
            formula: Formula(
                #"L = -\frac{1}{n}\sum_i \log \role{probability}{p}(\role{token}{t_{i+1}})"#),
            takeaway: takeaway(records, picture.smooth),
            legend: [
                LegendKey(.line(.ink, dashed: false), Phrase(en: "smoothed", zh: "平滑后")),
                LegendKey(.line(.hairline, dashed: false), Phrase(en: "each update", zh: "每次更新")),
            ]
        ) { _ in picture }
    }

    private static func subtitle(_ records: [TrainingRecord], _ model: String) -> Phrase {
        let start = model.isEmpty ? "" : model + ": "
        return Phrase(
            en: start + "how surprised it was by the next token, update by update.",
            zh: (model.isEmpty ? "" : model + "：") + "每次更新时，它对下一个词元有多意外。")
    }

    private static func takeaway(_ records: [TrainingRecord], _ smooth: [Double]) -> Phrase {
        guard let first = records.first, let last = smooth.last, let end = records.last else {
            return Phrase(en: "Nothing has been recorded yet.", zh: "还没有任何记录。")
        }
        return Phrase(
            en: "{steps} {updates}: from {first} to {last} nats a token.",
            zh: "{steps} 次更新，每词元的损失从 {first} 降到 {last} 奈特。"
        ).filled([
            "steps": Phrase(Numbers.count(end.step)), "updates": Phrase(end.step == 1 ? "update" : "updates"),
            "first": Phrase(Numbers.fixed(first.loss)), "last": Phrase(Numbers.fixed(last)),
        ])
    }

    /// The mean over a fortieth of the run on either side, less near the ends, so that the line does not lag behind.
    static func smoothed(_ values: [Double]) -> [Double] {
        let reach = values.count / 40
        var sums = [0.0]
        var counts = [0]
        for value in values {
            sums.append((sums.last ?? 0) + (value.isFinite ? value : 0))
            counts.append((counts.last ?? 0) + (value.isFinite ? 1 : 0))
        }
        return values.indices.map { place in
            let side = min(reach, place, values.count - 1 - place)
            let (start, end) = (place - side, place + side + 1)
            let count = counts[end] - counts[start]
            return count > 0 ? (sums[end] - sums[start]) / Double(count) : .nan
        }
    }
}

/// Three curves over one axis of updates: the loss large, the other two low.
private struct LossPicture: Mark {
    var records: [TrainingRecord]
    var baseline: (loss: Double, name: Phrase)?
    var smooth: [Double]

    init(records: [TrainingRecord], baseline: (loss: Double, name: Phrase)?) {
        self.records = records
        self.baseline = baseline
        smooth = LossCurve.smoothed(records.map(\.loss))
    }

    var stretch: Stretch { .both }

    func extent(in space: Space) -> Extent { Extent(min(space.width, 560), min(space.height, 300)) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let low = max(64, rect.height * 0.17)
        let gap = 14.0
        let loss = Rect(rect.minX, rect.minY, rect.width, rect.height - 2 * (low + gap) - 30)
        let rate = Rect(rect.minX, loss.maxY + gap, rect.width, low)
        let norm = Rect(rect.minX, rate.maxY + gap, rect.width, low)
        let steps = records.map { Double($0.step) }
        let ink = space.theme.ink
        let values = records.map(\.loss)
        var chart = Chart(
            steps: steps, rect: loss, space: space, name: Phrase(en: "loss (nats a token)", zh: "损失（奈特/词元）"))
        chart.top = max(values.filter(\.isFinite).max() ?? 1, baseline?.loss ?? 0)
        chart.axes(&canvas)
        if let baseline {
            chart.level(baseline.loss, space.text(baseline.name), &canvas)
        }
        chart.curve(values, space.theme.muted.mixed(with: space.theme.paper, 0.55), 1, &canvas)
        chart.curve(smooth, ink, 3, &canvas)
        chart.end(smooth.last, ink, &canvas)
        draw(records.map(\.learningRate), rate, Phrase(en: "learning rate", zh: "学习率"), .muted, space, &canvas)
        draw(
            records.map(\.gradientNorm), norm, Phrase(en: "gradient norm", zh: "梯度范数"), .role(.gradient), space, &canvas
        )
        chart.steps(under: norm.maxY, &canvas)
    }

    private func draw(
        _ values: [Double], _ rect: Rect, _ name: Phrase, _ tint: Tint, _ space: Space, _ canvas: inout Canvas
    ) {
        var chart = Chart(steps: records.map { Double($0.step) }, rect: rect, space: space, name: name)
        chart.top = values.filter(\.isFinite).max() ?? 1
        chart.isLow = true
        chart.axes(&canvas)
        chart.curve(values, space.theme.color(tint), 1.75, &canvas)
        chart.end(values.last, space.theme.color(tint), &canvas)
    }
}

/// One curve's frame: its scale from zero to the top, the name above, the end value at the right.
private struct Chart {
    var steps: [Double]
    var rect: Rect
    var space: Space
    var name: Phrase
    var top = 1.0
    var isLow = false

    private var area: Rect { rect.inset(by: Insets(top: 24, left: 64, bottom: 4, right: 84)) }
    private var theme: Theme { space.theme }
    private var range: ClosedRange<Double> {
        let (first, last) = (steps.first ?? 0, steps.last ?? 1)
        return first < last ? first...last : first - 1...first + 1
    }

    private func x(_ step: Double) -> Double {
        area.minX + area.width * (step - range.lowerBound) / (range.upperBound - range.lowerBound)
    }

    private func y(_ value: Double) -> Double { area.maxY - area.height * value / (top > 0 ? top * 1.04 : 1) }

    func axes(_ canvas: inout Canvas) {
        canvas.text(
            space.text(name), at: Point(rect.minX, rect.minY + 9), .small, theme.muted, .leading, in: space)
        let ticks = isLow ? [0, top] : Self.ticks(top, count: max(2, Int(area.height / 54)))
        for tick in ticks {
            canvas.line(
                Point(area.minX, y(tick)), Point(area.maxX, y(tick)),
                Stroke(tick == 0 ? theme.muted : theme.hairline, width: tick == 0 ? 1.5 : 0.75))
            canvas.text(
                Numbers.significant(tick, digits: 2), at: Point(area.minX - 10, y(tick)), .mono(.small), theme.muted,
                .trailing, in: space)
        }
    }

    /// Round numbers from zero up to at most the top.
    static func ticks(_ top: Double, count: Int) -> [Double] {
        guard top > 0, top.isFinite else { return [0] }
        var power = 1.0
        while power > top { power /= 10 }
        while power * 10 <= top { power *= 10 }
        let step = [0.1, 0.2, 0.5, 1, 2, 5].map { $0 * power }.first { top / $0 <= Double(count) } ?? power * 10
        return (0...Int(top / step + 1e-9)).map { Double($0) * step }
    }

    func curve(_ values: [Double], _ color: Color, _ width: Double, _ canvas: inout Canvas) {
        // No more points than pixels: the extremes of each pixel's updates, so that spikes stay.
        let most = max(2, Int(area.width))
        var points: [Point] = []
        let count = max(1, (values.count + most - 1) / most)
        for start in Swift.stride(from: 0, to: values.count, by: count) {
            let part = (start..<min(values.count, start + count)).filter { values[$0].isFinite }
            guard let low = part.min(by: { values[$0] < values[$1] }),
                let high = part.max(by: { values[$0] < values[$1] })
            else { continue }
            for place in Set([low, high]).sorted() { points.append(Point(x(steps[place]), y(values[place]))) }
        }
        if points.count == 1 { canvas.fill(.circle(points[0], radius: max(3, width)), color) }
        guard points.count > 1 else { return }
        canvas.stroke(.polyline(points), Stroke(color, width: width))
    }

    /// The last value, beside the curve's end.
    func end(_ value: Double?, _ color: Color, _ canvas: inout Canvas) {
        guard let value, value.isFinite else { return }
        let place = Point(area.maxX, y(value))
        canvas.fill(.circle(place, radius: 4), color)
        canvas.text(
            Numbers.significant(value), at: Point(place.x + 11, place.y), .mono(.small).semibold, color, .leading,
            in: space)
    }

    func level(_ value: Double, _ words: String, _ canvas: inout Canvas) {
        canvas.line(
            Point(area.minX, y(value)), Point(area.maxX, y(value)), Stroke(theme.muted, width: 1.5, dashes: [7, 5]))
        canvas.text(
            "\(words) \(Numbers.fixed(value))", at: Point(area.maxX - 6, y(value) - 12), .small, theme.muted,
            .trailing, in: space)
    }

    func steps(under y: Double, _ canvas: inout Canvas) {
        guard let first = steps.first, let last = steps.last else { return }
        let name = space.text(Phrase(en: "update", zh: "更新次数"))
        let level = y + 18
        canvas.text(name, at: Point(rect.minX, level), .small, theme.muted, .leading, in: space)
        let ticks =
            last > first ? Self.ticks(last, count: max(2, Int(area.width / 140))).filter { $0 >= first } : [first]
        for tick in ticks {
            canvas.text(Numbers.count(Int(tick)), at: Point(x(tick), level), .mono(.small), theme.muted, in: space)
        }
    }
}
