import Foundation

/// How a computed number is written. Never rounds a number to something it is not: 99.98 % does not become 100 %.
public enum NumberFormat: String, Sendable, CaseIterable {
    /// A share of one as a percentage of three significant digits at most.
    case percent
    /// A whole number, in groups of three digits where there are more than four.
    case integer
    /// Three significant digits.
    case decimal
    /// A whole number counted from one, for people: layer 0 is the first.
    case ordinal
    /// The shortest digits that mean the same number.
    case plain

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The number as readers see it, with a true minus sign.
    public func text(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
        switch self {
        case .percent: return percent(value * 100) + "%"
        case .integer: return grouped(value)
        case .ordinal: return grouped(value + 1)
        case .decimal: return minus(significant(value, digits: 3))
        case .plain:
            return minus(value == value.rounded(.towardZero) && abs(value) < 1e15 ? "\(Int(value))" : "\(value)")
        }
    }

    private func percent(_ value: Double) -> String {
        if value == 0 || value == 100 { return "\(Int(value))" }
        // Close to a whole everything, the digits that matter are those of what is missing.
        if value > 99, value < 100 {
            let missing = 100 - value
            if missing < 0.001 { return ">99.999" }
            let places = missing < 0.01 ? 3 : missing < 0.1 ? 2 : 1
            let text = Fixed.text(value, places: places)
            return text.hasPrefix("100") ? Fixed.text(100 - tenth(places), places: places) : text
        }
        if value < 0.001, value > 0 { return "<0.001" }
        let places = abs(value) >= 10 ? 1 : abs(value) >= 1 ? 1 : abs(value) >= 0.1 ? 2 : 3
        return minus(Fixed.text(value, places: places))
    }

    private func tenth(_ places: Int) -> Double { (0..<places).reduce(1) { unit, _ in unit / 10 } }

    private func significant(_ value: Double, digits: Int) -> String {
        if value == 0 { return "0" }
        var places = digits - 1
        var bound = 10.0
        while abs(value) >= bound, places > 0 {
            places -= 1
            bound *= 10
        }
        bound = 1
        while abs(value) < bound, places < 6 {
            places += 1
            bound /= 10
        }
        return Fixed.text(value, places: places)
    }

    private func grouped(_ value: Double) -> String {
        let digits = Array(Fixed.text(abs(value), places: 0))
        let sign = value < 0 && digits != ["0"] ? "−" : ""
        guard digits.count > 4 else { return sign + String(digits) }
        var result = ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return sign + result
    }

    private func minus(_ text: String) -> String { text.hasPrefix("-") ? "−" + text.dropFirst() : text }
}

/// Numbers with a fixed count of decimals, without a locale.
enum Fixed {
    static func text(_ value: Double, places: Int) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (abs(value) * scale).rounded()
        guard scaled < 9e15 else { return "\(value)" }
        let whole = Int(scaled / scale)
        let rest = Int(scaled - Double(whole) * scale)
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(whole)" }
        let decimals = String(rest)
        return "\(sign)\(whole)." + String(repeating: "0", count: places - decimals.count) + decimals
    }
}
