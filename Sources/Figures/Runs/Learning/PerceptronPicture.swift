import Drawing
import Models
import Wording

/// The machine from left to right: what it reads, times its weight, the sum, the comparison, the decision. Up to a
/// stage; what comes later is drawn empty.
struct PerceptronPicture: Mark {
    var perceptron: Perceptron
    var inputs: [Double]
    /// 0 reads, 1 weighs, 2 adds, 3 decides.
    var stage: Int

    private static let head = 34.0

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent { Extent(760, Self.head + 3 * 46) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let weights = perceptron.weights()
        let count = Double(max(inputs.count, 1))
        let row = min(150, (rect.height - Self.head) / count)
        let top = rect.minY + Self.head + max(0, (rect.height - Self.head - row * count) / 2)
        let box = Size(min(260, rect.width * 0.2), min(76, row * 0.74))
        let middle = top + row * count / 2
        let radius = min(58, rect.width * 0.042, row * count * 0.28)
        let (x0, x1) = (rect.minX + box.width, rect.maxX)
        // The weights' pills, the products, the sum, the comparison, the decision.
        let pill = x0 + (x1 - x0) * 0.115
        let product = x0 + (x1 - x0) * 0.28
        let sum = x0 + (x1 - x0) * 0.47
        let small = Size(min(110, rect.width * 0.085), box.height)
        let wide = Size(min(190, rect.width * 0.15), min(84, row * 0.86))
        let comparison = x0 + (x1 - x0) * 0.695
        let last = Rect(
            x1 - min(190, rect.width * 0.15), middle - wide.height / 2, min(190, rect.width * 0.15), wide.height)
        let font = box.height > 56 ? Font.heading : .body
        let limit = max(weights.map(abs).max() ?? 1, .leastNormalMagnitude)
        func head(_ words: Phrase, _ x: Double, _ number: Int) {
            canvas.text(
                space.text(words), at: Point(x, top - 20), stage == number ? .label.semibold : .label,
                stage == number ? theme.ink : theme.muted, in: space)
        }
        head(Phrase(en: "it reads", zh: "读到"), rect.minX + box.width / 2, 0)
        head(Phrase(en: "times weight", zh: "乘以权重"), (pill + product) / 2, 1)
        for (place, input) in inputs.enumerated() {
            let y = top + (Double(place) + 0.5) * row
            let chip = Rect(rect.minX, y - box.height / 2, box.width, box.height)
            let name =
                place < PerceptronFigures.features.count ? PerceptronFigures.features[place] : Phrase("x\(place + 1)")
            frame(chip, isOn: true, isStage: stage == 0, .ink, space, &canvas)
            let number = Numbers.significant(input)
            let label: Font = box.width > 230 ? .body : box.width > 190 ? .label : .small
            let room = box.width - 34 - space.width(of: number, .mono(font))
            canvas.text(
                space.shortened(space.text(name), label, to: room),
                at: Point(chip.minX + 12, y), label, theme.ink, .leading, in: space)
            canvas.text(number, at: Point(chip.maxX - 12, y), .mono(font), theme.ink, .trailing, in: space)
            let weight = weights[place]
            let isOn = stage >= 1
            let text = "× " + Numbers.significant(weight)
            let half = space.width(of: text, .mono(.body)) / 2 + 8
            let color = isOn ? theme.accent(.query) : theme.hairline
            let stroke = Stroke(color, width: isOn ? 1.5 + 6.5 * abs(weight) / limit : 1.5)
            let target = Rect(product - small.width / 2, y - small.height / 2, small.width, small.height)
            canvas.line(Point(chip.maxX + 6, y), Point(pill - half, y), stroke)
            canvas.line(Point(pill + half, y), Point(target.minX - 6, y), stroke)
            if isOn { canvas.text(text, at: Point(pill, y), .mono(.body), color, in: space) }
            frame(target, isOn: isOn, isStage: stage == 1, .role(.query), space, &canvas)
            if isOn {
                canvas.text(
                    space.shortened(Numbers.significant(input * weight), .mono(font), to: small.width - 8),
                    at: target.center,
                    .mono(font), theme.ink, in: space)
            }
            canvas.hotSpot(
                chip.union(target), "\(space.text(name)): \(number) \(text)", value: "\(input * weight)")
            // Into the sum, from all three.
            let direction = (Point(sum, middle) - Point(target.maxX, y)).unit
            canvas.line(
                Point(target.maxX + 6, y), Point(sum, middle) - direction * (radius + 4),
                Stroke(stage >= 2 ? theme.ink : theme.hairline, width: 2))
        }
        decide(
            Point(sum, middle), radius,
            Rect(comparison - wide.width / 2, middle - wide.height / 2, wide.width, wide.height),
            last, font, space, &canvas)
    }

