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
            ]))
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
            en: "After {steps} steps: {after} right" + (isCompared ? ", against {scratch} without pre-training." : "."),
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
            rows: rows, takeaway: takeaway)
    }

    private static func samples(_ quality: EncoderQuality) -> Slide {
        // Said only where two of the texts bear it out.
        var answers: [[Character]: Set<String>] = [:]
        for sample in quality.samples {
            answers[sample.text.sorted(), default: []].insert(sample.answers.first?.first?.text ?? "")
        }
        let isByOrder = answers.values.contains { $0.count > 1 }
        return Slide(
            id: "fine-tuning-samples",
            title: isByOrder
                ? Phrase(en: "The same words, another answer", zh: "同样的词，不同的答案")
                : Phrase(en: "What it makes of some texts", zh: "它怎样判断这些句子"),
            subtitle: quality.summary,
            takeaway: isByOrder
                ? Phrase(
                    en: "Whoever counts words only cannot tell these texts apart; their order decides.",
                    zh: "只数有哪些词，分不清这些句子；决定答案的是词的顺序。")
                : Phrase(en: "Each text with the classes, the likeliest first.", zh: "每段文字后面是各个类别，最可能的在前。")
        ) { _ in SampleLines(samples: quality.samples) }
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
