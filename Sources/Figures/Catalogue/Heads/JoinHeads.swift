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
        let joinedName = view.has(.joined) ? view.name(.joined) : nil
        let parts = HeadTables(
            .joined, tables, labels: request.labels, scale: scale.scale, role: .attentionOutput,
            focus: request.focus, letter: "z", whole: ("Z", AttentionText.joined.phrase),
            steps: (view.name(.z), joinedName))
        let takeaway =
            heads == 1
            ? Phrase(en: "With a single head there is nothing to join.", zh: "只有一个头，不用拼。")
            : Phrase(
                en: "{heads} {heads|head|heads} × {width} {width|number|numbers} = one row of {all} for every token.",
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
                    zh: "各头的输出并排成表，各有一条带子通向它在拼接后那一行里的一段。"), takeaway)
        ) { density in
            parts.arranged(at: density, plan: request.plan)
        }
    }

    private static func formula(_ heads: Int) -> Formula {
        let names =
            heads <= 4
            ? (0..<max(1, heads)).map { "z_{\($0)}" } : ["z_{0}", "z_{1}", #"\dots"#, "z_{\(heads - 1)}"]
        let inside = names.joined(separator: #" \;\; "#)
        return Formula(#"\role{attention output}{Z} = \left[\role{attention output}{"# + inside + #"}\right]"#)
    }
}
