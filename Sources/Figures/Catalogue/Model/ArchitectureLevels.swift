import Drawing
import Tensors
import Tracing
import Wording

/// The parts of a decoder as its trace shows them, from the tokens at the bottom to the probabilities at the top.
struct ArchitectureLevels: Sendable {
    struct Level: Sendable {
        var kind: Stream.Kind
        /// What leaves this level.
        var step: StepName?
        var shape: [Int]
        /// The focus token's row of that step.
        var row: [Float]
        var isInBlock: Bool
        /// Of a sum, what is added: its value is the sum of these steps.
        var addends: [StepName] = []
        /// What is said instead of a row of numbers.
        var words: [TokenLabel] = []
        var wordsNote: String?
    }

    var levels: [Level]
    var layerCount: Int
    /// The token whose row is shown.
    var focus: Int
    var isPreNorm: Bool
    var isTied: Bool

    init(_ request: FigureRequest) {
        let trace = request.trace
        let layer = request.layer
        layerCount = trace.layerCount
        // What an encoder is asked is what is hidden.
        focus = request.position == nil ? request.maskedPlaces.first ?? request.focus : request.focus
        isPreNorm = trace[.block(layer, .normalizedPost)] == nil && trace[.block(layer, .normalizedMid)] == nil
        isTied = LogitsToProbabilities.isTied(trace)
        var sites = LayerNormFigure.sites(request)
        if let last = FinalNormFigure.site(request) { sites.append(last) }
        var builder = Builder(trace: trace, focus: focus, sites: sites)
        builder.input(request)
        builder.block(layer, isPreNorm: isPreNorm)
        builder.output(request, isTied: isTied)
        levels = builder.levels
    }
}

extension ArchitectureLevels {
    /// The boxes alone; `layer` is the one that is shown.
    func stream(upright: Bool, layer: Int) -> Stream {
        Stream(
            levels.map { Stream.Level($0.kind, repeated: $0.isInBlock, note: Numbers.shape($0.shape)) },
            upright: upright,
            frame: (
                TwoStackPicture.times(layerCount),
                layerCount == 1
                    ? "" : Phrase(en: "{layer} opened", zh: "展开 {layer}").filled(["layer": PlaceName.layer(layer)])
            ))
    }

    private struct Builder {
        var trace: Trace
        var focus: Int
        /// The normalisations that the trace holds whole.
        var sites: [LayerNormFigure.Site]
        var levels: [Level] = []

        mutating func add(
            _ kind: Stream.Kind, _ name: StepName, isInBlock: Bool = false, sums addends: [StepName] = []
        ) {
            guard let step = trace[name] else { return }
            let shape = step.shape.rank > 1 ? Array(step.shape.dimensions.dropFirst()) : step.shape.dimensions
            levels.append(
                Level(
                    kind: kind, step: name, shape: shape, row: step.shape.rank > 2 ? step.row(0, focus) : step.row(0),
                    isInBlock: isInBlock, addends: addends))
        }

        func box(_ words: Phrase, _ role: Role, _ name: StepName, detail: Phrase? = nil) -> Stream.Box {
            Stream.Box(words, role, detail: detail, tag: trace[name] == nil ? nil : Tag(step: name.description))
        }

        mutating func input(_ request: FigureRequest) {
            let tokens = StepName(.tokens)
            add(.box(box(Phrase(en: "tokens", zh: "词元"), .token, tokens)), tokens)
            if !levels.isEmpty { levels[levels.count - 1].words = request.labels }
            let embed = StepName(.embed)
            add(.box(box(Phrase(en: "embedding", zh: "词嵌入"), .embedding, embed)), embed)
            // BERT adds which of two texts a token is of.
            let (segment, typed) = (StepName(.segmentEmbed), StepName(.typedEmbed))
            if trace[segment] != nil, trace[typed] != nil {
                let side = box(Phrase(en: "segments", zh: "句段"), .position, segment)
                add(.plus(side: side), typed, sums: [embed, segment])
            }
            let isWave = trace[StepName(.positionTable)] != nil
            let place = StepName(.positionEmbed)
            if trace[place] != nil {
                let side = box(
                    Phrase(en: "positions", zh: "位置"), .position, place,
                    detail: isWave
                        ? Phrase(en: "sines", zh: "正弦")
                        : trace[StepName(.positions)] == nil ? nil : Phrase(en: "learned", zh: "可学习"))
                let before = trace[typed] == nil ? embed : typed
                let sum = [StepName(.embedSum), StepName(.fullEmbed), .block(0, .residualPre)].first {
                    trace[$0] != nil
                }
                if let sum { add(.plus(side: side), sum, sums: [before, place]) }
            }
            let full = StepName(.fullEmbed)
            if trace[full] != nil, trace[StepName(.embedSum)] != nil {
                let isKnown = trace[StepName(.embedNormBias)] != nil
                add(
                    .box(
                        box(
                            isKnown ? Phrase(en: "LayerNorm", zh: "层归一化") : Phrase(en: "norm", zh: "归一化"), .residual,
                            full)), full)
            }
        }

        /// As papers call it.
        private func normName(_ step: StepName) -> Phrase {
            switch sites.first(where: { $0.output.name == step })?.form {
            case .layer?: Phrase(en: "LayerNorm", zh: "层归一化")
            case .rms?: Phrase(en: "RMSNorm", zh: "RMS 归一化")
            case .unknown?, nil: Phrase(en: "norm", zh: "归一化")
            }
        }

