import Drawing
import Training
import Wording

/// How surprised a model was by each token of a text, and what that comes to: perplexity, term by term.
package enum SurpriseFigure {
    package static let id = "surprise"
    package static let title = Phrase(en: "How surprising each token was", zh: "每个词元有多出乎意料")

    /// Tokens of one frame.
    private static let shown = 10

    /// - Parameter tokens: in the order of the text, each as people write it; those that nobody foretold are not there.
    package static func slide(_ tokens: [(display: String, surprise: TokenSurprise)]) -> Slide? {
        guard let last = tokens.last else { return nil }
        let most = tokens.map { $0.surprise.nats }.filter { $0.isFinite }.max() ?? 1
        let mean = tokens.reduce(0) { $0 + $1.surprise.nats } / Double(tokens.count)
        let takeaway = Phrase(
            en: "On average {mean} nats a token; e to that is the perplexity, {perplexity}.",
            zh: "平均每个词元 {mean} 奈特；e 的这么多次方就是困惑度 {perplexity}。"
        ).filled([
            "mean": Phrase(Numbers.fixed(mean, decimals: 3)),
            "perplexity": Phrase(Numbers.fixed(last.surprise.perplexity, decimals: 2)),
        ])
        let frames = stride(from: 0, to: tokens.count, by: shown).map { start in
            let part = Array(tokens[start..<min(start + shown, tokens.count)])
            let words = words(part)
            return Slide.Frame(caption: words, altText: words, takeaway: takeaway) { density in
                Adaptive { space in
                    Bars(
                        part.map { token in
                            Bars.Bar(
                                TokenLabel(kind: .plain, display: token.display), token.surprise.nats,
                                text: Numbers.fixed(token.surprise.nats, decimals: 3), lit: token.surprise.isBest)
                        }, limit: most, length: min(720, space.width * 0.5) / max(density.zoom, 0.5)
                    ).rowHeight(max(40, space.density.drawnCell.height * 1.2)).any
                }
            }
        }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "−ln p of each token, from the tokens before it. Lit: it was the model's first choice.",
                zh: "每个词元的 −ln p，由它前面的词元预测。突出显示的正是模型的首选。"),
            formula: Formula(#"\mathrm{perplexity} = e^{\frac{1}{n} \sum_i -\ln p_i}"#), takeaway: takeaway,
            frames: frames)
    }

    private static func words(_ part: [(display: String, surprise: TokenSurprise)]) -> Phrase {
        guard let worst = part.max(by: { $0.surprise.nats < $1.surprise.nats }),
            let best = part.min(by: { $0.surprise.nats < $1.surprise.nats })
        else { return title }
        return Phrase(
            en: "Least expected here: {worst}, with probability {low}; most expected: {best}, {high}.",
            zh: "这里最出乎意料的是{worst}，概率 {low}；最在意料之中的是{best}，{high}。"
        ).filled([
            "worst": TokenLabel(display: worst.display).spoken,
            "low": Phrase(Numbers.percent(worst.surprise.probability)),
            "best": TokenLabel(display: best.display).spoken,
            "high": Phrase(Numbers.percent(best.surprise.probability)),
        ])
    }
}

/// Pairs that a model was to turn into each other: the shares of right answers, and the first of them in BLEU's eyes.
package enum PairFigures {
    package static func slides(_ evaluation: PairEvaluation) -> [Slide] {
        let (exact, bleu) = (evaluation.exactMatch, evaluation.bleu / 100)
        let takeaway = Phrase(
            en: "{right} of {count} {count|answer|answers} are right to the last character; BLEU is {bleu}.",
            zh: "{count} 个回答里有 {right} 个一字不差；BLEU 为 {bleu}。"
        ).filled([
            "right": Phrase(String(evaluation.outcomes.count { $0.isExact })),
            "count": Phrase(String(evaluation.outcomes.count)),
            "bleu": Phrase(Numbers.fixed(evaluation.bleu, decimals: 1)),
        ])
        let shares = MeasureBars.slide(
            id: "pairs", title: Phrase(en: "How many answers are right", zh: "有多少回答是对的"),
            subtitle: Phrase(
                en: "The whole answer, and its runs of one to four tokens (BLEU).", zh: "整句是否一致，以及一到四个词元的片段有多少一致（BLEU）。"
            ),
            rows: [
                (Phrase(en: "right to the last character", zh: "一字不差"), exact),
                (Phrase(en: "BLEU, of 100", zh: "BLEU（满分 100）"), bleu),
            ], takeaway: takeaway)
        guard let first = evaluation.outcomes.first(where: { !$0.isExact }) ?? evaluation.outcomes.first else {
            return [shares]
        }
        return [shares, BLEUFigure.slide(hypothesis: first.hypothesis, references: [first.reference])]
    }
}
