import Foundation
import Reading
import Testing

@testable import Tokenizers

/// What PyPI's `tiktoken` and `tokenizers` say about agreement.txt, made by `fixtures/tokenizers/make_agreement.py`;
/// `agreement.py` compares several megabytes.
struct Agreement: Decodable {
    struct Kind: Decodable {
        let ids: String
        let decoded: String
    }
    struct Form: Decodable {
        let alone: [String]
        let together: [String]
    }

    let kinds: [String: Kind]
    let ranks: [String: String]
    let forms: [String: Form]
    let subjects: [String]
    let patterns: [String: [[String]]]

    static let expected: Agreement? = {
        do {
            let data = try Data(contentsOf: Fixtures.folder.appending(path: "agreement.json"))
            return try JSONDecoder().decode(Agreement.self, from: data)
        } catch {
            Issue.record(error)
            return nil
        }
    }()

    static func blocks(_ file: String) throws -> [[UInt8]] {
        try Fixtures.bytes(file).split(separator: 0x1E, omittingEmptySubsequences: false).map(Array.init)
    }

    /// FNV-1a, 32 bits.
    static func hash(_ bytes: some Sequence<UInt8>) -> String {
        var value: UInt32 = 0x811C_9DC5
        for byte in bytes { value = (value ^ UInt32(byte)) &* 0x0100_0193 }
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    static func hash(ids: [Int]) -> String {
        hash(ids.flatMap { id in (0..<4).map { UInt8(truncatingIfNeeded: id >> ($0 * 8)) } })
    }
}

struct AgreementTests {
    @Test(
        arguments: [
            "llama3", "qwen2", "gpt4o", "roberta", "starcoder", "falcon", "deepseek", "kimi", "clip", "merged",
            "prefixed", "llama2", "mistral", "gemma", "metaspace", "gpt1", "whitespace", "unigram", "unigramBytes",
        ])
    func kindsOfTokenizerJSON(_ name: String) throws {
        let expected = try #require(Agreement.expected?.kinds[name])
        let tokenizer = try TokenizerFile.load(Fixtures.folder.appending(path: "kinds/\(name).json").path)
        let (ids, decoded) = (expected.ids.split(separator: " "), expected.decoded.split(separator: " "))
        let blocks = try Agreement.blocks("agreement.txt")
        #expect(blocks.count == ids.count && blocks.count > 200)
        for (block, (hash, text)) in zip(blocks, zip(ids, decoded)) {
            let found = try tokenizer.encode(bytes: block.repaired, readingSpecialTokens: true)
            let shown = ByteText.readable(block).debugDescription
            #expect(Agreement.hash(ids: found) == hash, "\(shown): \(found)")
            // Where the library has U+FFFD this shows the bytes.
            if text != "-" { #expect(Agreement.hash(tokenizer.decode(found).utf8) == text, "\(shown)") }
            #expect(!tokenizer.decode(found).contains("\u{FFFD}") || block.repaired != block || text != "-")
        }
    }

    @Test(arguments: ["cl100k_base", "o200k_base", "p50k_base", "r50k_base"])
    func encodingsOfTiktoken(_ name: String) throws {
        let expected = try #require(Agreement.expected?.ranks[name]).split(separator: " ")
        let tokenizer = try BytePairTokenizer(
            ranks: Fixtures.bytes("kinds/ranks.tiktoken"), source: "a/\(name).tiktoken")
        for (block, hash) in zip(try Agreement.blocks("agreement.txt"), expected) {
            let ids = try tokenizer.encode(bytes: block)
            #expect(Agreement.hash(ids: ids) == hash, "\(ByteText.readable(block).debugDescription): \(ids)")
            #expect(ids.flatMap { tokenizer.bytes(of: $0) ?? [] } == block)
        }
    }

    /// What is read by hand is what the regular expression matches.
    @Test(arguments: WordPattern.known.indices)
    func wellKnownPatterns(_ index: Int) throws {
        let (text, flavour, pattern) = WordPattern.known[index]
        let regex = TextCutter.regex(try SplitRegex(text, flavour))
        for block in try Agreement.blocks("agreement.txt") {
            try block.repaired.withUnsafeBufferPointer { buffer in
                var byHand: [Range<Int>] = []
                var byRegex: [Range<Int>] = []
                try TextCutter.words(pattern).forEachMatch(in: buffer, 0..<buffer.count) { byHand.append($0) }
                try regex.forEachMatch(in: buffer, 0..<buffer.count) { byRegex.append($0) }
                #expect(byHand == byRegex, "\(ByteText.readable(block).debugDescription)")
            }
        }
    }

    @Test func regularExpressions() throws {
        let expected = try #require(Agreement.expected)
        #expect(expected.patterns.count > 40)
        for (pattern, results) in expected.patterns {
            let splitter = TextSplitter(
                cutter: .regex(try SplitRegex(pattern, .oniguruma)), behaviour: .removed, inverted: true)
            for (subject, pieces) in zip(expected.subjects, results) {
                try Array(subject.utf8).withUnsafeBufferPointer { text in
                    var ranges: [Range<Int>] = []
                    try splitter.split(text, 0..<text.count, into: &ranges)
                    let found = ranges.map { String(decoding: text[$0], as: UTF8.self) }
                    #expect(
                        found.map { Array($0.utf8) } == pieces.map { Array($0.utf8) },
                        "\(pattern) in \(subject.debugDescription): \(found)")
                }
            }
        }
    }

    @Test(arguments: [
        "(a", "a)", "[a", "*a", "a{3,2}", "\\1", "(?<=ab)c", "\\p{Nope}", "\\X", "(?i:\\p{Lu})", "(?~a)", "(a?)*",
        "(?i:ß)", "(?i:pass)",
    ])
    func regularExpressionsThatAreNotUnderstood(_ pattern: String) {
        #expect(throws: RegexProblem.self) { try SplitRegex(pattern, .oniguruma) }
    }

    @Test(arguments: UnicodeForm.allCases)
    func normalForms(_ form: UnicodeForm) throws {
        let expected = try #require(Agreement.expected?.forms[form.rawValue])
        let characters = (0..<UInt32(0x11_0000)).compactMap(Unicode.Scalar.init)
        for (index, hash) in expected.alone.enumerated() {
            let some = characters[index * 4096..<min(characters.count, index * 4096 + 4096)]
            #expect(
                Agreement.hash(some.flatMap { form.normalize(Array(String($0).utf8)) }) == hash, "\(some.startIndex)")
        }
        for (text, hash) in zip(try Agreement.blocks("sequences.txt"), expected.together) {
            #expect(
                Agreement.hash(form.normalize(text)) == hash, "\(String(decoding: text, as: UTF8.self).unicodeScalars)")
        }
    }
}