        mutating func block(_ layer: Int, isPreNorm: Bool) {
            let name = { (label: Label) in StepName.block(layer, label) }
            let builder = self
            let norm = { (label: Label) in builder.box(builder.normName(name(label)), .residual, name(label)) }
            let attention = box(
                Phrase(en: "self-attention", zh: "自注意力"), .attentionOutput, name(.attentionOut),
                detail: attentionDetail(layer))
            let feedForward = box(
                Phrase(en: "feed-forward", zh: "前馈"), .feedForward, name(.feedForwardOut),
                detail: feedForwardDetail(layer))
            // A norm that another program did not record may not be there.
            let before = { (label: Label) in
                isPreNorm && (!builder.trace.isElsewhere || builder.trace[name(label)] != nil) ? [norm(label)] : []
            }
            add(.branch(before(.norm1) + [attention]), name(.attentionOut), isInBlock: true)
            add(
                .plus(side: nil), name(.residualMid), isInBlock: true,
                sums: [name(.residualPre), name(.attentionOut)])
            if !isPreNorm { add(.box(norm(.normalizedMid)), name(.normalizedMid), isInBlock: true) }
            add(
                .branch(before(.norm2) + [feedForward]), name(.feedForwardOut),
                isInBlock: true)
            add(
                .plus(side: nil), name(.residualPost), isInBlock: true,
                sums: [name(isPreNorm ? .residualMid : .normalizedMid), name(.feedForwardOut)])
            if !isPreNorm { add(.box(norm(.normalizedPost)), name(.normalizedPost), isInBlock: true) }
        }

        /// `4 heads, K and V 2, rotary`
        private func attentionDetail(_ layer: Int) -> Phrase? {
            let heads = trace.headCount(layer: layer)
            guard heads > 0 else { return nil }
            var parts = [Phrase(en: heads == 1 ? "1 head" : "\(heads) heads", zh: "\(heads) 头")]
            let key = trace[.block(layer, .key)]
            if let key, key.shape.rank == 4, key.shape[2] < heads {
                parts.append(Phrase(en: "K and V: \(key.shape[2])", zh: "K、V \(key.shape[2]) 头"))
            }
            if trace[.block(layer, .rotatedQuery)] != nil {
                parts.append(Phrase(en: "rotary positions", zh: "旋转位置"))
            }
            return Phrase(
                en: parts.map { $0.english }.joined(separator: ", "),
                zh: parts.map { $0.chinese }.joined(separator: "，"))
        }

        /// `SwiGLU, 256 neurons` (Shazeer 2020)
        private func feedForwardDetail(_ layer: Int) -> Phrase? {
            guard let pre = trace[.block(layer, .hiddenPre)], let hidden = pre.shape.dimensions.last else { return nil }
            let neurons = Phrase(en: "\(hidden) neurons", zh: "\(hidden) 个神经元")
            let gate = trace[.block(layer, .gate)]
            guard gate != nil || trace[.block(layer, .hiddenPreLinear)] != nil else { return neurons }
            let name: Phrase =
                switch (gate?.operation as? Activation)?.function {
                case .silu?: Phrase("SwiGLU")
                case .gelu?, .geluTanh?: Phrase("GEGLU")
                case .relu?: Phrase("ReGLU")
                default: Phrase(en: "gated", zh: "带门控")
                }
            return Phrase(
                en: name.english + ", " + neurons.english, zh: name.chinese + "，" + neurons.chinese)
        }

        mutating func output(_ request: FigureRequest, isTied: Bool) {
            let final = StepName(.finalNorm)
            add(.box(box(normName(final), .residual, final)), final)
            let logits = StepName(.logits)
            let tied = Phrase(en: "tied embedding", zh: "与嵌入共用")
            add(
                .box(box(Phrase(en: "output", zh: "输出层"), .embedding, logits, detail: isTied ? tied : nil)), logits)
            let probabilities = StepName(.probabilities)
            add(.box(box(Phrase("softmax"), .probability, probabilities)), probabilities)
            heads()
            guard let last = levels.last, let step = last.step, let best = largest(last.row, 1).first,
                step == probabilities || step == StepName(.maskedProbabilities)
            else { return }
            levels[levels.count - 1].words = [request.label(id: best.id)]
            levels[levels.count - 1].wordsNote = Numbers.percent(Double(best.value))
        }

        /// What reads an encoder's output: a guess at each place, and of the first place a judgement of the whole.
        private mutating func heads() {
            let (pooler, masked) = (StepName(.poolerOutput), StepName(.maskedProbabilities))
            let judgements = [
                (StepName(.nextSentenceProbabilities), Phrase(en: "next sentence", zh: "下一句预测")),
                (StepName(.classProbabilities), Phrase(en: "classifier", zh: "分类层")),
            ].filter { trace[$0.0] != nil }
            if trace[pooler] != nil {
                let first = box(
                    Phrase(en: "pooler", zh: "池化层"), .residual, pooler, detail: Phrase(en: "at [CLS]", zh: "取 [CLS]"))
                let boxes = [first] + judgements.map { box($0.1, .probability, $0.0) }
                add(.leaving(boxes), judgements.last?.0 ?? pooler)
            } else {
                for (name, words) in judgements { add(.box(box(words, .probability, name)), name) }
            }
            guard trace[masked] != nil else { return }
            let norm = StepName(.maskedNorm)
            add(.box(box(Phrase(en: "masked words", zh: "掩码词预测"), .embedding, norm)), norm)
            add(.box(box(Phrase("softmax"), .probability, masked)), masked)
        }
    }
}
