/// Whole numbers in English words, as British English says them: `three thousand and forty-two`.
package enum EnglishNumeral {
    /// Numbers from here on have no words here.
    package static let limit = 1_000_000_000

    static let small = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    static let tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    static let scales = ["", "thousand", "million"]
    /// The ordinals that are not their cardinal and `th`.
    static let irregular = [
        "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
        "twelve": "twelfth",
    ]

    /// `342506` → `three hundred and forty-two thousand five hundred and six`; nil below zero and from ``limit`` on.
    ///
    /// The rules: numbers are read in groups of three digits, each followed by its scale; hundreds are joined to what
    /// follows them by `and`; so is the last group, if it has no hundreds, to the groups before it; tens and units
    /// are joined by a hyphen.
    package static func cardinal(_ number: Int) -> String? {
        guard (0..<limit).contains(number) else { return nil }
        guard number > 0 else { return small[0] }
        var words: [String] = []
        var divisor = 1_000_000
        for (place, scale) in scales.enumerated().reversed() {
            let group = number / divisor % 1_000
            divisor /= 1_000
            guard group > 0 else { continue }
            if place == 0, group < 100, number >= 1_000 { words.append("and") }
            words.append(belowThousand(group))
            if place > 0 { words.append(scale) }
        }
        return words.joined(separator: " ")
    }

    /// `21` → `twenty-first`; nil where there is no cardinal.
    package static func ordinal(_ number: Int) -> String? {
        guard let cardinal = cardinal(number) else { return nil }
        // Only the last word changes, whatever stands before it.
        let start = cardinal.lastIndex { $0 == " " || $0 == "-" }.map { cardinal.index(after: $0) }
        let word = String(cardinal[(start ?? cardinal.startIndex)...])
        let ending: String
        if let known = irregular[word] {
            ending = known
        } else if word.hasSuffix("y") {
            ending = word.dropLast() + "ieth"
        } else {
            ending = word + "th"
        }
        return (start.map { String(cardinal[..<$0]) } ?? "") + ending
    }

    private static func belowThousand(_ number: Int) -> String {
        let (hundreds, rest) = number.quotientAndRemainder(dividingBy: 100)
        guard hundreds > 0 else { return belowHundred(rest) }
        let first = small[hundreds] + " hundred"
        return rest > 0 ? first + " and " + belowHundred(rest) : first
    }

    private static func belowHundred(_ number: Int) -> String {
        guard number >= small.count else { return small[number] }
        let (ten, unit) = number.quotientAndRemainder(dividingBy: 10)
        return unit > 0 ? tens[ten] + "-" + small[unit] : tens[ten]
    }
}
