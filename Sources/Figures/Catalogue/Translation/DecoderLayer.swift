import Drawing
import Tensors
import Tracing
import Wording

/// One layer of a decoder that reads a source: three parts, each added to the stream, with one token's numbers.
package enum DecoderLayer: TraceFigure {
    package static let id = "decoder-layer"
    package static let title = Phrase(en: "One layer of the decoder, three additions", zh: "解码器的一层：三次相加")
    package static let scope = FigureScope.perLayer
    package static let shows: [Label] = [
        .crossAttentionOut, .residualPre, .attentionOut, .feedForwardOut, .residualPost,
    ]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        DecoderLayerSteps(request).map { steps in
            [.residualPre, .attentionOut, .crossAttentionOut, .feedForwardOut, .residualPost]
                .allSatisfy { steps.step($0) != nil }
        } ?? false
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let steps = DecoderLayerSteps(request), isPossible(request) else {
            throw request.missing(.crossAttentionOut)
        }
        let parts = ArchitectureLevels(steps)
        func length(_ label: Label) -> Phrase {
            let row = steps.row(label)
            return Phrase(Numbers.significant(row.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()))
        }
        let token = steps.view.written.name(steps.place)
        let takeaway = Phrase(
            en:
                "Writing {token}: self-attention adds a vector of length {own}, cross-attention one of {cross}, feed-forward one of {forward}.",
            zh: "写{token}时：自注意力加上长 {own} 的向量，交叉注意力加上 {cross}，前馈加上 {forward}。"
        ).filled([
            "token": token, "own": length(.attentionOut), "cross": length(.crossAttentionOut),
            "forward": length(.feedForwardOut),
        ])
        var decoder = request
        decoder.stack = .decoder
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "It reads what it has written, then the source, then each token alone; each part adds to the stream.",
                zh: "先读自己写出的，再读原文，最后逐个词元处理；每一部分的结果都加进残差流。"),
            here: MiniMap.layer(of: decoder), takeaway: takeaway,
            altText: CrossHead.altText(
                steps.view,
                Phrase(
                    en:
                        "A layer from bottom to top: masked self-attention, cross-attention and feed-forward beside the stream, each added to it, with one token's numbers.",
                    zh: "自下而上的一层：残差流旁的掩码自注意力、交叉注意力和前馈，各自相加，旁边是一个词元的数值。"), takeaway)
        ) { _ in
            ArchitecturePicture(
                parts: parts, token: token, focus: steps.view.places[steps.place].position,
                layer: request.layer)
        }
    }
}

/// A decoder layer's steps at the place that is spoken of, in the pass in which that was written.
struct DecoderLayerSteps: Sendable {
    let trace: Trace
    let layer: Int
    let view: TranslationView
    let place: Int

    init?(_ request: FigureRequest) {
        guard let view = TranslationView(request), !view.places.isEmpty else { return nil }
        trace = request.trace
        layer = request.layer
        self.view = view
        let last = view.places.count - 1
        place = request.position.map { min(max($0, 0), last) } ?? CrossHead(request)?.focus(nil) ?? last
    }

    func name(_ label: Label) -> StepName {
        StepName(label, block: layer, stack: .decoder, pass: view.places[place].pass)
    }

    func step(_ label: Label) -> Step? { trace[name(label)].flatMap { $0.shape.rank == 3 ? $0 : nil } }
    func row(_ label: Label) -> [Float] { step(label)?.row(0, view.places[place].position) ?? [] }
    var isPost: Bool { step(.normalizedPost) != nil }
}

extension ArchitectureLevels {
    /// One decoder layer, from what enters it to what leaves it.
    init(_ steps: DecoderLayerSteps) {
        var levels: [Level] = []
        func add(_ kind: Stream.Kind, _ label: Label, sums addends: [Label] = []) {
            guard let step = steps.step(label) else { return }
            levels.append(
                Level(
                    kind: kind, step: step.name, shape: [steps.view.places.count, step.shape[2]],
                    row: steps.row(label), isInBlock: true, addends: addends.map(steps.name)))
        }
        func box(_ words: Phrase, _ role: Role, _ label: Label) -> Stream.Box {
            Stream.Box(words, role, tag: Tag(step: steps.name(label).description))
        }
        let norm = Phrase(en: "LayerNorm", zh: "层归一化")
        add(.box(box(Phrase(en: "into the layer", zh: "进入本层"), .residual, .residualPre)), .residualPre)
        var stream = Label.residualPre
        func part(_ words: Phrase, _ role: Role, _ out: Label, _ before: Label, _ sum: Label, _ after: Label) {
            let first = steps.isPost || steps.step(before) == nil ? [] : [box(norm, .residual, before)]
            add(.branch(first + [box(words, role, out)]), out)
            add(.plus(side: nil), sum, sums: [stream, out])
            stream = sum
            guard steps.isPost, steps.step(after) != nil else { return }
            add(.box(box(norm, .residual, after)), after)
            stream = after
        }
        part(
            Phrase(en: "masked self-attention", zh: "掩码自注意力"), .attentionOutput, .attentionOut, .norm1, .residualMid,
            .normalizedMid)
        part(
            Phrase(en: "cross-attention: the source", zh: "交叉注意力：原文"), .key, .crossAttentionOut, .norm2,
            .residualMidCross, .normalizedMidCross)
        part(
            Phrase(en: "feed-forward", zh: "前馈"), .feedForward, .feedForwardOut, .norm3, .residualPost,
            .normalizedPost)
        self.levels = levels
        layerCount = steps.trace.layers(of: .decoder).count
        focus = steps.place
        isPreNorm = !steps.isPost
        isTied = false
    }
}
