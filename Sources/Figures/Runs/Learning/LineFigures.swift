import Drawing
import Training
import Wording

/// A line's run: how it turns towards the points, and its way down the bowl of losses.
package enum LineFigures: RunFigures {
    package static let kind = LineRecipe.kind

    package static func slides(recipe: any Recipe, folder: String) throws -> [Slide] {
        guard let recipe = recipe as? LineRecipe else { return [] }
        let records = try TrainingRecord.read(path: folder + "/training.json")
        return [slide(try LineHistory(recipe, steps: records.last?.step ?? 0))]
    }

    static func slide(_ history: LineHistory) -> Slide {
        let (title, subtitle) = words(history.way)
        return Slide(
            id: "line-fit", title: title, subtitle: subtitle,
            formula: Formula(
                #"L = \frac{1}{n}\sum_i \left(\role{query}{a}\, x_i + \role{value}{b} - y_i\right)^2"#),
            legend: [
                LegendKey(.line(.role(.query), dashed: false), Phrase(en: "the line now", zh: "现在的直线")).any,
                LegendKey(.line(.ink, dashed: true), Phrase(en: "least squares", zh: "最小二乘")).any,
                LegendKey(.line(.role(.gradient), dashed: false), Phrase(en: "error", zh: "误差")).any,
            ],
            frames: history.shown.map { moment in
                let words = words(moment, history)
                let alt = Phrase(
                    en:
                        "{n} {n|house|houses} by area and price with the line and its errors; the bowl of losses from above and cut through, with the way so far. {words}",
                    zh: "{n} 套房子的面积与房价、直线及误差；损失的“碗”的俯视图和剖面图，以及走过的路。{words}"
                ).filled(["n": Phrase("\(history.areas.count)"), "words": words])
                return Slide.Frame(caption: words, altText: alt, takeaway: words) { _ in
                    LinePicture(history: history, moment: moment)
                }
            })
    }

    private static func words(_ way: LineHistory.Way) -> (title: Phrase, subtitle: Phrase) {
        switch way {
        case .slides:
            (
                Phrase(en: "A line finds its points", zh: "一条直线找到它的点"),
                Phrase(
                    en: "Each step goes downhill in the bowl of losses; the line turns with it.",
                    zh: "每一步都在损失的“碗”里往下走，直线也随之转动。")
            )
        case .leaps:
            (
                Phrase(en: "A line that goes to and fro", zh: "一条来回摆动的直线"),
                Phrase(
                    en: "Each step leaps over the bottom of the bowl to the other wall, and yet comes lower.",
                    zh: "每一步都越过碗底，跳到对面的碗壁，但仍比原来低。")
            )
        case .climbs:
            (
                Phrase(en: "A line that oversteps", zh: "一条迈过了头的直线"),
                Phrase(
                    en: "The steps are so long that they lead uphill in the bowl of losses.",
                    zh: "步子太大，在损失的“碗”里反而越走越高。")
            )
        }
    }

    private static func words(_ moment: LineHistory.Moment, _ history: LineHistory) -> Phrase {
        let number = { (value: Double) in Phrase(Numbers.significant(value)) }
        let values: KeyValuePairs<String, Phrase> = [
            "step": Phrase(Numbers.count(moment.step)), "line": line(moment), "loss": number(moment.loss),
            "best": line(history.best), "least": number(history.best.loss),
        ]
        if moment.step == 0 {
            return Phrase(
                en: "At first, {line}: the mean squared error is {loss}.", zh: "一开始：{line}，均方误差 {loss}。"
            ).filled(values)
        }
        guard moment.step == history.path.last?.step else {
            return Phrase(
                en: "Step {step}: {line}, mean squared error {loss}.", zh: "第 {step} 步：{line}，均方误差 {loss}。"
            ).filled(values)
        }
        return Phrase(
            en: "Step {step}: {line}, error {loss}. Least squares say {best}, error {least}.",
            zh: "第 {step} 步：{line}，误差 {loss}。最小二乘：{best}，误差 {least}。"
        ).filled(values)
    }

    /// `price = 3.09 × area + 59.5`
    private static func line(_ moment: LineHistory.Moment) -> Phrase {
        let sign = moment.intercept < 0 ? "−" : "+"
        return Phrase(en: "price = {a} × area {b}", zh: "房价 = {a} × 面积 {b}").filled([
            "a": Phrase(Numbers.significant(moment.slope)),
            "b": Phrase(sign + " " + Numbers.significant(abs(moment.intercept))),
        ])
    }
}
