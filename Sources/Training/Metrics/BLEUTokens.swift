/// How a text is cut before its n-grams are counted: sacreBLEU's tokenizers (Post 2018), token for token.
package enum BLEUTokens: String, Sendable, CaseIterable {
    /// At white space only.
    case none
    /// As `mteval-v13a.pl`: punctuation apart from words.
    case thirteenA = "13a"
    /// Chinese by characters, the rest as `13a`'s second half.
    case zh
    /// Every character.
    case char

    /// The tokens of a text.
    package func callAsFunction(_ text: String) -> [String] {
        var scalars = Array(text.unicodeScalars)
        while let last = scalars.last, Self.isSpace(last) { scalars.removeLast() }
        switch self {
        case .none: return Self.split(scalars)
        case .char: return scalars.filter { !Self.isSpace($0) }.map { String(Character($0)) }
        case .thirteenA:
            var text = String(String.UnicodeScalarView(scalars))
            // The literal replacements of mteval-v13a.pl, in its order.
            for (from, to) in [
                ("<skipped>", ""), ("-\n", ""), ("\n", " "), ("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"),
                ("&gt;", ">"),
            ] { text = text.replacing(from, with: to) }
            return Self.western(Array(" \(text) ".unicodeScalars))
        case .zh:
            return Self.western(Self.apart(scalars, Self.isChinese))
        }
    }

    /// sacreBLEU's `TokenizerRegexp`: punctuation stands alone, except full stop and comma between digits and a dash
    /// that follows none.
    private static func western(_ scalars: [Unicode.Scalar]) -> [String] {
        var text = apart(scalars, isMark)
        text = pairs(text, isOther, isPoint) { [$0, " ", $1, " "] }
        text = pairs(text, isPoint, isOther) { [" ", $0, " ", $1] }
        text = pairs(text, isDigit, isDash) { [$0, " ", $1, " "] }
        return split(text)
    }

    private static func apart(_ text: [Unicode.Scalar], _ isApart: (Unicode.Scalar) -> Bool) -> [Unicode.Scalar] {
        text.reduce(into: []) { $0 += isApart($1) ? [" ", $1, " "] : [$1] }
    }

    /// Replaces two neighbours, from left to right, never one scalar twice: what a regular expression of two would do.
    private static func pairs(
        _ text: [Unicode.Scalar], _ first: (Unicode.Scalar) -> Bool, _ second: (Unicode.Scalar) -> Bool,
        _ replacement: (Unicode.Scalar, Unicode.Scalar) -> [Unicode.Scalar]
    ) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(text.count + 16)
        var place = 0
        while place < text.count {
            if place + 1 < text.count, first(text[place]), second(text[place + 1]) {
                result += replacement(text[place], text[place + 1])
                place += 2
            } else {
                result.append(text[place])
                place += 1
            }
        }
        return result
    }

    private static func split(_ scalars: [Unicode.Scalar]) -> [String] {
        scalars.split(whereSeparator: isSpace).map { String(String.UnicodeScalarView($0)) }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "{"..."~", "["..."`", " "..."&", "("..."+", ":"..."@", "/": true
        default: false
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isOther(_ scalar: Unicode.Scalar) -> Bool { !isDigit(scalar) }
    private static func isDash(_ scalar: Unicode.Scalar) -> Bool { scalar == "-" }
    private static func isPoint(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "," }

    /// Python's `str.isspace`: the separators of information count too.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }

    /// sacreBLEU's ranges as they act: two of them were meant for extension B and the supplement, but are written with
    /// four hexadecimal digits and a fifth letter, and so begin at U+2001 and U+2F81.
    private static let chinese: [ClosedRange<UInt32>] = [
        0x3400...0x4DB5, 0x4E00...0x9FA5, 0x9FA6...0x9FBB, 0xF900...0xFA2D, 0xFA30...0xFA6A, 0xFA70...0xFAD9,
        0x2001...0x2A6D, 0x2F81...0x2FA1, 0xFF00...0xFFEF, 0x2E80...0x2EFF, 0x3000...0x303F, 0x31C0...0x31EF,
        0x2F00...0x2FDF, 0x2FF0...0x2FFF, 0x3100...0x312F, 0x31A0...0x31BF, 0xFE10...0xFE1F, 0xFE30...0xFE4F,
        0x2600...0x26FF, 0x2700...0x27BF, 0x3200...0x32FF, 0x3300...0x33FF,
    ]

    private static func isChinese(_ scalar: Unicode.Scalar) -> Bool { chinese.contains { $0.contains(scalar.value) } }
}
