import Reading
import Testing

@testable import Tokenizers

struct EncodingTests {
    @Test(arguments: ["trained", "added", "addedWithPrefixSpace"])
    func idsAreThoseOfHuggingFace(_ name: String) throws {
        let tokenizer = try Fixtures.tokenizer("\(name).json")
        let expectations = Fixtures.expectations
        let cases =
            switch name {
            case "trained": expectations.trained
            case "added": expectations.added
            default: expectations.addedWithPrefixSpace
            }
        #expect(cases.count > 20)
        for expected in cases {
            #expect(try tokenizer.encode(expected.text) == expected.ids, "\(expected.text.debugDescription)")
        }
    }

    @Test func decodingGivesTheTextBack() throws {
        let tokenizer = try Fixtures.tokenizer("trained.json")
        for expected in Fixtures.expectations.trained {
            #expect(tokenizer.decode(expected.ids).unicodeScalars.elementsEqual(expected.text.unicodeScalars))
        }
    }

    @Test func anyBytesComeBack() throws {
        let tokenizer = try Fixtures.tokenizer("trained.json")
        var generator = SystemRandomNumberGenerator()
        var samples: [[UInt8]] = [
            [0xFF], [0xC0, 0x80], [0xE4, 0xB8], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x27, 0xE4],
            [0x20, 0xFF],
            [0x61, 0xE4, 0xB8, 0x62], [0xE4], [0x20],
        ]
        for _ in 0..<300 {
            samples.append((0..<Int.random(in: 1...30)).map { _ in .random(in: 0...255, using: &generator) })
        }
        for bytes in samples {
            let ids = try tokenizer.encode(bytes: bytes)
            #expect(ids.flatMap { tokenizer.bytes(of: $0) ?? [] } == bytes)
        }
    }

    @Test func longWordsAreNotQuadratic() throws {
        let tokenizer = try Fixtures.tokenizer("trained.json")
        let text = String(repeating: "a", count: 200_000)
        let ids = try tokenizer.encode(text)
        #expect(tokenizer.decode(ids) == text)
        #expect(ids.count <= 200_000 / 4)
    }

    @Test func unknownIDsAreShown() throws {
        let tokenizer = try Fixtures.tokenizer("trained.json")
        #expect(try tokenizer.decode([tokenizer.encode("a")[0], 99999, -1]) == "a‹id 99999›‹id -1›")
        #expect(tokenizer.bytes(of: -1) == nil)
        #expect(tokenizer.bytes(of: Int.max) == nil)
        #expect(tokenizer.piece(99999).display == "‹id 99999›")
        #expect(!tokenizer.piece(99999).isWholeText)
    }

    @Test func piecesOfACharacterAreShownAsBytes() throws {
        let tokenizer = try BytePairTrainer(vocabularySize: 256).train(on: [])
        let ids = try tokenizer.encode("a中")
        #expect(tokenizer.pieces(ids).map(\.display) == ["a", "‹E4›", "‹B8›", "‹AD›"])
        #expect(tokenizer.pieces(ids).map(\.isWholeText) == [true, false, false, false])
        #expect(tokenizer.decode(Array(ids.dropLast())) == "a‹E4 B8›")
        #expect(tokenizer.decode(ids) == "a中")
        #expect(tokenizer.decode(Array(ids.reversed())) == "‹AD B8 E4›a")
    }

    @Test func specialTokensCanBeLeftOut() throws {
        let tokenizer = try Fixtures.tokenizer("trained.json")
        let ids = try tokenizer.encode("the cat<|endoftext|>the dog")
        #expect(tokenizer.specialIDs == [0])
        #expect(tokenizer.piece(0).isSpecial)
        #expect(ids.contains(0))
        #expect(tokenizer.decode(ids) == "the cat<|endoftext|>the dog")
        #expect(tokenizer.decode(ids, skippingSpecialTokens: true) == "the catthe dog")
    }

    @Test func spellings() throws {
        let tokenizer = try Fixtures.tokenizer("added.json")
        for id in 0..<tokenizer.vocabularySize {
            let spelling = try #require(tokenizer.spelling(of: id))
            #expect(tokenizer.id(ofSpelling: spelling) == id)
        }
        #expect(try tokenizer.id(ofSpelling: "Ġthe") == tokenizer.encode(" the")[0])
        #expect(tokenizer.spelling(of: tokenizer.vocabularySize) == nil)
        #expect(tokenizer.id(ofSpelling: "没有") == nil)
        #expect(tokenizer.decode([try #require(tokenizer.id(ofSpelling: "苹果树"))]) == "苹果树")
    }
}

struct DisplayTests {
    @Test(
        arguments: [
            (" the", "␣the"), ("\n", "⏎"), ("\t", "⇥"), ("a b", "a␣b"), ("麻子", "麻子"), ("\u{0}", "‹U+0000›"),
            ("\u{A0}", "‹U+00A0›"), ("\u{3000}", "‹U+3000›"), ("\u{301}", "◌\u{301}"), ("e\u{301}", "e\u{301}"),
            ("\u{200D}", "‹U+200D›"), ("👩\u{200D}💻", "👩\u{200D}💻"), ("👩\u{200D}", "👩‹U+200D›"),
            ("\u{FE0F}", "‹U+FE0F›"),
            ("\u{10FFFF}", "‹U+10FFFF›"), ("", ""),
        ])
    func textIsVisible(_ text: String, _ shown: String) {
        #expect(ByteText.visible(Array(text.utf8)).unicodeScalars.elementsEqual(shown.unicodeScalars))
        #expect(ByteText.isText(Array(text.utf8)))
    }

    @Test(
        arguments: [
            ([0xE4, 0xB8], "‹E4 B8›"), ([0x20, 0xE4, 0xB8], "␣‹E4 B8›"), ([0xAD, 0x61, 0xFF], "‹AD›a‹FF›"),
            ([0x0F, 0xC0], "‹U+000F›‹C0›"),
        ] as [([UInt8], String)])
    func fragmentsAreBytes(_ bytes: [UInt8], _ shown: String) {
        #expect(ByteText.visible(bytes) == shown)
        #expect(!ByteText.isText(bytes))
    }
}
