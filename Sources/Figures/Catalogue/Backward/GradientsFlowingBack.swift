import Drawing
import Tensors
import Tracing
import Wording

/// Back-propagation through the whole model: how large the gradient is that arrives at each stage, from the loss down
/// to the embedding, and what it asks of the weights there.
package enum GradientsFlowingBack: TraceFigure {
    package static let id = "gradients-flowing-back"
    package static let title = Phrase(en: "Gradients flow back", zh: "梯度反向传播")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.loss, .logits, .finalNorm, .feedForwardOut, .attentionOut, .residualPre]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.trace[StepName(.loss).gradient] != nil && rows(request).count > 2
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let loss = try request.step(StepName(.loss).gradient)
        let rows = rows(request)
        guard !rows.isEmpty, loss.tensor.count > 0 else { throw request.unfit(loss) }
        // A deep model's frames go on in larger strides.
        let stride = max(1, (rows.count + 15) / 16)
        let ends = Array(Swift.stride(from: 1, to: rows.count, by: stride)) + [rows.count]
        let number =
            request.trace[StepName(.loss)].flatMap { $0.tensor.count > 0 ? Double($0.tensor[flat: 0]) : nil }
            ?? Double(loss.tensor[flat: 0])
        let titles = (
            vectors: Phrase(en: "gradient of the output, its length", zh: "输出的梯度（长度）"),
            weights: Phrase(en: "gradient of the weights, its length", zh: "权重的梯度（长度）")
        )
        let whole = takeaway(rows)
        let frames = ends.map { end in
            let caption = caption(rows[end - 1], isFirst: end == 1)
            let isLast = end == rows.count
            let list = rows.prefix(end).map { "\($0.name.english) \(Numbers.significant($0.size))" }
            let listed = rows.prefix(end).map { "\($0.name.chinese) \(Numbers.significant($0.size))" }
            let alt = Phrase(
                en:
                    "A way from the loss back to the embedding, with bars as long as the gradients so far: {list}. {words}",
                zh: "从损失回到嵌入的路，条的长度是到目前为止的梯度：{list}。{words}"
            ).filled([
                "list": Phrase(en: list.joined(separator: ", "), zh: listed.joined(separator: "，")),
                "words": isLast ? whole : caption,
            ])
            return Slide.Frame(caption: isLast ? whole : caption, altText: alt, takeaway: isLast ? whole : caption) {
                _ in GradientFlow(rows: rows, reached: end, titles: titles).any
            }
        }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "From the loss of {loss}, each stage learns how its output should change, and passes the question on.",
                zh: "损失是 {loss}：由它出发，每个阶段先得知自己的输出该怎么变，再把梯度往前一个阶段传。"
            ).filled(["loss": Phrase(Numbers.fixed(number))]),
            here: .span(.embedding, .output),
            formula: Formula(
                #"\role{gradient}{\frac{\partial L}{\partial x}} = \role{gradient}{\frac{\partial L}{\partial y}} \cdot \frac{\partial y}{\partial x} \qquad \role{gradient}{\frac{\partial L}{\partial W}} = \role{gradient}{\frac{\partial L}{\partial y}} \cdot \frac{\partial y}{\partial W}"#
            ), note: note(request), frames: frames)
    }

    /// The stages in the order in which the gradient meets them.
    static func rows(_ request: FigureRequest) -> [GradientFlow.Row] {
        let trace = request.trace
        var rows: [GradientFlow.Row] = []
        let sizes = parameterSizes(trace)
        func add(
            _ name: StepName, _ words: Phrase, _ role: Role, isBranch: Bool = false,
            _ belongs: (StepName) -> Bool = { _ in false }
        ) {
            guard let gradient = trace[name.gradient] else { return }
            let squares = sizes.filter { belongs($0.name) }.map { $0.squares }
            rows.append(
                GradientFlow.Row(
                    name: words, role: role, step: name.gradient, size: gradient.tensor.sumOfSquares().squareRoot(),
                    weights: squares.isEmpty ? nil : squares.reduce(0, +).squareRoot(), isBranch: isBranch))
        }
        func starts(_ name: StepName, _ words: [String]) -> Bool {
            words.contains { name.label.rawValue.hasPrefix($0) }
        }
        add(StepName(.loss), Phrase(en: "loss", zh: "损失"), .gradient)
        add(StepName(.logits), Phrase(en: "logits", zh: "得分"), .scores) { starts($0, ["unembed."]) }
        add(StepName(.finalNorm), BlockText.finalNorm.phrase, .residual) { starts($0, ["ln_final."]) }
        for block in trace.layers.reversed() {
            let layer: KeyValuePairs<String, Phrase> = ["layer": Phrase(String(block))]
            add(
                .block(block, .feedForwardOut), BlockText.feedForwardOf.phrase.filled(layer), .feedForward,
                isBranch: true
            ) {
                $0.block == block && starts($0, ["mlp.", "ln2."])
            }
            add(
                .block(block, .attentionOut), BlockText.attentionOf.phrase.filled(layer), .attentionOutput,
                isBranch: true
            ) {
                $0.block == block && starts($0, ["attn.", "ln1."])
            }
        }
        let hasPositions = sizes.contains { $0.name.block == nil && starts($0.name, ["pos_embed."]) }
        let start = hasPositions ? Phrase(en: "embedding, positions", zh: "词嵌入、位置") : BlockText.embedding.phrase
        add(.block(0, .residualPre), start, .embedding) {
            $0.block == nil && starts($0, ["embed.", "pos_embed."])
        }
        return rows
    }

    /// The sum of the squares of each parameter's gradient.
    private static func parameterSizes(_ trace: Trace) -> [(name: StepName, squares: Double)] {
        trace.steps.filter { $0.isParameter }.compactMap { step in
            trace[step.name.gradient].map { (step.name, $0.tensor.sumOfSquares()) }
        }
    }

    /// What stands beside the residual path gets the very gradient that goes on along it.
    private static func caption(_ row: GradientFlow.Row, isFirst: Bool) -> Phrase {
        let values: KeyValuePairs<String, Phrase> = [
            "name": row.name, "size": Phrase(Numbers.significant(row.size)),
            "weights": Phrase(Numbers.significant(row.weights ?? 0)),
        ]
        if isFirst {
            return Phrase(
                en: "It begins at the loss: of itself its gradient is {size}.", zh: "从损失开始：它对自己的梯度是 {size}。"
            ).filled(values)
        }
        if row.isBranch {
            return Phrase(
                en:
                    "{name}: a gradient of length {size} goes in, and the same goes straight on along the stream; its weights get {weights}.",
                zh: "{name}：长度为 {size} 的梯度进入这里，同样的梯度也沿残差流直接往下传；权重得到的梯度长 {weights}。"
            ).filled(values)
        }
        return row.weights == nil
            ? Phrase(en: "{name}: a gradient of length {size}.", zh: "{name}：梯度长度为 {size}。").filled(values)
            : Phrase(
                en: "{name}: a gradient of length {size}; the weights there get {weights}.",
                zh: "{name}：梯度长度为 {size}；这里的权重得到的梯度长 {weights}。"
            ).filled(values)
    }

    private static func note(_ request: FigureRequest) -> Phrase? {
        guard LogitsToProbabilities.isTied(request.trace) else { return nil }
        return Phrase(
            en: "The embedding’s matrix is the output’s too: its gradient is the sum of what both ends ask.",
            zh: "嵌入矩阵也用作输出矩阵：它的梯度是两端要求之和。")
    }

    private static func takeaway(_ rows: [GradientFlow.Row]) -> Phrase {
        guard let last = rows.last,
            let most = rows.filter({ $0.weights?.isNaN != true }).max(by: { ($0.weights ?? 0) < ($1.weights ?? 0) })
        else {
            return title
        }
        return Phrase(
            en:
                "The gradient reaches the last stage with a length of {size}; the weights of “{name}” get the longest one: {most}.",
            zh: "梯度传到最后一个阶段时，长度是 {size}；权重的梯度以“{name}”处为最长：{most}。"
        ).filled([
            "size": Phrase(Numbers.significant(last.size)), "name": most.name,
            "most": Phrase(Numbers.significant(most.weights ?? 0)),
        ])
    }
}
