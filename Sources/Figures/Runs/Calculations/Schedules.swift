import Drawing
import Training
import Wording

/// The learning rate over a training, by the schedules that recipes can name.
package enum Schedules: CalculationFigure {
    package static let id = "schedules"
    package static let title = Phrase(en: "The learning rate over a training", zh: "学习率怎样随训练变化")
    package static let example = "schedules(0.001, 50)"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let rate = try given.number(0, 0.001, in: 1e-6...10)
        let steps = try given.count(1, 50, in: 10...2000)
        let warm = max(1, steps / 10)
        let all: [(Phrase, Phrase, Schedule)] = [
            (
                Phrase("StepLR(10, 0.1)"),
                Phrase(en: "a tenth of it every 10 steps", zh: "每 10 步变为十分之一"),
                Schedule(rate: rate, warmUp: 0, shape: .step, steps: steps, stepSize: 10, factor: 0.1)
            ),
            (
                Phrase(en: "warm-up and cosine", zh: "预热 + 余弦"),
                Phrase(en: "{warm} {warm|step|steps} up, then half a cosine down", zh: "前 {warm} 步上升，之后沿半个余弦下降"),
                Schedule(rate: rate, warmUp: warm, shape: .cosine, steps: steps)
            ),
            (
                Phrase(en: "warm-up and linear", zh: "预热 + 线性"),
                Phrase(en: "{warm} {warm|step|steps} up, then straight down", zh: "前 {warm} 步上升，之后直线下降"),
                Schedule(rate: rate, warmUp: warm, shape: .linear, steps: steps)
            ),
            (
                Phrase(en: "Transformer (2017)", zh: "Transformer（2017）"),
                Phrase(en: "{warm} {warm|step|steps} up, then with 1 ÷ √step", zh: "前 {warm} 步上升，之后按 1 ÷ √步数下降"),
                // Its own scale is made to peak at the same rate.
                Schedule(
                    rate: rate * Double(warm).squareRoot() * 512.0.squareRoot(), warmUp: warm, shape: .noam,
                    steps: steps)
            ),
        ]
        let middle = steps / 2
        let (stepped, cosine) = (all[0].2.rate(at: middle), all[1].2.rate(at: middle))
        let takeaway = Phrase(
            en:
                "Half-way, at step {middle}, StepLR is at {step} and the cosine at {cosine}: the same training, other strides.",
            zh: "训练到一半（第 {middle} 步），StepLR 已降到 {step}，余弦还有 {cosine}：同样的训练，步幅不同。"
        ).filled([
            "middle": Phrase("\(middle)"), "step": Phrase(Numbers.significant(stepped, digits: 2)),
            "cosine": Phrase(Numbers.significant(cosine, digits: 2)),
        ])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Small strides while nothing is known, long ones on the way, short ones at the end.",
                zh: "起步时步子小，中途步子大，快到时再收小。"),
            takeaway: takeaway,
            altText: Phrase(
                en:
                    "Four charts of the learning rate over {steps} {steps|step|steps}, at most {rate}: {names}. {takeaway}",
                zh: "四张学习率曲线，{steps} 步，最大 {rate}：{names}。{takeaway}"
            ).filled([
                "steps": Phrase("\(steps)"), "rate": Phrase(Numbers.plain(rate)), "takeaway": takeaway,
                "names": Phrase(
                    en: all.map { $0.0.english }.joined(separator: ", "),
                    zh: all.map { $0.0.chinese }.joined(separator: "、")),
            ])
        ) { _ in
            Panels(
                least: Size(300, 150), shape: 2.0,
                all.map { name, words, schedule in
                    panel(name, words.filled(["warm": Phrase("\(warm)")]), schedule, rate, steps)
                }
            ).steady()
        }
    }

    private static func panel(_ name: Phrase, _ words: Phrase, _ schedule: Schedule, _ rate: Double, _ steps: Int)
        -> Panels.Panel
    {
        Panels.Panel(name: name, note: words) { rect, space, canvas in
            let places = (0...steps).map { Double($0) }
            let rates = (0...steps).map { schedule.rate(at: $0) }
            let chart = Chart(
                in: Rect(rect.minX, rect.minY, rect.width, rect.height - Font.small.size * 2),
                Phrase(en: "learning rate", zh: "学习率"),
                x: AxisScale(steps: places), y: AxisScale(values: [0, rate]), right: 16, space)
            chart.values(&canvas)
            chart.draw(Chart.Curve(places, rates, space.theme.accent(.query), width: 4), &canvas)
            chart.steps(under: chart.rect.maxY, name: Phrase(en: "step", zh: "步"), &canvas)
        }
    }
}
