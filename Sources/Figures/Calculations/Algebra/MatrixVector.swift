import Drawing
import Wording

/// A matrix times a vector: so much of each column, added up.
package enum MatrixVector: CalculationFigure {
    package static let id = "matrix-vector"
    package static let title = Phrase(en: "Matrix times vector: so much of each column", zh: "矩阵乘向量：各列按比例相加")
    package static let example = "matrix-vector([[2, 1], [1, 3], [0, −1]], [3, −2])"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let matrix = try given.matrix(0, [[2, 1], [1, 3], [0, -1]], rows: 1...6, columns: 1...5)
        let vector = try given.vector(1, [3, -2], count: 1...5)
        try CalculationArguments.require(
            matrix[0].count == vector.count,
            Phrase(
                en:
                    "the matrix has \(matrix[0].count) columns, the vector \(vector.count) numbers: they must be as many",
                zh: "矩阵有 \(matrix[0].count) 列，向量有 \(vector.count) 个数：两者必须相等"))
        let product = matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
        let takeaway = Phrase(
            en: "{sum}: the result lies where the columns lead, each taken as often as the vector says.",
            zh: "{sum}：向量里的每个数说明对应的列要取几份，结果是各列相加。"
        ).filled([
            "sum": Phrase(
                vector.enumerated().map { Numbers.factor($0.element) + " × c" + subscripted($0.offset) }.joined(
                    separator: " + "))
        ])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "{rows} × {columns} times {columns} {columns|number|numbers} gives {rows} {rows|number|numbers}.",
                zh: "{rows} × {columns} 的矩阵乘以 {columns} 个数，得到 {rows} 个数。"
            ).filled(["rows": Phrase("\(matrix.count)"), "columns": Phrase("\(vector.count)")]),
            formula: Formula(#"W x = x_1\, c_1 + x_2\, c_2 + \dots"#), takeaway: takeaway,
            altText: Phrase(
                en:
                    "A matrix of {shape} times the vector {x}, written as its columns times {x}, added up to {y}. {takeaway}",
                zh: "{shape} 的矩阵乘向量 {x}，写成各列分别乘以 {x} 中的数再相加，得 {y}。{takeaway}"
            ).filled([
                "shape": Phrase(Numbers.shape([matrix.count, vector.count])), "x": Phrase(Numbers.vector(vector)),
                "y": Phrase(Numbers.vector(product)), "takeaway": takeaway,
            ])
        ) { _ in
            VStack(.leading) {
                HStack {
                    vector.indices.reduce(
                        Matrix(numbers: matrix).named("W")
                    ) { $0.highlighting(column: $1, tint($1)) }
                    Symbol("·")
                    Matrix(column: vector).named("x").withoutShape()
                    Symbol("=")
                    Matrix(column: product).named("W x").withoutShape()
                }
                Flow(
                    .axis, spacing: Size(14, 22),
                    [Symbol("=").any]
                        + vector.indices.flatMap { place in
                            (place > 0 ? [Symbol("+").any] : []) + [
                                HStack(.axis, spacing: 10) {
                                    Text(Numbers.factor(vector[place])).font(.mono(.heading))
                                    Symbol("×")
                                    Matrix(column: matrix.map { $0[place] }).named("c_\(place + 1)", nil)
                                        .withoutShape().highlighting(column: 0, tint(place))
                                }.any
                            ]
                        }
                        + [
                            Symbol("=").any,
                            Matrix(column: product).named("W x").withoutShape().any,
                        ])
            }
        }
    }

    private static let tints: [Tint] = [
        .role(.query), .role(.key), .role(.value), .role(.attentionOutput), .role(.position),
    ]
    private static func tint(_ column: Int) -> Tint { tints[column % tints.count] }

    private static func subscripted(_ place: Int) -> String {
        let digits = Array("₁₂₃₄₅₆₇₈₉")
        return place < digits.count ? String(digits[place]) : ""
    }
}
