import Drawing
import Tensors
import Tracing
import Wording

/// The same numbers made comparable in three ways: between 0 and 1, as a distribution, around 0.
package enum NormaliseFigure: CalculationFigure {
    package static let id = "normalise"
    package static let title = Phrase(en: "Exam scores made comparable, in three ways", zh: "考试分数的三种归一化")
    package static let example = "normalise([90, 80, 70, 60, 50])"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let numbers = try given.vector(0, [90, 80, 70, 60, 50], count: 2...12)
        let input = try Tensor([numbers.count], numbers.map { Float($0) })
        let (least, most) = (numbers.min() ?? 0, numbers.max() ?? 0)
        let spread = numbers.map { most > least ? ($0 - least) / (most - least) : 0 }
        let softmax = try Softmax().evaluate([input]).scalars.map { Double($0) }
        let scale = try LayerNormScale(epsilon: 1e-5).evaluate([input])
        let ones = Tensor([numbers.count], repeating: 1)
        let norm = try LayerNorm().evaluate([input, scale, ones, Tensor([numbers.count], repeating: 0)])
            .scalars.map { Double($0) }
        let best = numbers.indices.max { numbers[$0] < numbers[$1] } ?? 0
        let takeaway = Phrase(
            en:
                "0 … 1 keeps the distances; softmax of these numbers gives {share} to {best}; layer norm centres them: mean 0, deviation 1.",
            zh: "缩到 0…1 保留间距；这组数的 softmax 把 {share} 给了 {best}；层归一化使均值为 0、标准差为 1。"
        ).filled(["share": Phrase(Numbers.percent(softmax[best])), "best": Phrase(Numbers.plain(numbers[best]))])
        let columns: [(Phrase, [Double], Role)] = [
            (Phrase(en: "score", zh: "分数"), numbers, .token), (Phrase(en: "0 … 1", zh: "缩到 0…1"), spread, .value),
            (Phrase("softmax"), softmax, .probability), (Phrase(en: "layer norm", zh: "层归一化"), norm, .residual),
        ]
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Which one is right depends on what the numbers are for: a range, a choice, a steady scale.",
                zh: "用哪一种看用途：要一个范围，要作一个选择，还是要稳定的尺度。"),
            formula: Formula(
                #"\frac{x - \min}{\max - \min} \qquad \frac{e^{x_i}}{\sum_j e^{x_j}} \qquad \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}}"#
            ),
            takeaway: takeaway,
            altText: Phrase(
                en:
                    "A table of bars: the scores {scores}, and beside each what it becomes between 0 and 1, by softmax and by layer norm. {takeaway}",
                zh: "条形组成的表：分数 {scores}，旁边是缩到 0…1、softmax 和层归一化之后的值。{takeaway}"
            ).filled(["scores": Phrase(Numbers.vector(numbers)), "takeaway": takeaway])
        ) { density in
            Adaptive { space in
                let font = Font.mono(density.label)
                let tracks = columns.map { column in
                    Table.Track(110...420, gap: 26, head: Text(column.0).font(density.label.semibold).any)
                }
                return Table(
                    numbers.count, tracks, pitch: 34...84, header: density.label.size * 2.2, fewest: numbers.count
                ) { row, _ in
                    Table.Row(
                        columns.map { column in
                            let values = column.1
                            let texts = values.map {
                                column.2 == .probability ? Numbers.percent($0) : Numbers.plain($0)
                            }
                            let negative = values.contains { $0 < 0 }
                            let limit = values.map { abs($0) }.max() ?? 1
                            return Drawing.Bar(
                                values[row], limit: max(limit, 1e-9), .role(column.2), text: texts[row]
                            ).around(
                                zero: negative ? 0.5 : 0, words: texts.map { space.width(of: $0, font) }.max() ?? 0
                            )
                            .font(font).any
                        })
                }.any
            }
        }
    }
}
