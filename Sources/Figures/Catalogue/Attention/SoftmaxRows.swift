import Drawing
import Tracing
import Wording

/// From scores to shares, a row a frame: exponential, sum, quotient, with the numbers of the trace.
package enum SoftmaxRows: TraceFigure {
    package static let id = "softmax"
    package static let title = Phrase(en: "Softmax: from scores to shares", zh: "Softmax：从分数到份额")
    package static let scope = FigureScope.perHead
    package static let isOfEachStack = true
    package static let shows: [Label] = [.pattern, .scores]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.has(shows) && request.isBorneOut(.pattern)
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        _ = try request.step(.scores)
        _ = try request.step(.pattern)
        let view = HeadView(request)
        let scores = view.cells(.scores)
        let pattern = view.cells(.pattern)
        let window = TokenWindow(count: scores.count, named: [view.focus])
        let scale = ValueScale.fitting(tables: [scores])
        let rows = zip(scores, pattern).map { SoftmaxRow(scores: $0, shares: $1) }
        let widest = SoftmaxTable.Widths(rows)
        guard !rows.isEmpty else { throw request.missing(.pattern) }
        let weights = ValueScale.shares(pattern.joined())
        // Made once: frames and densities differ in what they show of the same tables.
        let cells = rows.map { $0.scores }
        let tables = Tables(
            cells: cells,
            scores: view.square(.scores, cells, showing: []).named("S", .scores, AttentionText.scores.phrase)
                .scaled(scale).hiding(cells).queriesByKeys(),
            shares: view.square(.pattern, rows.map { $0.shares }, showing: []).asPattern(weights).queriesByKeys())
        let frames = window.shown().filter { $0 < rows.count && !rows[$0].scores.isEmpty }.map { query in
            Slide.Frame(
                caption: caption(view, query, rows[query]), takeaway: caption(view, query, rows[query])
            ) { density in
                window.arranged(at: density) { shown, _ in
                    picture(view, query, rows, widest, tables, shown, density)
                }
            }
        }
        let shifted = rows.contains { $0.shift != 0 }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Raise e to each score, add up, divide by the sum: every row becomes shares of one whole.",
                zh: "以 e 为底取指数，求和，再除以和：每一行就成了总和为 1 的份额。"),
            here: view.here,
            formula: Formula(
                #"\role{probability}{p_j} = \frac{e^{\role{scores}{s_j}}}{\sum_k e^{\role{scores}{s_k}}}"#),
            note: shifted
                ? Phrase(
                    en: "Where scores are large, the row's largest is taken off first: the shares stay the same.",
                    zh: "分数很大时，先减去这一行的最大值，份额不变。") : nil,
            legend: [
                ColorScale(scale, AttentionText.scores.phrase).any,
                ColorScale(weights, AttentionText.weights.phrase).any,
            ],
            frames: frames)
    }

    private struct Tables: Sendable {
        let cells: [[Float]]
        let scores: Matrix
        let shares: Matrix
    }

    private static func picture(
        _ view: HeadView, _ query: Int, _ rows: [SoftmaxRow], _ widths: SoftmaxTable.Widths, _ tables: Tables,
        _ shown: [Int], _ density: Density
    ) -> AnyMark {
        let left = tables.scores.showing(rows: shown, columns: shown).highlighting(row: query)
        let right = tables.shares.showing(rows: shown, columns: shown)
            .state { $0 > query ? .empty : tables.cells.cell($0, $1) == -.infinity ? .masked : .plain }
            .highlighting(row: query)
        let (head, name) = (view.head, view.name(.pattern))
        let table = SoftmaxTable(
            labels: view.labels, row: rows[query], shown: shown, widths: widths,
            tag: { Tag(step: name, index: [0, head, query, $0]) })
        return ThatFits {
            HStack(spacing: density.gap) {
                left
                Arrow(.right, length: 34)
                table
                Arrow(.right, length: 34)
                right
            }
            VStack(spacing: density.gap) {
                HStack {
                    left
                    right
                }
                table
            }
            if density.isLast {
                HStack {
                    table
                    Arrow(.right, length: 34)
                    right
                }
            }
        }.any
    }

    private static func caption(_ view: HeadView, _ query: Int, _ row: SoftmaxRow) -> Phrase {
        let key = view.strongest(row.shares, of: query)
        guard row.scores.indices.contains(key), row.powers.indices.contains(key) else {
            return Phrase(en: "“{query}” has no scores.", zh: "“{query}”没有分数。").filled(["query": view.token(query)])
        }
        return Phrase(
            en: "“{query}” on “{key}”: e^{score} = {power}, divided by {sum} gives {share}.",
            zh: "“{query}”看“{key}”：e 的 {score} 次方是 {power}，除以总和 {sum}，得 {share}。"
        ).filled([
            "query": view.token(query), "key": view.token(key),
            "score": Phrase(Numbers.fixed(Double(row.scores[key]) - row.shift)),
            "power": Phrase(SoftmaxRow.text(row.powers[key])), "sum": Phrase(SoftmaxRow.text(row.sum)),
            "share": row.words.phrase(row.shares[key]),
        ])
    }
}
