import Drawing
import Platform
import Tracing
import Wording

/// The whole decoder from bottom to top, with the shapes and numbers of this very text.
package enum ArchitectureMap: TraceFigure {
    package static let id = "architecture-map"
    package static let title = Phrase(en: "The whole model, with your text inside", zh: "整个模型，装着你的这句话")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.embed, .logits, .probabilities]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.isSequential
            && [Label.attentionOut, .feedForwardOut, .residualPost].contains {
                request.trace[.block(request.layer, $0)] != nil
            }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let parts = ArchitectureLevels(request)
        let labels = request.labels
        let token = labels.name(parts.focus)
        let takeaway = takeaway(request, parts)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "Every token's vector runs along the residual stream; attention and feed-forward read it and add to it.",
                zh: "每个词元的向量沿着残差流前进；注意力和前馈读取它，再把结果加回去。"),
            takeaway: takeaway,
            altText: request.altText(
                Phrase(
                    en:
                        "The model from bottom to top: embedding, attention and feed-forward beside the residual stream, output.",
                    zh: "模型自下而上：嵌入、残差流旁的注意力和前馈、输出。"), takeaway)
        ) { _ in ArchitecturePicture(parts: parts, token: token, focus: parts.focus, layer: request.layer) }
    }

    private static func takeaway(_ request: FigureRequest, _ parts: ArchitectureLevels) -> Phrase {
        let width = parts.levels.first { $0.isInBlock }?.shape.last ?? 0
        let parameters = request.trace.model.numbers["parameters"].map { Int(clamping: $0) }
        let isKnown = !request.trace.isElsewhere || request.has([parts.isPreNorm ? .norm1 : .normalizedPost])
        let placement =
            !isKnown
            ? Phrase(en: "each part adds to the stream", zh: "各部分的结果加进残差流")
            : parts.isPreNorm
                ? Phrase(en: "normalised before each part", zh: "先归一化再计算")
                : Phrase(en: "normalised after each sum", zh: "相加之后再归一化")
        let start = Phrase(
            en: "{layers} {noun}, {width} {width|number|numbers} a token, {placement}",
            zh: "{layers} 层，每个词元 {width} 个数，{placement}"
        ).filled([
            "layers": Phrase(String(parts.layerCount)),
            "noun": Phrase(parts.layerCount == 1 ? "layer" : "layers"), "width": Phrase(String(width)),
            "placement": placement,
        ])
        guard let parameters else { return Phrase(en: start.english + ".", zh: start.chinese + "。") }
        return Phrase(
            en: "{start}; {count} {count|parameter|parameters}.", zh: "{start}；共 {count} 个参数。"
        ).filled(["start": start, "count": Phrase(Numbers.count(parameters))])
    }
}
