import Drawing
import Tracing
import Wording

/// What cross-attention adds: the heads joined, mixed by one more matrix, and added to the decoder's stream.
package enum CrossOutput: TraceFigure {
    package static let id = "cross-output"
    package static let title = Phrase(en: "The source enters the stream", zh: "原文的信息进入残差流")
    package static let scope = FigureScope.perLayer
    package static let shows: [Label] = [.crossAttentionOut, Label.joined.crossed, .residualMidCross]

    private static let needs: [Label] = [.joined, .crossAttentionOut, .residualMidCross]

    package static func isPossible(_ request: FigureRequest) -> Bool { CrossTables(request, needs: needs) != nil }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let tables = CrossTables(request, needs: needs) else { throw request.missing(.crossAttentionOut) }
        let (joined, added) = (tables.vectors(.joined), tables.vectors(.crossAttentionOut))
        let sums = tables.vectors(.residualMidCross)
        // What it is added to is what the sum read beside it.
        let before = zip(sums, added).map { zip($0, $1).map { $0 - $1 } }
        let scale = ValueScale.visible([before, sums, added], rows: .max, columns: CrossTables.mostColumns)
        func length(_ row: [Float]) -> Double { row.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot() }
        let (own, new) = (length(before.row(tables.focus)), length(added.row(tables.focus)))
        let takeaway = Phrase(
            en: "Writing {token}: a vector of length {own}, and from the source one of {new} is added.",
            zh: "写{token}时：原有向量长 {own}，从原文加进来的长 {new}。"
        ).filled([
            "token": tables.writing, "own": Phrase(Numbers.significant(own)), "new": Phrase(Numbers.significant(new)),
        ])
        let bias = tables.step(.outputBias, at: 0) == nil ? "" : #" + b_O"#
        let heads = Phrase(en: "heads joined", zh: "各头拼接")
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The heads' results side by side, mixed by one matrix, are added to what the decoder had.",
                zh: "各头的结果并排，经一个矩阵混合，再加到解码器原有的向量上。"),
            here: MiniMap(.crossAttention, in: Stage.encoderDecoder, layer: request.layer),
            formula: Formula(
                #"\role{attention output}{O} = \role{attention output}{Z}\,\role{attention output}{W_O}\#(bias) \qquad \role{residual}{H''} = \role{residual}{H'} + \role{attention output}{O}"#
            ), takeaway: takeaway,
            legend: [ColorScale(scale, Phrase(en: "cell value", zh: "格中数值")).any],
            altText: tables.altText(
                Phrase(
                    en:
                        "The heads joined, an arrow to what cross-attention adds, and the sum with what was there before.",
                    zh: "拼接后的各头，箭头指向交叉注意力的增量，再与原有向量相加。"), takeaway)
        ) { density in
            tables.arranged(at: density) { budget in
                func matrix(
                    _ cells: [[Float]], _ label: Label?, _ letter: String, _ role: Role, _ words: Phrase,
                    _ scale: ValueScale
                ) -> Matrix {
                    let own = label.map { tables.written(cells, $0) } ?? Matrix(cells).highlighting(row: tables.focus)
                    return own.named(letter, role, words).scaled(scale).elided(columns: min(4, budget.width))
                        .showing(rows: budget.written).axes(columns: AxisWords.width.phrase)
                }
                let z = matrix(
                    joined, .joined, "Z", .attentionOutput, heads,
                    .visible([joined], rows: .max, columns: CrossTables.mostColumns))
                let plus = matrix(before, nil, "H'", .residual, Phrase(en: "before", zh: "原有"), scale)
                let o = matrix(
                    added, .crossAttentionOut, "O", .attentionOutput, Phrase(en: "is added", zh: "增量"), scale
                ).rows([])
                let sum = matrix(
                    sums, .residualMidCross, "H''", .residual, Phrase(en: "after", zh: "之后"), scale
                ).rows([])
                let times = Formula(#"\times W_O\#(bias)"#).size(18)
                return tables.equation(
                    [z.any, Arrow(.right, above: times.any, length: 74).any, o.any], Symbol("+").any,
                    [plus.any, Symbol("=").any, sum.any], density)
            }
        }
    }
}
