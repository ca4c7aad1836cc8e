/// Writes numbers as short as they can be read back to the hundredth.
package enum SVGNumber {
    package static func append(_ value: Double, to text: inout String, decimals: Int = 2) {
        guard value.isFinite, abs(value) < 1e12 else {
            text += "0"
            return
        }
        let factor = decimals == 0 ? 1.0 : decimals == 1 ? 10.0 : decimals == 2 ? 100.0 : 10_000.0
        var units = Int64((value * factor).rounded())
        if units < 0 {
            text += "-"
            units = -units
        }
        let scale = Int64(factor)
        let whole = units / scale
        var rest = units % scale
        if whole > 0 || rest == 0 { text += String(whole) }
        guard rest > 0 else { return }
        text += "."
        var place = scale / 10
        while rest > 0, place > 0 {
            text += String(rest / place)
            rest %= place
            place /= 10
        }
    }

    package static func string(_ value: Double, decimals: Int = 2) -> String {
        var text = ""
        append(value, to: &text, decimals: decimals)
        return text
    }
}

/// Builds the `d` attribute of a path, with relative lines where they are shorter to write.
package struct SVGPathText {
    private var text = ""
    private var decimals: Int
    private var current = Point.zero
    private var start = Point.zero
    private var isOpen = false

    package init(decimals: Int = 0) { self.decimals = decimals }

    private mutating func pair(_ point: Point, after isFirst: Bool) {
        let from = text.utf8.count
        SVGNumber.append(point.x, to: &text, decimals: decimals)
        if !isFirst, text.utf8[text.utf8.index(text.startIndex, offsetBy: from)] != UInt8(ascii: "-") {
            text.insert(" ", at: text.utf8.index(text.startIndex, offsetBy: from))
        }
        let middle = text.utf8.count
        SVGNumber.append(point.y, to: &text, decimals: decimals)
        if text.utf8[text.utf8.index(text.startIndex, offsetBy: middle)] != UInt8(ascii: "-") {
            text.insert(" ", at: text.utf8.index(text.startIndex, offsetBy: middle))
        }
    }

    /// Rounded first, so that the sum of relative steps does not drift.
    private func rounded(_ point: Point) -> Point {
        let factor = decimals == 0 ? 1.0 : 100.0
        return Point((point.x * factor).rounded() / factor, (point.y * factor).rounded() / factor)
    }

    package mutating func move(_ point: Point) {
        let point = rounded(point)
        text += "M"
        pair(point, after: true)
        current = point
        start = point
    }

    package mutating func line(_ point: Point) {
        let point = rounded(point)
        let step = point - current
        if step.y == 0 {
            text += "h"
            SVGNumber.append(step.x, to: &text, decimals: decimals)
        } else if step.x == 0 {
            text += "v"
            SVGNumber.append(step.y, to: &text, decimals: decimals)
        } else {
            text += "l"
            pair(step, after: true)
        }
        current = point
    }

    package mutating func curve(_ first: Point, _ second: Point, _ end: Point) {
        let end = rounded(end)
        text += "c"
        pair(rounded(first) - current, after: true)
        pair(rounded(second) - current, after: false)
        pair(end - current, after: false)
        current = end
    }

    package mutating func close() {
        text += "z"
        current = start
    }

    /// A face closes its outlines and then moves once more, to nowhere.
    package var finished: String {
        if let last = text.lastIndex(of: "M"), text.lastIndex(of: "z").map({ $0 < last }) ?? false,
            !text[last...].contains(where: { "hvlcHVLC".contains($0) })
        {
            return String(text[..<last])
        }
        return text
    }
}
