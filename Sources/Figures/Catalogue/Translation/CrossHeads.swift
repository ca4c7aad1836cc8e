import Drawing
import Tensors
import Tracing
import Wording

/// The patterns of all heads of a layer's cross-attention side by side.
package enum CrossHeads: TraceFigure {
    package static let id = "cross-heads"
    package static let title = Phrase(en: "All heads looking at the source", zh: "所有头都在看原文")
    package static let scope = FigureScope.perLayer
    package static let shows: [Label] = [Label.pattern.crossed]

    package static func isPossible(_ request: FigureRequest) -> Bool { !heads(request).isEmpty }

    private static func heads(_ request: FigureRequest) -> [CrossHead] {
        let name = StepName(Label.pattern.crossed, block: request.layer, stack: .decoder)
        guard let step = request.trace[name], step.shape.rank == 4 else { return [] }
        return (0..<step.shape[1]).compactMap { head in
            var part = request
            part.head = head
            return CrossHead(part)
        }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let heads = heads(request)
        guard let first = heads.first else { throw request.missing(Label.pattern.crossed) }
        let view = first.view
        let row = first.focus(request.position)
        let weights = PatternScale(heads: heads.map { $0.cells })
        let scale = weights.scale
        let shares = Shares(heads.flatMap { $0.cells })
        // Who is most decided about the token that the figure speaks of.
        let peaks = heads.map { $0.cells.cell(row, $0.strongest(row)) }
        let best = peaks.greatestPlace ?? 0
        let takeaway = Phrase(
            en: "Writing {token}, H{head} is the most decided: {key} {share}.",
            zh: "写{token}时，最集中的是 H{head}：{key}，{share}。"
        ).filled([
            "token": view.written.name(row), "head": Phrase(String(best)),
            "key": view.source.name(heads[best].strongest(row)),
            "share": shares.phrase(peaks[best]),
        ])
        let layer = request.layer
        return Slide(
            id: id, title: heads.count == 1 ? Phrase(en: "The only head looking at the source", zh: "唯一看原文的头") : title,
            subtitle: Phrase(
                en: "One picture a head: a row for each token that is written, a column for each of the source.",
                zh: "每个头一幅图：每个写出的词元一行，每个原文词元一列。"),
            here: MiniMap(.crossAttention, in: Stage.encoderDecoder, layer: layer), takeaway: takeaway,
            legend: [weights.legend],
            altText: CrossHead.altText(
                view,
                Phrase(
                    en: "Heat maps of the cross-attention of \(heads.count) heads.",
                    zh: "\(heads.count) 个交叉注意力头的热力图。"), takeaway)
        ) { density in
            let rows = TokenWindow(count: first.cells.count, named: [row])
            let columns = TokenWindow(count: view.source.count, named: heads.map { $0.strongest(row) })
            return ThatFits {
                for (most, fewest) in CrossHead.budgets(at: density, rows.count, columns.count) {
                    Fullest {
                        for across in [1, 2, 3, 4, 6, 8] where across <= max(1, heads.count) {
                            grid(
                                heads, across, (rows.shown(most), columns.shown(fewest)), row, scale, layer, density)
                        }
                    }
                }
            }
        }
    }

    /// Only the first of a line names its rows.
    private static func grid(
        _ heads: [CrossHead], _ across: Int, _ shown: (rows: [Int], columns: [Int]), _ focus: Int, _ scale: ValueScale,
        _ layer: Int, _ density: Density
    ) -> AnyMark {
        let marks = heads.enumerated().map { number, head -> AnyMark in
            let view = head.view
            let tags = head.cells.indices.map { view.tag(layer, number, $0, 0) }
            var matrix = Matrix(head.cells).columns(view.source).showing(rows: shown.rows, columns: shown.columns)
                .tagged(rows: { tags[$0].step }, { [0, number, tags[$0].index[2], $1] })
                .named(words: PlaceName.head(number), .probability).scaled(scale).digits(.none).withoutShape()
                .highlighting(row: focus)
            if number % across == 0 { matrix = matrix.rows(view.written) }
            return matrix.any
        }
        return Grid(
            columns: min(across, heads.count), spacing: Size(density.gap, density.gap * 0.8),
            alignment: Alignment(horizontal: 1, vertical: 1),
            marks
        ).any
    }
}
