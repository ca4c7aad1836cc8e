/// One meaning in both languages.
public struct TranslationPair: Sendable, Hashable {
    public var english: String
    public var chinese: String

    /// From which language into which. The source's script says it: no marker is needed.
    public enum Direction: String, Sendable, Hashable, CaseIterable, Codable {
        case toChinese
        case toEnglish
    }

    public func source(_ direction: Direction) -> String { direction == .toChinese ? english : chinese }
    public func target(_ direction: Direction) -> String { direction == .toChinese ? chinese : english }
}

/// A day of the (proleptic) Gregorian calendar.
public struct CalendarDate: Sendable, Hashable {
    public var year: Int
    public var month: Int
    public var day: Int

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// nil where the calendar has no such day, or the year not four digits.
    public init?(year: Int, month: Int, day: Int) {
        guard (1_000...9_999).contains(year), (1...12).contains(month),
            (1...Self.days(in: month, of: year)).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    public static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// `the fifth of March 1987` and `一九八七年三月五日`.
    public var pair: TranslationPair? {
        guard let ordinal = EnglishNumeral.ordinal(day), let monthWord = ChineseNumeral.cardinal(month),
            let dayWord = ChineseNumeral.cardinal(day)
        else { return nil }
        return TranslationPair(
            english: "the \(ordinal) of \(Self.months[month - 1]) \(year)",
            chinese: "\(ChineseNumeral.year(year))年\(monthWord)月\(dayWord)日")
    }
}

/// Something that is counted, with its measure word.
public struct CountedThing: Sendable, Hashable {
    public var singular: String
    public var plural: String
    public var chinese: String
    /// 个, 只, 本 …
    public var measure: String

    /// `two cats` and `两只猫`: before a measure word a two that stands alone is 两.
    public func pair(count: Int) -> TranslationPair? {
        guard count > 0, let english = EnglishNumeral.cardinal(count), let chinese = ChineseNumeral.cardinal(count)
        else { return nil }
        return TranslationPair(
            english: english + " " + (count == 1 ? singular : plural),
            chinese: (count == 2 ? "两" : chinese) + measure + self.chinese)
    }
}
