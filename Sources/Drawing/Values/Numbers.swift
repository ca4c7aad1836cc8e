import Wording

/// Numbers as figures write them: a true minus sign, tabular, no exponent unless nothing else is readable.
public enum Numbers {
    public static let minus: Character = "−"

    /// With a fixed number of decimals: `−0.65`, `−∞`, `NaN`. A value that rounds to zero has no sign.
    public static func fixed(_ value: Double, decimals: Int = 2) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "−∞" : "∞" }
        let places = max(0, min(12, decimals))
        var factor = 1.0
        for _ in 0..<places { factor *= 10 }
        let scaled = (abs(value) * factor).rounded()
        guard scaled < 9e15 else { return scientific(value) }
        let units = Int64(scaled)
        var text = String(units / Int64(factor))
        if places > 0 {
            let fraction = String(units % Int64(factor))
            text += "." + String(repeating: "0", count: places - fraction.count) + fraction
        }
        return value < 0 && units > 0 ? String(minus) + text : text
    }

    /// With two to three significant digits: `0.012`, `1.23`, `12.3`, `1230`, `1.2×10⁻⁷`.
    public static func significant(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite, value != 0 else { return fixed(value, decimals: 0) }
        let size = abs(value)
        if hasPower(value) { return scientific(value) }
        var decimals = digits - 1
        var bound = 10.0
        while size >= bound, decimals > 0 {
            decimals -= 1
            bound *= 10
        }
        var low = 1.0
        while size < low, decimals < 8 {
            decimals += 1
            low /= 10
        }
        return trimmed(fixed(value, decimals: decimals))
    }

    /// A share of one as a percentage: `90%`, `3.2%`, `<0.1%`.
    public static func percent(_ share: Double) -> String {
        guard share.isFinite else { return fixed(share) }
        let percent = share * 100
        if percent > 0, percent < 0.1 { return "<0.1%" }
        if percent > 99.9, percent < 100 { return ">99.9%" }
        // Almost all is not all: 99.6 % keeps its decimal.
        if percent >= 99.5, percent <= 99.9 { return fixed(percent, decimals: 1) + "%" }
        return fixed(percent, decimals: abs(percent) < 10 && percent != percent.rounded() ? 1 : 0) + "%"
    }

    /// A count with thin spaces between thousands: `124 439 808`.
    public static func count(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        guard digits.count > 4 else { return (value < 0 ? "−" : "") + String(digits) }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append("\u{2009}") }
            text.append(digit)
        }
        return (value < 0 ? "−" : "") + text
    }

    /// A shape: `4 × 64`.
    public static func shape(_ sizes: [Int]) -> String { sizes.map { String($0) }.joined(separator: " × ") }

    private static let hexadecimals = Array("0123456789ABCDEF")

    /// A byte in two digits: `0A`.
    static func hexadecimal(_ byte: UInt8) -> String {
        String([hexadecimals[Int(byte >> 4)], hexadecimals[Int(byte & 15)]])
    }

    /// `10⁻³`
    public static func powerOfTen(_ exponent: Int) -> String {
        let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        return "10" + String(String(exponent).map { $0.wholeNumberValue.map { raised[$0] } ?? "⁻" })
    }

    private static func scientific(_ value: Double) -> String {
        let parts = mantissaAndPower(value)
        return parts.mantissa + "×" + powerOfTen(parts.exponent)
    }

    /// Whether ``significant(_:digits:)`` writes it with a power of ten.
    public static func hasPower(_ value: Double) -> Bool {
        value.isFinite && value != 0 && (abs(value) >= 1e6 || abs(value) < 1e-4)
    }

    /// The parts of a number that is written with a power of ten: `−1.2` and −7.
    public static func mantissaAndPower(_ value: Double) -> (mantissa: String, exponent: Int) {
        var mantissa = abs(value)
        var exponent = 0
        while mantissa >= 10 {
            mantissa /= 10
            exponent += 1
        }
        while mantissa < 1, mantissa > 0 {
            mantissa *= 10
            exponent -= 1
        }
        // What rounds up to ten has one power more.
        if (mantissa * 10).rounded() >= 100 {
            mantissa /= 10
            exponent += 1
        }
        let sign = value < 0 ? String(minus) : ""
        return (sign + fixed(mantissa, decimals: 1), exponent)
    }

    /// Without zeros at the end of the decimals.
    private static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var characters = Array(text)
        while characters.last == "0" { characters.removeLast() }
        if characters.last == "." { characters.removeLast() }
        return String(characters)
    }
}
