import Drawing
import Tensors
import Tracing
import Wording

/// Back-propagation through the whole model: how large the gradient is that arrives at each stage, from the loss down
/// to the embedding, and what it asks of the weights there.
package enum GradientsFlowingBack: TraceFigure {
    package static let id = "gradients-flowing-back"
    package static let title = Phrase(en: "Gradients flow back", zh: "梯度往回传")
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
            let row = rows[end - 1]
            let caption = Phrase(
                en: "{name}: a gradient of length {size}", zh: "{name}：梯度长度为 {size}"
            ).filled(["name": row.name, "size": Phrase(Numbers.significant(row.size))])
            return Slide.Frame(caption: caption, altText: end == rows.count ? whole : caption, takeaway: whole) { _ in
                GradientFlow(rows: rows, reached: end, titles: titles).any
            }
        }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "From the loss of {loss}, each stage learns how its output should change, and passes the question on.",
                zh: "损失是 {loss}：由它出发，每个阶段先得知自己的输出该怎么变，再把这个问题往回传。"
            ).filled(["loss": Phrase(Numbers.fixed(number))]),
            here: .span(.embedding, .output),
            formula: Formula(
                #"\role{gradient}{\frac{\partial L}{\partial x}} = \role{gradient}{\frac{\partial L}{\partial y}} \cdot \frac{\partial y}{\partial x} \qquad \role{gradient}{\frac{\partial L}{\partial W}} = \role{gradient}{\frac{\partial L}{\partial y}} \cdot \frac{\partial y}{\partial W}"#
            ), takeaway: whole, frames: frames)
    }

    /// The stages in the order in which the gradient meets them.
    static func rows(_ request: FigureRequest) -> [GradientFlow.Row] {
        let trace = request.trace
        var rows: [GradientFlow.Row] = []
        let sizes = parameterSizes(trace)
        func add(_ name: StepName, _ words: Phrase, _ role: Role, _ belongs: (StepName) -> Bool = { _ in false }) {
            guard let gradient = trace[name.gradient] else { return }
            let squares = sizes.filter { belongs($0.name) }.map { $0.squares }
            rows.append(
                GradientFlow.Row(
                    name: words, role: role, step: name.gradient, size: gradient.tensor.sumOfSquares().squareRoot(),
                    weights: squares.isEmpty ? nil : squares.reduce(0, +).squareRoot()))
        }
        func starts(_ name: StepName, _ words: [String]) -> Bool {
            words.contains { name.label.rawValue.hasPrefix($0) }
        }
        add(StepName(.loss), Phrase(en: "loss", zh: "损失"), .gradient)
        add(StepName(.logits), Phrase(en: "logits", zh: "logits"), .scores) { starts($0, ["unembed."]) }
        add(StepName(.finalNorm), BlockText.finalNorm.phrase, .residual) { starts($0, ["ln_final."]) }
        for block in trace.layers.reversed() {
            let layer: KeyValuePairs<String, Phrase> = ["layer": Phrase(String(block))]
            add(.block(block, .feedForwardOut), BlockText.feedForwardOf.phrase.filled(layer), .feedForward) {
                $0.block == block && starts($0, ["mlp.", "ln2."])
            }
            add(.block(block, .attentionOut), BlockText.attentionOf.phrase.filled(layer), .attentionOutput) {
                $0.block == block && starts($0, ["attn.", "ln1."])
            }
        }
        add(.block(0, .residualPre), BlockText.embedding.phrase, .embedding) {
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
