import Drawing
import Tracing
import Wording

/// A table of a run's numbers, some of them blank: a matrix as the figures draw it, with boxes to write in.
package struct SheetGrid: Sendable {
    /// In the figures' notation.
    package let name: String
    package let role: Role?
    /// `[row][column]`, what stands in each place.
    package let numbers: [[SheetNumber]]
    /// Likewise, as the trace has them.
    package let values: [[Double]]
    /// Likewise, whether the reader is to find it.
    package private(set) var isBlank: [[Bool]]
    var rowLabels: [Phrase] = []
    var columnLabels: [Phrase] = []
    var cell = Size(42, 40)

    init(
        _ name: String, _ role: Role? = nil, _ trace: Trace, rows: Int, columns: Int,
        _ number: (_ row: Int, _ column: Int) -> SheetNumber
    ) throws(Failure) {
        (self.name, self.role) = (name, role)
        var (numbers, values): ([[SheetNumber]], [[Double]]) = ([], [])
        for row in 0..<rows {
            let line = (0..<columns).map { number(row, $0) }
            values.append(try line.map { (number) throws(Failure) in try number.value(in: trace) })
            numbers.append(line)
        }
        (self.numbers, self.values) = (numbers, values)
        isBlank = numbers.map { $0.map { _ in false } }
    }

    /// From worked to blank: the first row is there, of the second the first half, the others are the reader's.
    func fading() -> SheetGrid { blank { row, column in row > 1 || row == 1 && column >= columns / 2 } }

    func blank(_ isBlank: (_ row: Int, _ column: Int) -> Bool) -> SheetGrid {
        var grid = self
        grid.isBlank = values.indices.map { row in values[row].indices.map { isBlank(row, $0) } }
        return grid
    }

    func labelled(rows: [Phrase] = [], columns: [Phrase] = []) -> SheetGrid {
        var grid = self
        (grid.rowLabels, grid.columnLabels) = (rows, columns)
        return grid
    }

    func cells(_ width: Double, _ height: Double) -> SheetGrid {
        var grid = self
        grid.cell = Size(width, height)
        return grid
    }

    package var columns: Int { values.first?.count ?? 0 }
    package var blanks: Int { isBlank.joined().count { $0 } }

    /// - Parameter isAnswered: whether the boxes are filled in.
    func mark(isAnswered: Bool) -> AnyMark { GridMark(grid: self, isAnswered: isAnswered).any }
}

private struct GridMark: ComposedMark {
    let grid: SheetGrid
    let isAnswered: Bool

    func build(_ space: Space) -> AnyMark {
        let (values, isBlank, isAnswered) = (grid.values, grid.isBlank, isAnswered)
        func labels(_ phrases: [Phrase]) -> [TokenLabel] { phrases.map { TokenLabel(display: space.text($0)) } }
        var matrix = Matrix(rows: values.count, columns: grid.columns) { Float(values[$0][$1]) }
            .named(grid.name, grid.role).scaled(.none).digits(.none).cell(grid.cell).withoutShape()
            .rows(labels(grid.rowLabels)).columns(labels(grid.columnLabels))
            .state { isBlank[$0][$1] ? .empty : .plain }
        for row in values.indices {
            for column in values[row].indices {
                matrix = matrix.anchoring("\(row),\(column)", rows: row...row, columns: column...column)
            }
        }
        return matrix.connected { anchors, _, space, canvas in
            for row in values.indices {
                for column in values[row].indices where isAnswered || !isBlank[row][column] {
                    guard let box = anchors["\(row),\(column)"] else { continue }
                    let text = SheetNumber.text(values[row][column])
                    let isFound = isBlank[row][column]
                    let font = Self.font(text, isFound ? .bold : .regular, in: box, space)
                    canvas.text(
                        text, at: box.center, font, space.theme.color(isFound ? .role(.query) : .ink), in: space)
                }
            }
        }.any
    }

    /// As large as the others, unless the box is too narrow for it.
    private static func font(_ text: String, _ weight: Font.Weight, in box: Rect, _ space: Space) -> Font {
        let unit = space.width(of: text, Font(.mono, size: 100, weight: weight)) / 100
        return Font(
            .mono, size: min(19, box.height * 0.5, (box.width - 4) / max(0.01, unit)), weight: weight)
    }
}
