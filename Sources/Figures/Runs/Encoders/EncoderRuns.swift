import Drawing
import Models
import Training
import Wording

/// What a masked-word run leaves: how often it is right beside guesses from the neighbours, and its probes.
package enum MaskedWordFigures: RunFigures {
    package static let kind = MaskedWordRecipe.kind

    package static func slides(recipe: any Recipe, folder: String) throws -> [Slide] {
        let quality = try EncoderQuality.read(path: folder + "/quality.json")
        guard let recipe = recipe as? MaskedWordRecipe else { return [] }
        let model = try LanguageModel.load(folder: folder)
        var slides = [scores(quality)]
        slides += EncoderProbeSlides.slides(recipe.probes, FigureKind(MaskedWords.self), model)
        slides += EncoderProbeSlides.slides(recipe.pairs, FigureKind(NextSentence.self), model)
        return slides
    }

    private static func scores(_ quality: EncoderQuality) -> Slide {
        let model = quality.measures.named("masked_accuracy")
        var rows: [(name: Phrase, share: Double)] = []
        if let left = model?.baseline {
            rows.append((Phrase(en: "bigram: from the word before", zh: "二元模型：只看前一个词"), left))
        }
        if let both = quality.measures.named("two_sided_bigram_accuracy") {
            rows.append((Phrase(en: "bigram: from both neighbours", zh: "二元模型：看左右两个词"), both.value))
        }
        rows.append((Phrase(en: "the encoder: from the whole text", zh: "编码器：看整段文字"), model?.value ?? .nan))
        return MeasureBars.slide(
            id: "masked-word-accuracy", title: Phrase(en: "How often the hidden word is found", zh: "被遮住的词猜对了多少"),
            subtitle: Phrase(
                en: "Words hidden in stories that training never saw; the bigrams even see hidden neighbours.",
                zh: "在训练中没见过的小故事里遮住一些词；二元模型甚至能看到也被遮住的邻居。"),
            rows: rows,
            takeaway: Phrase(
                en: "The encoder finds {share} of the hidden words; and {next} of the next sentences are judged right.",
                zh: "编码器猜对了 {share} 的词；下一句判断对了 {next}。"
            ).filled([
                "share": Phrase(Numbers.percent(model?.value ?? .nan)),
                "next": Phrase(Numbers.percent(quality.measures.named("next_sentence_accuracy")?.value ?? .nan)),
            ]),
            details: SampleLines(samples: quality.samples.filter { $0.pair == nil }.prefix(5).map { $0 }, most: 22).any)
    }
}

