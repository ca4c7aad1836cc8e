import Drawing
import Wording

/// Two linear layers in a row are one; with a non-linearity between them they are not.
package enum TwoLinearLayers: CalculationFigure {
    package static let id = "two-linear-layers-are-one"
    package static let title = Phrase(en: "Two linear layers are one", zh: "两个线性层等于一个")
    package static let example =
        "two-linear-layers-are-one([1, −2], [[1, −1, 2], [0, 1, 1]], [[1, 0], [2, 1], [1, −1]])"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let x = try given.vector(0, [1, -2], count: 1...4)
        let first = try given.matrix(1, [[1, -1, 2], [0, 1, 1]], rows: 1...4, columns: 1...4)
        let second = try given.matrix(2, [[1, 0], [2, 1], [1, -1]], rows: 1...4, columns: 1...4)
        try CalculationArguments.require(
            x.count == first.count && first[0].count == second.count,
            Phrase(
                en:
                    "x, the first and the second matrix do not fit: \(x.count), \(Numbers.shape([first.count, first[0].count])), \(Numbers.shape([second.count, second[0].count]))",
                zh:
                    "x、第一个和第二个矩阵形状不合：\(x.count)，\(Numbers.shape([first.count, first[0].count]))，\(Numbers.shape([second.count, second[0].count]))"
            ))
        func times(_ row: [Double], _ matrix: [[Double]]) -> [Double] {
            matrix[0].indices.map { column in zip(row, matrix).reduce(0) { $0 + $1.0 * $1.1[column] } }
        }
        let (hidden, one) = (times(x, first), first.map { times($0, second) })
        let (after, joined) = (times(hidden, second), times(x, one))
        let bent = hidden.map { max(0, $0) }
        let other = times(bent, second)
        let differs = zip(other, after).contains { abs($0 - $1) > 1e-9 }
        let takeaway =
            differs
            ? Phrase(
                en:
                    "Both ways give {y}: a second matrix adds nothing. With ReLU between them it is {other}: now the second layer counts.",
                zh: "两条路都得 {y}：多一个矩阵没有多出任何东西。中间加上 ReLU 就成了 {other}：第二层这才有用。")
            : Phrase(
                en:
                    "Both ways give {y}: a second matrix adds nothing. Here nothing between them is negative, so ReLU changes nothing either.",
                zh: "两条路都得 {y}：多一个矩阵没有多出任何东西。这里中间没有负数，所以 ReLU 也没有改变结果。")
        let said = takeaway.filled(["y": Phrase(Numbers.vector(after)), "other": Phrase(Numbers.vector(other))])
        @Sendable func row(_ name: String, _ numbers: [Double], _ tint: Role? = nil) -> AnyMark {
            Matrix(row: numbers).named(name, tint).withoutShape().any
        }
        @Sendable func matrix(_ name: String, _ numbers: [[Double]]) -> AnyMark {
            Matrix(numbers: numbers).named(name).withoutShape().any
        }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "However many linear layers there are, one matrix does what all of them do.",
                zh: "线性层再多，也有一个矩阵能做同样的事。"),
            formula: Formula(#"(x W_1) W_2 = x (W_1 W_2) \ne \ReLU(x W_1)\, W_2"#), takeaway: said,
            altText: Phrase(
                en:
                    "Three rows: x {x} times W₁, then times W₂; x times the product of both; and ReLU between the two. {takeaway}",
                zh: "三行：x {x} 先乘 W₁ 再乘 W₂；x 乘两者之积；两者之间加 ReLU。{takeaway}"
            ).filled(["x": Phrase(Numbers.vector(x)), "takeaway": said])
        ) { _ in
            VStack(.leading) {
                line(
                    Phrase(en: "one after the other", zh: "先后两层"),
                    [
                        row("x", x), Symbol("·").any, matrix("W_1", first), Symbol("=").any, row("h", hidden),
                        Symbol("·").any, matrix("W_2", second), Symbol("=").any, row("y", after, .value),
                    ])
                HStack(.top) {
                    line(
                        Phrase(en: "both at once", zh: "合成一层"),
                        [
                            row("x", x), Symbol("·").any, matrix("W_1 W_2", one), Symbol("=").any,
                            row("y", joined, .value),
                        ])
                    line(
                        Phrase(en: "with ReLU between", zh: "中间加 ReLU"),
                        [
                            row(#"\ReLU(h)"#, bent, .feedForward), Symbol("·").any, matrix("W_2", second),
                            Symbol("=").any, row("y'", other, .key),
                        ])
                }
            }
        }
    }

    private static func line(_ words: Phrase, _ marks: [AnyMark]) -> AnyMark {
        VStack(.leading, spacing: 8) {
            Text(words).font(.label.semibold).color(.muted)
            HStack(.axis, spacing: 12, marks)
        }.any
    }
}
