import Tensors

/// Every cell of the row (last axis) that `index` lies in.
func rowCells(_ input: Int, _ index: [Int], _ shape: Shape) -> [Expression] {
    (0..<shape[-1]).map { .cell(input: input, index.dropLast() + [$0]) }
}

extension Shape {
    /// Without the last axis: a place for each row.
    var lead: Shape { replacingLast(by: []) }

    /// Every cell's index, in memory order.
    var indices: [[Int]] { (0..<count).map { index(at: $0) } }
}

extension Tensor {
    /// The id that a cell holds, or nil where there is no such cell or its number is not whole.
    func id(at index: [Int]) -> Int? { cell(index).flatMap { Int(exactly: $0) } }
}
