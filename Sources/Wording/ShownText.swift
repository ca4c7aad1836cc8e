// The one filter of text that comes from outside, whatever it enters: a picture, markup, a terminal, a message.

extension Unicode.Scalar {
    /// Whether it has no ink of its own and acts on what stands around it, or on who shows it: controls, format and
    /// direction characters, fillers, tags, selectors of variants, and what is no character at all.
    public var isUnseen: Bool {
        switch value {
        case 0x20...0x7E, 0x4E00...0x9FFF: false
        case 0...0x1F, 0x7F...0x9F, 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F,
            0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0,
            0xFFF0...0xFFFB, 0xFDD0...0xFDEF, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
            true
        default: value & 0xFFFE == 0xFFFE
        }
    }

    /// `‹U+001B›`
    public var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "‹U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "›"
    }

    /// Whether a joiner between it and another decides how the two are drawn.
    fileprivate var isJoining: Bool {
        switch value {
        case 0x600...0x1CFF, 0x2190...0x2BFF, 0xA800...0xABFF, 0xFE0F, 0x11000...0x11FFF, 0x1F000...0x1FAFF: true
        default: false
        }
    }

    fileprivate var isMark: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: true
        default: false
        }
    }
}

extension [Unicode.Scalar] {
    /// Whether what stands at a place does there what it is for, and so is left: a joiner within an emoji or a word of a
    /// script that knows it, a variant's selector after what has variants, the tags of a flag.
    fileprivate func isAtHome(_ place: Int) -> Bool {
        guard place > 0 else { return false }
        let before = self[place - 1]
        switch self[place].value {
        case 0x200C, 0x200D: return before.isJoining && place + 1 < count && self[place + 1].isJoining
        case 0xFE00...0xFE0F: return before.properties.isEmoji || before.isJoining || before.properties.isIdeographic
        case 0x180B...0x180F: return (0x1820...0x18AA).contains(before.value)
        case 0xE0100...0xE01EF: return before.properties.isIdeographic
        case 0xE0020...0xE007F:
            var first = place
            while first > 0, (0xE0020...0xE007E).contains(self[first - 1].value) { first -= 1 }
            var last = place
            while last < count - 1, (0xE0020...0xE007E).contains(self[last].value) { last += 1 }
            return first > 0 && self[first - 1].value == 0x1F3F4 && self[last].value == 0xE007F && last - first < 16
        default: return false
        }
    }
}

extension String {
    /// The text as it can be shown anywhere: what is not seen itself is written as its code point, `‹U+001B›`. Line ends
    /// and tabs stay.
    public var shown: String { unseen(line: false) { $0.codePoint } }

    /// As ``shown``, in one line: `⏎` for a line's end, `⇥` for a tab.
    public var shownInLine: String { unseen(line: true) { $0 == "\n" ? "⏎" : $0 == "\t" ? "⇥" : $0.codePoint } }

    private func unseen(line: Bool, _ show: (Unicode.Scalar) -> String) -> String {
        func stays(_ scalar: Unicode.Scalar) -> Bool {
            !scalar.isUnseen || !line && (scalar == "\n" || scalar == "\t")
        }
        if unicodeScalars.allSatisfy(stays) { return self }
        let scalars = Array(unicodeScalars)
        var text = ""
        for (place, scalar) in scalars.enumerated() {
            if stays(scalar) || scalars.isAtHome(place) {
                text.unicodeScalars.append(scalar)
            } else {
                text += show(scalar)
            }
        }
        return text
    }

    /// The text as a token shows it: white space too, a mark without a letter on a ring, and a code point for what the
    /// standard has not given a shape.
    public var shownAsToken: String {
        let scalars = Array(unicodeScalars)
        var text = ""
        for (place, scalar) in scalars.enumerated() {
            switch scalar.value {
            case 0x21...0x7E: text.unicodeScalars.append(scalar)
            case 0x20: text += "␣"
            case 0x0A: text += "⏎"
            case 0x09: text += "⇥"
            default:
                switch scalar.properties.generalCategory {
                case .spaceSeparator, .unassigned, .privateUse: text += scalar.codePoint
                case _ where scalar.isUnseen && !scalars.isAtHome(place): text += scalar.codePoint
                case _ where place == 0 && scalar.isMark: text += "◌\(scalar)"
                default: text.unicodeScalars.append(scalar)
                }
            }
        }
        return text
    }

    /// With at most so many marks upon one letter; a letter of a hundred would cover everything above it.
    public func stacked(atMost most: Int) -> String {
        // No letter of one byte or two is so long.
        guard utf8.count > 2 * most, contains(where: { $0.unicodeScalars.count > most }) else { return self }
        var text = ""
        var marks = 0
        for scalar in unicodeScalars {
            marks = scalar.isMark ? marks + 1 : 0
            if marks <= most { text.unicodeScalars.append(scalar) } else if marks == most + 1 { text += "…" }
        }
        return text
    }
}
