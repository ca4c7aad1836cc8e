import Tensors
import TestSupport
import Testing

@Suite struct ShapeTests {
    @Test(
        arguments: [
            ([], [], 1, "scalar"), ([3], [1], 3, "3"), ([2, 3, 4], [12, 4, 1], 24, "2 × 3 × 4"),
            ([2, 0, 4], [0, 4, 1], 0, "2 × 0 × 4"),
        ] as [([Int], [Int], Int, String)])
    func countStridesAndText(lengths: [Int], strides: [Int], count: Int, text: String) {
        let shape = Shape(lengths)
        #expect(shape.count == count)
        #expect(shape.strides == strides)
        #expect(shape.description == text)
    }

    @Test func offsetAndIndexAreInverse() {
        let shape: Shape = [2, 3, 1, 4]
        let indices = (0..<shape.count).map { shape.index(at: $0) }
        #expect(indices.map { shape.offset(of: $0) } == Array(0..<shape.count))
        #expect(indices.first == [0, 0, 0, 0])
        #expect(indices.last == [1, 2, 0, 3])
        #expect(Set(indices).count == shape.count)
    }

    @Test(arguments: [[], [0], [2, 0], [0, 3], [-1, 0], [0, 0, 0]])
    func indexOutsideIsNil(index: [Int]) {
        #expect(Shape([2, 3]).offset(of: index) == nil)
    }

    @Test func negativeAxisCountsFromTheEnd() {
        let shape: Shape = [5, 6, 7]
        #expect([shape[-1], shape[-2], shape[-3]] == [7, 6, 5])
    }

    /// Lengths are read from files: however large, they must not stop the program.
    @Test(arguments: [[1 << 40, 1 << 40], [Int.max, 2, 3], [0, Int.max, Int.max]])
    func absurdLengthsDoNotOverflow(lengths: [Int]) {
        let shape = Shape(lengths)
        #expect(shape.count == (lengths.contains(0) ? 0 : .max))
        #expect(shape.strides.count == lengths.count)
        expectFailure(TensorError.self) { try Tensor(shape, [1, 2]) }
    }
}

@Suite struct TensorValueTests {
    let tensor = Tensor.test([3, 4])

    @Test func scalarsMustFillTheShape() throws {
        expectFailure(TensorError.count(expected: 6, found: 5, shape: [2, 3])) {
            try Tensor([2, 3], [1, 2, 3, 4, 5])
        }
        #expect(try Tensor([2, 2], [1, 2, 3, 4]).scalars == [1, 2, 3, 4])
        #expect(Tensor(scalar: 2.5).scalars == [2.5])
        #expect(try Tensor([0, 3], []).scalars == [])
    }

    @Test func aCopyThatChangesLeavesTheOriginal() {
        let before = tensor.scalars
        var copy = tensor
        copy.mutate { $0[0] = 100 }
        #expect(tensor.scalars == before)
        #expect(copy.scalars == [100] + before.dropFirst())
    }

    @Test func viewsShareUntilTheyChange() throws {
        let before = tensor.scalars
        var row = try tensor.entry(1)
        var rows = try tensor.entries(1..<3)
        var flat = try tensor.reshaped([12])
        #expect(row.scalars == Array(before[4..<8]))
        #expect(rows.scalars == Array(before[4...]))
        row.mutate { $0.update(repeating: 1) }
        rows.mutate { $0.update(repeating: 2) }
        flat.mutate { $0.update(repeating: 3) }
        #expect(tensor.scalars == before)
        #expect(row.scalars == [1, 1, 1, 1])
        #expect(rows.scalars == [Float](repeating: 2, count: 8))
        #expect(flat.scalars == [Float](repeating: 3, count: 12))
    }

    /// A view that outlives its parent owns the memory alone: it may change in place, at its own offset.
    @Test func aViewThatOutlivesItsParentChangesAlone() throws {
        var row = try Tensor([2, 3], [1, 2, 3, 4, 5, 6]).entry(1)
        row.mutate { $0[0] = 9 }
        #expect(row.scalars == [9, 5, 6])
    }

    @Test func accumulatingAcrossACopyReadsTheOldNumbers() throws {
        var sum = try Tensor([3], [1, 2, 3])
        sum.accumulate(sum, times: 2)
        #expect(sum.scalars == [3, 6, 9])
    }

    @Test func borrowedMemoryIsNeverWritten() throws {
        final class Owner: Sendable {}
        let numbers: [Float] = [1, 2, 3]
        try numbers.withUnsafeBufferPointer { buffer in
            let base = try #require(buffer.baseAddress)
            var borrowed = Tensor(borrowing: base, shape: [3], owner: Owner())
            borrowed.mutate { $0[0] = 9 }
            #expect(borrowed.scalars == [9, 2, 3])
        }
        #expect(numbers == [1, 2, 3])
    }

    @Test func cellsOutsideAreNil() {
        #expect(tensor.cell([2, 3]) == tensor.scalars.last)
        #expect(tensor.cell([3, 0]) == nil)
        #expect(tensor.cell([0]) == nil)
    }

    @Test func viewsOutsideAreErrors() {
        expectFailure(TensorError.self) { try tensor.entry(3) }
        expectFailure(TensorError.self) { try tensor.entry(-1) }
        expectFailure(TensorError.self) { try tensor.entries(2..<4) }
        expectFailure(TensorError.self) { try tensor.reshaped([5]) }
        expectFailure(TensorError.self) { try tensor.permuted([0]) }
        expectFailure(TensorError.self) { try tensor.permuted([0, 0]) }
        expectFailure(TensorError.self) { try Tensor(scalar: 1).entry(0) }
    }

    @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]])
    func permutedCellsKeepTheirNumbers(order: [Int]) throws {
        let source = Tensor.test([2, 3, 4])
        let permuted = try source.permuted(order)
        #expect(permuted.shape.dimensions == order.map { source.shape[$0] })
        for place in 0..<permuted.count {
            let index = permuted.shape.index(at: place)
            var original = [0, 0, 0]
            for (axis, from) in order.enumerated() { original[from] = index[axis] }
            #expect(permuted[flat: place] == source.cell(original))
        }
        #expect(try Tensor([0, 3], []).permuted([1, 0]).shape == [3, 0])
    }

    @Test func equalityIsShapeAndNumbers() throws {
        #expect(try tensor == Tensor([3, 4], tensor.scalars))
        #expect(try tensor != tensor.reshaped([4, 3]))
        #expect(Tensor(scalar: .nan) != Tensor(scalar: .nan))
    }
}