/// What fine-tuning leaves: accuracy before, from nothing, and after; and what becomes of the probes.
package enum ClassifierFigures: RunFigures {
    package static let kind = ClassifierRecipe.kind

    package static func slides(recipe: any Recipe, folder: String) throws -> [Slide] {
        let quality = try EncoderQuality.read(path: folder + "/quality.json")
        guard let recipe = recipe as? ClassifierRecipe else { return [] }
        let model = try LanguageModel.load(folder: folder)
        var slides = [scores(quality), samples(quality)]
        slides += EncoderProbeSlides.slides(recipe.probes, FigureKind(Classification.self), model)
        return slides
    }

    private static func scores(_ quality: EncoderQuality) -> Slide {
        let accuracy = quality.measures.named("accuracy")
        var rows: [(name: Phrase, share: Double)] = []
        if let before = accuracy?.baseline {
            rows.append((Phrase(en: "pre-trained, before fine-tuning", zh: "预训练之后、微调之前"), before))
        }
        if let scratch = quality.measures.named("accuracy_from_scratch") {
            rows.append((Phrase(en: "from nothing, as many steps", zh: "从零开始，训练步数相同"), scratch.value))
        }
        rows.append((Phrase(en: "pre-trained, then fine-tuned", zh: "先预训练，再微调"), accuracy?.value ?? .nan))
        let isCompared = quality.measures.named("accuracy_from_scratch") != nil
        let takeaway = Phrase(
            en: "After {steps} {steps|step|steps}: {after} right"
                + (isCompared ? ", against {scratch} without pre-training." : "."),
            zh: "{steps} 步之后：答对 {after}" + (isCompared ? "；没有预训练的答对 {scratch}。" : "。")
        ).filled([
            "steps": Phrase(Numbers.count(quality.steps)),
            "after": Phrase(Numbers.percent(accuracy?.value ?? .nan)),
            "scratch": Phrase(Numbers.percent(quality.measures.named("accuracy_from_scratch")?.value ?? .nan)),
        ])
        return MeasureBars.slide(
            id: "fine-tuning-accuracy", title: Phrase(en: "What pre-training was worth", zh: "预训练值多少"),
            subtitle: Phrase(
                en: "The same few labelled texts, the same steps; right answers on texts never seen.",
                zh: "同样少的带标签文本，同样的步数；在没见过的文本上答对的比例。"),
            rows: rows, takeaway: takeaway,
            details: SampleLines(samples: Array(quality.samples.prefix(5)), most: 22).any)
    }

    private static func samples(_ quality: EncoderQuality) -> Slide {
        // Said only of two of the texts that bear it out.
        var known: [[Character]: EncoderFindings.Sample] = [:]
        var pair: (EncoderFindings.Sample, EncoderFindings.Sample)?
        func answer(_ sample: EncoderFindings.Sample) -> String { sample.answers.first?.first?.text ?? "" }
        for sample in quality.samples where pair == nil {
            let letters = sample.text.sorted()
            if let other = known[letters], answer(other) != answer(sample) { pair = (other, sample) }
            known[letters] = known[letters] ?? sample
        }
        let plain = Phrase(
            en: "Each text with its likeliest class and how sure it is of it.", zh: "每段文字后面是最可能的类别，以及它有多大把握。")
        return Slide(
            id: "fine-tuning-samples",
            title: pair == nil
                ? Phrase(en: "What it makes of some texts", zh: "它怎样判断这些句子")
                : Phrase(en: "The same words, another answer", zh: "同样的词，不同的答案"),
            subtitle: quality.summary,
            takeaway: pair.map { one, other in
                Phrase(
                    en: "“{one}” and “{other}” hold the same words and get different answers: the order decides.",
                    zh: "“{one}”和“{other}”用的词一样，答案却不同：决定答案的是词的顺序。"
                ).filled(["one": Phrase(one.text), "other": Phrase(other.text)])
            } ?? plain,
            altText: samplesAlt(quality)
        ) { _ in SampleLines(samples: quality.samples) }
    }
}

extension ClassifierFigures {
    fileprivate static func samplesAlt(_ quality: EncoderQuality) -> Phrase {
        let parts = quality.samples.map { sample in
            let best = sample.answers.first?.first
            return "\(sample.text) → \(best?.text ?? "–") \(Numbers.percent(best?.probability ?? .nan))"
        }
        let list = Phrase.list(parts, isLong: true)
        return Phrase(en: "Texts and their classes: \(list.english).", zh: "各段文字及其类别：\(list.chinese)。")
    }
}

/// A recipe's first probes run again and drawn by the figure that commands draw.
enum EncoderProbeSlides {
    static func slides(_ texts: [String], _ figure: FigureKind, _ model: LanguageModel) -> [Slide] {
        texts.prefix(2).enumerated().compactMap { number, text in
            let id = "probe-\(number + 1)-" + figure.id
            return Slide.made(id) {
                let parts = text.components(separatedBy: " / ")
                let input = try model.input(parts.first ?? "", pair: parts.count > 1 ? parts[1] : nil)
                // The slide's words are in both languages; the style is chosen when it is laid out.
                let request = FigureRequest(
                    trace: try model.trace(input), tokenizer: model.tokenizer, text: text,
                    style: SlideStyle(language: .english, measurer: FixedMeasurer()))
                guard figure.isPossible(request) else { return nil }
                var slide = try figure.slide(request)
                slide.id = id
                return slide
            }
        }
    }
}
