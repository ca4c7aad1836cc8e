import Drawing
import Training
import Wording

/// BLEU of a sentence of one's own beside a reference of one's own.
package enum BLEUOfTexts: CalculationFigure {
    package static let id = BLEUFigure.id
    package static let title = BLEUFigure.title
    package static let example = "bleu(\"the cat sat on the red mat\", \"the cat sat quietly on the mat\")"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let hypothesis = try given.text(0, "the cat sat on the red mat")
        let reference = try given.text(1, "the cat sat quietly on the mat")
        let isChinese = (hypothesis + reference).unicodeScalars.contains { $0.properties.isIdeographic }
        let tokens: BLEUTokens = isChinese ? .zh : .thirteenA
        let segment = BLEU.Segment(hypothesis, references: [reference], tokens: tokens)
        try CalculationArguments.require(
            (1...40).contains(segment.hypothesis.count) && (1...40).contains(segment.references[0].count),
            Phrase(en: "expected two texts of 1–40 words", zh: "应为两段 1–40 个词的文本"))
        return BLEUFigure.slide(hypothesis: hypothesis, references: [reference], tokens: tokens)
    }
}
