import Drawing

/// How a computed number is written in prose: as figures write it, so that page and picture agree.
package enum NumberFormat: String, Sendable, CaseIterable {
    /// A share of one as a percentage, never rounded to a whole that it is not.
    case percent
    /// A whole number, in groups of three digits where there are more than four.
    case integer
    /// Three significant digits.
    case decimal
    /// A whole number counted from one, for people: layer 0 is the first.
    case ordinal
    /// As a command takes it: no groups, an ordinary minus sign.
    case plain

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    package func text(_ value: Double) -> String {
        switch self {
        case .percent: Numbers.percent(value)
        case .integer: Numbers.fixedCount(value)
        case .ordinal: Numbers.fixedCount(value + 1)
        case .decimal: Numbers.significant(value)
        case .plain: Int(exactly: value).map { "\($0)" } ?? "\(value)"
        }
    }
}

extension Numbers {
    /// A count that arrives as a floating-point number.
    fileprivate static func fixedCount(_ value: Double) -> String {
        Int(exactly: value).map(count) ?? significant(value)
    }
}
