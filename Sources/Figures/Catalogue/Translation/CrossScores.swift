import Drawing
import Tracing
import Wording

/// Every query of the decoder meets every key of the source; no score is hidden.
package enum CrossScores: TraceFigure {
    package static let id = "cross-scores"
    package static let title = Phrase(en: "Queries of one text meet keys of another", zh: "一段文字的查询与另一段的键相遇")
    package static let scope = FigureScope.perHead
    package static let shows: [Label] = [Label.scores.crossed, Label.query.crossed, Label.key.crossed]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        CrossTables(request, needs: [.query, .key, .scores]) != nil
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let tables = CrossTables(request, needs: [.query, .key, .scores]) else {
            throw request.missing(Label.scores.crossed)
        }
        let (queries, scores) = (tables.queries(.query), tables.cells(.scores))
        let keys = tables.sources(.key)
        let inputs = ValueScale.visible([queries, keys], rows: .max, columns: CrossTables.mostColumns)
        let outputs = ValueScale.fitting(tables: [scores])
        let row = scores.row(tables.focus)
        let best = row.greatestPlace ?? 0
        let takeaway = Phrase(
            en: "Writing {token}, the largest score is that of {key}: {value}.",
            zh: "写{token}时，得分最高的是{key}：{value}。"
        ).filled([
            "token": tables.writing, "key": tables.view.source.name(best),
            "value": Phrase(Numbers.fixed(Double(row.indices.contains(best) ? row[best] : .nan))),
        ])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "A row for each token that is written, a column for each of the source; all of them may be seen.",
                zh: "每个写出的词元一行，每个原文词元一列；全都看得到，没有掩码。"),
            here: tables.here,
            formula: Formula(
                #"\role{scores}{S} = \frac{\role{query}{Q}_{\mathrm{decoder}}\, \role{key}{K}_{\mathrm{encoder}}^\top}{\sqrt{d}}"#
            ), takeaway: takeaway,
            legend: [ColorScale(inputs, Phrase("Q, K")).any, ColorScale(outputs, Phrase(en: "scores", zh: "得分")).any],
            altText: tables.altText(
                Phrase(
                    en: "One head's queries times its keys, turned on their side, give a table of scores.",
                    zh: "一个头的查询乘以转置的键，得到一张得分表。"), takeaway)
        ) { density in
            tables.arranged(at: density) { budget in
                let left = tables.written(queries, .query).named("Q", .query, AttentionText.queries.phrase)
                    .scaled(inputs).vectors(min(budget.width, 4)).showing(rows: budget.written)
                let name = tables.step(.key, at: 0)?.name.description ?? ""
                let head = tables.head
                let middle = Matrix(rows: keys.first?.count ?? 0, columns: keys.count) { keys[$1][$0] }
                    .tagged(name) { [0, $1, head, $0] }
                    .named(#"K^\top"#, .key, AttentionText.keys.phrase).scaled(inputs)
                    .columns(tables.view.source).elided(rows: 4).showing(columns: budget.source)
                    .highlighting(column: best)
                let right = tables.written(scores, .scores).named("S", .scores, Phrase(en: "scores", zh: "得分"))
                    .scaled(outputs).columns(tables.view.source)
                    .showing(rows: budget.written, columns: budget.source)
                return tables.equation(
                    [left.any, Symbol("×").any, middle.any], Symbol("=").any, [right.any], density)
            }
        }
    }
}
