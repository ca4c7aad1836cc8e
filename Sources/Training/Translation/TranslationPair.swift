/// One meaning in both languages.
package struct TranslationPair: Sendable, Hashable {
    package var english: String
    package var chinese: String

    /// From which language into which. The source's script says it: no marker is needed.
    package enum Direction: String, Sendable, Hashable, CaseIterable, Codable {
        case toChinese
        case toEnglish
    }

    package func source(_ direction: Direction) -> String { direction == .toChinese ? english : chinese }
    package func target(_ direction: Direction) -> String { direction == .toChinese ? chinese : english }
}

/// A day of the (proleptic) Gregorian calendar.
package struct CalendarDate: Sendable, Hashable {
    package var year: Int
    package var month: Int
    package var day: Int

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// nil where the calendar has no such day, or the year not four digits.
    package init?(year: Int, month: Int, day: Int) {
        guard (1_000...9_999).contains(year), (1...12).contains(month),
            (1...Self.days(in: month, of: year)).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    package static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// `the fifth of March 1987` and `一九八七年三月五日`.
    package var pair: TranslationPair? {
        guard let ordinal = EnglishNumeral.ordinal(day), let monthWord = ChineseNumeral.cardinal(month),
            let dayWord = ChineseNumeral.cardinal(day)
        else { return nil }
        return TranslationPair(
            english: "the \(ordinal) of \(Self.months[month - 1]) \(year)",
            chinese: "\(ChineseNumeral.year(year))年\(monthWord)月\(dayWord)日")
    }
}

/// Something that is counted, with its measure word.
package struct CountedThing: Sendable, Hashable {
    package var singular: String
    package var plural: String
    package var chinese: String
    /// 个, 只, 本 …
    package var measure: String

    /// `two cats` and `两只猫`: before a measure word a two that stands alone is 两.
    package func pair(count: Int) -> TranslationPair? {
        guard count > 0, let english = EnglishNumeral.cardinal(count), let chinese = ChineseNumeral.cardinal(count)
        else { return nil }
        return TranslationPair(
            english: english + " " + (count == 1 ? singular : plural),
            chinese: (count == 2 ? "两" : chinese) + measure + self.chinese)
    }
}
