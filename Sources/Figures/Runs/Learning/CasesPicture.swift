import Drawing
import Models
import Training
import Wording

/// How a feature's part of a bar looks: three depths of the weights' hue, told apart by lightness.
enum CaseKey {
    static func color(_ place: Int, _ theme: Theme) -> Color {
        theme.paper.mixed(with: theme.accent(.query), [1, 0.62, 0.32][min(place, 2)])
    }

    static func key(_ place: Int, _ words: Phrase) -> AnyMark {
        Adaptive { space in LegendKey(.fill(.fixed(color(place, space.theme))), words).any }.any
    }
}

/// A row for each of the eight cases: what is true, the weights' sum as a bar, the threshold as a line through all.
struct CasesPicture: Mark {
    var perceptron: Perceptron

    private static let head = 50.0
    private var cases: [[Double]] { PerceptronLessons.cases }

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent {
        Extent(max(600, min(space.width, 900)), Self.head + Double(cases.count) * 24)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let count = Double(cases.count)
        let row = min(64, (rect.height - Self.head) / count)
        let top = rect.minY + Self.head + max(0, (rect.height - Self.head - row * count) / 2)
        let font = row > 34 ? Font.body : row > 28 ? .label : .small
        let weights = perceptron.weights()
        let threshold = perceptron.threshold()
        let disc = min(130, rect.width * 0.105)
        let comparisons = cases.map { inputs in
            "\(Numbers.significant(perceptron.sum(inputs))) \(perceptron.fires(inputs) ? ">" : "≤") "
                + Numbers.significant(threshold)
        }
        let numbers = max(
            min(220, rect.width * 0.16), (comparisons.map { space.width(of: $0, .mono(font)) }.max() ?? 0) + 16)
        let verdicts =
            max(
                min(170, rect.width * 0.14),
                [true, false].map { space.width(of: space.text(PerceptronFigures.verdict($0)), font.semibold) }.max()
                    ?? 0
            ) + 20
        let bars = Rect(
            rect.minX + 3 * disc + 24, top, rect.width - 3 * disc - 24 - numbers - verdicts, row * count)
        // The longest bar to either side, and the threshold, with a little room.
        let high = max(weights.filter { $0 > 0 }.reduce(0, +), threshold, 0)
        let low = min(weights.filter { $0 < 0 }.reduce(0, +), threshold, 0)
        let span = max(high - low, .leastNormalMagnitude) * 1.06
        func x(_ value: Double) -> Double { bars.minX + (value - low) / span * bars.width }
        for (place, name) in PerceptronFigures.features.enumerated() where place < weights.count {
            let words = Text(name).font(.small).color(.muted).wrapped(width: disc - 10)
            words.place(
                at: Point(rect.minX + (Double(place) + 0.5) * disc, top - 6), .bottom, space, onto: &canvas)
        }
        canvas.text(
            space.text(
                Phrase(en: "threshold {n}", zh: "阈值 {n}").filled(["n": Phrase(Numbers.significant(threshold))])),
            at: Point(x(threshold), top - 15), .small.semibold, theme.accent(.gradient), in: space)
        for (index, inputs) in cases.enumerated() {
            let y = top + (Double(index) + 0.5) * row
            let sum = perceptron.sum(inputs)
            let goes = perceptron.fires(inputs)
            let line = Rect(rect.minX, y - row / 2 + 1, rect.width, row - 2)
            if sum == threshold {
                canvas.fill(
                    .rounded(line, radius: 6), theme.paper.mixed(with: theme.highlight, 0.14),
                    stroke: Stroke(theme.highlight, width: 2))
            }
            for (place, input) in inputs.enumerated() {
                let center = Point(rect.minX + (Double(place) + 0.5) * disc, y)
                let radius = min(11, row * 0.3)
                canvas.fill(
                    .circle(center, radius: radius), input > 0 ? theme.ink : theme.paper,
                    stroke: Stroke(input > 0 ? theme.ink : theme.muted, width: 1.5))
            }
            var (right, left) = (0.0, 0.0)
            let height = min(30, row * 0.62)
            for (place, weight) in weights.enumerated() where inputs[place] * weight != 0 {
                let part = inputs[place] * weight
                let from = part > 0 ? right : left + part
                if part > 0 { right += part } else { left += part }
                let width = x(from + abs(part)) - x(from)
                canvas.fill(
                    .rounded(Rect(x(from), y - height / 2, max(width - 1.5, 0.75), height), radius: 2),
                    CaseKey.color(place, theme), stroke: Stroke(theme.accent(.query), width: 0.75))
            }
            let comparison = comparisons[index]
            canvas.text(
                comparison, at: Point(bars.maxX + numbers / 2, y), .mono(font), theme.ink, in: space)
            canvas.text(
                space.text(PerceptronFigures.verdict(goes)), at: Point(rect.maxX - verdicts + 4, y), font.semibold,
                goes ? theme.accent(.value) : theme.muted, .leading, in: space)
            canvas.hotSpot(line, "\(comparison): \(space.text(PerceptronFigures.verdict(goes)))", value: "\(sum)")
        }
        canvas.line(Point(x(0), bars.minY), Point(x(0), bars.maxY), Stroke(theme.muted, width: 1.5))
        canvas.line(
            Point(x(threshold), bars.minY), Point(x(threshold), bars.maxY),
            Stroke(theme.accent(.gradient), width: 3, dashes: [8, 5]))
    }
}
