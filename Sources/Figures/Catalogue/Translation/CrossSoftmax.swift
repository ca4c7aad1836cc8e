import Drawing
import Tracing
import Wording

/// From scores to weights: each row of the cross-attention's scores becomes shares of the source.
package enum CrossSoftmax: TraceFigure {
    package static let id = "cross-softmax"
    package static let title = Phrase(en: "From scores to shares of the source", zh: "从得分到对原文的权重")
    package static let scope = FigureScope.perHead
    package static let shows: [Label] = [Label.pattern.crossed, Label.scores.crossed]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        CrossTables(request, needs: [.scores, .pattern]) != nil
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let tables = CrossTables(request, needs: [.scores, .pattern]) else {
            throw request.missing(Label.pattern.crossed)
        }
        let (scores, cells) = (tables.cells(.scores), tables.cross.cells)
        let (before, after) = (ValueScale.fitting(tables: [scores]), PatternScale(cells))
        let (focus, best) = (tables.focus, tables.strongest)
        let shares = Shares(cells)
        let takeaway = Phrase(
            en: "Writing {token}: the score {score} of {key} becomes {share}, the largest of its row.",
            zh: "写{token}时：{key}的得分 {score} 变成 {share}，是这一行里最大的。"
        ).filled([
            "token": tables.writing, "key": tables.source,
            "score": Phrase(Numbers.fixed(Double(scores.cell(focus, best)))),
            "share": shares.phrase(cells.cell(focus, best)),
        ])
        return Slide(
            id: id, title: title,
            subtitle: shares.areWhole
                ? Phrase(
                    en: "Each row on its own: powers of e, divided by their sum. The shares of a row add up to 1.",
                    zh: "每一行单独计算：取 e 的幂，再除以它们的总和。每行权重合计为 1。")
                : Phrase(
                    en: "Each row on its own: powers of e, divided by their sum. Here the rows do not add up to 1.",
                    zh: "每一行单独计算：取 e 的幂，再除以它们的总和。这里各行合计不为 1。"),
            here: tables.here,
            formula: Formula(
                #"\role{probability}{p_{ij}} = \frac{e^{\role{scores}{s_{ij}}}}{\sum_k e^{\role{scores}{s_{ik}}}}"#),
            takeaway: takeaway,
            legend: [
                ColorScale(before, Phrase(en: "scores", zh: "得分")).any,
                after.legend,
            ],
            altText: tables.altText(
                Phrase(
                    en:
                        "Two tables, a row a written token, a column a source token: scores, and the shares made of them.",
                    zh: "两张表，每个写出的词元一行，每个原文词元一列：得分，以及由它得到的权重。"), takeaway)
        ) { density in
            tables.arranged(at: density) { budget in
                let left = tables.written(scores, .scores).named("S", .scores, Phrase(en: "scores", zh: "得分"))
                    .scaled(before).columns(tables.view.source)
                    .showing(rows: budget.written, columns: budget.source)
                let right = tables.written(cells, .pattern).columns(tables.view.source).asPattern(after.scale)
                    .showing(rows: budget.written, columns: budget.source)
                let words = Text("softmax").font(.label).color(.muted)
                let stacked = VStack(.center, spacing: density.gap * 0.6) {
                    left
                    Arrow(.down, above: words.any, length: 40)
                    right
                }
                return Fullest {
                    HStack(spacing: density.gap) {
                        left
                        Arrow(.right, above: words.any, length: 70)
                        right
                    }
                    stacked
                }.any
            }
        }
    }
}
