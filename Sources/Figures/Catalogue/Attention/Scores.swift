import Drawing
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
        let window = TokenWindow(count: products.count, named: [focus, best])
        let inputs = ValueScale.fitting(tables: [queries.cells, keys.cells])
        let outputs = ValueScale.fitting(tables: [products])
        let value = Phrase(Numbers.fixed(Double(best < row.count ? row[best] : .nan)))
        let formula =
            kind.isScaled
            ? #"\role{scores}{S} = \frac{\role{query}{Q}\role{key}{K^\top}}{\sqrt{d}}"#
            : #"\role{scores}{S} = \role{query}{Q}\,\role{key}{K^\top}"#
        let takeaway = Phrase(
            en: "The query of “{query}” agrees most with the key of “{key}”: {value}.",
            zh: "“{query}”的查询与“{key}”的键最合：{value}。"
        ).filled(["query": view.token(focus), "key": view.token(best), "value": value])
        let spells = kind.label == .dotProducts && request.style.canvas.height >= 640 && products.count <= 12
        let arithmetic = spells ? Self.arithmetic(view, focus, best, compared, [inputs, outputs]) : nil
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "A score is a dot product: multiply number by number, then add. The larger, the better they fit.",
                zh: "分数就是点积：逐个相乘，再相加。分数越大，两者越合。"),
            here: view.here, formula: Formula(formula),
            takeaway: takeaway,
            legend: [ColorScale(inputs, Phrase("Q, K")).any, ColorScale(outputs, kind.words).any]
        ) { density in
            let pictures = arithmetic == nil ? [false] : density.isLast ? [true, false] : [true]
            let columns = TokenWindow.columns(at: density)
            return window.arranged(at: density, columns: columns, as: pictures) { shown, width, isSpelled in
                let left = queries.matrix().named("Q", .query, view.words(queries, .queries)).rows(view.labels)
                    .scaled(inputs).columnsElided(to: width, of: queries.width).showing(rows: shown)
                    .highlighting(row: focus).axes(columns: AxisWords.headWidth.phrase)
                let right = keys.transposed().named("K^\\top", .key, view.words(keys, .keys)).columns(view.labels)
                    .scaled(inputs).rowsElided(to: width, of: keys.width).showing(columns: shown)
                    .highlighting(column: best).axes(rows: AxisWords.headWidth.phrase)
                let result = view.square(kind.label, products, showing: shown).named("S", .scores, kind.words)
                    .scaled(outputs).hiding(kind.label == .scores ? products : []).highlighting(cell: focus, best)
                    .queriesByKeys()
                let picture = HStack {
                    left
                    Symbol("×")
                    right
                    Symbol("=")
                    result
                }
                guard isSpelled, let arithmetic else { return picture.any }
                return VStack(spacing: density.gap * 1.2) {
                    picture
                    arithmetic(density)
                }.any
            }
        }
    }

    /// One dot product in full, from the trace's own account of the cell: query, key, products, sum.
    private static func arithmetic(
        _ view: HeadView, _ query: Int, _ key: Int,
        _ compared: (queries: HeadView.Projection, keys: HeadView.Projection),
        _ scales: [ValueScale]
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
        let names = (query: view.token(query).english, key: view.token(key).english)
        let (first, second) = (compared.queries, compared.keys)
        return { density in
            func line(_ cells: [Float], _ label: String, _ role: Role, _ scale: ValueScale) -> Matrix {
                Matrix([cells]).named(nil, role).withoutShape().scaled(scale).columnsElided(to: 15, of: cells.count)
                    .rows([TokenLabel(display: label)])
            }
            let rows: [AnyMark] = [
                line(asks, "q · " + names.query, .query, scales[0]).tagged(first.name) {
                    [0, query - first.earlier, first.head, $1]
                }
                .any,
                line(answers, "k · " + names.key, .key, scales[0]).tagged(second.name) {
                    [0, key - second.earlier, second.head, $1]
                }
                .any,
                // Products of two cells, not cells themselves: the trace holds their sum only.
                line(products, "q × k", .scores, .fitting(products)).any,
            ]
            let sum = Text([
                Text.Run("Σ = ", font: .body, tint: .muted),
                Text.Run(Numbers.fixed(account.value), font: .mono(.heading), tint: .role(.scores)),
            ]).frame(height: density.cell.height + 8)
            return HStack(.bottom, spacing: 18) {
                VStack(.trailing, spacing: 6, rows)
                sum
            }.any
        }
    }
}
