import Drawing
import Wording

/// Two arrows, one at the other's tip, and their sum.
package enum VectorAddition: CalculationFigure {
    package static let id = "vector-addition"
    package static let title = Phrase(en: "Adding vectors: head to tail", zh: "向量相加：首尾相接")
    package static let example = "vector-addition([3, 1], [1, 2])"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let a = try given.vector(0, [3, 1], count: 2...2)
        let b = try given.vector(1, [1, 2], count: 2...2)
        let sum = [a[0] + b[0], a[1] + b[1]]
        let values: KeyValuePairs<String, Phrase> = [
            "a": Phrase(Numbers.vector(a)), "b": Phrase(Numbers.vector(b)), "sum": Phrase(Numbers.vector(sum)),
        ]
        let words = [
            Phrase(en: "Both begin at the origin: a = {a} and b = {b}.", zh: "两个向量都从原点出发：a = {a}，b = {b}。"),
            Phrase(
                en: "Moved without turning, b begins at the tip of a: a vector is a way to go, not a place.",
                zh: "把 b 平移到 a 的终点：向量表示怎么走，不表示在哪里。"),
            Phrase(
                en: "From the beginning to the end: a + b = {a} + {b} = {sum}, coordinate by coordinate.",
                zh: "从起点指向终点：a + b = {a} + {b} = {sum}，逐个坐标相加。"),
        ].map { $0.filled(values) }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "A token's embedding and its position are joined in this way, and so is what attention adds.",
                zh: "词嵌入加上位置，注意力再加上它的增量，都是这样的相加。"),
            formula: Formula(
                #"\begin{pmatrix} a_1 \\ a_2 \end{pmatrix} + \begin{pmatrix} b_1 \\ b_2 \end{pmatrix} = \begin{pmatrix} a_1 + b_1 \\ a_2 + b_2 \end{pmatrix}"#
            ),
            frames: words.indices.map { frame in
                Slide.Frame(
                    caption: words[frame],
                    altText: Phrase(
                        en: "Arrows on a grid: a to {a}, b to {b}. \(words[frame].english)",
                        zh: "方格上的箭头：a 指向 {a}，b 指向 {b}。\(words[frame].chinese)"
                    ).filled(values), takeaway: words[frame]
                ) { _ in picture(a, b, sum, frame: frame) }
            })
    }

    private static func picture(_ a: [Double], _ b: [Double], _ sum: [Double], frame: Int) -> some Mark {
        let board = Drawn(300, 300, stretch: .both) { rect, space, canvas in
            let (zero, tipA, tipB, end) = ((0.0, 0.0), (a[0], a[1]), (b[0], b[1]), (sum[0], sum[1]))
            var board = PlaneBoard(showing: [tipA, tipB, end], in: rect, space)
            let theme = space.theme
            let (colorA, colorB) = (theme.accent(.query), theme.accent(.value))
            board.keep(clearOf: zero, tipA)
            board.keep(clearOf: zero, tipB)
            board.keep(clearOf: tipA, end)
            board.keep(clearOf: zero, end)
            board.grid(&canvas)
            board.arrow(zero, tipA, colorA, &canvas)
            board.name("a", at: (a[0] / 2, a[1] / 2), awayFrom: tipB, colorA)
            let ghost = frame == 0 ? colorB : colorB.mixed(with: theme.paper, 0.6)
            board.arrow(zero, tipB, ghost, dashes: frame == 0 ? [] : [10, 8], &canvas)
            if frame > 0 { board.arrow(tipA, end, colorB, &canvas) }
            let middle = frame == 0 ? (b[0] / 2, b[1] / 2) : (a[0] + b[0] / 2, a[1] + b[1] / 2)
            board.name("b", at: middle, awayFrom: frame == 0 ? tipA : zero, colorB)
            if frame > 1 {
                board.arrow(zero, end, theme.accent(.residual), width: 7, &canvas)
                board.name("a + b = " + Numbers.vector(sum), at: end, awayFrom: zero, theme.accent(.residual))
            }
            board.paintNames(&canvas, font: space.density.label)
        }
        func column(_ name: String, _ numbers: [Double], _ role: Role, shows: Bool = true) -> Matrix {
            Matrix(column: numbers).named(name, role).withoutShape()
                .state { _, _ in shows ? .plain : .empty }
        }
        return Split(
            board,
            beside: HStack {
                column("a", a, .query)
                Symbol("+")
                column("b", b, .value)
                Symbol("=")
                column("a + b", sum, .residual, shows: frame > 1)
            })
    }
}
