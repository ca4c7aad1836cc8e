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
        let token = request.labels.name(focus)
        let row = rows.indices.contains(focus) ? rows[focus] : nil
        let takeaway = takeaway(site, row, token)
        return Slide(
            id: id, title: title,
            subtitle: vocabulary.map { count in
                Phrase(
                    en:
                        "Each row goes on to {count} {count|score|scores}, one for every token of the vocabulary; the framed one says what comes next.",
                    zh: "每一行接着变成 {count} 个得分，词表里每个词元一个；加框的那一行说出下一个词元。"
                ).filled(["count": Phrase(Numbers.count(count))])
            } ?? Phrase(en: "After all layers each row is normalised once more.", zh: "所有层之后，每一行再归一化一次。"),
            here: MiniMap(.output), formula: LayerNormFigure.formula(site),
            takeaway: takeaway, legend: LayerNormFigure.legend(site),
            altText: request.altText(LayerNormFigure.picture(site), takeaway)
        ) { _ in LayerNormFigure.mark(site, marked, worked: worked) }
    }

    private static func takeaway(_ site: LayerNormFigure.Site, _ row: SpreadRows.Row?, _ token: Phrase) -> Phrase {
        let words =
            switch site.form {
            case .unknown:
                Phrase(
                    en: "{token}: the spread was {before}; now it is {after}.", zh: "{token}：标准差由 {before} 变成了 {after}。"
                )
            case .rms:
                Phrase(
                    en: "{token}: divided by its root mean square of {before}, then times the learned γ: {after}.",
                    zh: "{token}：先除以均方根 {before}，再乘上可学习的 γ，变成 {after}。")
            case .layer:
                Phrase(
                    en: "{token}: divided by its spread of {before}, then times γ plus β, learned: now {after}.",
                    zh: "{token}：先除以标准差 {before}，再乘 γ 加 β（可学习），标准差变成 {after}。")
            }
        let after = site.isRMS ? row?.after.rootMeanSquare : row?.after.deviation
        return words.filled([
            "token": token, "before": Phrase(Numbers.fixed(row?.scale ?? 0)),
            "after": Phrase(Numbers.fixed(after ?? 0)),
        ])
    }
}
