import Drawing
import Tensors
import Tracing

extension Step {
    /// A slice of the tensor as a table: two axes vary, the others stay where `index` puts them.
    ///
    /// `table(rows: 2, columns: 3, at: [0, head, 0, 0])` of `[batch, head, query, key]` is one head's pattern.
    func table(rows rowAxis: Int, columns columnAxis: Int, at index: [Int]) -> [[Float]] {
        guard shape.rank > max(rowAxis, columnAxis), index.count == shape.rank else { return [] }
        var place = index
        return (0..<shape[rowAxis]).map { row in
            place[rowAxis] = row
            return (0..<shape[columnAxis]).map { column in
                place[columnAxis] = column
                return tensor.cell(place) ?? .nan
            }
        }
    }

    /// `[batch, position, width]` of the first text, a row a position.
    var rowsByPosition: [[Float]] { table(rows: 1, columns: 2, at: [0, 0, 0]) }

    /// One head of `[batch, position, head, head width]`, a row a position.
    func rows(head: Int) -> [[Float]] { table(rows: 1, columns: 3, at: [0, 0, head, 0]) }

    /// One head of `[batch, head, query, key]`, a row a query.
    func cells(head: Int) -> [[Float]] { table(rows: 2, columns: 3, at: [0, head, 0, 0]) }
}
