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
            en: "{source} source {noun} a memory of {shape}; every block of the decoder reads it again.",
            zh: "原文 {source} 个词元变成 {shape} 的记忆；解码器的每一层都会再读它。"
        ).filled([
            "source": Phrase(String(levels.sourceCount)),
            "noun": Phrase(levels.sourceCount == 1 ? "token becomes" : "tokens become"),
            "shape": Phrase(Numbers.shape(levels.memory)),
        ])
        let view = TranslationView(request)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Left, the encoder reads the source, all of it at once. Right, the decoder writes the translation.",
                zh: "左边，编码器一次读完全部原文；右边，解码器写出译文。"),
            takeaway: takeaway,
            note: levels.passes > 1
                ? Phrase(
                    en: "The decoder read its tokens in {passes} passes and kept their keys and values.",
                    zh: "解码器分 {passes} 遍读完这些词元，每一遍都留着以前的键和值。"
                ).filled(["passes": Phrase(String(levels.passes))]) : nil,
            altText: view.map {
                CrossHead.altText(
                    $0,
                    Phrase(
                        en:
                            "Two stacks of boxes from bottom to top; an arrow leads from the encoder's top into the decoder's cross-attention.",
                        zh: "两列自下而上的方框；一条箭头从编码器顶端通向解码器的交叉注意力。"), takeaway)
            } ?? takeaway
        ) { density in
            ThatFits {
                TwoStackPicture(levels: levels)
                if density.isLast { TwoStackPicture(levels: levels.short) }
            }.any
        }
    }
}

/// The boxes of both stacks from bottom to top, each with the shape of what leaves it.
struct TwoStackLevels: Sendable {
    struct Box: Sendable {
        var words: Phrase
        var role: Role
        var shape: [Int]
        var tag: Tag
        /// Whether it belongs to the block that repeats.
        var isInBlock = false
        var readsMemory = false
        /// Whether a small page does without it.
        var isMinor = false
    }

    var encoder: [Box] = []
    var decoder: [Box] = []
    var encoderLayers: Int
    var decoderLayers: Int
    var memory: [Int]
    var sourceCount: Int
    /// How many times the decoder read something.
    var passes: Int
    /// The texts that go in, and the token that comes out at the end.
    var sourceText = ""
    var targetText = ""

    /// Without sums, normalisations and positions.
    var short: TwoStackLevels {
        var levels = self
        levels.encoder.removeAll(where: { $0.isMinor })
        levels.decoder.removeAll(where: { $0.isMinor })
        return levels
    }

    /// nil for a trace that lacks the memory or the decoder's blocks.
    init?(_ request: FigureRequest) {
        let trace = request.trace
        encoderLayers = trace.layers(of: .encoder).count
        decoderLayers = trace.layers(of: .decoder).count
        passes = (trace.steps.lazy.filter { $0.name.stack == .decoder }.map { $0.name.pass }.max() ?? 0) + 1
        guard let memory = trace[StepName(.memory, stack: .encoder)], memory.shape.rank == 3, encoderLayers > 0,
            trace[StepName(.crossAttentionOut, block: 0, stack: .decoder)] != nil
        else { return nil }
        self.memory = Array(memory.shape.dimensions.dropFirst())
        sourceCount = memory.shape[1]
        let view = TranslationView(request)
        if let view {
            sourceText = TranslationView.text(view.source, isShort: false)
            targetText = TranslationView.text(view.written, isShort: false)
        }
        for stack in [Stack.encoder, .decoder] {
            var boxes: [Box] = []
            func add(
                _ words: Phrase, _ role: Role, _ label: Label, block: Int? = nil, of other: Stack? = nil,
                readsMemory: Bool = false, isMinor: Bool = false
            ) {
                let name = StepName(label, block: block, stack: other ?? stack)
                guard let step = trace[name] else { return }
                var shape = Array(step.shape.dimensions.dropFirst())
                // A text written token by token was read in as many passes.
                if name.stack != .encoder, let view, !shape.isEmpty { shape[0] = view.places.count }
                boxes.append(
                    Box(
                        words: words, role: role, shape: shape,
                        tag: Tag(step: name.description), isInBlock: block != nil, readsMemory: readsMemory,
                        isMinor: isMinor))
            }
            let isSource = stack == .encoder
            add(
                isSource ? Phrase(en: "source tokens", zh: "原文词元") : Phrase(en: "translation so far", zh: "已写出的译文"),
                .token, .tokens)
            add(Phrase(en: "embedding", zh: "词元嵌入"), .embedding, .embed)
            add(Phrase(en: "+ positions", zh: "＋ 位置"), .position, .fullEmbed, isMinor: true)
            let isPost = trace[StepName(.normalizedPost, block: 0, stack: stack)] != nil
            func norm(_ label: Label) {
                guard isPost else { return }
                add(Phrase(en: "add, LayerNorm", zh: "相加、LayerNorm"), .residual, label, block: 0, isMinor: true)
            }
            func residual(_ label: Label) {
                if !isPost { add(Phrase(en: "add", zh: "相加"), .residual, label, block: 0, isMinor: true) }
            }
            add(
                isSource
                    ? Phrase(en: "self-attention", zh: "自注意力") : Phrase(en: "masked self-attention", zh: "带遮挡的自注意力"),
                .attentionOutput, .attentionOut, block: 0)
            norm(.normalizedMid)
            residual(.residualMid)
            if !isSource {
                add(
                    Phrase(en: "cross-attention", zh: "交叉注意力"), .attentionOutput, .crossAttentionOut, block: 0,
                    readsMemory: true)
                norm(.normalizedMidCross)
                residual(.residualMidCross)
            }
            add(Phrase(en: "feed-forward", zh: "前馈"), .feedForward, .feedForwardOut, block: 0)
            norm(.normalizedPost)
            residual(.residualPost)
            if isSource {
                add(Phrase(en: "memory", zh: "记忆"), .residual, .memory)
                encoder = boxes
            } else {
                add(Phrase(en: "output", zh: "输出层"), .embedding, .logits, of: .single)
                add(Phrase("softmax"), .probability, .probabilities, of: .single)
                decoder = boxes
            }
        }
    }
}
