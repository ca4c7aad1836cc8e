import Testing
import Wording

@Suite struct ShownTextTests {
    @Test(
        arguments: [
            ("the cat, 中文“引” é e\u{301} ‹›", nil), ("a\nb\tc", nil), ("1\u{2009}000 a\u{A0}b\u{3000}", nil),
            ("a\u{0C}b", "a‹U+000C›b"), ("\u{1B}[31m", "‹U+001B›[31m"),
            ("\u{0}\u{7F}\u{9B}", "‹U+0000›‹U+007F›‹U+009B›"),
            ("a\r\nb", "a‹U+000D›\nb"), ("ab\u{202E}cd", "ab‹U+202E›cd"), ("\u{2066}a\u{2069}", "‹U+2066›a‹U+2069›"),
            ("\u{FEFF}a\u{200B}", "‹U+FEFF›a‹U+200B›"), ("\u{2028}\u{AD}\u{3164}", "‹U+2028›‹U+00AD›‹U+3164›"),
            ("\u{E0041}", "‹U+E0041›"),
            // What is at home stays: emoji that are joined, words of Persian and of Hindi, variants, a flag.
            ("👩\u{200D}❤\u{FE0F}\u{200D}👩", nil), ("می\u{200C}خواهم", nil), ("क\u{94D}\u{200D}ष", nil),
            ("1\u{FE0F}\u{20E3}", nil),
            ("🏴\u{E0067}\u{E0062}\u{E007F}", nil), ("葛\u{E0100}", nil),
            // What is not at home does not.
            ("a\u{200D}b", "a‹U+200D›b"), ("👩\u{200D}", "👩‹U+200D›"), ("a\u{FE0F}", "a‹U+FE0F›"),
            ("🏴\u{E0067}", "🏴‹U+E0067›"), ("👩\u{FE0F}\u{FE0E}\u{E0100}", "👩\u{FE0F}\u{FE0E}‹U+E0100›"),
        ] as [(String, String?)])
    func whatIsNotSeenIsShown(_ text: String, _ shown: String?) {
        #expect(text.shown.unicodeScalars.elementsEqual((shown ?? text).unicodeScalars), "\(text.shown)")
        #expect(text.shown.shown == text.shown)
        #expect(!text.shownInLine.contains { $0.isNewline || $0 == "\t" })
    }

    @Test(arguments: [0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFF] as [UInt32])
    func whatIsNoCharacterIsShown(_ value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        #expect("a\(scalar)".shown == "a" + scalar.codePoint)
    }

    @Test(arguments: [
        ("a b", "a␣b"), ("\n\t", "⏎⇥"), ("\u{301}a", "◌\u{301}a"), ("\u{A0}", "‹U+00A0›"), ("\u{E000}", "‹U+E000›"),
        ("a\u{200B}b", "a‹U+200B›b"), ("\u{1B}", "‹U+001B›"),
    ])
    func aTokenShowsItsWhiteSpaceToo(_ text: String, _ shown: String) {
        #expect(text.shownAsToken.unicodeScalars.elementsEqual(shown.unicodeScalars))
    }

    @Test func marksAreNotPiledUp() {
        let pile = "a" + String(repeating: "\u{301}", count: 10_000) + "b"
        #expect(pile.stacked(atMost: 8).unicodeScalars.count == 11)
        #expect("ế".stacked(atMost: 8) == "ế")
    }
}
