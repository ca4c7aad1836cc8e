import Testing

@testable import Page

/// Codes that a reader of its own (ZXing) has read back, module for module.
@Suite struct QRCodeTests {
    @Test func aShortAddressIsAsItWasReadBack() throws {
        let code = try #require(QRCode("https://x.org/#at=L0H2"))
        let rows = (0..<code.size).map { y in
            String((0..<code.size).map { code.isDark($0, y) ? "█" : "·" })
        }
        #expect(
            rows == [
                "███████·██···██···███████", "█·····█···········█·····█", "█·███·█·█··████···█·███·█",
                "█·███·█·██·█··███·█·███·█", "█·███·█·████·████·█·███·█", "█·····█··█··███···█·····█",
                "███████·█·█·█·█·█·███████", "·········█·█··█··········", "████··█·█·······██··███·█",
                "··██···█·█····█·█······█·", "█··█████······█·█·█·█····", "████·█·██··███·██·█████··",
                "··███·█·██·█··██·████·███", "····██··████·███·████···█", "·████·█·██··██···██·█·██·",
                "█·█·██··███·█···██·██···█", "··█·███··███·████████████", "········█···███·█···█·█·█",
                "███████···████··█·█·█·███", "█·····█···█·█·█·█···█··██", "█·███·█··█·███··██████·█·",
                "█·███·█·██··██··███·█████", "█·███·█·██·███·█··█·█·██·", "█·····█·█·█·········█·█··",
                "███████·██··█·█····██████",
            ])
    }

    /// Of several blocks, which are interleaved, with the marks of a version: as a sum over all modules.
    @Test func aLongAddressIsAsItWasReadBack() throws {
        let sentence = "text=%E6%88%91%E7%88%B1%E5%90%83%E8%8B%B9%E6%9E%9C&at=L2H1/softmax&position=3"
        let code = try #require(
            QRCode(
                "https://example.org/models/next-word.html#\(sentence)&cell=blocks.2.attn.pattern:0,1,3,2"
                    + "&language=zh-Hans&theme=dark"))
        #expect(code.size == 49)
        var sum: UInt32 = 2_166_136_261
        for y in 0..<code.size { for x in 0..<code.size { sum = (sum ^ (code.isDark(x, y) ? 1 : 0)) &* 16_777_619 } }
        #expect(sum == 905_268_825)
    }

    /// The least version that holds a text, by the table of the standard.
    @Test(arguments: [(0, 21), (17, 21), (18, 25), (230, 53), (231, 57), (271, 57), (1273, 117)])
    func aTextHasTheRoomItNeeds(bytes: Int, size: Int) throws {
        #expect(try #require(QRCode(String(repeating: "a", count: bytes))).size == size)
    }

    @Test func tooMuchHasNone() { #expect(QRCode(String(repeating: "a", count: 1274)) == nil) }
}
