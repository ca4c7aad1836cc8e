import Testing
import Wording

@Suite struct DirectionTests {
    /// What runs its own way, between bars.
    private func cut(_ text: String) -> String {
        text.directedParts.map { $0.isApart ? "|\($0.text)|" : $0.text }.joined()
    }

    @Test(
        arguments: [
            ("the cat “sat” 12", "the cat “sat” 12"), ("", ""), ("中“文”", "中“文”"),
            // What is quoted, each by itself, whatever stands between.
            ("“שלום” gives 62 % to “سلام”", "“|שלום|” gives 62 % to “|سلام|”"),
            ("“שלום”“سلام”看着“the”", "“|שלום|”“|سلام|”看着“the”"), ("“שלום 12”: 3", "“|שלום 12|”: 3"),
            // What is not: a stretch of it, with the numbers within.
            ("שלום", "|שלום|"), ("!שלום, עולם", "|!שלום, עולם|"), ("שלום 62 %", "|שלום| 62 %"),
            ("שלום␣12", "|שלום␣12|"),
            ("a שלום 12 עולם b", "a |שלום 12 עולם| b"), ("שלום 62% · عالم 3%", "|שלום| 62% · |عالم| 3%"),
            ("0  שלום  7  עולם", "0  |שלום|  7  |עולם|"), ("שלום “עולם” a", "|שלום “עולם| ” a"),
        ] as [(String, String)])
    func whatRunsItsOwnWayIsApart(_ text: String, _ expected: String) {
        #expect(cut(text) == expected.replacing("| ”", with: "|”"))
        #expect(text.directedParts.map(\.text).joined() == text)
        #expect(text.isolated.replacing("\u{2068}", with: "").replacing("\u{2069}", with: "") == text)
    }
}

@Suite struct MessageTests {
    @Test func aMessageIsOneShortLineWhateverItQuotes() {
        let long = String(repeating: "abc/", count: 300_000)
        for text in [
            "“\(long)”: not found", "\(long): cannot be read", "a “\(String(repeating: "中 ", count: 9999))” b",
        ] {
            let message = text.message
            #expect(message.count < 260 && message.contains("…"), "\(message.count)")
            #expect(message.hasSuffix(String(text.suffix(10))))
        }
        #expect("a\nb\r\nc\u{1B}d".message == "a b c‹U+001B›d")
        #expect(String(repeating: "word ", count: 100_000).message.count <= 2048)
    }

    @Test(arguments: [
        "“a”: expected b, found “c”", "找不到模型“甲”：应为一个文件夹，或内置模型之一", String(repeating: "这一句话很长，", count: 30),
    ])
    func anHonestMessageStays(_ text: String) { #expect(text.message == text) }
}
