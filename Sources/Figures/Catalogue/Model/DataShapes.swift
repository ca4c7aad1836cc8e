import Drawing
import Tensors
import Tracing
import Wording

/// The data's way through the model: every step's tensor, its width to scale, from token ids to probabilities.
package enum DataShapes: TraceFigure {
    package static let id = "data-shapes"
    package static let title = Phrase(en: "The shape of the data, step by step", zh: "数据一路上的形状")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [
        .embed, .positionEmbed, .residualPre, .query, .key, .value, .pattern, .z, .attentionOut, .residualMid,
        .hiddenPost, .feedForwardOut, .residualPost, .finalNorm, .logits, .probabilities,
    ]

    /// Of two stacks the map of both tells the shapes.
    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.trace.stacks.count == 1 && hasLadder(request)
    }

    /// Whether three rungs or more are there; without making them, for every figure of a text is asked that.
    private static func hasLadder(_ request: FigureRequest) -> Bool {
        let trace = request.trace
        let layer = layer(request)
        let whole: [Label] = [.embed, .positionEmbed, .finalNorm, .logits, .probabilities]
        let inside: [Label] = [.residualPre, .attentionOut, .hiddenPost, .feedForwardOut, .residualPost]
        let heads: [Label] = [.query, .key, .value, .pattern, .z]
        return (request.labels.isEmpty ? 0 : 1) + whole.count { trace[StepName($0)]?.shape.rank == 3 }
            + inside.count { trace[.block(layer, $0)]?.shape.rank == 3 }
            + heads.count { trace[.block(layer, $0)]?.shape.rank == 4 } > 2
    }

    private static func layer(_ request: FigureRequest) -> Int {
        let layers = request.trace.layers
        return layers.contains(request.layer) ? request.layer : layers.last ?? 0
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let rungs = rungs(request)
        let layers = request.trace.layerCount
        let ladder = ShapeLadder(
            rungs: rungs,
            repeats: layers > 0
                ? Phrase(en: layers == 1 ? "1 layer" : "× \(layers) layers", zh: "× \(layers) 层") : nil)
        let tokens = request.labels.count
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Widths to scale. Only the width changes: every token keeps its own row from start to end.",
                zh: "宽度按比例画。变的只是宽度：每个词元从头到尾各占一行。"),
            here: .span(.tokens, .output), takeaway: takeaway(request, rungs, tokens),
            note: Phrase(
                en: "Colours: each tensor’s own values, orange negative, blue positive.", zh: "颜色是各张量自己的数值：橙为负，蓝为正。")
        ) { _ in ladder }
    }

    private static func rungs(_ request: FigureRequest) -> [ShapeLadder.Rung] {
        let trace = request.trace
        let layer = layer(request)
        func whole(
            _ name: StepName, _ text: BlockText, _ role: Role, isRepeated: Bool = false, scale: ValueScale? = nil
        )
            -> ShapeLadder.Rung?
        {
            guard let step = trace[name], step.shape.rank == 3 else { return nil }
            let table = step.rowsByPosition
            return ShapeLadder.Rung(
                name: text.phrase, shape: Array(step.shape.dimensions.dropFirst()),
                parts: [Thumbnail(table, scale: scale, role: role, step: name)], units: step.shape[2],
                isRepeated: isRepeated)
        }
        func heads(_ label: Label, _ text: BlockText, _ role: Role) -> ShapeLadder.Rung? {
            guard let step = trace[.block(layer, label)], step.shape.rank == 4 else { return nil }
            let isPattern = step.axes.contains(.key) || label == .pattern
            let count = isPattern ? step.shape[1] : step.shape[2]
            let tables = (0..<count).map { isPattern ? step.cells(head: $0) : step.rows(head: $0) }
            // Of a long text the weights are all small.
            let scale = isPattern ? PatternScale(heads: tables).scale : nil
            let parts = tables.map { Thumbnail($0, scale: scale, role: role, step: step.name) }
            return ShapeLadder.Rung(
                name: text.phrase, shape: Array(step.shape.dimensions.dropFirst()), parts: parts,
                units: count * step.shape[3], isRepeated: true)
        }
        let inside: (Label, BlockText, Role) -> ShapeLadder.Rung? = {
            whole(.block(layer, $0), $1, $2, isRepeated: true)
        }
        let tokens = ShapeLadder.Rung(
            name: BlockText.tokens.phrase, shape: [request.labels.count], parts: [], units: 1,
            chips: request.labels, isRepeated: false)
        let all: [ShapeLadder.Rung?] = [
            request.labels.isEmpty ? nil : tokens,
            whole(StepName(.embed), .embedding, .embedding), whole(StepName(.positionEmbed), .position, .position),
            inside(.residualPre, .intoLayer, .residual), heads(.query, .queries, .query), heads(.key, .keys, .key),
            heads(.value, .values, .value), heads(.pattern, .pattern, .probability),
            heads(.z, .mixed, .attentionOutput),
            inside(.attentionOut, .attentionAdds, .attentionOutput), inside(.hiddenPost, .neurons, .feedForward),
            inside(.feedForwardOut, .feedForwardAdds, .feedForward), inside(.residualPost, .afterLayer, .residual),
            whole(StepName(.finalNorm), .finalNorm, .residual), whole(StepName(.logits), .logits, .probability),
            whole(StepName(.probabilities), .probabilities, .probability, scale: probabilityScale(trace)),
        ]
        return all.compactMap { $0 }
    }

    private static func probabilityScale(_ trace: Trace) -> ValueScale? {
        trace[StepName(.probabilities)].map { .sequential(limit: max(Statistics($0.tensor).maximum, 1e-9)) }
    }

    private static func takeaway(_ request: FigureRequest, _ rungs: [ShapeLadder.Rung], _ tokens: Int) -> Phrase {
        let widest = rungs.max { $0.units < $1.units }
        let sentence =
            tokens == 1
            ? Phrase(
                en: "One token in, one row all the way; the widest step is “{name}”: {width} {width|number|numbers}.",
                zh: "输入 1 个词元，一路都是 1 行；最宽的一步是“{name}”，有 {width} 个数。")
            : Phrase(
                en:
                    "{count} {count|token|tokens} in, {count} {count|row|rows} all the way; the widest step is “{name}”: {width} {width|number|numbers} a token.",
                zh: "输入 {count} 个词元，一路都是 {count} 行；最宽的一步是“{name}”，每个词元 {width} 个数。")
        return sentence.filled([
            "count": Phrase(String(tokens)), "name": widest?.name ?? "",
            "width": Phrase(Numbers.count(widest?.units ?? 0)),
        ])
    }
}
