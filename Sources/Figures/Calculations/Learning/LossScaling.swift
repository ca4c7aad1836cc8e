import Drawing
import Platform
import Tensors
import Wording

/// A gradient too small for 16 bits, and how a scaled loss brings it through.
package enum LossScaling: CalculationFigure {
    package static let id = "loss-scaling"
    package static let title = Phrase(en: "A gradient too small for 16 bits", zh: "16 位装不下的小梯度")
    package static let example = "loss-scaling(0.00000001, 1024)"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let gradient = try given.number(0, 1e-8, in: 1e-12...1)
        let scale = try given.number(1, 1024, in: 1...16_777_216)
        let format = FloatFormat.float16
        let (plain, scaled) = (Double(format.nearest(Float(gradient))), Double(format.nearest(Float(gradient * scale))))
        let back = scaled / scale
        func text(_ number: Double) -> String { Numbers.significant(number) }
        let arrives: Phrase =
            !scaled.isFinite
            ? Phrase(
                en: "Times {scale} it overflows: the scale is too large, and the update is thrown away.",
                zh: "乘以 {scale} 反而溢出：缩放因子太大，这一步要丢弃。")
            : scaled == 0
                ? Phrase(en: "Even times {scale} it is lost: the scale is too small.", zh: "乘以 {scale} 仍然丢失：缩放因子太小。")
                : Phrase(
                    en: "Times {scale} it is {scaled} and stays; divided again in float32 it is {back}.",
                    zh: "乘以 {scale} 得 {scaled}，存得住；回到 float32 再除回去，得 {back}。")
        let first: Phrase =
            plain == 0
            ? Phrase(en: "{gradient} in float16 is 0. ", zh: "{gradient} 存成 float16 就是 0。")
            : Phrase(en: "{gradient} in float16 is {plain}. ", zh: "{gradient} 存成 float16 是 {plain}。")
        let takeaway = Phrase(en: first.english + arrives.english, zh: first.chinese + arrives.chinese).filled([
            "gradient": Phrase(text(gradient)), "plain": Phrase(text(plain)), "scale": Phrase(Numbers.plain(scale)),
            "scaled": Phrase(text(scaled)), "back": Phrase(text(back)),
        ])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The loss is multiplied before the way back, the gradients are divided after it.",
                zh: "反向传播之前把损失放大，之后再把梯度缩回来。"),
            formula: Formula(#"\nabla L = \frac{1}{s}\, \nabla (s L)"#), takeaway: takeaway,
            altText: Phrase(
                en:
                    "A line of magnitudes, each step ten times the last, with the range of float16 from {least} to {most}. {takeaway}",
                zh: "一条按数量级排列的轴，每格十倍，标出 float16 的范围：{least} 到 {most}。{takeaway}"
            ).filled([
                "least": Phrase(text(format.smallest)), "most": Phrase(text(format.largest)), "takeaway": takeaway,
            ])
        ) { _ in Picture(gradient: gradient, scale: scale, plain: plain, scaled: scaled).steady() }
    }

    private struct Picture: Mark {
        var gradient: Double
        var scale: Double
        var plain: Double
        var scaled: Double

        var stretch: Stretch { .both }
        func extent(in space: Space) -> Extent { Extent(620, 280) }

        func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
            let (theme, font) = (space.theme, space.density.label)
            let format = FloatFormat.float16
            let low = min(-10, (log(gradient) / log(10)).rounded(.down) - 1)
            let high = max(6, (log(gradient * scale) / log(10)).rounded(.up) + 1)
            func x(_ value: Double) -> Double {
                rect.minX + 20 + (log(value) / log(10) - low) / (high - low) * (rect.width - 40)
            }
            // Over the band the pins and their names, under it the numbers.
            let (above, below) = (24 + font.size * 5.4, 16 + Font.small.size * 4.4)
            let band = max(min(90, rect.height * 0.22), rect.height * 0.7 - above - below)
            let axis = rect.midY + (above + band - below) / 2
            let zones: [(Double, Double, Phrase, Color)] = [
                (pow(10, low), format.smallest, Phrase(en: "becomes 0", zh: "变成 0"), theme.tint(.gradient, 0.25)),
                (format.smallest, format.smallestNormal, Phrase(en: "coarse", zh: "精度低"), theme.tint(.value, 0.16)),
                (
                    format.smallestNormal, format.largest, Phrase(en: "float16, full precision", zh: "float16，全精度"),
                    theme.tint(.value, 0.4)
                ),
                (format.largest, pow(10, high), Phrase("∞"), theme.tint(.gradient, 0.25)),
            ]
            for (from, to, words, color) in zones where to > from {
                let box = Rect(x(from), axis - band, x(to) - x(from), band)
                canvas.fill(.rectangle(box), color)
                let text = space.shortened(space.text(words), font, to: box.width - 6)
                if space.width(of: text, font) < box.width {
                    canvas.text(text, at: box.center, font, theme.ink, in: space)
                }
            }
            var taken = -Double.infinity
            for exponent in stride(from: low, through: high, by: 1) {
                let place = x(pow(10, exponent))
                canvas.fill(.rectangle(Rect(place - 0.75, axis, 1.5, 9)), theme.muted)
                let text = Numbers.powerOfTen(Int(clamping: exponent))
                let half = space.width(of: text, .small) / 2
                guard place - half > taken else { continue }
                taken = place + half + 10
                canvas.text(text, at: Point(place, axis + 9 + Font.small.size), .small, theme.muted, in: space)
            }
            for (edge, below) in [(format.smallest, 0), (format.smallestNormal, 1), (format.largest, 0)] {
                let text = Numbers.significant(edge)
                let y = axis + Font.small.size * (2.9 + 1.4 * Double(below))
                canvas.text(text, at: Point(x(edge), y), .mono(.small), theme.ink, in: space)
                canvas.fill(.rectangle(Rect(x(edge) - 1, axis - band, 2, band + 9)), theme.ink)
            }
            marks(axis - band, x, rect, space, &canvas)
        }

        /// The gradient and what scaling makes of it, as pins over the line.
        private func marks(
            _ top: Double, _ x: (Double) -> Double, _ rect: Rect, _ space: Space, _ canvas: inout Canvas
        ) {
            let (theme, font) = (space.theme, space.density.label.semibold)
            let (from, to) = (Point(x(gradient), top), Point(x(gradient * scale), top))
            for (place, text, color) in [
                (
                    from, space.text(Phrase(en: "gradient ", zh: "梯度 ")) + Numbers.significant(gradient),
                    theme.accent(.gradient)
                ),
                (to, space.text(Phrase(en: "scaled ", zh: "放大后 ")) + Numbers.significant(scaled), theme.accent(.value)),
            ] {
                let isFirst = place == from
                let y = isFirst || to.x - from.x < 20 ? top - 22 : top - 22
                canvas.fill(
                    .arrowHead(from: Point(place.x, y - 20), tip: Point(place.x, top - 2), length: 18, width: 16), color
                )
                let half = space.width(of: text, font) / 2
                // The two names on two lines, so that they never meet.
                let line = isFirst ? font.size * 1.1 : font.size * 2.6
                let middle = max(rect.minX + half, min(rect.maxX - half, place.x))
                canvas.text(text, at: Point(middle, y - line), font, color, in: space)
            }
            guard to.x - from.x > 30 else { return }
            let text = "× " + Numbers.plain(scale)
            let y = top - 22 - font.size * 4.4
            guard y > rect.minY + font.size else { return }
            canvas.arrow(Point(from.x, y), Point(to.x, y), Stroke(theme.highlight, width: 3), head: 14)
            canvas.text(text, at: Point((from.x + to.x) / 2, y - font.size * 0.9), font, theme.ink, in: space)
        }
    }
}
