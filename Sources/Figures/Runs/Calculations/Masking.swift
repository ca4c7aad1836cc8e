import Drawing
import Tensors
import Training
import Wording

/// BERT's choice of words to guess: hidden, exchanged, or left as they are.
package enum Masking: CalculationFigure {
    package static let id = "mask-80-10-10"
    package static let title = Phrase(en: "BERT's mask: 80, 10, 10", zh: "BERT 的掩码：80、10、10")
    package static let example = "mask-80-10-10(\"the cat sat on the mat and the dog lay by the door\", 1)"

    private static let texts = 1000

    /// How often a chosen word was hidden, exchanged, left.
    package struct Counts: Sendable, Hashable {
        package var hidden = 0
        package var exchanged = 0
        package var left = 0
        package var all: Int { hidden + exchanged + left }
    }

    private struct Word: Sendable {
        var text: String
        var isChosen = false
        var isHidden = false
        var isOther = false
    }

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let text = try given.text(0, "the cat sat on the mat and the dog lay by the door")
        let seed = try given.count(1, 1, in: 0...1_000_000)
        var words = text.split { $0.isWhitespace }.map { String($0) }
        if words.count == 1, text.unicodeScalars.contains(where: { $0.properties.isIdeographic }) {
            words = text.map { String($0) }
        }
        try CalculationArguments.require(
            (2...30).contains(words.count), Phrase(en: "expected 2–30 words", zh: "应为 2–30 个词"))
        let (samples, counts) = drawn(words, seed: UInt64(max(0, seed)))
        func share(_ count: Int) -> Phrase { Phrase(Numbers.percent(Double(count) / Double(max(1, counts.all)))) }
        let takeaway = Phrase(
            en:
                "Over {texts} such texts {all} words were chosen: {hidden} became [MASK], {other} another word, {left} stayed. So the model can never trust a word that it sees.",
            zh: "在 {texts} 段这样的文本里共选中 {all} 个词：{hidden} 换成 [MASK]，{other} 换成别的词，{left} 保持原样。于是模型对看到的每个词都不能全信。"
        ).filled([
            "texts": Phrase(Numbers.count(texts)), "all": Phrase(Numbers.count(counts.all)),
            "hidden": share(counts.hidden),
            "other": share(counts.exchanged), "left": share(counts.left),
        ])
        let bars: [(Phrase, Int, Role)] = [
            (Phrase(en: "[MASK]", zh: "[MASK]"), counts.hidden, .key),
            (Phrase(en: "another word", zh: "换成别的词"), counts.exchanged, .position),
            (Phrase(en: "as it was", zh: "保持原样"), counts.left, .value),
        ]
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "15% of the words are to be guessed; these four draws and the counts are of seed {seed}.",
                zh: "15% 的词要猜；下面四次抽取和计数都来自种子 {seed}。"
            ).filled(["seed": Phrase("\(seed)")]),
            takeaway: takeaway,
            legend: bars.map { LegendKey(.fill(.role($0.2)), $0.0).any },
            altText: Phrase(
                en:
                    "The sentence “{text}” four times, the chosen words marked: {draws}. Bars of the counts {counts}. {takeaway}",
                zh: "句子“{text}”抽了四次，标出选中的词：{draws}。条形为计数 {counts}。{takeaway}"
            ).filled([
                "text": Phrase(text), "takeaway": takeaway,
                "draws": Phrase(samples.map { $0.map { $0.text }.joined(separator: " ") }.joined(separator: " | ")),
                "counts": Phrase.list(bars.map { "\($0.1)" }),
            ])
        ) { density in
            Adaptive { space in
                ThatFits {
                    for (size, isOneLine) in Sizes.lines([44, 38, 34, 30, 27, 24, 22, 20, 18, 16]) {
                        VStack(.leading, spacing: density.gap) {
                            VStack(.leading, spacing: max(size * 0.6, density.gap * 0.8)) {
                                samples.map { row($0, size, isOneLine: isOneLine) }
                            }
                            Bars(
                                bars.map { words, count, role in
                                    Bars.Bar(
                                        TokenLabel(display: words[space.language]),
                                        Double(count) / Double(max(1, counts.all)), text: "\(count)", tint: .role(role))
                                }, limit: 1, length: min(1000, space.width * 0.62)
                            ).rowHeight(density.label.size * 1.9)
                        }
                    }
                }.any
            }
        }
    }

    /// One draw: the sentence with what became of the chosen words.
    private static func row(_ sample: [Word], _ size: Double, isOneLine: Bool) -> AnyMark {
        let chips = sample.map { word in
            Chip(
                TokenLabel(word.text),
                tint: !word.isChosen ? nil : .role(word.isHidden ? .key : word.isOther ? .position : .value)
            ).font(Font(size: max(Font.leastSize, size))).any
        }
        return isOneLine
            ? HStack(.middle, spacing: size * 0.3, chips).any
            : Flow(.middle, spacing: Size(size * 0.3, size * 0.3), chips).any
    }

    /// The first four draws, and how often each happened over all of them.
    private static func drawn(_ words: [String], seed: UInt64) -> ([[Word]], Counts) {
        // Ids from 5 on are the sentence's own words, then some that are not in it.
        let others = ["river", "blue", "seven", "walks", "house", "under", "song", "green"]
        let vocabulary = words + others
        let tokens = EncoderTokens(padding: 0, start: 2, separator: 3, mask: 4)
        let ids = words.indices.map { $0 + 5 }
        let all = vocabulary.indices.map { $0 + 5 }
        var random = RandomSource(seed: seed)
        var (samples, counts): ([[Word]], Counts) = ([], Counts())
        for text in 0..<texts {
            let drawn = WordMasking().apply(to: ids, tokens: tokens, words: all, using: &random)
            var sample: [Word] = []
            for (place, id) in drawn.ids.enumerated() {
                var word = Word(
                    text: id == tokens.mask ? "[MASK]" : vocabulary[max(0, min(vocabulary.count - 1, id - 5))])
                if drawn.targets[place] >= 0 {
                    word.isChosen = true
                    word.isHidden = id == tokens.mask
                    word.isOther = !word.isHidden && id != ids[place]
                    if word.isHidden {
                        counts.hidden += 1
                    } else if word.isOther {
                        counts.exchanged += 1
                    } else {
                        counts.left += 1
                    }
                }
                sample.append(word)
            }
            if text < 4 { samples.append(sample) }
        }
        return (samples, counts)
    }

    /// For tests: the counts alone.
    package static func counts(_ text: String, seed: UInt64) -> Counts {
        drawn(text.split { $0.isWhitespace }.map { String($0) }, seed: seed).1
    }
}
