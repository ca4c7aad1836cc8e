import Drawing
import Tensors
import Tracing
import Wording

/// The three projections: the same input, three learned matrices, three roles. Where the weights are in the trace the
/// product is drawn as it is done by hand: each result stands to the right of its rows and under its columns.
package enum Projections: TraceFigure {
    package static let id = "projections"
    package static let title = Phrase(en: "Three views of every token", zh: "每个词元的三种身份")
    package static let scope = FigureScope.perHead
    package static let isOfEachStack = true
    package static let shows: [Label] = [.query, .key, .value, .norm1]

    private struct Part {
        var letter: String
        var role: Role
        var words: Phrase
        var result: HeadView.Projection
        var weight: Matrix?
        var hasBias: Bool
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let view = HeadView(request)
        let focus = request.focus
        let input = input(view)
        let parts = parts(view)
        let rows = parts.first?.result.cells.count ?? 0
        let width = parts.first?.result.width ?? 0
        let window = request.window(rows, named: [focus])
        // Values may be far smaller than queries and keys: on one scale they would be white.
        let scale = ClippedScale(edgesOf: parts.filter { $0.role != .value }.map { $0.result.cells })
        let given = ClippedScale(edgesOf: parts.filter { $0.role == .value }.map { $0.result.cells })
        let bias = parts.contains { $0.hasBias } ? #" + b_{\role{query}{Q}}"# : ""
        let read = (input?.symbol ?? .stream).capital
        let products = parts.map {
            "\\role{\($0.role.rawValue)}{\($0.letter)} = \(read)\\,W_{\\role{\($0.role.rawValue)}{\($0.letter)}}"
                + bias.replacing("query}{Q", with: "\($0.role.rawValue)}{\($0.letter)")
        }
        let takeaway = takeaway(parts, input: input?.cells.first?.count, width: width)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Three learned matrices make of each token what it asks, what it answers to, and what it hands on.",
                zh: "三个可学习的矩阵，从每个词元得出：它要问什么、它能应答什么、它要交出什么。"),
            here: view.here,
            formula: input == nil
                ? nil
                : Formula(products.joined(separator: request.style.canvas.width < 1000 ? #" \;\; "# : #" \qquad "#)),
            takeaway: takeaway,
            note: view.sharing,
            legend: [
                scale.legend(Phrase(en: "queries, keys", zh: "查询、键")).any,
                given.legend(AttentionText.values.phrase).any,
            ],
            altText: request.altText(alt(view, parts), takeaway)
        ) { density in
            let columns = TokenWindow.columns(at: density, digits: [4], colours: 12)
            // The learned matrices are left out only where nothing else helps.
            let isWhole = parts.allSatisfy { $0.weight != nil } && input != nil
            let pictures = window.pictures(isWhole ? [true, false] : [false], at: density)
            return window.arranged(at: density, columns: columns, as: pictures) { shown, columns, hasWeights in
                let results: [AnyMark] = parts.enumerated().map { place, part in
                    let matrix = part.result.matrix().named(part.letter, part.role, part.words)
                        .scaled(part.role == .value ? given.scale : scale.scale)
                        .columnsElided(to: columns, of: width).showing(rows: shown).highlighting(row: focus)
                        .axes(columns: AxisWords.headWidth.phrase)
                    return input == nil && place == 0
                        ? matrix.rows(request.labels).any : matrix.anchored(part.letter).any
                }
                guard let input else { return HStack { results }.any }
                let source = Matrix(input.cells).named(input.symbol.matrix, .residual, Phrase(en: "input", zh: "输入"))
                    .rows(request.labels).columnsElided(to: columns, of: input.cells.first?.count ?? 0)
                    .showing(rows: shown).highlighting(row: focus).axes(columns: AxisWords.width.phrase)
                    .tagged(input.name) { [0, $0, $1] }
                let weights: [AnyMark] = parts.compactMap { part in
                    part.weight.map {
                        $0.columnsElided(to: columns, of: width).rowsElided(
                            to: window.plan == nil ? 4 : columns, of: input.cells.first?.count ?? .max
                        ).any
                    }
                }
                return arrangement(source, hasWeights ? weights : [], results, parts, density)
            }
        }
    }

    /// The hand-made product where the weights are known and there is room, else a fan, else a row.
    private static func arrangement(
        _ source: Matrix, _ weights: [AnyMark], _ results: [AnyMark], _ parts: [Part], _ density: Density
    ) -> AnyMark {
        let corner = Text(
            Phrase(
                en: "Each cell of a result: its row of the input times its column of W, added up.",
                zh: "结果的每一格：输入的那一行与 W 的那一列逐个相乘，再相加。")
        ).font(.small).color(.muted).wrapped(width: 190)
        if weights.count == results.count {
            let (across, down) = (density.gap * 1.2, density.gap * 0.4)
            let beside = zip(weights, results).flatMap { [$0, Symbol("=").any, $1] as [AnyMark] }
            return Fullest {
                Grid(
                    columns: 1 + parts.count, spacing: Size(across, down),
                    [corner.any] + weights + [source.any] + results)
                // For a tall page: a line for each of the three.
                VStack(spacing: down * 2) {
                    source
                    Grid(columns: 3, spacing: Size(across, down * 2), beside)
                }
            }.any
        }
        return Fullest {
            fan(source, results, parts)
            HStack {
                source
                Arrow(.right, above: Formula(#"\times W"#).any, length: 60)
                results
            }
        }.any
    }

    private static func fan(_ source: Matrix, _ results: [AnyMark], _ parts: [Part]) -> AnyMark {
        VStack(spacing: 64) {
            source.anchored("x")
            HStack { results }
        }.connected { anchors, _, space, canvas in
            guard let from = anchors["x"] else { return }
            for part in parts {
                guard let to = anchors[part.letter] else { continue }
                // Between the foot of the input's words and the head of the result's name.
                let (start, end) = (Point(from.midX, from.maxY + 4), Point(to.midX, to.minY - 4))
                canvas.arrow(.fall(start, end), Stroke(space.theme.accent(part.role), width: 2))
            }
        }.any
    }

    /// What the projections read: the step itself where the trace knows it, else by its usual name.
    private static func input(_ view: HeadView) -> (name: String, cells: [[Float]], symbol: Symbols)? {
        let trace = view.request.trace
        var step: Step?
        if let query = trace[view.request.name(.query)], let first = query.inputs.first {
            step = trace.steps[first]
        } else {
            step = trace[view.request.name(.norm1)]
        }
        guard let step, step.shape.rank == 3 else { return nil }
        return (step.name.description, step.rowsByPosition, step.name.label == .norm1 ? .normed : .stream)
    }

    private static func parts(_ view: HeadView) -> [Part] {
        let all: [(String, Role, AttentionText, Label, Label, Label)] = [
            ("Q", .query, .queries, .query, .queryWeight, .queryBias),
            ("K", .key, .keys, .key, .keyWeight, .keyBias),
            ("V", .value, .values, .value, .valueWeight, .valueBias),
        ]
        return all.compactMap { letter, role, words, label, weight, bias in
            guard let result = view.projection(label, isRead: true) else { return nil }
            let matrix = view.request.trace[view.request.name(weight)].flatMap { step -> Matrix? in
                guard step.shape.rank == 3 else { return nil }
                let head = result.head
                return Matrix(step.table(rows: 0, columns: 2, at: [0, head, 0])).named("W_\(letter)", role)
                    .tagged(step.name.description) { [$0, head, $1] }
            }
            return Part(
                letter: letter, role: role, words: words.phrase, result: result, weight: matrix,
                hasBias: view.has(bias))
        }
    }

    private static func takeaway(_ parts: [Part], input: Int?, width: Int) -> Phrase {
        let number = Phrase(String(width))
        guard let input, parts.count == 3 else {
            return Phrase(en: "Each row: {width} {width|number|numbers} of this head.", zh: "每一行是这个头的 {width} 个数。")
                .filled(["width": number])
        }
        return Phrase(
            en:
                "{input} {input|number|numbers} go in; a query, a key and a value of {width} {width|number|numbers} each come out.",
            zh: "进去 {input} 个数，出来查询、键、值各 {width} 个数。"
        ).filled(["input": Phrase(String(input)), "width": number])
    }

    private static func alt(_ view: HeadView, _ parts: [Part]) -> Phrase {
        let letters = parts.map { $0.letter }
        let names = Phrase(en: letters.joined(separator: ", "), zh: letters.joined(separator: "、"))
        let rows = Phrase(Numbers.shape([parts.first?.result.cells.count ?? 0, parts.first?.result.width ?? 0]))
        return Phrase(
            en: "The input and, of shape {shape} each, {names} of one head, a row a token.",
            zh: "输入，以及一个头的 {names}，形状各为 {shape}，每行一个词元。"
        ).filled(["shape": rows, "names": names])
    }
}
