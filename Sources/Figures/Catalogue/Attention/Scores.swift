import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// Every query meets every key: the dot products of one head, one of them spelled out.
package enum Scores: TraceFigure {
    package static let id = "scores"
    package static let title = Phrase(en: "Every query meets every key", zh: "每个查询与每个键相遇")
    package static let scope = FigureScope.perHead
    package static let isOfEachStack = true
    package static let shows: [Label] = [.dotProducts, .query, .key, .unmaskedScores, .scores]

    /// Other engines keep only the scaled or the masked scores: each is shown as what it is.
    private static let kinds: [(label: Label, words: Phrase, isScaled: Bool)] = [
        (.dotProducts, Phrase(en: "dot products", zh: "点积"), false),
        (.unmaskedScores, AttentionText.scaled.phrase, true), (.scores, AttentionText.masked.phrase, true),
    ]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        let view = HeadView(request)
        return view.compared != nil && kinds.contains { view.has($0.label) && request.isBorneOut($0.label) }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let view = HeadView(request)
        guard let compared = view.compared,
            let kind = kinds.first(where: { view.has($0.label) && request.isBorneOut($0.label) })
        else {
            throw request.missing(.dotProducts)
        }
        let (queries, keys) = compared
        let products = view.cells(kind.label)
        let focus = view.focus
        let row = products.row(focus)
        let best = view.strongest(row, of: focus)
        let window = request.window(products.count, named: [focus, best])
        let inputs = ClippedScale(edgesOf: [queries.cells, keys.cells])
        let outputs = ClippedScale(products.joined())
        let formula =
            kind.isScaled
            ? #"\role{scores}{S} = \frac{\role{query}{Q}\role{key}{K^\top}}{\sqrt{d}}"#
            : #"\left(\role{query}{Q}\role{key}{K^\top}\right)_{ij} = \role{query}{q_i} \cdot \role{key}{k_j}"#
        let takeaway = takeaway(view, row, best)
        let canvas = request.style.canvas
        let spells =
            kind.label == .dotProducts && canvas.height >= 640 && !request.style.isQuiet
            && products.count <= (canvas.height < canvas.width ? 6 : 12)
        let arithmetic = spells ? Self.arithmetic(view, focus, best, compared, inputs.scale, room: canvas.width) : nil
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "A score begins as a dot product: multiply number by number, then add. The larger, the better they fit.",
                zh: "得分来自点积：逐个相乘，再相加。得分越高，两者越匹配。"),
            here: view.here, formula: Formula(formula),
            takeaway: takeaway,
            legend: [inputs.legend(Phrase("Q, K")), outputs.legend(kind.words)].map { $0.any },
            altText: request.altText(
                Phrase(
                    en:
                        "The queries of one head times its transposed keys give a square of scores, a row for each query.",
                    zh: "一个头的查询乘以转置后的键，得到一个得分方阵，每行一个查询。"), takeaway)
        ) { density in
            let pictures = window.pictures(arithmetic == nil ? [false] : [true, false], at: density)
            let columns = TokenWindow.columns(at: density)
            return window.arranged(at: density, columns: columns, as: pictures) { shown, width, isSpelled in
                let left = queries.matrix().named("Q", .query, view.words(queries, .queries)).rows(view.labels)
                    .scaled(inputs.scale).columnsElided(to: width, of: queries.width).showing(rows: shown)
                    .highlighting(row: focus).axes(columns: AxisWords.headWidth.phrase)
                let right = keys.transposed().named("K^\\top", .key, view.words(keys, .keys)).columns(view.labels)
                    .scaled(inputs.scale).rowsElided(to: width, of: keys.width).showing(columns: shown)
                    .highlighting(column: best).axes(rows: AxisWords.headWidth.phrase)
                let result = view.square(kind.label, products, showing: shown).named(
                    kind.isScaled ? "S" : "QK^\\top", .scores, kind.words
                )
                .scaled(outputs.scale).hiding(kind.label == .scores ? products : []).highlighting(cell: focus, best)
                .queriesByKeys()
                let picture = Fullest {
                    HStack {
                        left
                        Symbol("×")
                        right
                        Symbol("=")
                        result
                    }
                    // As by hand: each score stands to the right of its query and under its key.
                    Grid(columns: 2, spacing: Size(density.gap, density.gap * 0.5)) {
                        Blank()
                        right
                        left
                        result
                    }
                }
                guard isSpelled, let arithmetic else { return picture.any }
                return VStack(spacing: density.gap * 1.2) {
                    picture
                    arithmetic(density)
                }.any
            }
        }
    }

    /// With which key the query scores highest, of those that it may see.
    private static func takeaway(_ view: HeadView, _ row: [Float], _ best: Int) -> Phrase {
        let focus = view.focus
        let values: KeyValuePairs<String, Phrase> = [
            "query": view.token(focus),
            "key": best == focus
                ? Phrase(en: "its own key", zh: "自己的键")
                : Phrase(en: "the key of {key}", zh: "{key}的键").filled(["key": view.token(best)]),
            "value": Phrase(Numbers.fixed(Double(row.indices.contains(best) ? row[best] : .nan))),
        ]
        let sees = view.isCausal ? min(focus + 1, row.count) : row.count
        if sees < 2 {
            return Phrase(en: "{query} may only see itself: the score is {value}.", zh: "{query}只看得到自己，得分是 {value}。")
                .filled(values)
        }
        let whole = Phrase(
            en: "The query of {query} scores highest with {key}: {value}.", zh: "{query}的查询与{key}得分最高：{value}。")
        let part = Phrase(
            en: "Of the keys that it may see, the query of {query} scores highest with {key}: {value}.",
            zh: "在看得到的键里，{query}的查询与{key}得分最高：{value}。")
        return (sees < row.count ? part : whole).filled(values)
    }

    /// One dot product in full, from the trace's own account of the cell: query, key, products, sum.
    private static func arithmetic(
        _ view: HeadView, _ query: Int, _ key: Int,
        _ compared: (queries: HeadView.Projection, keys: HeadView.Projection),
        _ scale: ValueScale, room: Double
    ) -> (@Sendable (Density) -> AnyMark)? {
        guard
            let account = try? view.request.trace.explain(
                view.request.name(.dotProducts), at: [0, view.head, query - view.earlier, key]),
            case .sum(let parts) = account.expression
        else { return nil }
        let inputs = account.inputs
        let trace = view.request.trace
        let products = parts.map { part in
            Float(part.value { input, index in Double(trace[inputs[input]]?.tensor.cell(index) ?? .nan) })
        }
        let (asks, answers) = (compared.queries.cells.row(query), compared.keys.cells.row(key))
        let names = (query: view.display(query), key: view.display(key))
        let (first, second) = (compared.queries, compared.keys)
        return { density in
            let most = max(4, min(15, Int(clamping: (room - 360) / (density.drawnCell.width + 2))))
            func line(_ cells: [Float], _ label: String, _ role: Role, _ scale: ValueScale) -> Matrix {
                Matrix([cells]).named(nil, role).withoutShape().scaled(scale).columnsElided(to: most, of: cells.count)
                    .rows([TokenLabel(display: label)])
            }
            let rows: [AnyMark] = [
                line(asks, "q · " + names.query, .query, scale).tagged(first.name) {
                    [0, query - first.earlier, first.head, $1]
                }
                .any,
                line(answers, "k · " + names.key, .key, scale).tagged(second.name) {
                    [0, key - second.earlier, second.head, $1]
                }
                .any,
                // Products of two cells, not cells themselves: the trace holds their sum only.
                line(products, "q × k", .scores, .fitting(products)).any,
            ]
            let sum = Adaptive { space in
                Text([
                    Text.Run("Σ ≈ ", font: .body, tint: .muted),
                    Text.Run(Numbers.fixed(account.value), font: .mono(.heading), tint: .role(.scores)),
                ]).frame(height: space.density.drawnCell.height + 8).any
            }
            return HStack(.bottom, spacing: 18) {
                VStack(.trailing, spacing: 6, rows)
                sum
            }.any
        }
    }
}
