import Drawing
import Training
import Wording

/// How BLEU compares a translation with its reference: which n-grams agree, and what becomes of their shares.
package enum BLEUFigure {
    package static let id = "bleu"
    package static let title = Phrase(en: "BLEU: how much of it stands in the reference", zh: "BLEU：译文有多少出现在参考译文里")

    /// - Parameters:
    ///   - hypothesis: what a model wrote.
    ///   - references: what would have been right; the first is shown.
    ///   - tokens: how both are cut.
    ///   - note: where the hypothesis comes from.
    package static func slide(
        hypothesis: String, references: [String], tokens: BLEUTokens = .zh, note: Phrase? = nil
    ) -> Slide {
        let segment = BLEU.Segment(hypothesis, references: references, tokens: tokens)
        let score = BLEU(sentence: hypothesis, references: references, tokens: tokens)
        let takeaway = takeaway(score)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "Runs of one to four tokens are looked up in the reference. A run counts no more often than it stands there.",
                zh: "把译文里连续一到四个词元的片段拿到参考译文里找；同一片段最多只算参考译文里出现的次数。"),
            formula: Formula(
                #"\mathrm{BLEU} = \mathrm{BP} \cdot \left(\role{probability}{p_1}\, \role{probability}{p_2}\, \role{probability}{p_3}\, \role{probability}{p_4}\right)^{1/4}"#
            ),
            takeaway: takeaway, note: note,
            altText: Phrase(
                en: "The hypothesis “{hypothesis}” beside the reference “{reference}”. {takeaway}",
                zh: "模型译文“{hypothesis}”与参考译文“{reference}”。{takeaway}"
            ).filled([
                "hypothesis": Phrase(hypothesis), "reference": Phrase(references.first ?? ""), "takeaway": takeaway,
            ])
        ) { _ in
            Fullest {
                NGramPicture(segment: segment, score: score)
                NGramPicture(segment: segment, score: score, isStacked: true)
            }
        }
    }

    private static func takeaway(_ score: BLEU) -> Phrase {
        let penalty = Numbers.fixed(score.brevityPenalty)
        let value = Numbers.significant(score.score, digits: 3)
        let lengths: KeyValuePairs<String, Phrase> = [
            "score": Phrase(value), "penalty": Phrase(penalty), "length": Phrase(String(score.hypothesisLength)),
            "reference": Phrase(String(score.referenceLength)),
        ]
        return
            (score.brevityPenalty < 1
            ? Phrase(
                en:
                    "{length} {length|token|tokens} for {reference}: too short, so a penalty of {penalty}. BLEU {score} of 100.",
                zh: "{length} 个词元对 {reference} 个，偏短，惩罚系数 {penalty}；BLEU {score}（满分 100）。")
            : Phrase(
                en: "{length} {length|token|tokens} for {reference}: not too short, no penalty. BLEU {score} of 100.",
                zh: "{length} 个词元对 {reference} 个，不算短，没有惩罚；BLEU {score}（满分 100）。")).filled(lengths)
    }
}
