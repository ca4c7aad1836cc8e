import Drawing

/// Whether numbers as they are written bear out the arithmetic between them.
enum ShownArithmetic {
    /// A number as it is written with so many decimals.
    static func rounded(_ value: Double, _ decimals: Int = 2) -> Double {
        var factor = 1.0
        for _ in 0..<max(0, min(12, decimals)) { factor *= 10 }
        let units = (abs(value) * factor).rounded()
        return (value < 0 ? -units : units) / factor
    }

    /// `=` where what was computed of written numbers is written as the result is, else `≈`.
    static func sign(_ computed: Double, _ result: Double, _ decimals: Int = 2) -> String {
        Numbers.fixed(computed, decimals: decimals) == Numbers.fixed(result, decimals: decimals) ? "=" : "≈"
    }

    /// The sign between a sum of written numbers and its written result.
    static func sign(sum parts: [Double], _ result: Double, _ decimals: Int = 2) -> String {
        sign(parts.reduce(0) { $0 + rounded($1, decimals) }, result, decimals)
    }
}
