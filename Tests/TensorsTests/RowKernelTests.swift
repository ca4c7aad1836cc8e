import Foundation
import Tensors
import TestSupport
import Testing

/// Kernels that work row by row, against double-precision arithmetic.
@Suite struct RowKernelTests {
    static let widths = [1, 7, 64, 1000]

    private func rows(_ tensor: Tensor) -> [[Double]] {
        let width = tensor.shape[-1]
        let all = tensor.scalars.map(Double.init)
        return stride(from: 0, to: all.count, by: max(width, 1)).map { Array(all[$0..<($0 + width)]) }
    }

    private func softmax(_ row: [Double]) -> [Double] {
        let top = row.max() ?? 0
        let powers = row.map { exp($0 - top) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }

    @Test(arguments: widths, [0.0, 1, 30]) func softmaxAgrees(width: Int, deviation: Double) {
        let x = Tensor.test([5, width], seed: UInt64(width), deviation: deviation, mean: 10)
        poisonFreedMemory()
        let found = rows(x.softmax())
        for (found, row) in zip(found, rows(x)) {
            let expected = softmax(row)
            #expect(relativeNorm(found, expected) < 5e-7)
            #expect(abs(found.reduce(0, +) - 1) < 5e-7)
            // x − max is rounded to float32, and e to that power carries the rounding on.
            let top = row.max() ?? 0
            let fits = zip(row, zip(found, expected)).allSatisfy { score, pair in
                abs(pair.0 - pair.1) <= (5e-7 + 0x1p-24 * (top - score)) * pair.1 + 2e-38
            }
            #expect(fits)
        }
    }

    @Test func softmaxOfMaskedAndExtremeScores() throws {
        let infinity = Float.infinity
        let x = try Tensor(
            [6, 4],
            [
                1, 2, -infinity, -infinity, -infinity, 5, -infinity, -infinity,
                3e38, 3e38, -3e38, 0, -3e38, -3e38, -3e38, -3e38,
                1000, 999, 0, -1000, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 0, 0,
            ])
        let found = rows(x.softmax())
        #expect(found[0][2] == 0 && found[0][3] == 0)
        for (place, expected) in softmax([1, 2]).enumerated() { #expect(abs(found[0][place] - expected) < 1e-7) }
        #expect(found[1] == [0, 1, 0, 0])
        #expect(found[2] == [0.5, 0.5, 0, 0])
        #expect(found[3] == [0.25, 0.25, 0.25, 0.25])
        for (place, expected) in softmax([1000, 999, 0, -1000]).enumerated() {
            #expect(abs(found[4][place] - expected) < 1e-7)
        }
        #expect(found[5] == [0.25, 0.25, 0.25, 0.25])
    }

    /// A row without any visible score has no answer, and NaN must not be hidden; other rows are untouched.
    @Test func softmaxWithoutAnAnswerIsNaN() throws {
        let infinity = Float.infinity
        let x = try Tensor([4, 2], [-infinity, -infinity, .nan, 1, infinity, 1, 0, 0])
        let found = rows(x.softmax())
        #expect(found[0].allSatisfy { $0.isNaN })
        #expect(found[1].allSatisfy { $0.isNaN })
        #expect(found[2][0].isNaN)
        #expect(found[3] == [0.5, 0.5])
    }

    @Test func emptyTensors() {
        #expect(Tensor([0, 5], repeating: 0).softmax().shape == [0, 5])
        #expect(Tensor([5, 0], repeating: 0).softmax().shape == [5, 0])
        #expect(Tensor([0], repeating: 0).sum() == 0)
        #expect(Tensor([0, 4], repeating: 0).layerNormScale(epsilon: 1e-5).shape == [0, 1])
        #expect(Tensor([0, 4], repeating: 0).summedRows(into: [4]).scalars == [0, 0, 0, 0])
        #expect(Tensor([0, 4], repeating: 0).crossEntropies(targets: []).isEmpty)
    }

    private func normalized(_ row: [Double], epsilon: Double) -> (scale: Double, values: [Double]) {
        let mean = row.reduce(0, +) / Double(row.count)
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
        let scale = (variance + epsilon).squareRoot()
        return (scale, row.map { ($0 - mean) / scale })
    }

    /// A mean a hundred times the deviation still leaves five digits (its own rounding is 4e-6 deviations); one-pass
    /// variance would not.
    @Test(arguments: widths, [0.0, 100]) func layerNormAgrees(width: Int, mean: Double) {
        let x = Tensor.test([4, width], seed: UInt64(width), mean: mean)
        let gain = Tensor.test([width], seed: 2)
        let bias = Tensor.test([width], seed: 3)
        poisonFreedMemory()
        let scale = x.layerNormScale(epsilon: 1e-5)
        let y = rows(x.layerNorm(scale: scale, gain: gain, bias: bias))
        let tolerance = 1e-6 * (1 + mean / 20)
        for (row, (found, values)) in zip(y, rows(x)).enumerated() {
            let exact = normalized(values, epsilon: 1e-5)
            #expect(abs(Double(scale[flat: row]) / exact.scale - 1) < tolerance)
            let expected = exact.values.enumerated().map { $1 * Double(gain[flat: $0]) + Double(bias[flat: $0]) }
            #expect(relativeNorm(found, expected) < tolerance)
        }
    }

    /// Equal numbers have no variance: ε alone keeps the division finite.
    @Test func layerNormOfEqualNumbersIsItsBias() {
        let x = Tensor([2, 8], repeating: 3)
        let bias = Tensor.test([8])
        let scale = x.layerNormScale(epsilon: 1e-5)
        let y = x.layerNorm(scale: scale, gain: Tensor([8], repeating: 2), bias: bias)
        #expect(y.scalars == bias.scalars + bias.scalars)
    }

    @Test(arguments: widths) func crossEntropyAgrees(width: Int) {
        let logits = Tensor.test([4, width], seed: UInt64(width), deviation: 5)
        let targets = [0, Int32(width - 1), -1, Int32(width / 2)]
        let losses = logits.crossEntropies(targets: targets)
        let gradient = rows(logits.crossEntropyGradient(targets: targets, factor: 0.5))
        for (place, (target, row)) in zip(targets, rows(logits)).enumerated() {
            guard target >= 0 else {
                #expect(losses[place] == 0)
                #expect(gradient[place].allSatisfy { $0 == 0 })
                continue
            }
            var expected = softmax(row)
            #expect(abs(Double(losses[place]) + log(expected[Int(target)])) < 2e-6 * (1 - log(expected[Int(target)])))
            expected[Int(target)] -= 1
            #expect(zip(gradient[place], expected).allSatisfy { abs($0 - $1 / 2) < 2e-7 })
        }
    }

    @Test(arguments: [0, 1, 7, 64, 1000]) func sumsAgree(length: Int) {
        let x = Tensor.test([length], seed: 4, deviation: 100)
        let numbers = x.scalars.map(Double.init)
        #expect(abs(x.sum() - numbers.reduce(0, +)) <= 1e-9 * Double(length + 1))
        let squares = numbers.reduce(0) { $0 + $1 * $1 }
        #expect(abs(x.sumOfSquares() - squares) <= 1e-12 * squares)
        let other = Tensor.test([length], seed: 5)
        #expect(x.adding(other).scalars == zip(x.scalars, other.scalars).map { $0 + $1 })
        #expect(x.scaled(by: 0.25).scalars == x.scalars.map { $0 * 0.25 })
    }

    @Test func rowsAreSummedByColumn() {
        let x = Tensor.test([50, 33])
        let found = x.summedRows(into: [33]).scalars.map(Double.init)
        var expected = [Double](repeating: 0, count: 33)
        for row in rows(x) { for (column, value) in row.enumerated() { expected[column] += value } }
        #expect(relativeNorm(found, expected) < 1e-6)
    }
}
