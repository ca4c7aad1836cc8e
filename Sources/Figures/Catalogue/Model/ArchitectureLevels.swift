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
        /// What is said instead of a row of numbers.
        var words: [TokenLabel] = []
        var wordsNote: String?
    }

    var levels: [Level]
    var layerCount: Int
    var isPreNorm: Bool
    var isTied: Bool

    init(_ request: FigureRequest) {
        let trace = request.trace
        let layer = request.layer
        layerCount = trace.layerCount
        isPreNorm = trace[.block(layer, .normalizedPost)] == nil && trace[.block(layer, .normalizedMid)] == nil
        isTied = LogitsToProbabilities.isTied(trace)
        var sites = LayerNormFigure.sites(request)
        if let last = FinalNormFigure.site(request) { sites.append(last) }
        var builder = Builder(trace: trace, focus: request.focus, sites: sites)
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
                "\(layerCount) ×", PlaceName.layer(layer)
            ))
    }

    private struct Builder {
        var trace: Trace
        var focus: Int
        /// The normalisations that the trace holds whole.
        var sites: [LayerNormFigure.Site]
        var levels: [Level] = []

        mutating func add(_ kind: Stream.Kind, _ name: StepName, isInBlock: Bool = false) {
            guard let step = trace[name] else { return }
            let shape = step.shape.rank > 1 ? Array(step.shape.dimensions.dropFirst()) : step.shape.dimensions
            levels.append(
                Level(kind: kind, step: name, shape: shape, row: step.row(0, focus), isInBlock: isInBlock))
        }

        func box(_ words: Phrase, _ role: Role, _ name: StepName, detail: Phrase? = nil) -> Stream.Box {
            Stream.Box(words, role, detail: detail, tag: trace[name] == nil ? nil : Tag(step: name.description))
        }

        mutating func input(_ request: FigureRequest) {
            let tokens = StepName(.tokens)
            add(.box(box(Phrase(en: "tokens", zh: "词元"), .token, tokens)), tokens)
            if !levels.isEmpty { levels[levels.count - 1].words = request.labels }
            let embed = StepName(.embed)
            add(.box(box(Phrase(en: "embedding", zh: "词元嵌入"), .embedding, embed)), embed)
            let isWave = trace[StepName(.positionTable)] != nil
            let side: Stream.Box? =
                trace[StepName(.positionEmbed)] == nil
                ? nil
                : box(
                    Phrase(en: "positions", zh: "位置"), .position, StepName(.positionEmbed),
                    detail: isWave
                        ? Phrase(en: "sines", zh: "正弦")
                        : trace[StepName(.positions)] == nil ? nil : Phrase(en: "learned", zh: "可学习"))
            guard side != nil || request.layer == 0 else { return }
            add(.plus(side: side), .block(0, .residualPre))
        }

        /// As papers call it.
        private func normName(_ step: StepName) -> Phrase {
            switch sites.first(where: { $0.output.name == step })?.form {
            case .layer?: Phrase("LayerNorm")
            case .rms?: Phrase("RMSNorm")
            case .unknown?, nil: Phrase(en: "norm", zh: "归一化")
            }
        }

        mutating func block(_ layer: Int, isPreNorm: Bool) {
            let name = { (label: Label) in StepName.block(layer, label) }
            let builder = self
            let norm = { (label: Label) in builder.box(builder.normName(name(label)), .residual, name(label)) }
            let heads = trace.headCount(layer: layer)
            let attention = box(
                Phrase(en: "self-attention", zh: "自注意力"), .attentionOutput, name(.attentionOut),
                detail: heads > 0 ? Phrase(en: heads == 1 ? "1 head" : "\(heads) heads", zh: "\(heads) 头") : nil)
            let hidden = trace[name(.hiddenPre)]?.shape.dimensions.last
            let feedForward = box(
                Phrase(en: "feed-forward", zh: "前馈"), .feedForward, name(.feedForwardOut),
                detail: hidden.map { Phrase(en: "\($0) neurons", zh: "\($0) 个神经元") })
            // A norm that another program did not record may not be there.
            let before = { (label: Label) in
                isPreNorm && (!builder.trace.isElsewhere || builder.trace[name(label)] != nil) ? [norm(label)] : []
            }
            add(.branch(before(.norm1) + [attention]), name(.attentionOut), isInBlock: true)
            add(.plus(side: nil), name(.residualMid), isInBlock: true)
            if !isPreNorm { add(.box(norm(.normalizedMid)), name(.normalizedMid), isInBlock: true) }
            add(
                .branch(before(.norm2) + [feedForward]), name(.feedForwardOut),
                isInBlock: true)
            add(.plus(side: nil), name(.residualPost), isInBlock: true)
            if !isPreNorm { add(.box(norm(.normalizedPost)), name(.normalizedPost), isInBlock: true) }
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
            guard let last = levels.last, last.step == probabilities, let best = largest(last.row, 1).first else {
                return
            }
            levels[levels.count - 1].words = [request.label(id: best.id)]
            levels[levels.count - 1].wordsNote = Numbers.percent(Double(best.value))
        }
    }
}
