import Drawing
import Tensors
import Wording

/// Every activation function that the engine knows, beside its derivative.
package enum ActivationFunctions: CalculationFigure {
    package static let id = "activation-functions"
    package static let title = Phrase(en: "Activation functions and their slopes", zh: "激活函数与它们的导数")
    package static let example = "activation-functions"

    private static let reach = 4.0

    private struct Curve: Sendable {
        var name: String
        var xs: [Double]
        var values: [Double]
        var slopes: [Double]
        var steepest: Double { slopes.max() ?? 0 }
        /// At both ends of what is drawn.
        var ends: (Double, Double) { (slopes.first ?? 0, slopes.last ?? 0) }

        init(_ function: ActivationFunction) {
            let places = (0...320).map { Float(-reach + 2 * reach * Double($0) / 320) }
            let input = Tensor([places.count]) { buffer in
                for place in buffer.indices { buffer.initializeElement(at: place, to: places[place]) }
            }
            xs = places.map { Double($0) }
            let output = input.activated(function)
            values = output.scalars.map { Double($0) }
            slopes = input.activationGradient(
                function, result: output, upstream: Tensor([places.count], repeating: 1)
            ).scalars.map { Double($0) }
            name =
                switch function {
                case .relu: "ReLU"
                case .gelu: "GELU"
                case .geluTanh: "GELU (tanh)"
                case .silu: "SiLU"
                case .tanh: "tanh"
                case .sigmoid: "sigmoid"
                }
        }
    }

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let order: [ActivationFunction] = [.sigmoid, .tanh, .relu, .gelu, .geluTanh, .silu]
        let curves = order.map { Curve($0) }
        let sigmoid = curves[0]
        let takeaway = Phrase(
            en:
                "Sigmoid's slope is at most {most}, and {end} at ±4: through many layers a gradient vanishes. ReLU hands it on whole where its input is positive.",
            zh: "sigmoid 的导数最大 {most}，到 ±4 只剩 {end}：层数一多，梯度就消失。ReLU 在输入为正时原样传回梯度。"
        ).filled([
            "most": Phrase(Numbers.significant(sigmoid.steepest)), "end": Phrase(Numbers.significant(sigmoid.ends.1)),
        ])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The curve is what goes forward, the dashed line what a gradient is multiplied by on the way back.",
                zh: "实线是前向的输出，虚线是反向传播时梯度要乘的倍数。"),
            takeaway: takeaway,
            legend: [
                LegendKey(.line(.role(.feedForward), dashed: false), Phrase(en: "value f(x)", zh: "函数值 f(x)")).any,
                LegendKey(.line(.role(.gradient), dashed: true), Phrase(en: "slope f′(x)", zh: "导数 f′(x)")).any,
            ],
            altText: Phrase(
                en: "Six small charts over x from −4 to 4: {names}, each with its derivative dashed. {takeaway}",
                zh: "六张小图，x 从 −4 到 4：{names}，各有一条虚线表示导数。{takeaway}"
            ).filled(["names": Phrase.list(curves.map { $0.name }), "takeaway": takeaway])
        ) { _ in Panels(least: Size(230, 110), shape: 1.5, curves.map { panel($0) }).steady() }
    }

    private static func panel(_ curve: Curve) -> Panels.Panel {
        let (low, high) = (curve.values.min() ?? 0, curve.values.max() ?? 1)
        return Panels.Panel(
            name: Phrase(curve.name),
            note: Phrase(
                en: "values {low} … {high}, slope at most {most}", zh: "取值 {low} … {high}，导数最大 {most}"
            ).filled([
                "low": Phrase(Numbers.significant(low)), "high": Phrase(Numbers.significant(high)),
                "most": Phrase(Numbers.significant(curve.steepest)),
            ])
        ) { rect, space, canvas in
            let all = curve.values + curve.slopes
            let chart = Chart(
                in: Rect(rect.minX, rect.minY, rect.width, rect.height - Font.small.size * 2), "",
                x: AxisScale(-reach...reach),
                y: AxisScale((min(all.min() ?? 0, 0) - 0.1)...(max(all.max() ?? 1, 1) + 0.1)),
                right: 10, space)
            chart.values(&canvas)
            let theme = space.theme
            let zero = chart.column(0)
            canvas.line(Point(zero, chart.area.minY), Point(zero, chart.area.maxY), Stroke(theme.muted, width: 1.5))
            chart.draw(
                Chart.Curve(curve.xs, curve.slopes, theme.accent(.gradient), width: 2.5, dashes: [7, 5]), &canvas)
            chart.draw(Chart.Curve(curve.xs, curve.values, theme.accent(.feedForward), width: 4), &canvas)
            chart.steps(under: chart.rect.maxY, name: "x", whole: false, &canvas)
            canvas.hotSpot(chart.area, curve.name)
        }
    }
}
