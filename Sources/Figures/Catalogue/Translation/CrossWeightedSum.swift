import Drawing
import Tracing
import Wording

/// What a written token takes from the source: the values of its tokens, by their weights.
package enum CrossWeightedSum: TraceFigure {
    package static let id = "cross-weighted-sum"
    package static let title = Phrase(en: "What is taken from the source", zh: "从原文取回什么")
    package static let scope = FigureScope.perHead
    package static let shows: [Label] = [Label.z.crossed, Label.pattern.crossed, Label.value.crossed]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        CrossTables(request, needs: [.pattern, .value, .z]) != nil
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let tables = CrossTables(request, needs: [.pattern, .value, .z]) else {
            throw request.missing(Label.z.crossed)
        }
        let (cells, values) = (tables.cross.cells, tables.sources(.value))
        let mixed = tables.queries(.z)
        let weights = cells.row(tables.focus)
        let after = PatternScale(cells)
        let scale = ValueScale.visible([values, mixed], rows: .max, columns: CrossTables.mostColumns)
        let ranked = weights.ranked.filter { weights[$0] >= 0.005 }
        let names = ranked.prefix(2).map { tables.view.source.name($0) }
        let factors = ranked.prefix(2).map { Numbers.fixed(Double(weights[$0])) }
        let more = ranked.count > 2 ? " + ⋯" : ""
        let takeaway = Phrase(
            en: "The vector for \(tables.writing.english): "
                + zip(factors, names).map { "\($0) × the value of \($1.english)" }.joined(separator: " + ") + more
                + ".",
            zh: "写\(tables.writing.chinese)时得到的向量："
                + zip(factors, names).map { "\($0) × \($1.chinese)的值" }.joined(separator: " + ") + more + "。")
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Each source token's value counts by its weight; their sum is what this head brings over.",
                zh: "每个原文词元的值按权重计入，总和就是这个头带过来的东西。"),
            here: tables.here,
            formula: Formula(
                #"\role{attention output}{z_i} = \sum_j \role{probability}{p_{ij}}\, \role{value}{v_j}"#),
            takeaway: takeaway,
            legend: [
                after.legend,
                ColorScale(scale, Phrase(en: "values and their sums", zh: "值与总和")).any,
            ],
            altText: tables.altText(
                Phrase(
                    en: "A table of weights times a table of values gives a row of numbers for each written token.",
                    zh: "权重表乘以值的表，得到每个写出的词元的一行数。"), takeaway)
        ) { density in
            tables.arranged(at: density) { budget in
                let left = tables.written(cells, .pattern).columns(tables.view.source).asPattern(after.scale)
                    .showing(rows: budget.written, columns: budget.source)
                let middle = tables.read(.value).named("V", .value, AttentionText.values.phrase).scaled(scale)
                    .vectors(budget.width).showing(rows: budget.source)
                let right = tables.written(mixed, .z)
                    .named("Z", .attentionOutput, Phrase(en: "their sums", zh: "总和")).scaled(scale)
                    .vectors(budget.width).showing(rows: budget.written)
                return tables.equation(
                    [left.any, Symbol("×").any, middle.any], Symbol("=").any, [right.any], density)
            }
        }
    }
}
