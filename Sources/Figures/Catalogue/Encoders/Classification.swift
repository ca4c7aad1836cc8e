import Drawing
import Tracing
import Wording

/// Which class an encoder sorts a text into.
package enum Classification: TraceFigure {
    package static let id = "classification"
    package static let title = Phrase(en: "Into which class does the text fall?", zh: "这段文字属于哪一类？")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.classProbabilities]

    static let most = 10

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let step = try request.step(StepName(.classProbabilities))
        let row = step.row(0)
        let names = request.trace.model.classNames
        func name(_ index: Int) -> String { names.indices.contains(index) ? names[index] : "\(index)" }
        let best = largest(row, most)
        let shares = Shares(row: row)
        // Two or three classes keep their order, so that texts can be compared; of many the likeliest come first.
        let shown = row.count <= 4 ? best.sorted { $0.id < $1.id } : best
        let takeaway = Phrase(
            en: "“{text}” → {class}: {share}.", zh: "“{text}” → {class}：{share}。"
        ).filled([
            "text": Phrase(request.sentence(0)), "class": Phrase(best.first.map { name($0.id) } ?? "?"),
            "share": shares.phrase(best.first?.value ?? .nan),
        ])
        let strip = SegmentLines(request, lit: [0])
        let pooled = request.trace[StepName(.poolerOutput)]?.row(0) ?? []
        let bars = shown.map { one in
            Bars.Bar(
                TokenLabel(kind: .plain, display: name(one.id)), Double(one.value), text: shares.barText(one.value),
                lit: one.id == best.first?.id,
                tag: Tag(step: step.name.description, index: [0, one.id]))
        }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "The vector at the first token has looked at all the others; a small new layer reads the class from it.",
                zh: "第一个词元处的向量已经看过其余所有词元；新加的一层从中读出类别。"),
            here: MiniMap(.output),
            formula: Formula(
                #"\role{probability}{p} = \operatorname{softmax}(W\,\tanh(W_{\text{pool}}\,\role{residual}{h_{\text{[CLS]}}} + b_{\text{pool}}) + b)"#
            ),
            takeaway: takeaway,
            altText: request.altText(
                Phrase(en: "The text, the pooled vector, and a bar for each class.", zh: "文本、池化后的向量，以及每个类别的一根条。"),
                takeaway)
        ) { _ in PooledDecision(strip: strip, pooled: pooled, bars: bars) }
    }
}
