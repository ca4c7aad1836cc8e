import Drawing
import Testing

@Suite struct NumbersTests {
    @Test(arguments: [
        (-0.654, 2, "−0.65"), (0.0, 2, "0.00"), (-0.001, 2, "0.00"), (1, 0, "1"), (12.345, 1, "12.3"),
        (-.infinity, 2, "−∞"), (.infinity, 2, "∞"), (.nan, 2, "NaN"), (0.995, 2, "1.00"), (1e20, 2, "1.0×10²⁰"),
    ])
    func fixed(_ value: Double, _ decimals: Int, _ text: String) {
        #expect(Numbers.fixed(value, decimals: decimals) == text)
    }

    @Test(arguments: [
        (0.0123, "0.0123"), (1.2345, "1.23"), (123.4, "123"), (1234.0, "1234"), (0.5, "0.5"), (0, "0"), (-2, "−2"),
        (1.2e-7, "1.2×10⁻⁷"), (3.5e9, "3.5×10⁹"),
    ])
    func significant(_ value: Double, _ text: String) { #expect(Numbers.significant(value) == text) }

    @Test(arguments: [
        (0.9, "90%"), (0.034, "3.4%"), (0.0004, "<0.1%"), (0.9996, ">99.9%"), (0.996, "99.6%"), (1, "100%"), (0, "0%"),
        (0.05, "5%"),
    ])
    func percent(_ share: Double, _ text: String) { #expect(Numbers.percent(share) == text) }

    @Test func countsAndShapes() {
        #expect(Numbers.count(124_439_808) == "124\u{2009}439\u{2009}808")
        #expect(Numbers.count(1024) == "1024")
        #expect(Numbers.shape([4, 64]) == "4 × 64")
    }

    @Test(arguments: [
        (" the", "␣the"), ("\n", "⏎"), ("苹果", "苹果"), ("a b", "a␣b"), ("\t", "⇥"), ("\u{1}", "‹U+0001›"),
    ])
    func tokens(_ text: String, _ shown: String) { #expect(TokenLabel(text).display == shown) }

    @Test func aTowerOfMarksKeepsItsLetter() {
        let label = TokenLabel("a" + String(repeating: "\u{301}", count: 10_000))
        #expect(label.display.unicodeScalars.first == "a" && label.display.unicodeScalars.count < 12)
    }

    @Test func partsOfCharactersShowTheirBytes() {
        #expect(TokenLabel(bytes: [0xE4, 0xB8]).display == "‹E4 B8›")
        #expect(TokenLabel(bytes: [0xE4, 0xB8]).kind == .bytes)
        #expect(TokenLabel(bytes: Array("中".utf8)).display == "中")
        #expect(TokenLabel("注意力机制").shortened(to: 3).display == "注意…")
    }
}
