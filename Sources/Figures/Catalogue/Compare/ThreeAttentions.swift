import Drawing
import Tensors
import Tracing
import Wording

/// The three attentions of an encoder–decoder side by side: who asks, and who answers.
package enum ThreeAttentions: TraceFigure {
    package static let id = "three-attentions"
    package static let title = Phrase(en: "Three attentions", zh: "三种注意力")
    package static let scope = FigureScope.once
    package static let shows: [Label] = []
    package static let readsEveryPass = true

    package static func isPossible(_ request: FigureRequest) -> Bool { tables(request) != nil }

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        [
            StepName(.pattern, block: request.layer, stack: .encoder),
            StepName(.pattern, block: request.layer, stack: .decoder),
            StepName(Label.pattern.crossed, block: request.layer, stack: .decoder),
        ]
    }

    private struct Kind: Sendable {
        var words: Phrase
        var cells: [[Float]]
        var rows: [TokenLabel]
        var columns: [TokenLabel]
        var tag: @Sendable (Int, Int) -> Tag
        var rowAxis: Phrase
        var columnAxis: Phrase
    }

    private static func tables(_ request: FigureRequest) -> [Kind]? {
        guard request.trace.stacks.contains(.encoder), let cross = CrossHead(request) else { return nil }
        func own(_ stack: Stack, _ words: Phrase, _ axis: Phrase) -> Kind? {
            var part = request
            part.stack = stack
            let view = HeadView(part)
            let cells = view.cells(.pattern)
            guard !cells.isEmpty, cells.count == view.labels.count, cells.contains(where: { !$0.isEmpty }) else {
                return nil
            }
            let head = request.head
            return Kind(
                words: words, cells: cells, rows: view.labels, columns: view.labels,
                tag: { view.tag(.pattern, head: head, $0, $1) }, rowAxis: axis, columnAxis: axis)
        }
        let source = Phrase(en: "source", zh: "原文")
        let target = Phrase(en: "target", zh: "写出的")
        guard
            let encoder = own(.encoder, Phrase(en: "self-attention", zh: "自注意力"), source),
            let decoder = own(.decoder, Phrase(en: "masked self-attention", zh: "掩码自注意力"), target)
        else { return nil }
        let view = cross.view
        let (layer, head) = (request.layer, request.head)
        let crossed = Kind(
            words: Phrase(en: "cross-attention", zh: "交叉注意力"), cells: cross.cells, rows: view.read,
            columns: view.source, tag: { view.tag(layer, head, $0, $1) }, rowAxis: target, columnAxis: source)
        return [encoder, decoder, crossed]
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let kinds = tables(request) else { throw request.missing(.pattern) }
        let scale = ValueScale.shares(kinds.flatMap { $0.cells.joined() })
        let hidden = kinds[1].cells.indices.reduce(0) { $0 + max(0, kinds[1].columns.count - 1 - $1) }
        let takeaway = Phrase(
            en:
                "Each of {source} source tokens sees all of them; of {target} written ones each sees only itself and those before ({hidden} {hidden|cell|cells} are hidden); every one of them sees the whole source.",
            zh: "{source} 个原文词元互相都能看到；{target} 个写出的词元只看得到自己和前面的（遮住 {hidden} 格），又都看得到整个原文。"
        ).filled([
            "source": Phrase(String(kinds[0].columns.count)), "target": Phrase(String(kinds[1].columns.count)),
            "hidden": Phrase(String(hidden)),
        ])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "Rows ask, columns answer: the same arithmetic, other askers and other answerers (L{layer} · H{head}).",
                zh: "行是提问者，列是回答者：算法相同，问的和答的不同（L{layer} · H{head}）。"
            ).filled(["layer": Phrase(String(request.layer)), "head": Phrase(String(request.head))]),
            here: MiniMap(.crossAttention, in: Stage.encoderDecoder),
            formula: Formula(
                #"\role{probability}{P} = \softmax\left(\frac{\role{query}{Q}\role{key}{K^\top}}{\sqrt{d}}\right)"#),
            takeaway: takeaway,
            legend: [
                ColorScale(scale, AttentionText.weights.phrase).any,
                LegendKey(.fill(.panel), AttentionText.hidden.phrase).any,
            ],
            altText: Phrase(
                en: "Three tables of weights. Source: {source}. Target: {target}. {takeaway}",
                zh: "三张权重表。原文：{source}。写出：{target}。{takeaway}"
            ).filled([
                "source": kinds[0].columns.elided, "target": kinds[1].columns.elided,
                "takeaway": takeaway,
            ]), densities: Density.fine
        ) { density in
            Adaptive { space in
                let budgets = density.cell == Density.fine.last?.cell ? [24, 16, 12, 8, 6, 4] : [24]
                return ThatFits {
                    for budget in budgets {
                        let tables = kinds.enumerated().map { order, kind -> AnyMark in
                            table(kind, scale, isMasked: order == 1, most: budget)
                        }
                        if space.width > space.height * 1.1 {
                            HStack(.middle, spacing: density.gap * 1.3, tables)
                        } else {
                            VStack(spacing: density.gap, tables)
                            VStack(spacing: density.gap) {
                                HStack(.middle, spacing: density.gap, Array(tables.prefix(2)))
                                tables[2]
                            }
                        }
                    }
                }.any
            }.any
        }
    }

    private static func table(_ kind: Kind, _ scale: ValueScale, isMasked: Bool, most: Int) -> AnyMark {
        let rows = TokenWindow(count: kind.cells.count, named: [kind.cells.count - 1]).shown(most)
        let columns = TokenWindow(count: kind.columns.count, named: [kind.columns.count - 1]).shown(most)
        let matrix = Matrix(kind.cells).rows(kind.rows).columns(kind.columns).showing(rows: rows, columns: columns)
            .named(words: kind.words, .probability).scaled(scale).withoutShape()
            .axes(rows: kind.rowAxis, columns: kind.columnAxis)
            .tagged(rows: { kind.tag($0, 0).step }, { kind.tag($0, $1).index })
        return (isMasked ? matrix.causal() : matrix).any
    }
}
