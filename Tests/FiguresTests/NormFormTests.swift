import Tensors
import Testing
import Tracing

@testable import Figures

/// Which norm a recorded table was made by is told from its numbers, or not at all.
@Suite struct NormFormTests {
    private static func rows(_ count: Int) -> [[Float]] {
        (0..<count).map { row -> [Float] in
            (0..<8).map { column -> Float in
                let step = (column * 37 + row * 53) % 29
                return Float(step) / 5 + Float(row) / 3
            }
        }
    }

    private static func normalized(_ rows: [[Float]], isCentred: Bool, epsilon: Double) -> [[Float]] {
        rows.map { row in
            let mean = isCentred ? row.average : 0
            let spread = isCentred ? row.deviation : row.rootMeanSquare
            let root = (spread * spread + epsilon).squareRoot()
            return row.enumerated().map { column, value -> Float in
                let gain = 1 + Double(column) / 4
                let scaled = (Double(value) - mean) / root * gain
                return Float(isCentred ? scaled + Double(column % 3) - 1 : scaled)
            }
        }
    }

    @Test(arguments: [1e-12, 1e-6, 1e-5]) func theNumbersTell(epsilon: Double) {
        let before = Self.rows(6)
        func form(_ isCentred: Bool) -> NormForm {
            NormForm(before: before, after: Self.normalized(before, isCentred: isCentred, epsilon: epsilon))
        }
        #expect(form(true) == .layer && form(false) == .rms)
    }

    @Test func whatTellsNothingIsUnknown() {
        let before = Self.rows(6)
        let after = Self.normalized(before, isCentred: true, epsilon: 1e-5)
        // Too few rows, another table, nothing at all, and not a number.
        #expect(NormForm(before: Array(before.prefix(2)), after: Array(after.prefix(2))) == .unknown)
        #expect(NormForm(before: before, after: Self.rows(7).suffix(6).reversed()) == .unknown)
        #expect(NormForm(before: [], after: []) == .unknown)
        #expect(NormForm(before: before, after: before.map { $0.map { _ in .nan } }) == .unknown)
        // Where the mean is zero anyway both are one.
        let centred = before.map { row in row.map { $0 - Float(row.average) } }
        #expect(
            NormForm(before: centred, after: Self.normalized(centred, isCentred: false, epsilon: 1e-5)) == .unknown)
    }
}
