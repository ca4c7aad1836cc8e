import Drawing
import Platform
import Wording

/// A vector's geometry, in double precision.
extension [Float] {
    func dot(_ other: [Float]) -> Double { zip(self, other).reduce(0) { $0 + Double($1.0) * Double($1.1) } }

    /// Its Euclidean length.
    var norm: Double { dot(self).squareRoot() }

    /// The cosine of the angle to another vector; not a number where either has no length.
    func cosine(_ other: [Float]) -> Double {
        let product = norm * other.norm
        return product > 0 ? Swift.max(-1, Swift.min(1, dot(other) / product)) : .nan
    }

    func adding(_ other: [Float]) -> [Float] { zip(self, other).map { $0 + $1 } }
    func subtracting(_ other: [Float]) -> [Float] { zip(self, other).map { $0 - $1 } }
}

/// Terms and their sum, with as many decimals as make the digits that are shown add up.
struct ShownSum: Sendable {
    let terms: [String]
    let total: String
    /// Between terms and total: `=`, or `≈` where no few decimals add up.
    let sign: String

    init(_ terms: [Double], total: Double, decimals: ClosedRange<Int> = 2...4) {
        let most = ([total] + terms).reduce(0) { $1.isFinite ? Swift.max($0, abs($1)) : $0 }
        func units(_ value: Double, _ places: Int) -> Double {
            (abs(value) * pow(10, Double(places))).rounded() * (value < 0 ? -1 : 1)
        }
        let fitting = decimals.first { places in
            most < 1e6 && terms.reduce(0) { $0 + units($1, places) } == units(total, places)
        }
        let places = fitting ?? decimals.lowerBound
        self.terms = terms.map { Numbers.fixed($0, decimals: places) }
        self.total = Numbers.fixed(total, decimals: places)
        sign = fitting == nil ? "≈" : "="
    }
}

/// An angle as people write it: `97°`.
func degrees(cosine: Double) -> String { Numbers.fixed(acos(cosine) * 180 / Double.pi, decimals: 0) + "°" }
