import Drawing
import Wording

/// Training and test loss over epochs, with one epoch marked.
struct LossesPicture {
    var history: PlaygroundHistory
    var moment: PlaygroundMoment

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let names = [Phrase(en: "training", zh: "训练"), Phrase(en: "test", zh: "测试")]
        let curves = [(history.trainingLosses, theme.ink, []), (history.testLosses, theme.muted, [7.0, 4])]
            .enumerated().map { place, look in
                Chart.Curve(
                    history.epochs, look.0, look.1, width: place == 0 ? 2.5 : 2, dashes: look.2,
                    name: space.text(names[place]))
            }
        // The room of every moment, so that the chart does not change its size.
        let chart = Chart(
            in: Rect(rect.minX, rect.minY, rect.width, rect.height - 28), Phrase(en: "loss", zh: "损失"),
            x: AxisScale(steps: history.epochs, logarithmic: history.epochs.count > 20),
            y: AxisScale(values: history.trainingLosses + history.testLosses), right: Chart.room(curves, space), space)
        chart.values(&canvas)
        let x = chart.column(Double(moment.epoch))
        canvas.line(
            Point(x, chart.area.minY), Point(x, chart.area.maxY), Stroke(theme.highlight, width: 2.5))
        for curve in curves { chart.draw(curve, &canvas) }
        chart.ends(curves, &canvas)
        for (loss, curve) in zip([moment.trainingLoss, moment.testLoss], curves) where loss.isFinite {
            canvas.fill(
                .circle(Point(x, chart.line(loss)), radius: 5), theme.highlight, stroke: Stroke(curve.color, width: 1.5)
            )
        }
        chart.steps(under: chart.rect.maxY, name: Phrase(en: "epoch", zh: "轮"), &canvas)
        canvas.hotSpot(chart.area, space.text(history.words(moment)))
    }
}
