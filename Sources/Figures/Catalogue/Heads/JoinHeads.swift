import Drawing
import Tensors
import Tracing
import Wording

/// The outputs of all heads laid side by side: one wide row a token.
package enum JoinHeadsFigure: TraceFigure {
    package static let id = "join-heads"
    package static let title = Phrase(en: "All heads, side by side", zh: "各头的结果拼在一起")
    package static let scope = FigureScope.perLayer
    package static let isOfEachStack = true
    package static let shows: [Label] = [.z, .joined]

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let step = try request.step(.z)
        let view = HeadView(request)
        guard step.shape.rank == 4, step.tensor.count > 0 else { throw request.unfit(step) }
        let (heads, width) = (step.shape[2], step.shape[3])
        let tables = (0..<heads).map { step.rows(head: $0) }
        let scale = ClippedScale(tables.joined().joined())
        let window = TokenWindow(count: tables.first?.count ?? 0, named: [request.focus])
        let joinedName = view.has(.joined) ? view.name(.joined) : nil
        let parts = HeadJoin.Parts(
            tables, labels: request.labels, scale: scale.scale, focus: request.focus, names: (view.name(.z), joinedName)
        )
        let takeaway =
            heads == 1
            ? Phrase(en: "With a single head there is nothing to join.", zh: "只有一个头，不用拼。")
            : Phrase(
                en: "{heads} heads × {width} numbers = one row of {all} for every token.",
                zh: "{heads} 个头 × {width} 个数 = 每个词元一行 {all} 个数。"
            ).filled([
                "heads": Phrase(String(heads)), "width": Phrase(String(width)), "all": Phrase(String(heads * width)),
            ])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Nothing is computed here: each head's numbers keep their own stretch of the row.",
                zh: "这一步不做计算：每个头的数在行里各占一段。"),
            here: MiniMap(ownAttention: request.stack, layer: view.layer), formula: formula(heads), takeaway: takeaway,
            legend: [scale.legend(AttentionText.output.phrase).any],
            altText: request.altText(
                Phrase(
                    en:
                        "The outputs of the heads as tables side by side; a band leads from each to its stretch of the joined rows.",
                    zh: "各头的输出并排成表，各有一条带子通向它在拼接后那一行里的一段。"), takeaway),
            densities: Density.fine.filter { (15...36).contains($0.cell.width) }
        ) { density in
            let isLast = density.cell.width == 15
            return ThatFits {
                for budget in isLast ? budgets(heads: heads, width: width) : [(heads, width)] {
                    for tokens in window.budgets(at: density, last: isLast ? density : nil) {
                        HeadJoin(
                            parts: parts, shown: window.shown(tokens), heads: budget.heads, columns: budget.columns)
                    }
                }
            }.any
        }
    }

    /// How many heads, and how many numbers of each: from all of both to a few.
    private static func budgets(heads: Int, width: Int) -> [(heads: Int, columns: Int)] {
        var all: [(heads: Int, columns: Int)] = []
        for shown in [heads, 12, 8, 6, 5, 4, 3, 2] where shown <= heads {
            for columns in [width, 12, 8, 6, 4, 2] where columns <= width && (columns >= 4 || shown <= 3) {
                all.append((shown, columns))
            }
        }
        return all
    }

    private static func formula(_ heads: Int) -> Formula {
        let names =
            heads <= 4
            ? (0..<max(1, heads)).map { "z_{\($0)}" } : ["z_{0}", "z_{1}", #"\dots"#, "z_{\(heads - 1)}"]
        let inside = names.joined(separator: #" \;\; "#)
        return Formula(#"\role{attention output}{Z} = \left[\role{attention output}{"# + inside + #"}\right]"#)
    }
}
