import Foundation
import TestSupport
import Testing

@testable import Tokenizers

/// What PyPI `tokenizers` says, made by `fixtures/tokenizers/make_wordpiece.py`.
struct WordPieceTests {
    struct Pair: Decodable, Sendable {
        let ids: [Int]
        let segments: [Int]
    }

    struct Expected: Decodable, Sendable {
        let cased: [Expectations.Encoding]
        let uncased: [Expectations.Encoding]
        let other: [Expectations.Encoding]
        let literal: [Expectations.Encoding]
        let decoded: [String]
        let pair: Pair
        let otherPair: Pair
        let otherSingle: Pair
        let scalarsCased: [String]
        let scalarsUncased: [String]
    }

    static let expected = Result {
        try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: Fixtures.folder.appending(path: "wordpiece-expectations.json")))
    }

    static func tokenizer(_ name: String) throws -> WordPieceTokenizer {
        try #require(TokenizerFile.load(Fixtures.folder.appending(path: name).path).wordPieces)
    }

    static func check(_ tokenizer: WordPieceTokenizer, _ cases: [Expectations.Encoding]) throws {
        #expect(cases.count > 100)
        for one in cases {
            #expect(try tokenizer.encode(one.text) == one.ids, "\(one.text.debugDescription)")
        }
    }

    @Test func cased() throws {
        try Self.check(Self.tokenizer("wordpiece-cased-vocab.txt"), Self.expected.get().cased)
    }

    @Test func uncased() throws {
        try Self.check(Self.tokenizer("wordpiece.json"), Self.expected.get().uncased)
    }

    @Test func otherParts() throws {
        try Self.check(Self.tokenizer("wordpiece-other.json"), Self.expected.get().other)
    }

    @Test func specialTokensAsPlainText() throws {
        let tokenizer = try Self.tokenizer("wordpiece.json")
        let cases = try Self.expected.get().literal
        #expect(!cases.isEmpty)
        for one in cases {
            let ids = try tokenizer.encode(bytes: Array(one.text.utf8), readingSpecialTokens: false)
            #expect(ids == one.ids, "\(one.text.debugDescription)")
        }
        let mask = try #require(tokenizer.id(ofSpelling: "[MASK]"))
        #expect(try tokenizer.encode("[MASK]") == [mask])
        #expect(try !tokenizer.encode(bytes: Array("[MASK]".utf8), readingSpecialTokens: false).contains(mask))
    }

    /// Every character between two letters: what becomes of it, and how that is split.
    @Test(arguments: [true, false], [0, 1, 2, 3, 14, 15, 16] as [UInt32])
    func everyCharacter(_ isUncased: Bool, _ plane: UInt32) throws {
        let expected = try Self.expected.get()
        let normalizer = BERTNormalizer(stripsAccents: isUncased, lowercases: isUncased)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var text: [UInt8] = []
        for value in plane << 16..<(plane + 1) << 16 where Unicode.Scalar(value) != nil {
            text.append(UInt8(ascii: "a"))
            text.append(scalar: value)
            text += [UInt8(ascii: "b"), 0x20]
        }
        text = normalizer.normalize(text)
        text.withUnsafeBufferPointer { text in
            BERTWords.forEachWord(of: text, 0..<text.count) { word in
                for byte in text[word] { add(byte) }
                add(0x20)
            }
        }
        let hashes = isUncased ? expected.scalarsUncased : expected.scalarsCased
        let digits = String(hash, radix: 16)
        #expect(String(repeating: "0", count: 16 - digits.count) + digits == hashes[Int(plane)])
    }

    @Test func textsComeBackAsTheLibraryHasThem() throws {
        let tokenizer = try Self.tokenizer("wordpiece.json")
        let expected = try Self.expected.get()
        #expect(expected.decoded.count == expected.uncased.count)
        for (one, text) in zip(expected.uncased, expected.decoded) { #expect(tokenizer.decode(one.ids) == text) }
        let ids = try tokenizer.encode("the[MASK]cat")
        #expect(tokenizer.decode(ids, skippingSpecialTokens: true) == "the cat")
        // An added token is no piece of other words.
        #expect(try tokenizer.encode("exex").count > 1)
        #expect(tokenizer.decode([99999]) == "‹id 99999›")
    }

    @Test func piecesAreShownAsTheyAreSpelt() throws {
        let tokenizer = try Self.tokenizer("wordpiece-cased-vocab.txt")
        for id in 0..<tokenizer.vocabularySize {
            let spelling = try #require(tokenizer.spelling(of: id))
            #expect(tokenizer.id(ofSpelling: spelling) == id)
            #expect(tokenizer.piece(id).bytes == Array(spelling.utf8))
        }
        let inner = try #require((0..<tokenizer.vocabularySize).first { tokenizer.spelling(of: $0) == "##e" })
        #expect(tokenizer.piece(inner).display == "##e")
        let special = tokenizer.addedTokens.map(\.content)
        #expect(special.sorted() == ["[CLS]", "[MASK]", "[PAD]", "[SEP]", "[UNK]"])
        #expect(tokenizer.bytes(of: tokenizer.vocabularySize) == nil)
        #expect(tokenizer.bytes(of: -1) == nil)
    }

    @Test func invalidBytesAreLeftOut() throws {
        let tokenizer = try Self.tokenizer("wordpiece-cased-vocab.txt")
        let ids = try tokenizer.encode(bytes: [0xFF, 0x74, 0x68, 0xC0, 0x65, 0xE4, 0xB8], readingSpecialTokens: true)
        #expect(try ids == tokenizer.encode("the"))
    }

    @Test func anUnknownTokenIsNeeded() {
        expectFailure(TokenizerError.missingKey(source: "v", key: "[UNK]")) {
            try WordPieceTokenizer(vocabulary: Array("a\nb\n".utf8), source: "v")
        }
    }

    @Test func theVocabularySaysWhetherItIsCased() throws {
        let special = "[UNK]\n[CLS]\n[SEP]\n"
        let uncased = try WordPieceTokenizer(vocabulary: Array((special + "ab\nÉ\n").utf8))
        #expect(try uncased.encode("ab AB") == [3, 0])
        let lower = try WordPieceTokenizer(vocabulary: Array((special + "ab\ne\n").utf8))
        #expect(try lower.encode("ab AB É") == [3, 3, 4])
        var options = TokenizerOptions()
        options.lowercases = false
        let told = try WordPieceTokenizer(vocabulary: Array((special + "ab\n").utf8), options: options)
        #expect(try told.encode("ab AB") == [3, 0])
    }
}
