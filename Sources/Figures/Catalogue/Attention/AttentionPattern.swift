import Drawing
import Tracing
import Wording

/// Where one head looks: each row is a query's softmax over the keys, from paper (0) to ink (1), and one of the rows
/// as bars.
package enum AttentionPattern: TraceFigure {
    package static let id = "attention-pattern"
    package static let title = Phrase(en: "Where one head looks", zh: "一个注意力头在看哪里")
    package static let scope = FigureScope.perHead
    package static let shows: [Label] = [.pattern]
    package static let isOfEachStack = true
    package static let readsEveryPass = true

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        _ = try request.step(.pattern)
        let view = HeadView(request)
        let cells = view.cells(.pattern)
        let strongest = strongest(cells, asked: request.position == nil ? nil : view.focus, view)
        let window = TokenWindow(count: cells.count, named: [strongest.query, strongest.key])
        let isCausal = view.isCausal
        let shares = Shares(cells)
        let scale = ValueScale.shares(cells.joined())
        let takeaway = shares.giving(strongest.share).filled([
            "query": view.token(strongest.query), "key": view.token(strongest.key),
        ])
        return Slide(
            id: id, title: title,
            subtitle: subtitle(shares, isCausal: isCausal),
            here: view.here,
            formula: shares.areWhole ? Formula(#"\role{probability}{P} = \softmax(\role{scores}{S})"#) : nil,
            takeaway: takeaway,
            legend: [ColorScale(scale, AttentionText.weights.phrase).any]
        ) { density in
            window.arranged(at: density) { shown, _ in
                let matrix = view.square(.pattern, cells, showing: shown).asPattern(scale).queriesByKeys()
                    .state { isCausal && $1 > $0 ? .masked : .plain }
                    .highlighting(row: strongest.query)
                let bars = view.bars(
                    cells, of: strongest.query, showing: shown, lit: strongest.key,
                    length: min(320, max(120, request.style.canvas.width * 0.17)))
                let title = Text(view.sees(strongest.query)).font(density.label.semibold)
                return ThatFits {
                    HStack(spacing: density.gap * 2) {
                        matrix
                        bars.titled(title, gap: 14)
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

    /// The query asked about and its favourite key; else the query whose greatest weight on another token is greatest.
    private static func strongest(
        _ cells: [[Float]], asked: Int?, _ view: HeadView
    ) -> (query: Int, key: Int, share: Float) {
        if let asked, asked < cells.count {
            let key = view.strongest(cells[asked], of: asked)
            return (asked, key, cells.cell(asked, key))
        }
        var best = (query: 0, key: 0, share: cells.cell(0, 0))
        var found: Float = -1
        for (query, row) in cells.enumerated() {
            for (key, share) in row.enumerated() where key != query && share > found && (key < query || !view.isCausal)
            {
                found = share
                best = (query, key, share)
            }
        }
        return best
    }
}
