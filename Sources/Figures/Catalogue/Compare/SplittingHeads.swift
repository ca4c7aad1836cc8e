import Drawing
import Tensors
import Tracing
import Wording

/// One table is cut into heads: `[position, width]` becomes `[head, position, head width]`, and no number changes.
package enum SplittingHeads: TraceFigure {
    package static let id = "splitting-heads"
    package static let title = Phrase(en: "One table, cut into heads", zh: "一张表切成多个头")
    package static let scope = FigureScope.perLayer
    package static let isOfEachStack = true
    package static let shows: [Label] = [.query]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        guard let step = request.trace[request.name(.query)] else { return false }
        return step.shape.rank == 4 && step.shape[1] > 0 && step.shape[2] > 1 && step.shape[3] > 0
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let step = try request.step(.query)
        guard step.shape.rank == 4, step.shape[2] > 0 else { throw request.unfit(step) }
        let tables = (0..<step.shape[2]).map { step.rows(head: $0) }
        let scale = ClippedScale(tables.joined().joined())
        let cut = HeadTables(
            .cut, tables, labels: request.labels, scale: scale.scale, role: .query, focus: request.focus, letter: "Q",
            whole: ("Q", AttentionText.queries.phrase), steps: (step.name.description, nil))
        let (heads, rows, width) = (step.shape[2], step.shape[1], step.shape[3])
        let takeaway = Phrase(
            en:
                "[{rows}, {all}] becomes [{heads}, {rows}, {width}]: the same {count} {count|number|numbers}. Columns {first} to {last} are head {head}.",
            zh: "[{rows}, {all}] 变成 [{heads}, {rows}, {width}]：还是那 {count} 个数。第 {first} 到 {last} 列就是 H{head}。"
        ).filled([
            "rows": Phrase(String(rows)), "all": Phrase(String(heads * width)), "heads": Phrase(String(heads)),
            "width": Phrase(String(width)), "count": Phrase(Numbers.count(rows * heads * width)),
            "first": Phrase(String((heads - 1) * width)), "last": Phrase(String(heads * width - 1)),
            "head": Phrase(String(heads - 1)),
        ])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The queries of all heads stand side by side; each head works on a stretch of columns of its own.",
                zh: "各头的查询原本并排放在一张表里；每个头只用属于自己的那几列。"),
            here: MiniMap(.attention, of: request),
            formula: Formula(
                #"\role{query}{Q} = [\,\role{query}{Q_0}\;\; \role{query}{Q_1}\;\; \cdots\;\; \role{query}{Q_{\#(heads - 1)}}\,]"#
            ),
            takeaway: takeaway, legend: [scale.legend(AttentionText.queries.phrase).any],
            altText: request.altText(
                Phrase(
                    en:
                        "A table of {rows} {rows|row|rows} and {all} {all|column|columns} above, {heads} {heads|table|tables} of {rows} {rows|row|rows} and {width} {width|column|columns} below; bands join each stretch of columns with its head.",
                    zh: "上面一张 {rows} 行 {all} 列的表，下面 {heads} 张 {rows} 行 {width} 列的表，色带把每段列与它的头连起来。"
                ).filled([
                    "rows": Phrase(String(rows)), "all": Phrase(String(heads * width)),
                    "heads": Phrase(String(heads)), "width": Phrase(String(width)),
                ]), takeaway)
        ) { density in cut.arranged(at: density) }
    }
}
