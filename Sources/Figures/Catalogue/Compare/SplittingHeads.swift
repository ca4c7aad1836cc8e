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
        let cut = HeadCut(step, labels: request.labels, focus: request.focus)
        let (heads, rows, width) = (step.shape[2], step.shape[1], step.shape[3])
        let takeaway = Phrase(
            en:
                "[{rows}, {all}] becomes [{heads}, {rows}, {width}]: the same {count} numbers. Columns {first} to {last} are head {head}.",
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
            takeaway: takeaway, legend: [ColorScale(cut.scale, AttentionText.queries.phrase).any],
            altText: request.altText(
                Phrase(
                    en:
                        "A table of {rows} rows and {all} columns above, {heads} tables of {rows} rows and {width} columns below; bands join each stretch of columns with its head.",
                    zh: "上面一张 {rows} 行 {all} 列的表，下面 {heads} 张 {rows} 行 {width} 列的表，色带把每段列与它的头连起来。"
                ).filled([
                    "rows": Phrase(String(rows)), "all": Phrase(String(heads * width)),
                    "heads": Phrase(String(heads)), "width": Phrase(String(width)),
                ]), takeaway)
        ) { _ in
            // A hundred columns at most: of wide models each head's first and last.
            let most = min(heads, 8)
            let each = min(width, max(4, 96 / most))
            return ThatFits {
                cut.picture(heads: most, columns: each, rows: TokenWindow.most)
                for (fewer, columns, tokens) in [
                    (8, 96, 10), (8, 96, 6), (8, 8, 6), (6, 6, 6), (4, 6, 6), (3, 4, 4), (2, 4, 4),
                ] {
                    cut.picture(heads: min(most, fewer), columns: min(each, columns), rows: tokens)
                }
            }.frame(width: .infinity, height: .infinity).steady()
        }
    }
}

/// The queries of a layer as one table, and head by head.
private struct HeadCut: Sendable {
    let step: String
    let labels: [TokenLabel]
    let tables: [[[Float]]]
    let scale: ValueScale
    let focus: Int
    private var width: Int { tables.first?.first?.count ?? 0 }

    init(_ step: Step, labels: [TokenLabel], focus: Int) {
        self.step = step.name.description
        self.labels = labels
        self.focus = focus
        tables = (0..<step.shape[2]).map { step.rows(head: $0) }
        scale = ClippedScale(tables.joined().joined()).scale
    }

    /// - Parameters:
    ///   - heads: how many heads are drawn, and how many columns of each, and rows.
    func picture(heads: Int, columns: Int, rows most: Int) -> AnyMark {
        let shown = TokenWindow(count: tables.first?.count ?? 0, named: [focus]).shown(most)
        let drawn = Elision(tables.count, most: heads)
        let own = Elision(width, most: columns).shown
        let rows = (tables.first ?? []).indices.map { row in tables.flatMap { $0[row] } }
        let (step, width) = (step, max(1, width))
        let places = drawn.shown.flatMap { head in own.map { head * width + $0 } }
        let last = shown.last ?? 0
        let heads = drawn.shown
        let all = (rows: Double(shown.count), columns: Double(places.count), heads: Double(drawn.shown.count))
        // What is left out takes room as well.
        let gaps = Size(
            (own.count < width ? 64 * all.heads : 0) + (drawn.gapCount > 0 ? 120 : 0),
            shown.count < rows.count ? 80 : 0)
        return Adaptive { space in
            // As large as both tables fit one over the other.
            let room = space.room(or: Size(1100, 400))
            let cell = Size(
                max(7, min(40, (room.width - 140 - 34 * all.heads - gaps.width) / all.columns - 2)),
                max(6, min(40, (room.height - 52 - 100 - gaps.height) / (2 * all.rows) - 2)))
            let whole = drawn.shown.reduce(
                Matrix(rows).named("Q", .query, AttentionText.queries.phrase).rows(labels).scaled(scale).digits(.none)
                    .cell(cell).showing(rows: shown, columns: places).tagged(step) { [0, $0, $1 / width, $1 % width] }
            ) { matrix, head in
                matrix.anchoring("cut \(head)", rows: last...last, columns: head * width...head * width + width - 1)
            }
            let apart = drawn.slots.map { slot -> AnyMark in
                switch slot {
                case .gap(let count):
                    Text(
                        Phrase(en: "⋯ {count} more heads", zh: "⋯ 还有 {count} 个头").filled([
                            "count": Phrase(String(count))
                        ])
                    )
                    .font(.small)
                    .color(.muted).any
                case .shown(let head):
                    Matrix(tables[head]).named("Q_{\(head)}", .query).scaled(scale).digits(.none)
                        .cell(cell).showing(rows: shown, columns: own).tagged(step) { [0, $0, head, $1] }
                        .anchoring("head \(head)", rows: shown.first.map { $0...$0 } ?? 0...0, columns: 0...width - 1)
                        .any
                }
            }
            return VStack(spacing: 52) {
                whole
                HStack(.middle, spacing: max(14, space.density.gap * 0.8), apart)
            }.connected(under: true) { anchors, _, space, canvas in
                for (order, head) in heads.enumerated() {
                    guard let above = anchors["cut \(head)"], let below = anchors["head \(head)"] else { continue }
                    HeadJoin.band(above, below, space.theme.tint(.query, order % 2 == 0 ? 0.28 : 0.14), &canvas)
                }
            }.any
        }.any
    }
}
