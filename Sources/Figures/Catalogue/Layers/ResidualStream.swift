import Drawing
import Tracing
import Wording

/// The residual stream of one token through one layer: a running sum to which attention and feed-forward add.
package enum ResidualStream: TraceFigure {
    package static let id = "residual-stream"
    package static let title = Phrase(en: "The residual stream only adds", zh: "残差流：只加不换")
    package static let scope = FigureScope.perLayer
    package static let isOfEachStack = true
    package static let shows: [Label] = [.residualPre, .attentionOut, .residualMid, .feedForwardOut, .residualPost]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        // A block that also looks at another text has a third branch.
        guard !request.has([.crossAttentionOut]), let residual = request.residual else { return false }
        return residual != .together || request.trace.isElsewhere
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let rows = try rows(request)
        let token = request.labels.name(request.focus)
        let scale = ClippedScale(rows.flatMap { $0.values })
        let ledger = VectorLedger(
            rows: rows, column: VectorLedger.tellingColumn(rows), scale: scale.scale,
            cellsTitle: BlockText.tokenVector.phrase.filled(["token": token]), sizeTitle: BlockText.size.phrase)
        let isPostNorm = request.residual == .normalized
        return Slide(
            id: id, title: isPostNorm ? Phrase(en: "The residual stream: add, then norm", zh: "残差流：先相加，再归一化") : title,
            subtitle: isPostNorm
                ? Phrase(
                    en: "Attention and feed-forward add what they found; each sum is normalised.",
                    zh: "注意力和前馈把各自的结果加上去，每次求和之后再归一化。")
                : Phrase(
                    en: "Attention and feed-forward add what they found; nothing is overwritten.",
                    zh: "注意力和前馈读取这个向量，再把各自的结果加上去；原来的内容不会被覆盖。"),
            here: .layer(of: request),
            formula: formula(isPostNorm, request), takeaway: takeaway(rows, token),
            legend: [scale.legend(BlockText.scale.phrase).any],
            altText: request.altText(VectorLedger.picture, takeaway(rows, token))
        ) { _ in ledger }
    }

    private static func rows(_ request: FigureRequest) throws(Failure) -> [VectorLedger.Row] {
        let table: [(Label, VectorLedger.Row.Kind, BlockText, Role)] = [
            (.residualPre, .stream, .intoLayer, .residual),
            (.attentionOut, .addition, .attentionAdds, .attentionOutput),
            (.residualMid, .stream, .afterAttention, .residual),
            (.normalizedMid, .normalized, .normalizedMid, .residual),
            (.feedForwardOut, .addition, .feedForwardAdds, .feedForward),
            (.residualPost, .stream, .afterLayer, .residual),
            (.normalizedPost, .normalized, .normalizedPost, .residual),
        ]
        let isTogether = request.residual == .together
        return table.compactMap { label, kind, text, role in
            if isTogether, label == .residualMid { return nil }
            return request.trace[request.name(label)].map {
                VectorLedger.Row(kind, text.phrase, role, $0, position: request.focus)
            }
        }
    }

    /// Which norm this layer has, as formulas write it.
    static func norm(_ request: FigureRequest) -> String {
        let known = LayerNormFigure.sites(request).first?.form
        return (known ?? (request.trace.isElsewhere ? .unknown : .layer)).symbol
    }

    static func formula(_ isPostNorm: Bool, _ request: FigureRequest) -> Formula {
        let norm = norm(request)
        let attention = #"\role{attention output}{\mathrm{Attn}}"#
        let feedForward = #"\role{feed-forward}{\mathrm{FFN}}"#
        let (pre, mid, post) = (Symbols.stream.math, Symbols.afterAttention.math, Symbols.afterLayer.math)
        if request.residual == .together { return Formula(#"\#(post) = \#(pre) + \#(attention) + \#(feedForward)"#) }
        return Formula(
            isPostNorm
                ? #"\#(mid) = \#(norm)(\#(pre) + \#(attention)(\#(pre))) \qquad \#(post) = \#(norm)(\#(mid) + \#(feedForward)(\#(mid)))"#
                : #"\#(mid) = \#(pre) + \#(attention)(\#(norm)(\#(pre))) \qquad \#(post) = \#(mid) + \#(feedForward)(\#(norm)(\#(mid)))"#
        )
    }

    private static func takeaway(_ rows: [VectorLedger.Row], _ token: Phrase) -> Phrase {
        func size(_ label: Label) -> Double { rows.first { $0.step.label == label }?.size ?? 0 }
        let (attention, feedForward) = (size(.attentionOut), size(.feedForwardOut))
        if min(attention, feedForward) == 0, max(attention, feedForward) > 0 {
            return
                (attention > 0
                ? Phrase(en: "For {token}, only attention adds anything.", zh: "对{token}来说，只有注意力加了东西。")
                : Phrase(en: "For {token}, only feed-forward adds anything.", zh: "对{token}来说，只有前馈加了东西。"))
                .filled(["token": token])
        }
        let ratio = max(attention, feedForward) / max(min(attention, feedForward), .leastNormalMagnitude)
        let sentence =
            ratio < 1.05
            ? Phrase(
                en: "For {token}, attention and feed-forward add about equally much.",
                zh: "对{token}来说，注意力和前馈加的差不多一样多。")
            : attention > feedForward
                ? Phrase(
                    en: "For {token}, attention adds {ratio} times as much as feed-forward.",
                    zh: "对{token}来说，注意力加的是前馈的 {ratio} 倍。")
                : Phrase(
                    en: "For {token}, feed-forward adds {ratio} times as much as attention.",
                    zh: "对{token}来说，前馈加的是注意力的 {ratio} 倍。")
        return sentence.filled(["token": token, "ratio": Phrase(Numbers.significant(ratio, digits: 2))])
    }
}
