import Drawing
import Wording

// Numbers as the figures of calculations write them, and the sums made of them.
extension Numbers {
    /// `(3, −1)`
    static func vector(_ numbers: [Double]) -> String {
        "(" + numbers.map { plain($0) }.joined(separator: ", ") + ")"
    }

    /// As people write a number: whole where it is, else with three significant digits.
    static func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e6 ? fixed(number, decimals: 0) : significant(number)
    }

    /// The same in brackets where a sign stands before it.
    static func factor(_ number: Double) -> String { number < 0 ? "(" + plain(number) + ")" : plain(number) }

    /// `=`, or `≈` where the number as it is written is not the number.
    static func equals(_ number: Double) -> String {
        let written = plain(number).replacing("−", with: "-")
        return Double(written).map { abs($0 - number) <= 1e-9 * max(1, abs(number)) } == true ? "=" : "≈"
    }

    /// `4 × 2 + 1 × 3 = 11`
    static func products(_ pairs: [(Double, Double)]) -> String {
        let sum = pairs.reduce(0) { $0 + $1.0 * $1.1 }
        return pairs.map { plain($0.0).bracketed(by: $0.0) + " × " + factor($0.1) }.joined(separator: " + ") + " "
            + equals(sum) + " " + plain(sum)
    }
}

extension String {
    fileprivate func bracketed(by number: Double) -> String { number < 0 ? "(" + self + ")" : self }
}

/// Lines of arithmetic under each other, each with words before it.
struct SumLines: ComposedMark {
    struct Line: Sendable {
        var words: Phrase
        var sum: String
        var tint: Tint

        init(_ words: Phrase, _ sum: String, _ tint: Tint = .ink) {
            (self.words, self.sum, self.tint) = (words, sum, tint)
        }
    }

    var lines: [Line]

    init(_ lines: [Line]) { self.lines = lines }

    func build(_ space: Space) -> AnyMark {
        let font = space.density.label
        return VStack(
            .leading, spacing: font.size * 0.8,
            lines.map { line in
                VStack(.leading, spacing: 2) {
                    Text(line.words).font(.small).color(.muted)
                    Text(line.sum).font(.mono(font)).color(line.tint)
                }.any
            }
        ).any
    }
}

extension Matrix {
    /// A column of numbers.
    init(column: [Double]) { self.init(numbers: column.map { [$0] }) }
    /// A row of numbers.
    init(row: [Double]) { self.init(numbers: [row]) }

    /// With as many decimals as the numbers have, at most two, and no colours: here the digits are the picture.
    init(numbers: [[Double]]) {
        let needs = numbers.joined().map { number in
            [0, 1].first { Double(Numbers.fixed(number, decimals: $0).replacing("−", with: "-")) == number } ?? 2
        }
        self = Matrix(numbers.map { $0.map { Float($0) } }).scaled(.none).digits(.decimals(needs.max() ?? 0))
    }
}
