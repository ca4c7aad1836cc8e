import Drawing
import Platform

/// How a computed number is written in prose: as figures write it, so that page and picture agree.
package struct NumberFormat: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        /// A share of one as a percentage, never rounded to a whole that it is not; `percent:1` has one decimal.
        case percent
        /// A whole number, in groups of three digits where there are more than four.
        case integer
        /// Three significant digits; `decimal:5` has five.
        case decimal
        /// Two decimals; `fixed:4` has four.
        case fixed
        /// A whole number counted from one, for people: layer 0 is the first.
        case ordinal
        /// As a command takes it: no groups, an ordinary minus sign.
        case plain

        /// Whether the chapter may say how many digits.
        var takesDigits: Bool { self == .percent || self == .decimal || self == .fixed }
    }

    package let kind: Kind
    /// Where the chapter says how many.
    package let digits: Int?

    package static let percent = NumberFormat(.percent)
    package static let integer = NumberFormat(.integer)
    package static let decimal = NumberFormat(.decimal)
    package static let fixed = NumberFormat(.fixed)
    package static let ordinal = NumberFormat(.ordinal)
    package static let plain = NumberFormat(.plain)

    package init(_ kind: Kind, digits: Int? = nil) { (self.kind, self.digits) = (kind, digits) }

    /// Reads `percent` or `percent:1`; nil for anything else.
    init?(_ text: String) {
        let pieces = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let first = pieces.first, let kind = Kind(rawValue: first), pieces.count <= 2 else { return nil }
        guard pieces.count == 2 else {
            self.init(kind)
            return
        }
        guard kind.takesDigits, let digits = Int(pieces[1]), (0...8).contains(digits) else { return nil }
        self.init(kind, digits: digits)
    }

    static var list: String {
        Kind.allCases.map { $0.takesDigits ? "\($0.rawValue), \($0.rawValue):2" : $0.rawValue }.joined(separator: ", ")
    }

    package func text(_ value: Double) -> String {
        switch kind {
        case .percent: digits.map { Numbers.fixed(value * 100, decimals: $0) + "%" } ?? Numbers.percent(value)
        case .integer: Numbers.fixedCount(value)
        case .ordinal: Numbers.fixedCount(value + 1)
        case .decimal: Numbers.significant(value, digits: digits ?? 3)
        case .fixed: Numbers.fixed(value, decimals: digits ?? 2)
        case .plain: Int(exactly: value).map { "\($0)" } ?? "\(value)"
        }
    }

    /// How far a reader's number may lie from the value and still be the one that is shown: half of the last digit.
    package func tolerance(of value: Double) -> Double {
        let shown = text(value)
        var unit = 1.0
        if kind == .decimal, Numbers.hasPower(value), shown.contains("×") {
            // `3.0×10⁻⁶`: the last digit of what stands before the power.
            let (mantissa, exponent) = Numbers.mantissaAndPower(value)
            let decimals = mantissa.drop { $0 != "." }.dropFirst().count
            unit = pow(10, Double(exponent - decimals))
        } else if let point = shown.firstIndex(of: ".") {
            for _ in shown[shown.index(after: point)...].prefix(while: { $0.isNumber }) { unit /= 10 }
        } else if kind == .decimal, abs(value) >= 1000 {
            // Three digits of a large number: 1230 stands for anything from 1225 to 1235.
            unit = max(1, Self.power(of: abs(value)) / 100)
        }
        if shown.hasSuffix("%") { unit /= 100 }
        return max(unit / 2, abs(value) * 1e-9)
    }

    /// The greatest power of ten that is not greater.
    private static func power(of size: Double) -> Double {
        var power = 1.0
        while power * 10 <= size, power < 1e15 { power *= 10 }
        return power
    }
}

extension Numbers {
    /// A count that arrives as a floating-point number.
    fileprivate static func fixedCount(_ value: Double) -> String {
        Int(exactly: value).map(count) ?? significant(value)
    }
}
