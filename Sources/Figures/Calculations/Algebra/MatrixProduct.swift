import Drawing
import Wording

/// The product of two matrices, one cell a frame: a row of the first against a column of the second.
package enum MatrixProduct: CalculationFigure {
    package static let id = "matrix-product"
    package static let title = Phrase(en: "A matrix product, cell by cell", zh: "矩阵乘法，一格一格算")
    package static let example = "matrix-product([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 1], [2, −1]])"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let a = try given.matrix(0, [[1, 2, 3], [4, 5, 6]], rows: 1...6, columns: 1...6)
        let b = try given.matrix(1, [[1, 0], [0, 1], [2, -1]], rows: 1...6, columns: 1...6)
        let (rows, inner, columns) = (a.count, b.count, b[0].count)
        try CalculationArguments.require(
            a[0].count == inner,
            Phrase(
                en:
                    "\(Numbers.shape([rows, a[0].count])) times \(Numbers.shape([inner, columns])) does not go: the first has \(a[0].count) columns, the second \(inner) rows",
                zh:
                    "\(Numbers.shape([rows, a[0].count])) 乘 \(Numbers.shape([inner, columns])) 不成立：前者有 \(a[0].count) 列，后者有 \(inner) 行"
            ))
        let product = a.map { row in
            (0..<columns).map { column in (0..<inner).reduce(0) { $0 + row[$1] * b[$1][column] } }
        }
        let count = rows * columns
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "{a} times {b} gives {c}: the {inner} in the middle must agree, and is gone.",
                zh: "{a} 乘 {b} 得 {c}：中间的 {inner} 必须相同，乘完就消失。"
            ).filled([
                "a": Phrase(Numbers.shape([rows, inner])), "b": Phrase(Numbers.shape([inner, columns])),
                "c": Phrase(Numbers.shape([rows, columns])), "inner": Phrase("\(inner)"),
            ]),
            formula: Formula(#"C_{ij} = \sum_k A_{ik} B_{kj}"#),
            frames: (0..<count).map { cell in
                let (row, column) = (cell / columns, cell % columns)
                let sum = Numbers.products((0..<inner).map { (a[row][$0], b[$0][column]) })
                let words = Phrase(
                    en: "Row {row} of A against column {column} of B: {sum}.",
                    zh: "A 的第 {row} 行与 B 的第 {column} 列：{sum}。"
                ).filled(["row": Phrase("\(row)"), "column": Phrase("\(column)"), "sum": Phrase(sum)])
                return Slide.Frame(
                    caption: words,
                    altText: Phrase(
                        en:
                            "A of {a}, B of {b}; of their product {done} of {all} {all|cell|cells} are filled. \(words.english)",
                        zh: "A 为 {a}，B 为 {b}；乘积的 {all} 格里已填好 {done} 格。\(words.chinese)"
                    ).filled([
                        "a": Phrase(Numbers.shape([rows, inner])), "b": Phrase(Numbers.shape([inner, columns])),
                        "done": Phrase("\(cell + 1)"), "all": Phrase("\(count)"),
                    ]), takeaway: words
                ) { _ in picture(a, b, product, cell: (row, column)) }
            })
    }

    private static func picture(
        _ a: [[Double]], _ b: [[Double]], _ product: [[Double]], cell: (row: Int, column: Int)
    ) -> some Mark {
        let columns = product[0].count
        let done = cell.row * columns + cell.column
        let left = Matrix(numbers: a).named("A").highlighting(row: cell.row, .role(.query))
        let right = Matrix(numbers: b).named("B").highlighting(column: cell.column, .role(.key))
        let result = Matrix(numbers: product).named("C = A B")
            .state { $0 * columns + $1 > done ? .empty : .plain }.highlighting(cell: cell.row, cell.column)
        return Fullest {
            HStack {
                left
                Symbol("·")
                right
                Symbol("=")
                result
            }
            // As by hand: each cell of the product stands right of its row and under its column.
            Grid(columns: 2, spacing: Size(28, 28)) {
                Blank()
                right
                left
                result
            }
        }
    }
}
