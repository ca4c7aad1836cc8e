import Drawing
import Tracing
import Wording

/// What a query takes away: every value row times its weight, added up.
package enum WeightedSumFigure: TraceFigure {
    package static let id = "weighted-sum"
    package static let title = Phrase(en: "A weighted sum of values", zh: "把值按权重加起来")
    package static let scope = FigureScope.perHead
    package static let isOfEachStack = true
    package static let shows: [Label] = [.z, .pattern, .value]

    package static func isPossible(_ request: FigureRequest) -> Bool { request.has(shows) && request.isBorneOut(.z) }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        _ = try request.step(.pattern)
        _ = try request.step(.z)
        let view = HeadView(request)
        guard let values = view.projection(.value), let result = view.projection(.z) else {
            throw request.missing(.value)
        }
        let focus = view.focus
        let pattern = view.cells(.pattern)
        let weights = pattern.row(focus)
        let sum = result.cells.row(focus)
        let ranked = weights.ranked
        let shares = Shares(pattern)
        let window = request.window(values.cells.count, named: [focus] + ranked.prefix(3))
        // A value row scaled by its weight: what this key adds to the sum.
        let parts = zip(weights, values.cells).map { weight, row in row.map { weight * $0 } }
        let scale = ClippedScale(edgesOf: [values.cells])
        let partScale = ClippedScale(edgesOf: [parts, [sum]])
        let best = ranked.first ?? 0
        let takeaway = takeaway(view, weights, best, shares)
        let isCausal = view.isCausal
        let (head, name) = (view.head, view.name(.z))
        let derived = "p · v"
        var slide = Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Each key's value counts as much as its weight says; the sum is what the head hands on.",
                zh: "每个键的值按权重计入，加起来就是这个头交出的结果。"),
            here: view.here,
            formula: formula(view, weights, ranked),
            takeaway: takeaway,
            legend: [
                scale.legend(AttentionText.values.phrase).any,
                partScale.legend(Phrase(en: "weighted values and sum", zh: "加权后的值与总和")).any,
            ],
            altText: request.altText(
                Phrase(
                    en:
                        "Weights as bars, times the value rows, give weighted rows; under them their sum, the head’s output.",
                    zh: "条形是权重，乘以各行的值，得到加权后的各行；下面是它们的总和，即这个头的输出。"), takeaway)
        ) { density in
            let columns = TokenWindow.columns(at: density, digits: [6, 4], colours: 12)
            return window.arranged(at: density, columns: columns) { shown, width in
                let bars = view.bars(
                    pattern, of: focus, showing: shown, lit: best, length: min(130, request.style.canvas.width * 0.16))
                let rows = values.matrix().named("V", .value, AttentionText.values.phrase).scaled(scale.scale)
                    .columnsElided(to: width, of: values.width).showing(rows: shown)
                    .axes(columns: AxisWords.headWidth.phrase)
                    .state { key, _ in isCausal && key > focus ? .masked : .plain }
                let weighted = Matrix(parts)
                    .named(#"p \cdot v"#, .value, Phrase(en: "weight × value", zh: "权重 × 值")).derived(derived)
                    .scaled(partScale.scale)
                    .columnsElided(to: width, of: values.width).showing(rows: shown).highlighting(row: best)
                    .state { key, _ in isCausal && key > focus ? .masked : .plain }
                    // A share of the sum, not a cell of the trace: it says its two factors.
                    .explained { key, column in
                        let weight = weights.indices.contains(key) ? weights[key] : .nan
                        return "\(shares.text(weight)) × \(Numbers.fixed(Double(values.cells.cell(key, column))))"
                    }
                let total = Matrix([sum]).named("z", .attentionOutput, Phrase(en: "their sum", zh: "总和"))
                    .scaled(partScale.scale).columnsElided(to: width, of: values.width).highlighting(row: 0)
                    .tagged(name) { [0, focus, head, $1] }
                let title = Text(view.sees(focus)).font(.small.semibold)
                let sum = weighted.captioned(
                    VStack(spacing: 2) {
                        Arrow(.down, above: Symbol("Σ").size(22).any, length: 34)
                        total
                    }, gap: 6)
                let product = HStack {
                    bars.titled(title, gap: 12)
                    Symbol("×")
                    rows
                }
                return Fullest {
                    HStack {
                        product
                        Symbol("=")
                        sum
                    }
                    VStack(spacing: density.gap) {
                        product
                        HStack {
                            Symbol("=")
                            sum
                        }
                    }
                }.any
            }
        }
        slide.derived[derived] = [view.name(.pattern), values.name]
        return slide
    }

    /// Which value counts most, and how much.
    private static func takeaway(_ view: HeadView, _ weights: [Float], _ best: Int, _ shares: Shares) -> Phrase {
        let share = shares.phrase(weights.indices.contains(best) ? weights[best] : .nan)
        let values: KeyValuePairs<String, Phrase> = [
            "query": view.token(view.focus), "share": share,
            "value": best == view.focus
                ? Phrase(en: "its own value", zh: "自己的值")
                : Phrase(en: "the value of {key}", zh: "{key}的值").filled(["key": view.token(best)]),
        ]
        return
            (weights.count { $0 > 0 } > 1
            ? Phrase(
                en: "In the new vector of {query}, {value} counts most: with a weight of {share}.",
                zh: "{query}的新向量里，{value}权重最大：{share}。")
            : Phrase(
                en: "The new vector of {query} is {value} with a weight of {share}: there is no other.",
                zh: "{query}的新向量里只有{value}，权重为 {share}。")).filled(values)
    }

    /// `z = 0.61 v_吃 + 0.20 v_我 + …`, the largest three by name.
    private static func formula(_ view: HeadView, _ weights: [Float], _ ranked: [Int]) -> Formula {
        func vector(_ letter: String, _ role: Role, _ token: Int) -> MathNode {
            .colored(role, .scripts(.identifier(letter), sub: .text(view.display(token)), sup: nil))
        }
        var nodes: [MathNode] = [vector("z", .attentionOutput, view.focus), .sign("≈", .relation)]
        let named = ranked.filter { weights[$0] > 0 }
        for (place, key) in named.prefix(3).enumerated() {
            if place > 0 { nodes.append(.sign("+", .binary)) }
            nodes += [.number(Numbers.fixed(Double(weights[key]))), .space(0.15), vector("v", .value, key)]
        }
        if named.count > 3 { nodes += [.sign("+", .binary), .sign("⋯", .ordinary)] }
        return Formula(.row(nodes))
    }
}
