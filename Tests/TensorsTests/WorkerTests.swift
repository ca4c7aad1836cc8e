import Foundation
import Testing

@testable import Tensors

@Suite("Work shared out over threads")
struct WorkerTests {
    /// Where each part wrote, once: more threads than cores, pieces one after the other, several callers at once.
    @Test(arguments: [0, 1, 3, 8]) func everyPartIsDoneOnce(workers: Int) {
        let pool = WorkerPool(workers: workers)
        DispatchQueue.concurrentPerform(iterations: 3) { caller in
            for piece in 0..<200 {
                let count = (piece * 7 + caller) % 40
                nonisolated(unsafe) let hits = UnsafeMutablePointer<Int>.allocate(capacity: max(count, 1))
                hits.initialize(repeating: 0, count: max(count, 1))
                pool.run(count) { hits[$0] += $0 + 1 }
                let expected = (0..<count).map { $0 + 1 }
                #expect(Array(UnsafeBufferPointer(start: hits, count: count)) == expected)
                hits.deallocate()
            }
        }
    }

    /// A worker that has gone to sleep is woken.
    @Test func sleepersWake() {
        let pool = WorkerPool(workers: 2)
        for _ in 0..<5 {
            Thread.sleep(forTimeInterval: 0.01)
            nonisolated(unsafe) let hits = UnsafeMutablePointer<Int>.allocate(capacity: 4)
            hits.initialize(repeating: 0, count: 4)
            pool.run(4) { hits[$0] += 1 }
            #expect((0..<4).allSatisfy { hits[$0] == 1 })
            hits.deallocate()
        }
    }

    struct Product: Sendable, CustomTestStringConvertible {
        let rows: Int
        let inner: Int
        let columns: Int
        let left: Bool
        let right: Bool
        var testDescription: String {
            "\(rows) × \(inner) × \(columns)\(left ? ", left turned" : "")\(right ? ", right turned" : "")"
        }
    }

    static let products: [Product] = [
        (1, 700, 300), (1, 300, 700), (1, 3, 5), (1, 5003, 301), (1, 301, 9001), (3, 500, 333), (333, 500, 3),
        (130, 70, 257), (257, 64, 1),
    ]
    .flatMap { size in
        [(false, false), (false, true), (true, false), (true, true)].map {
            Product(rows: size.0, inner: size.1, columns: size.2, left: $0.0, right: $0.1)
        }
    }

    /// Against sums in double precision, cell by cell; `keep` and `scale` included.
    @Test(arguments: products) func productsAreExact(_ product: Product) {
        var random = RandomSource(seed: 3)
        func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.uniform() - 0.5) } }
        let (rows, inner, columns) = (product.rows, product.inner, product.columns)
        let left = numbers(rows * inner)
        let right = numbers(inner * columns)
        let before = numbers(rows * columns)
        var target = before
        multiply(
            MatrixView(left, stride: product.left ? rows : inner, transposed: product.left),
            MatrixView(right, stride: product.right ? inner : columns, transposed: product.right),
            into: &target, targetStride: columns, rows: rows, columns: columns, inner: inner, scale: 0.5, keep: 2)
        var worst = 0.0
        for row in 0..<rows {
            for column in 0..<columns {
                var sum = 0.0
                for place in 0..<inner {
                    let a = left[product.left ? place * rows + row : row * inner + place]
                    let b = right[product.right ? column * inner + place : place * columns + column]
                    sum += Double(a) * Double(b)
                }
                let exact = 0.5 * sum + 2 * Double(before[row * columns + column])
                worst = max(worst, abs(Double(target[row * columns + column]) - exact))
            }
        }
        #expect(worst < 1e-5, "\(worst)")
    }

    /// Parts of long tensors end in the same bits as one part, so that nothing depends on the number of cores.
    @Test func partsDoNotShow() throws {
        var random = RandomSource(seed: 5)
        let x = try Tensor([300, 1001], (0..<300_300).map { _ in Float(4 * random.uniform() - 2) })
        for function in ActivationFunction.allCases {
            let whole = x.activated(function)
            for row in stride(from: 0, to: 300, by: 37) {
                #expect(try whole.entry(row) == x.entry(row).activated(function))
            }
        }
        let softmax = x.softmax()
        for row in stride(from: 0, to: 300, by: 37) { #expect(try softmax.entry(row) == x.entry(row).softmax()) }
    }
}
