import Drawing
import Tracing
import Wording

/// Which source words each written token looks at: lines from the translation to the source, one token a frame.
package enum CrossAttentionLines: TraceFigure {
    package static let id = "cross-attention-lines"
    package static let title = Phrase(en: "From translation to source", zh: "从译文看回原文")
    package static let scope = FigureScope.perHead
    package static let shows: [Label] = [Label.pattern.crossed]

    package static func isPossible(_ request: FigureRequest) -> Bool { CrossHead(request) != nil }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let head = CrossHead(request) else { throw request.missing(Label.pattern.crossed) }
        let view = head.view
        let rows = request.position.map { [head.focus($0)] } ?? Array(head.cells.indices)
        let shares = Shares(head.cells)
        let scale = PatternScale(head.cells)
        let frames = rows.map { row in
            let takeaway = takeaway(head, row, shares)
            let alt = CrossHead.altText(
                view, Phrase(en: "Lines from the tokens that are written to the source.", zh: "从写出的词元到原文的连线。"), takeaway
            )
            return Slide.Frame(caption: takeaway, altText: alt, takeaway: takeaway) { density in
                ThatFits {
                    for (most, fewest) in CrossHead.budgets(at: density, head.cells.count, view.source.count) {
                        Fan(
                            head.cells,
                            rows: Fan.Column(
                                view.written,
                                showing: TokenWindow(count: head.cells.count, named: [row]).shown(most),
                                of: head.cells.count, title: Phrase(en: "written", zh: "写出的")),
                            keys: Fan.Column(
                                view.source,
                                showing: TokenWindow(count: view.source.count, named: [head.strongest(row)])
                                    .shown(fewest), of: view.source.count, title: Phrase(en: "source", zh: "原文")),
                            focus: row, title: CrossHead.sees(view.written(row)),
                            limit: scale.limit(holding: head.cells.row(row)),
                            text: { shares.text($0) },
                            tag: { view.tag(request.layer, request.head, $0, $1) })
                    }
                }.any
            }
        }
        return Slide(
            id: id,
            title: WrittenWords(request.trace)(
                title, Phrase(en: "From what is written to the source", zh: "从写出的文本看回原文")),
            subtitle: Phrase(
                en: "From each token being written, lines to the source tokens it attends to; the wider, the more.",
                zh: "从正在写的词元，到它所关注的原文词元；线越粗，权重越大。"),
            here: MiniMap(.crossAttention, in: Stage.encoderDecoder, layer: request.layer, head: request.head),
            formula: shares.areWhole
                ? Formula(#"\sum_j \role{probability}{p_{\role{query}{i}\role{key}{j}}} = 1"#) : nil,
            note: Phrase(
                en: "Strong: the token of this frame. Faint: the others. Weights under {least} have no line.",
                zh: "醒目的：这一帧的词元；淡的：其余。不足 {least} 的权重不画线。"
            ).filled(["least": Phrase(shares.areWhole ? "2%" : "0.02")]),
            frames: frames)
    }

    private static func takeaway(_ head: CrossHead, _ row: Int, _ shares: Shares) -> Phrase {
        let weights = head.cells.row(row)
        let token = head.view.written.name(row)
        let keys = weights.ranked.prefix(2).filter { weights[$0] >= 0.01 }
        guard !keys.isEmpty else {
            return Phrase(
                en: "Writing {token}, it looks at nothing that can be told.", zh: "写{token}时，说不出它在看什么。"
            ).filled(["token": token])
        }
        func list(_ language: Language) -> String {
            keys.map { "\(head.view.source.name($0)[language]) \(shares.text(weights[$0]))" }
                .joined(separator: language == .english ? ", " : "、")
        }
        return Phrase(en: "Writing {token}, it looks at {keys}.", zh: "写{token}时，看的是{keys}。").filled([
            "token": token,
            "keys": Phrase(en: list(.english), zh: list(.chinese)),
        ])
    }
}
