/// Whole numbers in Chinese: `三千零四十二`.
package enum ChineseNumeral {
    /// Numbers from here on have no words here.
    package static let limit = 1_000_000_000_000

    static let digits: [Character] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    static let units = ["", "十", "百", "千"]
    static let scales = ["", "万", "亿"]

    /// `342506` → `三十四万二千五百零六`; nil below zero and from ``limit`` on.
    ///
    /// The rules: numbers are read in groups of four digits, each followed by its scale (万, 亿). A digit is followed
    /// by its unit (千, 百, 十). Zeros at the end of a group are not said; zeros before another digit are said once,
    /// as 零, also where a group with thousands missing follows a higher group (`十万零五百`). A number that begins with
    /// ten begins with 十, not 一十 (`十二`, but `一百一十二`).
    package static func cardinal(_ number: Int) -> String? {
        guard (0..<limit).contains(number) else { return nil }
        guard number > 0 else { return String(digits[0]) }
        var text = ""
        var divisor = 100_000_000
        for scale in scales.reversed() {
            let group = number / divisor % 10_000
            divisor /= 10_000
            guard group > 0 else { continue }
            if !text.isEmpty, group < 1_000 { text.append(digits[0]) }
            text += belowTenThousand(group) + scale
        }
        return text.hasPrefix("一十") ? String(text.dropFirst()) : text
    }

    /// The digits of a year one by one, its zeros as 〇: `2005` → `二〇〇五`.
    package static func year(_ number: Int) -> String {
        String(String(number).map { $0.wholeNumberValue.map { $0 == 0 ? "〇" : digits[$0] } ?? $0 })
    }

    private static func belowTenThousand(_ number: Int) -> String {
        var text = ""
        var isZeroPending = false
        var divisor = 1_000
        for unit in units.reversed() {
            let digit = number / divisor % 10
            divisor /= 10
            guard digit > 0 else {
                isZeroPending = !text.isEmpty
                continue
            }
            if isZeroPending { text.append(digits[0]) }
            isZeroPending = false
            text.append(digits[digit])
            text += unit
        }
        return text
    }
}
