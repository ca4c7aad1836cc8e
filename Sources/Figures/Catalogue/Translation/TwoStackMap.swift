import Drawing
import Tensors
import Tracing
import Wording

/// The whole encoder–decoder, as the 2017 paper draws it, with the shapes of this very text.
package enum TwoStackMap: TraceFigure {
    package static let id = "encoder-decoder-map"
    package static let title = Phrase(en: "Encoder and decoder, with your text inside", zh: "编码器与解码器，装着你的这句话")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.logits, .probabilities]

    package static func isPossible(_ request: FigureRequest) -> Bool { TwoStackLevels(request) != nil }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let levels = TwoStackLevels(request) else {
            throw .unknownStep(StepName(.memory, stack: .encoder).description, nearest: [])
        }
        let takeaway = Phrase(
            en: "{source} source {noun} the encoder's output of {shape}; every layer of the decoder reads it again.",
            zh: "原文 {source} 个词元变成 {shape} 的编码器输出；解码器的每一层都会再读它。"
        ).filled([
            "source": Phrase(String(levels.sourceCount)),
            "noun": Phrase(levels.sourceCount == 1 ? "token becomes" : "tokens become"),
            "shape": Phrase(Numbers.shape(levels.memory)),
        ])
        let view = TranslationView(request)
        return Slide(
            id: id, title: title,
            subtitle: WrittenWords(request.trace)(
                Phrase(
                    en:
                        "Left, the encoder reads the source, all of it at once. Right, the decoder writes the translation.",
                    zh: "左边，编码器一次读完全部原文；右边，解码器写出译文。"),
                Phrase(
                    en: "Left, the encoder reads the source, all of it at once. Right, the decoder writes its text.",
                    zh: "左边，编码器一次读完全部原文；右边，解码器写出文本。")),
            takeaway: takeaway,
            note: levels.passes > 1
                ? Phrase(
                    en: "The decoder read its tokens in {passes} {passes|pass|passes} and kept their keys and values.",
                    zh: "解码器分 {passes} 遍读完这些词元，每一遍都留着以前的键和值。"
                ).filled(["passes": Phrase(String(levels.passes))]) : nil,
            altText: view.map {
                CrossHead.altText(
                    $0,
                    Phrase(
                        en:
                            "Two stacks of boxes from bottom to top, with arrows round each part to the sum behind it; an arrow leads from the encoder's top into the decoder's cross-attention.",
                        zh: "两列自下而上的方框，绕过各部分的箭头通向其后的相加；一条箭头从编码器顶端通向解码器的交叉注意力。"), takeaway)
            } ?? takeaway
        ) { density in
            ThatFits {
                TwoStackPicture(levels: levels)
                if density.isLast { TwoStackPicture(levels: levels.short) }
            }.any
        }
    }
}
