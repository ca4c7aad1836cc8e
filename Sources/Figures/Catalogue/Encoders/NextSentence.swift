import Drawing
import Tracing
import Wording

/// Whether the second sentence follows the first, as an encoder judges.
package enum NextSentence: TraceFigure {
    package static let id = "next-sentence"
    package static let title = Phrase(en: "Does this sentence follow that one?", zh: "这句话是上一句的下文吗？")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.nextSentenceProbabilities]

    /// A text without a second segment has nothing to be judged.
    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.trace[StepName(.nextSentenceProbabilities)] != nil && Set(request.segments).count > 1
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let step = try request.step(StepName(.nextSentenceProbabilities))
        let row = step.row(0)
        guard row.count == 2 else { throw request.unfit(step) }
        let follows = Double(row.first ?? .nan)
        let shares = Shares(row: row)
        let isNext = follows >= 0.5
        let takeaway = Phrase(
            en: isNext
                ? "“{second}” follows “{first}”: {share} sure." : "“{second}” does not follow “{first}”: {share} sure.",
            zh: isNext ? "“{second}”是“{first}”的下文：{share} 的把握。" : "“{second}”不是“{first}”的下文：{share} 的把握。"
        ).filled([
            "first": Phrase(request.sentence(0)), "second": Phrase(request.sentence(1)),
            "share": Phrase(shares.text(isNext || !shares.areWhole ? follows : 1 - follows)),
        ])
        let strip = SegmentLines(request, lit: [0])
        let pooled = request.trace[StepName(.poolerOutput)]?.row(0) ?? []
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Both sentences are read together; one vector, at the first token, sums up the pair and is judged.",
                zh: "两句话一起读；第一个词元处的向量概括这一对句子，再由它作出判断。"),
            here: MiniMap(.output),
            formula: Formula(
                #"\role{probability}{p} = \operatorname{softmax}(W\,\tanh(W_{\text{pool}}\,\role{residual}{h_{\text{[CLS]}}} + b_{\text{pool}}) + b)"#
            ),
            takeaway: takeaway,
            altText: request.altText(
                Phrase(
                    en: "Two sentences one over the other, the pooled vector, and two bars: it follows, it does not.",
                    zh: "上下两句话、池化后的向量，以及两根条：是下文、不是下文。"), takeaway)
        ) { _ in
            Adaptive { space in
                let names = [Phrase(en: "it follows", zh: "是下文"), Phrase(en: "it does not", zh: "不是下文")]
                return PooledDecision(
                    strip: strip, pooled: pooled,
                    bars: row.prefix(2).enumerated().map { place, value in
                        Bars.Bar(
                            TokenLabel(kind: .plain, display: names[place][space.language]), Double(value),
                            text: shares.barText(value), lit: (place == 0) == isNext,
                            tag: Tag(step: step.name.description, index: [0, place]))
                    }
                ).any
            }.any
        }
    }
}
