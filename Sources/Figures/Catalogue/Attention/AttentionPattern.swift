import Drawing
import Tracing
import Wording

/// Where one head looks: each row is a query's softmax over the keys, from paper (0) to ink, and one of the rows as
/// bars.
package enum AttentionPattern: TraceFigure {
    package static let id = "attention-pattern"
    package static let title = Phrase(en: "Where one head looks", zh: "一个注意力头在看哪里")
    package static let scope = FigureScope.perHead
    package static let shows: [Label] = [.pattern]
    package static let isOfEachStack = true
    package static let readsEveryPass = true

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let head = try HeadPattern(request)
        let (view, cells, focus, shares, scale) = (head.view, head.cells, head.focus, head.shares, head.scale)
        let window = head.window
        let isCausal = view.isCausal
        let best = view.strongest(head.row, of: focus)
        let takeaway = shares.giving(cells.cell(focus, best), from: view.token(focus), to: view.token(best))
        return Slide(
            id: id, title: title,
            subtitle: subtitle(shares, isCausal: isCausal && cells.count > view.earlier + 1),
            here: view.here,
            formula: shares.areWhole ? Formula(#"\role{probability}{P} = \softmax(\role{scores}{S})"#) : nil,
            takeaway: takeaway,
            legend: [scale.legend],
            altText: request.altText(
                Phrase(
                    en:
                        "A heat map of one head’s weights, a row for each query and a column for each key; one row as bars.",
                    zh: "一个头的权重热力图，每行一个查询，每列一个键；其中一行另画成条形。"), takeaway)
        ) { density in
            window.arranged(at: density) { shown, _ in
                let matrix = view.square(.pattern, cells, showing: shown).asPattern(scale.scale).queriesByKeys()
                    .state { isCausal && $1 > $0 ? .masked : .plain }
                    .highlighting(row: focus)
                let title = Text(view.sees(focus)).font(density.label.semibold)
                func bars(_ length: Double) -> AnyMark {
                    view.bars(cells, of: focus, showing: shown, lit: best, length: length)
                        .titled(title, gap: 14).any
                }
                return ThatFits {
                    HStack(spacing: density.gap * 2) {
                        matrix
                        bars(min(320, max(120, request.style.canvas.width * 0.17)))
                    }
                    VStack(spacing: density.gap) {
                        matrix
                        bars(min(320, max(120, request.style.canvas.width * 0.3)))
                    }
                    if density.isLast { matrix }
                }.any
            }
        }
    }

    private static func subtitle(_ shares: Shares, isCausal: Bool) -> Phrase {
        let rows = shares.rowsAddUp
        guard isCausal else { return rows }
        return Phrase(
            en: rows.english + " Later tokens are hidden.",
            zh: String(rows.chinese.dropLast()) + "；后面的词元看不到。")
    }
}