    private func frame(
        _ rect: Rect, isOn: Bool, isStage: Bool, _ tint: Tint, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        canvas.fill(
            .rounded(rect, radius: 8), isStage ? theme.paper.mixed(with: theme.highlight, 0.14) : theme.panel,
            stroke: Stroke(
                isStage ? theme.highlight : (isOn ? theme.color(tint) : theme.hairline), width: isOn ? 2 : 1.5))
    }

    private func decide(
        _ center: Point, _ radius: Double, _ box: Rect, _ last: Rect, _ font: Font, _ space: Space,
        _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let (sum, threshold) = (perceptron.sum(inputs), perceptron.threshold())
        let isAdded = stage >= 2
        let isDecided = stage >= 3
        let goes = perceptron.fires(inputs)
        canvas.fill(
            .circle(center, radius: radius), stage == 2 ? theme.paper.mixed(with: theme.highlight, 0.14) : theme.panel,
            stroke: Stroke(
                stage == 2 ? theme.highlight : (isAdded ? theme.ink : theme.hairline), width: isAdded ? 2.5 : 1.5))
        let value = Numbers.significant(sum)
        if isAdded {
            canvas.text(
                space.shortened(value, .mono(font), to: radius * 2 - 10), at: center, .mono(font).semibold, theme.ink,
                in: space)
        }
        canvas.text(
            space.text(Phrase(en: "sum", zh: "求和")), at: Point(center.x, center.y - radius - 18),
            stage == 2 ? .label.semibold : .label, stage == 2 ? theme.ink : theme.muted, in: space)
        let ink = isDecided ? theme.ink : theme.hairline
        canvas.arrow(Point(center.x + radius + 4, center.y), Point(box.minX - 5, box.midY), Stroke(ink, width: 2))
        frame(box, isOn: isDecided, isStage: isDecided, .role(.gradient), space, &canvas)
        if isDecided {
            let text = "\(value) > \(Numbers.significant(threshold)) ?"
            let fits = space.width(of: text, .mono(font)) < box.width - 12
            canvas.text(
                space.shortened(text, fits ? .mono(font) : .mono(.label), to: box.width - 8), at: box.center,
                fits ? .mono(font) : .mono(.label), theme.ink, in: space)
        }
        let title = Phrase(en: "threshold {n}", zh: "阈值 {n}").filled(["n": Phrase(Numbers.significant(threshold))])
        canvas.text(
            space.text(title), at: Point(box.midX, box.minY - 18), isDecided ? .label.semibold : .label,
            theme.accent(.gradient), in: space)
        canvas.arrow(Point(box.maxX + 5, box.midY), Point(last.minX - 5, last.midY), Stroke(ink, width: 2))
        let good = goes ? theme.accent(.value) : theme.accent(.gradient)
        canvas.fill(
            .rounded(last, radius: 12), isDecided ? theme.paper.mixed(with: good, 0.12) : theme.panel,
            stroke: Stroke(isDecided ? good : theme.hairline, width: isDecided ? 3 : 1.5))
        canvas.text(
            space.text(Phrase(en: "decision", zh: "决定")), at: Point(last.midX, last.minY - 18), .label, theme.muted,
            in: space)
        guard isDecided else { return }
        let words = space.text(PerceptronFigures.verdict(goes))
        let verdict = space.width(of: words, .heading) < last.width - 16 ? Font.heading : .label.semibold
        canvas.text(space.shortened(words, verdict, to: last.width - 8), at: last.center, verdict, good, in: space)
        canvas.hotSpot(last, words)
    }
}
