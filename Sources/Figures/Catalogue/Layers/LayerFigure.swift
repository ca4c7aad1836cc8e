import Drawing
import Tensors
import Tracing
import Wording

/// One layer end to end: every step's tensor as a small picture, where it leaves the stream and where it comes back.
package enum LayerFigure: TraceFigure {
    package static let id = "layer"
    package static let title = Phrase(en: "One layer, end to end", zh: "一层，从头到尾")
    package static let scope = FigureScope.perLayer
    package static let isOfEachStack = true
    package static let shows: [Label] = [
        .residualPre, .norm1, .query, .key, .value, .pattern, .z, .attentionOut, .residualMid, .norm2, .hiddenPre,
        .hiddenPost, .feedForwardOut, .residualPost,
    ]

    /// The most heads that are drawn one by one.
    private static let mostHeads = 64

    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.has([.residualPre, .residualPost, .attentionOut, .feedForwardOut])
            && !request.has([.crossAttentionOut]) && request.isSequential
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let isPostNorm = request.has([.normalizedPost]) && request.residual != .added
        let scale = streamScale(request)
        let patterns = patternScale(request)
        let flow = LayerFlow(
            stream: stream(request, isPostNorm, scale.scale),
            branches: [attention(request, patterns.scale), feedForward(request)], isPostNorm: isPostNorm,
            normName: BlockText.norm.phrase)
        return Slide(
            id: id, title: title,
            subtitle: isPostNorm
                ? Phrase(
                    en: "Two branches leave the stream and are added back; each sum is normalised.",
                    zh: "两条支路离开残差流，又加回来；每次求和之后再归一化。")
                : Phrase(
                    en: "Two branches leave the stream, and are added back to it.",
                    zh: "两条支路离开残差流，算完再加回来。"),
            here: .layer(of: request), formula: ResidualStream.formula(isPostNorm, request),
            takeaway: takeaway(request),
            note: request.style.canvas.width < 1000
                ? nil : Phrase(en: "other pictures: each its own scale", zh: "其余小图各按自己的范围着色"),
            legend: [
                scale.legend(Phrase(en: "stream", zh: "残差流")).any,
                ColorScale(
                    patterns.scale,
                    patterns.isClipped
                        ? Phrase(en: "attention pattern, clipped at the end", zh: "注意力分布（超出右端的按右端着色）")
                        : BlockText.pattern.phrase
                ).any,
            ],
            altText: request.altText(
                Phrase(
                    en:
                        "The residual stream as a line; attention leaves it, with its queries, keys, values and the patterns of its heads, and is added back; then feed-forward does. Each tensor is a small picture.",
                    zh: "残差流是一条线；注意力从中分出，画着查询、键、值和各头的注意力分布，再加回去；前馈也一样。每个张量是一幅小图。"),
                takeaway(request))
        ) { _ in flow }
    }

    /// One scale for the heads that are drawn: of a long text their weights are all small.
    private static func patternScale(_ request: FigureRequest) -> PatternScale {
        guard let pattern = request.trace[request.name(.pattern)], pattern.shape.rank == 4 else {
            return PatternScale(heads: [])
        }
        return PatternScale(heads: (0..<min(pattern.shape[1], mostHeads)).map { pattern.cells(head: $0) })
    }

    private static func streamScale(_ request: FigureRequest) -> ClippedScale {
        ClippedScale(
            [Label.residualPre, .residualMid, .residualPost].compactMap { request.trace[request.name($0)] }
                .flatMap { $0.rowsByPosition.joined() })
    }

    private static func stop(
        _ request: FigureRequest, _ label: Label, _ text: BlockText, _ role: Role, weight: Double = 1,
        scale: ValueScale? = nil
    ) -> LayerFlow.Stop? {
        guard let step = request.trace[request.name(label)], step.shape.rank == 3 else { return nil }
        return LayerFlow.Stop(
            name: text.phrase, shape: Array(step.shape.dimensions.dropFirst()),
            pictures: [Thumbnail(step.rowsByPosition, scale: scale, role: role, step: step.name)], weight: weight)
    }

    private static func stream(_ request: FigureRequest, _ isPostNorm: Bool, _ scale: ValueScale) -> [LayerFlow.Stop] {
        let labels: [(Label, BlockText)] = [
            (.residualPre, .intoLayer), (isPostNorm ? .normalizedMid : .residualMid, .afterAttention),
            (isPostNorm ? .normalizedPost : .residualPost, .afterLayer),
        ]
        return labels.compactMap { stop(request, $0.0, $0.1, .residual, scale: scale) }
    }

    private static func attention(_ request: FigureRequest, _ scale: ValueScale) -> LayerFlow.Branch {
        var stops: [LayerFlow.Stop] = []
        if let norm = stop(request, .norm1, .norm, .residual) { stops.append(norm) }
        let projections: [(Label, Role)] = [(.query, .query), (.key, .key), (.value, .value)]
        let pictures = projections.compactMap { label, role in
            request.trace[request.name(label)].map { step in
                Thumbnail(joined(step), role: role, step: step.name)
            }
        }
        if !pictures.isEmpty, let query = request.trace[request.name(.query)], query.shape.rank == 4 {
            stops.append(
                LayerFlow.Stop(
                    name: Phrase("Q · K · V"), shape: [query.shape[1], query.shape[2] * query.shape[3]],
                    // Heads that share their keys and values have fewer of them.
                    widths: pictures.map { $0.values.first?.count ?? 0 }, pictures: pictures, arrangement: .stack))
        }
        if let pattern = request.trace[request.name(.pattern)], pattern.shape.rank == 4 {
            let heads = pattern.shape[1]
            let shown = min(heads, mostHeads)
            stops.append(
                LayerFlow.Stop(
                    name: shown < heads
                        ? Phrase(en: "{shown} of {count} {count|head|heads}", zh: "{count} 个头中的 {shown} 个").filled([
                            "count": Phrase(String(heads)), "shown": Phrase(String(shown)),
                        ]) : BlockText.headsOf.phrase.filled(["count": Phrase(String(heads))]),
                    shape: Array(pattern.shape.dimensions.dropFirst()),
                    pictures: (0..<shown).map {
                        Thumbnail(
                            pattern.cells(head: $0), scale: scale, role: .probability, step: pattern.name,
                            words: "H\($0)")
                    }, arrangement: .grid, weight: 1.7))
        }
        if let z = request.trace[request.name(.z)], z.shape.rank == 4 {
            stops.append(
                LayerFlow.Stop(
                    name: BlockText.mixedShort.phrase, shape: [z.shape[1], z.shape[2] * z.shape[3]],
                    pictures: [Thumbnail(joined(z), role: .attentionOutput, step: z.name)]))
        }
        if let out = stop(request, .attentionOut, .out, .attentionOutput) { stops.append(out) }
        return LayerFlow.Branch(
            title: Phrase(en: "attention: tokens look at each other", zh: "注意力：词元互相看"), role: .attentionOutput,
            stops: stops)
    }

    private static func feedForward(_ request: FigureRequest) -> LayerFlow.Branch {
        let stops = [
            stop(request, .norm2, .norm, .residual), stop(request, .hiddenPre, .hiddenShort, .feedForward, weight: 2),
            stop(request, .hiddenPost, .activatedShort, .feedForward, weight: 2),
            stop(request, .feedForwardOut, .out, .feedForward),
        ]
        return LayerFlow.Branch(
            title: Phrase(en: "feed-forward: each token alone", zh: "前馈：每个词元各自加工"), role: .feedForward,
            stops: stops.compactMap { $0 })
    }

    /// All heads of `[batch, position, head, head width]` side by side, a row a position.
    private static func joined(_ step: Step) -> [[Float]] {
        guard step.shape.rank == 4 else { return [] }
        let heads = (0..<step.shape[2]).map { step.rows(head: $0) }
        return (0..<step.shape[1]).map { position in heads.flatMap { $0.row(position) } }
    }

    /// Where the token in focus looks, and how many of its neurons answer.
    private static func takeaway(_ request: FigureRequest) -> Phrase {
        let focus = request.focus
        let name = { (place: Int) in
            request.labels.name(place)
        }
        var values: [(String, Phrase)] = [("token", name(focus))]
        var looks = Phrase(en: "{token} looks only at itself", zh: "{token}只看自己")
        if request.trace[request.name(.pattern)] == nil {
            // Where it looks, this trace does not tell.
            looks = Phrase(en: "Attention adds its part to {token}", zh: "注意力把自己的结果加到{token}上")
        } else if let best = strongest(request, focus) {
            looks = Phrase(
                en: "Of the other tokens {token} looks most at {other} (H{head}, {share})",
                zh: "别的词元里，{token}最关注{other}（H{head}，{share}）")
            values += [
                ("other", name(best.key)), ("head", Phrase(String(best.head))),
                ("share", best.share),
            ]
        }
        var answers = Phrase(en: "; then feed-forward works on it alone.", zh: "，随后由前馈单独加工。")
        if let post = request.trace[request.name(.hiddenPost)] {
            let row = HiddenRow(request, post)
            answers = Phrase(
                en: "; then {active} of {all} {all|neuron|neurons} switch on.", zh: "，再激活 {all} 个神经元中的 {active} 个。")
            values += [("active", Phrase(Numbers.count(row.active))), ("all", Phrase(Numbers.count(row.values.count)))]
        }
        let sentence = Phrase(en: looks.english + answers.english, zh: looks.chinese + answers.chinese)
        return values.reduce(sentence) { $0.filled([$1.0: $1.1]) }
    }

    /// The greatest weight that the focus gives to another token, over all heads.
    private static func strongest(_ request: FigureRequest, _ focus: Int) -> (head: Int, key: Int, share: Phrase)? {
        guard let pattern = request.trace[request.name(.pattern)], pattern.shape.rank == 4 else { return nil }
        var best: (head: Int, key: Int, share: Float)?
        for head in 0..<pattern.shape[1] {
            for (key, share) in pattern.row(0, head, focus).enumerated() where key != focus {
                if share > best?.share ?? 0 { best = (head, key, share) }
            }
        }
        guard let best else { return nil }
        let shares = Shares(row: pattern.row(0, best.head, focus))
        let text = shares.text(best.share)
        return (best.head, best.key, Phrase(en: text, zh: shares.areWhole ? "占 " + text : "权重 " + text))
    }
}
