import Drawing
import Tracing
import Wording

/// The pattern of one head as lines between two columns of tokens.
package enum AttentionLines: TraceFigure {
    package static let id = "attention-lines"
    package static let title = Phrase(en: "Who looks at whom", zh: "谁在看谁")
    package static let scope = FigureScope.perHead
    package static let shows: [Label] = [.pattern]
    package static let isOfEachStack = true
    package static let readsEveryPass = true

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        _ = try request.step(.pattern)
        let view = HeadView(request)
        let cells = view.cells(.pattern)
        let focus = view.focus
        let row = cells.row(focus)
        let shares = Shares(cells)
        let ranked = row.ranked.filter { row[$0] >= 0.005 }
        let window = TokenWindow(count: cells.count, named: [focus] + ranked.prefix(3))
        let (head, limit) = (view.head, ValueScale.shares(cells.joined()).limit)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Each query on the left looks at keys on the right; the wider the line, the larger the weight.",
                zh: "左边的查询看右边的键；线越粗，权重越大。"),
            here: view.here,
            formula: shares.areWhole
                ? Formula(#"\sum_j \role{probability}{p_{\role{query}{i}\role{key}{j}}} = 1"#) : nil,
            takeaway: takeaway(view, row, Array(ranked.prefix(3)), shares),
            note: Phrase(
                en: "Strong: “{query}”. Faint: every other query. Weights under {least} have no line.",
                zh: "醒目的：“{query}”；淡的：其余查询；不足 {least} 的权重不画线。"
            ).filled(["query": view.token(focus), "least": Phrase(shares.areWhole ? "2%" : "0.02")])
        ) { density in
            window.arranged(at: density) { shown, _ in
                Fan(
                    cells,
                    rows: Fan.Column(
                        view.labels, showing: shown, of: cells.count,
                        title: Phrase(en: "query: who looks", zh: "查询：谁在看")),
                    keys: Fan.Column(
                        view.labels, showing: shown, of: cells.count, title: Phrase(en: "key: at whom", zh: "键：看谁")),
                    focus: focus, title: view.sees(focus), limit: limit, text: { shares.text($0) },
                    tag: { view.tag(.pattern, head: head, $0, $1) }
                ).any
            }
        }
    }

    private static func takeaway(_ view: HeadView, _ row: [Float], _ keys: [Int], _ shares: Shares) -> Phrase {
        guard row.count > 1, let first = keys.first else {
            if row.count > 1 {
                return Phrase(en: "“{query}” looks at none of them.", zh: "“{query}”一个也没有看。").filled([
                    "query": view.token(view.focus)
                ])
            }
            return Phrase(en: "A single token can only look at itself.", zh: "只有一个词元，只能看自己。")
        }
        let parts = keys.map { key in
            Phrase(
                en: "“\(view.token(key).english)” \(shares.text(row[key]))",
                zh: "“\(view.token(key).chinese)”\(shares.text(row[key]))")
        }
        let rest = Phrase(
            en: parts.map { $0.english }.joined(separator: ", "), zh: parts.map { $0.chinese }.joined(separator: "，"))
        let whole = first == view.focus ? Phrase(en: " (itself first)", zh: "（首先是自己）") : Phrase("")
        return Phrase(en: "“{query}” looks at {keys}{itself}.", zh: "“{query}”看：{keys}{itself}。").filled([
            "query": view.token(view.focus), "keys": rest, "itself": whole,
        ])
    }
}
