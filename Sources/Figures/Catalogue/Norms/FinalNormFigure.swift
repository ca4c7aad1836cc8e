import Drawing
import Tensors
import Tracing
import Wording

/// The last normalisation, after all layers: the row of the last token is what the output reads.
package enum FinalNormFigure: TraceFigure {
    package static let id = "final-norm"
    package static let title = Phrase(en: "The last norm: ready for the output", zh: "最后一次归一化：准备输出")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.finalNorm, .finalNormScale]

    static func site(_ request: FigureRequest) -> LayerNormFigure.Site? {
        let trace = request.trace
        guard let last = trace.lastLayer(), let input = trace[.block(last, .residualPost)],
            let output = trace[StepName(.finalNorm)]
        else { return nil }
        return LayerNormFigure.Site(
            input, trace[StepName(.finalNormScale)], output, Phrase(en: "before the output", zh: "输出之前"))
    }

    package static func isPossible(_ request: FigureRequest) -> Bool { site(request) != nil }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let site = site(request) else { throw request.missing(.finalNorm, block: .some(nil)) }
        let focus = request.focus
        var rows = LayerNormFigure.rows(site, request)
        if rows.indices.contains(focus) { rows[focus].isLit = true }
        let worked = LayerNormFigure.worked(site, request)
        let marked = rows
        let vocabulary = request.trace[StepName(.logits)]?.shape.dimensions.last
        let token = Phrase(focus < request.labels.count ? request.labels[focus].display : String(focus + 1))
        let row = rows.indices.contains(focus) ? rows[focus] : nil
        return Slide(
            id: id, title: title,
            subtitle: vocabulary.map { count in
                Phrase(
                    en: "Only the last token’s row goes on, to {count} scores: one for every token of the vocabulary.",
                    zh: "只有最后一个词元的这一行会继续，变成 {count} 个分数：词表里每个词元一个。"
                ).filled(["count": Phrase(Numbers.count(count))])
            } ?? Phrase(en: "Only the last token’s row goes on to the output.", zh: "只有最后一个词元的这一行会继续走向输出。"),
            here: MiniMap(.output), formula: LayerNormFigure.formula(site),
            takeaway: (site.form == .unknown
                ? Phrase(
                    en: "“{token}”: the spread was {before}; now it is {after}.",
                    zh: "“{token}”：标准差由 {before} 变成了 {after}。")
                : site.isRMS
                    ? Phrase(
                        en: "“{token}”: a root mean square of {before} becomes 1; the learned γ then makes it {after}.",
                        zh: "“{token}”：均方根 {before} 先变成 1，学到的 γ 再把它变成 {after}。")
                    : Phrase(
                        en: "“{token}”: a spread of {before} becomes 1; the learned γ then makes it {after}.",
                        zh: "“{token}”：标准差 {before} 先变成 1，学到的 γ 再把它变成 {after}。")).filled([
                    "token": token, "before": Phrase(Numbers.fixed(row?.scale ?? 0)),
                    "after": Phrase(
                        Numbers.fixed((site.isRMS ? row?.after.rootMeanSquare : row?.after.deviation) ?? 0)),
                ]),
            legend: LayerNormFigure.legend(site)
        ) { _ in LayerNormFigure.mark(site, marked, worked: worked) }
    }
}
