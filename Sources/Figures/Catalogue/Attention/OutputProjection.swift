import Drawing
import Tensors
import Tracing
import Wording

/// The joined heads times one last matrix: what attention adds to the residual stream.
package enum OutputProjection: TraceFigure {
    package static let id = "output-projection"
    package static let title = Phrase(en: "The heads' findings, mixed", zh: "把各头的结果混合起来")
    package static let scope = FigureScope.perLayer
    package static let isOfEachStack = true
    package static let shows: [Label] = [.attentionOut, .joined]

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let output = try request.step(.attentionOut)
        let view = HeadView(request)
        let focus = request.focus
        let results = output.rowsByPosition
        let joined = request.trace[request.name(.joined)]
        let inputs = joined?.rowsByPosition ?? []
        let weights = request.trace[request.name(.outputWeight)].flatMap { $0.shape.rank == 2 ? $0 : nil }
        let bias = request.trace[request.name(.outputBias)].flatMap { $0.shape.rank == 1 ? $0 : nil }
        let window = request.window(results.count, named: [focus])
        let row = results.row(focus)
        let strongest = row.strongestPlace ?? 0
        // The strongest number is always drawn: the figure follows it through the product.
        let numbers = TokenWindow(count: row.count, named: [strongest])
        let vectors = ClippedScale((inputs + results).joined())
        // Made once: at a width of thousands the matrix has millions of cells.
        let source = joined.map { rows(inputs, $0, vectors.scale).highlighting(row: focus).rows(request.labels) }?
            .named("Z", .attentionOutput, AttentionText.joined.phrase)
        let result = rows(results, output, vectors.scale).highlighting(cell: focus, strongest)
            .named("O", .attentionOutput, Phrase(en: "attention output", zh: "注意力输出"))
        let factor = weights.map { step in
            Matrix(step.tensor.scalars, rows: step.shape[0], columns: step.shape[1]).named("W_O", .attentionOutput)
                .highlighting(column: strongest).tagged(step.name.description)
        }
        let scale = factor?.valueScale ?? .none
        let addend = bias.map { step in
            Matrix([step.tensor.scalars]).named("b_O", .attentionOutput).scaled(scale)
                .highlighting(cell: 0, strongest).tagged(step.name.description) { [$1] }
        }
        let takeaway = takeaway(view, row, strongest, isProduct: joined != nil && weights != nil)
        var legend: [AnyMark] = [vectors.legend(Phrase(en: "input and output", zh: "输入与输出")).any]
        if factor != nil { legend.append(ColorScale(scale, Phrase("W")).any) }
        return Slide(
            id: id, title: title,
            subtitle: request.trace.isElsewhere && request.residual == nil
                ? Phrase(
                    en: "One learned matrix lets every output number draw on all heads.",
                    zh: "一个可学习的矩阵，让输出的每个数都能取用所有头。")
                : Phrase(
                    en:
                        "One learned matrix lets every output number draw on all heads; the result joins the residual stream.",
                    zh: "一个可学习的矩阵，让输出的每个数都能取用所有头；结果将加进残差流。"),
            here: MiniMap(ownAttention: request.stack, layer: view.layer),
            formula: Formula(
                #"\role{attention output}{O} = \role{attention output}{Z}\,W_O"# + (bias == nil ? "" : " + b_O")),
            takeaway: takeaway, legend: legend,
            altText: request.altText(
                Phrase(
                    en: "The joined heads, a row for each token, times one learned matrix give what attention adds.",
                    zh: "拼接后的各头，每行一个词元，乘以一个可学习的矩阵，得到注意力的增量。"), takeaway)
        ) { density in
            let columns = TokenWindow.columns(at: density, digits: [4], colours: 12)
            // The matrix is left out only where nothing else helps.
            let pictures = window.pictures(factor == nil ? [false] : [true, false], at: density)
            return window.arranged(at: density, columns: columns, as: pictures) { shown, most, isWhole in
                let places = numbers.edges(most)
                let height = max(4, min(most, shown.count))
                let last = result.showing(rows: shown, columns: places).vectors(.horizontal)
                guard let source else { return last.rows(request.labels).any }
                let first = source.showing(rows: shown).columnsElided(to: most, of: inputs.first?.count ?? 0)
                let gap = density.gap * 0.8
                let words = Formula(bias == nil ? #"\times W_O"# : #"\times W_O + b_O"#).any
                let row = HStack(spacing: gap) {
                    first
                    Arrow(.right, above: words, length: 90)
                    last
                }
                let short = Fullest {
                    row
                    // For a phone, where both are whole.
                    if window.plan != nil {
                        VStack(spacing: gap * 0.5) {
                            first
                            Arrow(.down, above: words, length: 40)
                            last.rows(request.labels)
                        }
                    }
                }
                guard let factor, isWhole else { return short.any }
                let middle: [AnyMark] =
                    addend.map {
                        [Symbol("+").any, $0.showing(columns: places).vectors(.horizontal).any] as [AnyMark]
                    } ?? []
                let product = HStack(spacing: gap) {
                    first
                    Symbol("×")
                    factor.showing(columns: places).vectors(.horizontal)
                        .rowsElided(to: window.plan == nil ? height : most, of: inputs.first?.count ?? 0)
                }
                return Fullest {
                    HStack(spacing: gap) {
                        product
                        middle
                        Symbol("=")
                        last
                    }
                    VStack(spacing: gap) {
                        product
                        if !middle.isEmpty { HStack(spacing: gap, middle) }
                        HStack(spacing: gap) {
                            Symbol("=")
                            last
                        }
                    }
                }.any
            }
        }
    }

    /// `[batch, position, width]` of the first text, a row a token.
    private static func rows(_ cells: [[Float]], _ step: Step, _ scale: ValueScale) -> Matrix {
        Matrix(cells).scaled(scale).axes(columns: AxisWords.width.phrase).tagged(step.name.description) { [0, $0, $1] }
    }

    private static func takeaway(_ view: HeadView, _ row: [Float], _ strongest: Int, isProduct: Bool) -> Phrase {
        let whole = Phrase(
            en: "For {token} the strongest of {width} {width|number|numbers} is {value}",
            zh: "{token}的 {width} 个数中，最强的是 {value}")
        let hasBias = view.request.trace[view.request.name(.attentionOut)].map { $0.inputs.count > 2 } ?? true
        let how =
            hasBias
            ? Phrase(en: ": its row of Z times the marked column of W, plus b.", zh: "：Z 的这一行乘以 W 标出的那一列，再加 b。")
            : Phrase(en: ": its row of Z times the marked column of W.", zh: "：Z 的这一行乘以 W 标出的那一列。")
        let end = isProduct ? how : Phrase(en: ".", zh: "。")
        return Phrase(en: whole.english + end.english, zh: whole.chinese + end.chinese).filled([
            "width": Phrase(String(row.count)), "token": view.token(view.focus),
            "value": Phrase(Numbers.fixed(Double(strongest < row.count ? row[strongest] : .nan))),
        ])
    }
}
