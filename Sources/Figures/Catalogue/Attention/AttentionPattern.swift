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
            let title = Text(view.sees(focus)).font(density.label.semibold)
            @Sendable func matrix(_ shown: [Int], rows: [Int]? = nil) -> Matrix {
                view.square(.pattern, cells, showing: shown).showing(rows: rows).asPattern(scale.scale).queriesByKeys()
                    .state { isCausal && $1 > $0 ? .masked : .plain }
                    .highlighting(row: focus)
            }
            @Sendable func bars(_ shown: [Int], _ length: Double) -> Bars {
                view.bars(cells, of: focus, showing: shown, lit: best, length: length)
            }
            @Sendable func arranged(_ matrix: some Mark, _ bars: some Mark) -> AnyMark {
                Fullest {
                    HStack(spacing: density.gap * 2) {
                        matrix
                        bars.titled(title, gap: 14)
                    }
                    VStack(spacing: density.gap) {
                        matrix
                        bars.titled(title, gap: 14)
                    }
                }.any
            }
            if window.plan != nil {
                return window.arranged(at: density) { shown, _ in arranged(matrix(shown), bars(shown, 200)) }
            }
            guard cells.count > TokenWindow.most else {
                let whole = window.shown()
                return ThatFits {
                    arranged(matrix(whole), bars(whole, 200))
                    if density.isLast {
                        // Of the bars those that count; then fewer queries, and last fewer keys.
                        for most in [12, 8, mostBars] {
                            arranged(matrix(whole), bars(head.keysThatCount(most), 200))
                        }
                        for shown in window.budgets(at: density).dropFirst().map({ window.shown($0) }) {
                            arranged(matrix(whole, rows: shown), bars(shown, 200))
                            arranged(matrix(shown), bars(shown, 200))
                        }
                    }
                }.any
            }
            // Of a long text all of the pattern, in cells as small as they must be, and the keys that count.
            let whole = TokenWindow(count: cells.count, named: window.named).shown(mostCells)
            let few = head.keysThatCount(mostBars)
            return Adaptive { space in
                let room = space.room(or: Size(1100, 420))
                // Labels take more or less room, as the words are.
                return ThatFits {
                    for rest in [150.0, 190, 240, 320] {
                        let side = Matrix.cellWidth(
                            in: max(40, min(room.height - rest, room.width * 0.6 - rest + 30)), columns: whole.count)
                        arranged(
                            matrix(whole).cell(Size(max(0.5, side), max(0.5, side))).digits(.none),
                            bars(few, 200 * min(2.5, space.density.stretch.width))
                                .rowHeight(24 * space.density.stretch.height))
                    }
                }.any
            }.any
        }
    }

    /// A side of a square with more cells than this has cells too small for any screen.
    private static let mostCells = 400
    /// How many keys of a long text have a bar.
    private static let mostBars = 5

    private static func subtitle(_ shares: Shares, isCausal: Bool) -> Phrase {
        let rows = shares.rowsAddUp
        guard isCausal else { return rows }
        return Phrase(
            en: rows.english + " Later tokens are hidden.",
            zh: String(rows.chinese.dropLast()) + "；后面的词元看不到。")
    }
}
