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
        place[rowAxis] = 0
        place[columnAxis] = 0
        guard shape.count > 0, let start = shape.offset(of: place) else { return [] }
        let strides = shape.strides
        return tensor.withUnsafeBuffer { buffer in
            (0..<shape[rowAxis]).map { row in
                let first = start + row * strides[rowAxis]
                if strides[columnAxis] == 1 { return Array(buffer[first..<first + shape[columnAxis]]) }
                return (0..<shape[columnAxis]).map { buffer[first + $0 * strides[columnAxis]] }
            }
        }
    }

    /// The innermost axis at a place: one token's vector, one query's weights.
    ///
    /// - Parameter place: an index without its last axis; an index that does not fit gives no numbers.
    func row(_ place: Int...) -> [Float] {
        guard shape.rank == place.count + 1, let start = shape.offset(of: place + [0]) else { return [] }
        let count = shape[-1]
        return tensor.withUnsafeBuffer { Array($0[start..<start + count]) }
    }

    /// How many positions `[batch, position, …]` has a row for; 0 of other shapes.
    var rows: Int { shape.rank == 3 ? shape[1] : 0 }

    /// `[batch, position, width]` of the first text, a row a position.
    var rowsByPosition: [[Float]] { table(rows: 1, columns: 2, at: [0, 0, 0]) }

    /// One head of `[batch, position, head, head width]`, a row a position.
    func rows(head: Int) -> [[Float]] { table(rows: 1, columns: 3, at: [0, 0, head, 0]) }

    /// One head of `[batch, head, query, key]`, a row a query.
    func cells(head: Int) -> [[Float]] { table(rows: 2, columns: 3, at: [0, head, 0, 0]) }
}
