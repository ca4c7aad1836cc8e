import Drawing
import Foundation

/// The numbers of a sentence outside its quoted tokens, shares apart.
struct Said {
    let words: String

    init(_ words: String) { self.words = words }

    private var all: [String] {
        var text = ""
        var isQuoted = false
        for character in words {
            if character == "“" { isQuoted = true }
            if !isQuoted { text.append(character) }
            if character == "”" { isQuoted = false }
        }
        let outside = text.replacing(/\(position \d+\)/, with: "").replacing(/L\d+H\d+|[LH]\d+/, with: "")
        return outside.matches(of: /[<>]?−?\d[\d\u{2009}]*(\.\d+)?(×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?%?°?/).map { String($0.output.0) }
    }

    var shares: [String] { all.filter { $0.hasSuffix("%") } }
    var numbers: [String] { all.filter { !$0.hasSuffix("%") } }
    var values: [Double] {
        numbers.compactMap { number in
            let parts = number.replacing("\u{2009}", with: "").replacing("−", with: "-").split(separator: "×10")
            guard let mantissa = parts.first.flatMap({ Double($0) }) else { return nil }
            guard parts.count > 1 else { return mantissa }
            let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
            let power = parts[1].compactMap { digits.firstIndex(of: $0) }.reduce(0) { $0 * 10 + $1 }
            return mantissa * pow(10, Double(parts[1].first == "⁻" ? -power : power))
        }
    }
}

func length(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }

func cosine(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / (length(a) * length(b))
}

/// A share as a sentence writes it; a float's last bit may move the last digit.
func isShare(_ value: Double, _ text: String) -> Bool {
    [value, value * (1 - 1e-4), value * (1 + 1e-4)].contains { Numbers.percent($0) == text }
}
