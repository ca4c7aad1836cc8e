import Tensors
import TestSupport
import Testing

/// Matrix products through BLAS against three loops in double precision.
@Suite struct MatrixProductTests {
    struct Sizes: Sendable, CustomTestStringConvertible {
        let rows: Int
        let columns: Int
        let inner: Int
        var testDescription: String { "\(rows) × \(inner) by \(inner) × \(columns)" }
    }

    static let sizes = [
        (1, 1, 1), (1, 5, 7), (6, 1, 7), (3, 4, 1), (3, 4, 0), (5, 64, 33), (65, 17, 40), (0, 3, 2), (3, 0, 2),
        (7, 50, 256), (18, 35, 23), (40, 16, 9), (2, 32, 257), (64, 65, 70), (33, 100, 100),
    ].map { Sizes(rows: $0, columns: $1, inner: $2) }

    /// What the target holds beforehand is NaN: with `keep` 0 it must not be read.
    @Test(arguments: sizes, [(false, false), (false, true), (true, false), (true, true)])
    func agrees(size: Sizes, transposed: (left: Bool, right: Bool)) throws {
        let padding = 3
        let leftShape: Shape = transposed.left ? [size.inner, size.rows] : [size.rows, size.inner]
        let rightShape: Shape = transposed.right ? [size.columns, size.inner] : [size.inner, size.columns]
        let left = Tensor.test(leftShape, seed: 1)
        let right = Tensor.test(rightShape, seed: 2)
        var target = Tensor([size.rows, size.columns + padding], repeating: .nan)
        target.mutate { buffer in
            guard let base = buffer.baseAddress else { return }
            multiply(
                MatrixView(left.pointer, stride: leftShape[1], transposed: transposed.left),
                MatrixView(right.pointer, stride: rightShape[1], transposed: transposed.right),
                into: base, targetStride: size.columns + padding, rows: size.rows, columns: size.columns,
                inner: size.inner, scale: 0.5)
        }
        withExtendedLifetime((left, right)) {}
        for row in 0..<size.rows {
            for column in 0..<size.columns {
                var expected = 0.0
                var magnitude = 0.0
                for inner in 0..<size.inner {
                    let a = try #require(left.cell(transposed.left ? [inner, row] : [row, inner]))
                    let b = try #require(right.cell(transposed.right ? [column, inner] : [inner, column]))
                    expected += 0.5 * Double(a) * Double(b)
                    magnitude += abs(0.5 * Double(a) * Double(b))
                }
                let found = Double(try #require(target.cell([row, column])))
                if !(abs(found - expected) <= 1e-6 * magnitude) { Issue.record("[\(row), \(column)]: \(found)") }
            }
            for column in size.columns..<(size.columns + padding) {
                #expect(target.cell([row, column])?.isNaN == true, "what lies between rows is not ours to write")
            }
        }
    }

    @Test func keepAddsToTheTarget() throws {
        let left = try Tensor([2, 2], [1, 2, 3, 4])
        let right = try Tensor([2, 2], [1, 0, 0, 1])
        var target = Tensor([2, 2], repeating: 10)
        target.mutate { buffer in
            guard let base = buffer.baseAddress else { return }
            multiply(
                MatrixView(left.pointer, stride: 2), MatrixView(right.pointer, stride: 2), into: base, targetStride: 2,
                rows: 2, columns: 2, inner: 2, keep: 0.5)
        }
        withExtendedLifetime((left, right)) {}
        #expect(target.scalars == [6, 7, 8, 9])
    }
}
