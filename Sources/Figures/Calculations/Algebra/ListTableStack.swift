import Drawing
import Tensors
import Wording

/// A list, a table, a stack of tables: tensors of rank 1, 2 and 3, each a part of the next.
package enum ListTableStack: CalculationFigure {
    package static let id = "list-table-stack"
    package static let title = Phrase(en: "A list, a table, a stack: tensors", zh: "一串、一表、一叠：张量")
    package static let example =
        "list-table-stack([[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]], [[13, 14, 15, 16], [17, 18, 19, 20], [21, 22, 23, 24]]])"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let usual = try Tensor([2, 3, 4], (1...24).map { Float($0) })
        let stack = try given.tensor(0) ?? usual
        let shape = stack.shape.dimensions
        try CalculationArguments.require(
            shape.count == 3 && shape.allSatisfy { (1...6).contains($0) } && stack.scalars.allSatisfy { abs($0) < 1e6 },
            Phrase(en: "expected a table of three axes, each of 1–6", zh: "应为三个轴的数表，每个轴长 1–6"))
        let (tables, rows, columns) = (shape[0], shape[1], shape[2])
        let cells = stack.scalars
        let takeaway = Phrase(
            en:
                "{columns} {columns|number|numbers} in a list, {rows} lists in a table, {tables} {tables|table|tables} in a stack: {tables} × {rows} × {columns} = {all} {all|number|numbers}.",
            zh: "一串 {columns} 个数，一表 {rows} 串，一叠 {tables} 张表：{tables} × {rows} × {columns} = {all} 个数。"
        ).filled([
            "columns": Phrase("\(columns)"), "rows": Phrase("\(rows)"), "tables": Phrase("\(tables)"),
            "all": Phrase("\(stack.count)"),
        ])
        @Sendable func table(_ place: Int, rows shown: Int) -> Matrix {
            Matrix(
                Array(cells[place * rows * columns..<(place * rows + shown) * columns]), rows: shown, columns: columns
            )
            .scaled(.none)
        }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "One token is a list of numbers, a sentence a table, several sentences a stack.",
                zh: "一个词元是一串数，一句话是一张表，几句话是一叠表。"),
            takeaway: takeaway,
            altText: Phrase(
                en:
                    "Three tensors: a list of shape ({columns}), a table of shape ({rows}, {columns}) whose first row is the list, and a stack of shape ({tables}, {rows}, {columns}) whose first table it is. {takeaway}",
                zh:
                    "三个张量：形状 ({columns}) 的一串，形状 ({rows}, {columns}) 的一表，它的第 0 行就是那一串；形状 ({tables}, {rows}, {columns}) 的一叠，它的第 0 张就是那一表。{takeaway}"
            ).filled([
                "columns": Phrase("\(columns)"), "rows": Phrase("\(rows)"), "tables": Phrase("\(tables)"),
                "takeaway": takeaway,
            ])
        ) { _ in
            Adaptive { _ in
                let parts = [
                    part(
                        Phrase(en: "list, rank 1", zh: "一串：1 阶"), [columns],
                        Phrase(en: "one token", zh: "一个词元"),
                        table(0, rows: 1).withoutShape().highlighting(row: 0).any),
                    part(
                        Phrase(en: "table, rank 2", zh: "一表：2 阶"), [rows, columns],
                        Phrase(en: "a sentence", zh: "一句话"),
                        table(0, rows: rows).withoutShape().highlighting(row: 0).any),
                    part(
                        Phrase(en: "stack, rank 3", zh: "一叠：3 阶"), shape,
                        Phrase(en: "a batch of sentences", zh: "一批句子"),
                        Deck(
                            (0..<tables).map {
                                (table($0, rows: rows).withoutShape(), firstRow: table($0, rows: 1).withoutShape())
                            }
                        ).any),
                ]
                return Fullest {
                    HStack(.bottom, parts)
                    VStack(.leading, parts)
                }.any
            }
        }
    }

    private static func part(_ name: Phrase, _ shape: [Int], _ use: Phrase, _ mark: AnyMark) -> AnyMark {
        VStack(.leading, spacing: 12) {
            VStack(.leading, spacing: 2) {
                Text(name).font(.body.semibold)
                Text("(" + shape.map { String($0) }.joined(separator: ", ") + ")").font(.mono(.label))
                Text(use).font(.small).color(.muted)
            }
            mark
        }.any
    }

    /// Tables behind each other, the first in front.
    private struct Deck: Mark {
        var tables: [(Matrix, firstRow: Matrix)]

        init(_ tables: [(Matrix, firstRow: Matrix)]) { self.tables = tables }

        private func shift(_ space: Space) -> Point {
            let cell = space.density.drawnCell
            return Point(cell.width * 0.62, -cell.height * 1.35)
        }

        func extent(in space: Space) -> Extent {
            let size = tables.first?.0.size(in: space) ?? .zero
            let (step, more) = (shift(space), Double(max(0, tables.count - 1)))
            return Extent(size.width + step.x * more, size.height - step.y * more)
        }

        func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
            guard let front = tables.first?.0 else { return }
            let (size, step) = (front.size(in: space), shift(space))
            for place in tables.indices.reversed() {
                let origin = Point(rect.minX + step.x * Double(place), rect.maxY - size.height + step.y * Double(place))
                let box = Rect(origin: origin, size: size)
                // Of those behind only what looks out above has room for its numbers.
                canvas.fill(.rounded(box, radius: 6), space.theme.paper, stroke: Stroke(space.theme.muted, width: 1.5))
                let table = place == 0 ? front : tables[place].firstRow
                table.place(in: Rect(origin: origin, size: table.size(in: space)), space, onto: &canvas)
            }
        }
    }
}
