import Drawing
import Wording

/// Training and test loss over epochs, with one epoch marked.
struct LossesPicture {
    var history: PlaygroundHistory
    var moment: PlaygroundMoment

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let values = history.trainingLosses + history.testLosses
        var chart = CurveChart(
            rect: Rect(rect.minX, rect.minY, rect.width, rect.height - 28), space: space,
            name: space.text(Phrase(en: "loss", zh: "损失")), steps: history.epochs, values: values,
            logarithmic: history.epochs.count > 20)
        let names = [Phrase(en: "training", zh: "训练"), Phrase(en: "test", zh: "测试")]
        let curves = [(history.trainingLosses, theme.ink, []), (history.testLosses, theme.muted, [7.0, 4])]
            .enumerated().map { place, look in
                CurveChart.Curve(
                    steps: history.epochs, values: look.0, color: look.1, width: place == 0 ? 2.5 : 2,
                    dashes: look.2, name: space.text(names[place]))
            }
        // Of every moment, so that the chart does not change its size.
        chart.right = CurveChart.room(curves, space)
        chart.axes(&canvas)
        let x = chart.x(Double(moment.epoch))
        canvas.line(
            Point(x, chart.area.minY), Point(x, chart.area.maxY), Stroke(theme.highlight, width: 2.5))
        for curve in curves { chart.draw(curve, &canvas) }
        chart.ends(curves, &canvas)
        for (loss, curve) in zip([moment.trainingLoss, moment.testLoss], curves) where loss.isFinite {
            canvas.fill(
                .circle(Point(x, chart.y(loss)), radius: 5), theme.highlight, stroke: Stroke(curve.color, width: 1.5))
        }
        chart.steps(under: chart.rect.maxY, name: space.text(Phrase(en: "epoch", zh: "轮")), &canvas)
        canvas.hotSpot(chart.area, space.text(history.words(moment)))
    }
}
