import Testing

@testable import Tokenizers

/// Every character there is, against the regular expression of PyPI `tokenizers`.
struct CharacterClassTests {
    @Test func classesOfAllCharacters() throws {
        let lines = String(decoding: try Fixtures.bytes("character-classes.txt"), as: UTF8.self).split(separator: "\n")
        var compared = 0
        for line in lines {
            let fields = line.split(separator: " ")
            let first = try #require(UInt32(fields[0], radix: 16))
            let last = try #require(UInt32(fields[1], radix: 16))
            for value in first...last {
                guard Unicode.Scalar(value) != nil else { continue }
                let kind = CharacterTable.shared.kind(value)
                let found =
                    KindSet.letter.isSuperset(of: kind)
                    ? "L"
                    : KindSet.number.isSuperset(of: kind) ? "N" : KindSet.whiteSpace.isSuperset(of: kind) ? "S" : "O"
                compared += 1
                if found != fields[2] { Issue.record("U+\(String(value, radix: 16)): \(found), expected \(fields[2])") }
            }
        }
        #expect(compared > 1_000_000)
    }

    @Test func byteAlphabetIsOneToOne() {
        #expect(Set(ByteAlphabet.scalars).count == 256)
        #expect(ByteAlphabet.scalars[0x20] == "Ġ")
        #expect(ByteAlphabet.scalars[0x0A] == "Ċ")
        #expect(ByteAlphabet.scalars[0xAD] == "\u{143}")
        for byte in UInt8.min...UInt8.max {
            #expect(ByteAlphabet.byte(of: ByteAlphabet.scalars[Int(byte)]) == byte)
            #expect(ByteAlphabet.bytes(ofSpelling: ByteAlphabet.spelling(of: [byte]).utf8) == [byte])
        }
        #expect(ByteAlphabet.bytes(ofSpelling: "中".utf8) == nil)
        #expect(ByteAlphabet.bytes(ofSpelling: " ".utf8) == nil)
    }
}
