import Drawing
import Tensors
import Training
import Wording

/// A gradient too long, clipped by its norm and by its values.
package enum ClippingFigure: CalculationFigure {
    package static let id = "clipping"
    package static let title = Phrase(en: "Two ways to clip a gradient", zh: "梯度裁剪的两种办法")
    package static let example = "clipping([4, 1.5], 2)"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let gradient = try given.vector(0, [4, 1.5], count: 2...2)
        let bound = try given.number(1, 2, in: 0.001...100_000)
        func clipped(_ rule: ClipRule) throws(Failure) -> [Double] {
            var gradients: [Tensor?] = [try Tensor([2], gradient.map { Float($0) })]
            _ = rule.apply(to: &gradients)
            return gradients[0]?.scalars.map { Double($0) } ?? gradient
        }
        let norm = (gradient[0] * gradient[0] + gradient[1] * gradient[1]).squareRoot()
        let (byNorm, byValue) = (try clipped(.norm(bound)), try clipped(.value(bound)))
        let values: KeyValuePairs<String, Phrase> = [
            "norm": Phrase(Numbers.significant(norm)), "bound": Phrase(Numbers.plain(bound)),
            "one": Phrase(Self.vector(byNorm)), "other": Phrase(Self.vector(byValue)),
        ]
        let turned = abs(byValue[0] * gradient[1] - byValue[1] * gradient[0]) > 1e-6 * norm * norm
        let takeaway =
            (norm <= bound
            ? Phrase(
                en: "Its length, {norm}, is not above {bound}: nothing is clipped.", zh: "长度 {norm} 没有超过 {bound}：不用裁剪。")
            : Phrase(
                en:
                    "Length {norm} is too long. By norm it becomes {one}: shorter, the same way. By value it becomes {other}: "
                    + (turned ? "another way." : "here the same way too."),
                zh: "长度 {norm} 太大。按范数裁剪得 {one}：变短，方向不变；按值裁剪得 {other}：" + (turned ? "方向变了。" : "这里方向也没变。")))
            .filled(values)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "One wild batch must not throw the weights far away.", zh: "一批反常的数据，不该把权重甩得太远。"),
            formula: Formula(
                #"\role{gradient}{g} \gets \role{gradient}{g} \cdot \min\left(1, \frac{c}{|g|}\right) \qquad \role{gradient}{g_i} \gets \max(-c, \min(c, g_i))"#
            ),
            takeaway: takeaway,
            legend: [
                LegendKey(.line(.role(.gradient), dashed: true), Phrase(en: "the gradient", zh: "原来的梯度")).any,
                LegendKey(.line(.role(.query), dashed: false), Phrase(en: "by norm: inside the circle", zh: "按范数：圆以内"))
                    .any,
                LegendKey(.line(.role(.key), dashed: false), Phrase(en: "by value: inside the square", zh: "按值：方框以内"))
                    .any,
            ],
            altText: Phrase(
                en:
                    "The gradient {g} as an arrow beyond a circle and a square of size {bound}; clipped by norm it ends on the circle, by value in the square. {takeaway}",
                zh: "梯度 {g} 的箭头，以及半径和半边长为 {bound} 的圆与方框；按范数裁剪后落在圆上，按值裁剪后落在方框里。{takeaway}"
            ).filled([
                "g": Phrase(Numbers.vector(gradient)), "bound": Phrase(Numbers.plain(bound)), "takeaway": takeaway,
            ])
        ) { _ in
            Split(
                board(gradient, byNorm, byValue, bound),
                beside: SumLines([
                    SumLines.Line(
                        Phrase(en: "the gradient and its length", zh: "梯度和它的长度"),
                        "g = \(Numbers.vector(gradient)), |g| \(Numbers.equals(norm)) \(Numbers.plain(norm))",
                        .role(.gradient)),
                    SumLines.Line(
                        Phrase(en: "by norm", zh: "按范数"),
                        "× \(Numbers.significant(min(1, bound / max(norm, 1e-12)))) → \(vector(byNorm))",
                        .role(.query)),
                    SumLines.Line(
                        Phrase(en: "by value", zh: "按值"), "± \(Numbers.plain(bound)) → \(vector(byValue))", .role(.key)),
                ])
            ).steady()
        }
    }

    private static func vector(_ numbers: [Double]) -> String {
        "(" + numbers.map { Numbers.significant($0) }.joined(separator: ", ") + ")"
    }

    private static func board(_ g: [Double], _ byNorm: [Double], _ byValue: [Double], _ bound: Double) -> some Mark {
        Drawn(320, 320, stretch: .both) { rect, space, canvas in
            let theme = space.theme
            var board = PlaneBoard(
                showing: [(g[0], g[1]), (-bound, -bound), (bound, bound)], in: rect, space)
            let ends = [(g[0], g[1]), (byNorm[0], byNorm[1]), (byValue[0], byValue[1])]
            for end in ends { board.keep(clearOf: (0, 0), end) }
            board.grid(&canvas)
            let (low, high) = (board.point((-bound, bound)), board.point((bound, -bound)))
            let box = Rect(low.x, low.y, high.x - low.x, high.y - low.y)
            // Frames as thin rings of ground: names may stand on them.
            canvas.fill(.rectangle(box), theme.accent(.key).opacity(0.1), stroke: Stroke(theme.accent(.key), width: 2))
            canvas.fill(
                .circle(board.point((0, 0)), radius: board.length(bound)), theme.accent(.query).opacity(0.14),
                stroke: Stroke(theme.accent(.query), width: 2))
            board.arrow((0, 0), ends[0], theme.accent(.gradient), width: 4, dashes: [10, 7], &canvas)
            board.arrow((0, 0), ends[2], theme.accent(.key), &canvas)
            board.arrow((0, 0), ends[1], theme.accent(.query), &canvas)
            board.name("g", at: ends[0], awayFrom: (0, 0), theme.accent(.gradient))
            board.name(vector(byNorm), at: ends[1], awayFrom: ends[2], theme.accent(.query))
            board.name(vector(byValue), at: ends[2], awayFrom: ends[1], theme.accent(.key))
            board.paintNames(&canvas, font: space.density.label)
        }
    }
}
