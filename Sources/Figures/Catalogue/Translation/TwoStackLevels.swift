import Drawing
import Tensors
import Tracing
import Wording

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
        /// Of a sum: its step, and those that are added.
        var sum: (step: StepName, addends: [StepName])?
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

    /// Without positions and norms that stand alone. The sums stay: the residual paths lead to them.
    var short: TwoStackLevels {
        var levels = self
        levels.encoder.removeAll(where: { $0.isMinor })
        levels.decoder.removeAll(where: { $0.isMinor })
        return levels
    }

    /// nil for a trace that lacks the encoder's output or the decoder's blocks.
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
        let places = view?.places.count
        encoder = TwoStackColumn(trace: trace, stack: .encoder, places: places).boxes
        decoder = TwoStackColumn(trace: trace, stack: .decoder, places: places).boxes
    }
}

/// One stack's boxes as its trace holds them.
private struct TwoStackColumn {
    typealias Box = TwoStackLevels.Box

    let trace: Trace
    let stack: Stack
    /// How many places the decoder read in all its passes.
    let places: Int?
    private(set) var boxes: [Box] = []

    init(trace: Trace, stack: Stack, places: Int?) {
        self.trace = trace
        self.stack = stack
        self.places = places
        input()
        block()
        output()
    }

    private var isSource: Bool { stack == .encoder }
    private var isPost: Bool { trace[name(.normalizedPost, 0)] != nil }
    private func name(_ label: Label, _ block: Int? = nil) -> StepName {
        StepName(label, block: block, stack: stack)
    }

    private mutating func add(
        _ words: Phrase, _ role: Role, _ name: StepName, readsMemory: Bool = false, isMinor: Bool = false,
        sum: (step: StepName, addends: [StepName])? = nil
    ) {
        guard let step = trace[name] else { return }
        var shape = Array(step.shape.dimensions.dropFirst())
        // A text written token by token was read in as many passes.
        if name.stack != .encoder, let places, !shape.isEmpty { shape[0] = places }
        boxes.append(
            Box(
                words: words, role: role, shape: shape, tag: Tag(step: name.description), isInBlock: name.block != nil,
                readsMemory: readsMemory, isMinor: isMinor, sum: sum))
    }

    private mutating func input() {
        let writes = WrittenWords(trace)(
            Phrase(en: "translation so far", zh: "已写出的译文"), Phrase(en: "text so far", zh: "已写出的文本"))
        add(isSource ? Phrase(en: "source tokens", zh: "原文词元") : writes, .token, name(.tokens))
        let isScaled = trace[name(.unscaledEmbed)] != nil
        add(
            isScaled ? Phrase(en: "embedding, scaled up", zh: "词嵌入（放大）") : Phrase(en: "embedding", zh: "词嵌入"),
            .embedding, name(.embed))
        let sum = trace[name(.embedSum)] == nil ? name(.fullEmbed) : name(.embedSum)
        let isNormed = sum != name(.fullEmbed)
        add(
            isNormed
                ? Phrase(en: "+ positions, LayerNorm", zh: "+ 位置、层归一化") : Phrase(en: "+ positions", zh: "+ 位置"),
            .position, name(.fullEmbed), isMinor: true, sum: (sum, [name(.embed), name(.positionEmbed)]))
    }

    private mutating func block() {
        var stream = name(.residualPre, 0)
        /// One part of a block, and the sum behind it.
        func part(
            _ words: Phrase, _ role: Role, _ out: Label, _ residual: Label, _ normalized: Label,
            readsMemory: Bool = false
        ) {
            let before = isPost ? "" : "LayerNorm, "
            let both = Phrase(
                en: before + words.english, zh: before.isEmpty ? words.chinese : "层归一化、" + words.chinese)
            add(both, role, name(out, 0), readsMemory: readsMemory)
            let sum = (step: name(residual, 0), addends: [stream, name(out, 0)])
            if isPost {
                add(Phrase(en: "add, LayerNorm", zh: "相加、层归一化"), .residual, name(normalized, 0), sum: sum)
                stream = name(normalized, 0)
            } else {
                add(Phrase(en: "add", zh: "相加"), .residual, name(residual, 0), sum: sum)
                stream = name(residual, 0)
            }
        }
        part(
            isSource ? Phrase(en: "self-attention", zh: "自注意力") : Phrase(en: "masked self-attention", zh: "掩码自注意力"),
            .attentionOutput, .attentionOut, .residualMid, .normalizedMid)
        if !isSource {
            part(
                Phrase(en: "cross-attention", zh: "交叉注意力"), .attentionOutput, .crossAttentionOut, .residualMidCross,
                .normalizedMidCross, readsMemory: true)
        }
        part(Phrase(en: "feed-forward", zh: "前馈"), .feedForward, .feedForwardOut, .residualPost, .normalizedPost)
    }

    private mutating func output() {
        add(Phrase(en: "LayerNorm", zh: "层归一化"), .residual, name(.finalNorm), isMinor: true)
        if isSource {
            add(Phrase(en: "encoder output", zh: "编码器输出"), .residual, name(.memory))
        } else {
            add(Phrase(en: "output", zh: "输出层"), .embedding, StepName(.logits))
            add(Phrase("softmax"), .probability, StepName(.probabilities))
        }
    }
}
