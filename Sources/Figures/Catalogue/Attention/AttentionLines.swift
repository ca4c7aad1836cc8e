import Drawing
import Tensors
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

    /// A single token can only look at itself: no figure.
    package static func isPossible(_ request: FigureRequest) -> Bool {
        guard let step = request.trace[request.name(.pattern)] else { return false }
        return step.shape.dimensions.last ?? 0 > 1 || request.keyLabels.count > 1
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let head = try HeadPattern(request)
        let (view, cells, focus, shares) = (head.view, head.cells, head.focus, head.shares)
        let window = head.window
        let number = view.head
        let limit = head.scale.limit(holding: head.row)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Each query on the left looks at keys on the right; the wider the line, the larger the weight.",
                zh: "左边的查询看右边的键；线越粗，权重越大。"),
            here: view.here,
            formula: shares.areWhole
                ? Formula(#"\sum_j \role{probability}{p_{\role{query}{i}\role{key}{j}}} = 1"#) : nil,
            takeaway: head.takeaway,
            note: Phrase(
                en: "Strong: {query}. Faint: every other query. Weights under {least} have no line.",
                zh: "醒目的：{query}；淡的：其余查询；不足 {least} 的权重不画线。"
            ).filled([
                "query": view.token(focus), "least": Phrase(shares.text(Double(Fan.least) * limit)),
            ]),
            altText: request.altText(
                Phrase(
                    en: "Tokens in two columns, queries left and keys right, joined by lines as wide as their weights.",
                    zh: "左右两列词元，左边是查询，右边是键，以线相连，线的粗细就是权重。"), head.takeaway)
        ) { density in
            window.arranged(at: density) { shown, _ in
                Fan(
                    cells,
                    rows: Fan.Column(
                        view.labels, showing: shown, of: cells.count,
                        title: Phrase(en: "query: who looks", zh: "查询：谁在看"), short: AxisWords.query.phrase),
                    keys: Fan.Column(
                        view.labels, showing: shown, of: cells.count, title: Phrase(en: "key: at whom", zh: "键：看谁"),
                        short: AxisWords.key.phrase),
                    focus: focus, title: view.sees(focus), limit: limit, text: { shares.text($0) },
                    tag: { view.tag(.pattern, head: number, $0, $1) }
                ).any
            }
        }
    }
}
