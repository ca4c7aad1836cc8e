import Foundation
import Testing

@testable import Tokenizers

struct TokenizerFileTests {
    static let small = """
        {"version":"1.0","truncation":null,"padding":null,"added_tokens":[{"id":3,"content":"<e>","special":true}],
        "normalizer":null,"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"use_regex":true},
        "post_processor":{"type":"ByteLevel","trim_offsets":false},"decoder":{"type":"ByteLevel"},
        "model":{"type":"BPE","dropout":null,"unk_token":null,"vocab":{"a":0,"\\u0062":1,"ab":2},"merges":[["a","b"]]}}
        """

    private func read(_ json: String) throws -> BytePairTokenizer {
        try BytePairTokenizer(tokenizerJSON: Array(json.utf8), source: "t.json")
    }

    @Test func readsASmallFile() throws {
        let tokenizer = try read(Self.small)
        #expect(tokenizer.encode("abba<e>") == [2, 1, 0, 3])
        #expect(tokenizer.encode("xaxbx") == [2], "bytes without a token are left out, as in tokenizers")
        #expect(tokenizer.vocabularySize == 4)
        let unknown = try read(Self.small.replacing("\"unk_token\":null", with: "\"unk_token\":\"b\""))
        #expect(unknown.encode("xa") == [1, 0])
        #expect(try read(Self.small.replacing("[[\"a\",\"b\"]]", with: "[\"a b\"]")).encode("ab") == [2])
    }

    @Test(
        arguments: [
            ("\"type\":\"BPE\"", "\"type\":\"WordPiece\"", "\"model.type\" is \"WordPiece\""),
            ("\"vocab\":{\"a\":0,\"\\u0062\":1,\"ab\":2}", "\"vocab\":[[\"a\",0.5]]", "expected an object"),
            ("\"normalizer\":null", "\"normalizer\":{\"type\":\"Nmt\"}", "\"normalizer\" is Nmt"),
            (
                "\"normalizer\":null",
                "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},{\"type\":\"Precompiled\"}]}",
                "\"normalizer.normalizers[1]\" is Precompiled"
            ),
            (
                "\"pre_tokenizer\":{\"type\":\"ByteLevel\"", "\"pre_tokenizer\":{\"type\":\"UnicodeScripts\"",
                "\"pre_tokenizer\" is UnicodeScripts"
            ),
            (
                "\"pre_tokenizer\":{\"type\":\"ByteLevel\"",
                "\"pre_tokenizer\":{\"type\":\"Split\",\"behavior\":\"Isolated\",\"pattern\":{\"Regex\":\"a(b)\\\\1\"}",
                "\"pre_tokenizer.pattern\" is …\\1…"
            ),
            (
                "\"pre_tokenizer\":{\"type\":\"ByteLevel\"",
                "\"pre_tokenizer\":{\"type\":\"Split\",\"behavior\":\"Torn\",\"pattern\":{\"String\":\"a\"}",
                "\"pre_tokenizer.behavior\": expected Removed, Isolated"
            ),
            (
                "\"pre_tokenizer\":{",
                "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Split\"},{",
                "expected “,” or “]”"
            ),
            ("\"use_regex\":true", "\"use_regex\":1", "\"pre_tokenizer.use_regex\": expected true or false"),
            ("\"decoder\":{\"type\":\"ByteLevel\"", "\"decoder\":{\"type\":\"CTC\"", "\"decoder\" is CTC"),
            ("\"dropout\":null", "\"byte_fallback\":2", "\"model.byte_fallback\": expected true or false"),
            ("\"dropout\":null", "\"end_of_word_suffix\":2", "\"model.end_of_word_suffix\": expected a text or null"),
            ("\"unk_token\":null", "\"unk_token\":7", "\"model.unk_token\": expected a token or null, found 7"),
            ("[[\"a\",\"b\"]]", "[[\"a\"]]", "merge 1: expected two tokens"),
            ("[[\"a\",\"b\"]]", "[\"a  b\"]", "merge 1: expected two tokens"),
            ("[[\"a\",\"b\"]]", "[\"a b\",\"b a\"]", "merge 2: the vocabulary has no token ba"),
            ("[[\"a\",\"b\"]]", "[\"a 中\"]", "merge 1: the vocabulary has no token 中"),
            (",\"merges\":[[\"a\",\"b\"]]", "", "the key \"model.merges\" is missing"),
            ("\"ab\":2", "\"ab\":-2", "\"model.vocab.ab\": expected an id"),
            ("\"ab\":2", "\"ab\":99999999999", "\"model.vocab.ab\": expected an id"),
            ("\"ab\":2", "\"ab\":\"2\"", "line 4: expected a value"),
            ("\"id\":3", "\"id\":null", "\"added_tokens[0].id\": expected an id, found null"),
            ("\"special\":true", "\"special\":1", "\"added_tokens[0].special\": expected true or false, found 1"),
            ("\"model\"", "\"mudel\"", "the key \"model\" is missing"),
        ])
    func otherKindsAreNamed(_ old: String, _ new: String, _ message: String) throws {
        #expect(Self.small.contains(old))
        do {
            _ = try read(Self.small.replacing(old, with: new))
            Issue.record("read without an error")
        } catch let error as TokenizerError {
            #expect(error.description.contains(message), "\(error.description)")
            #expect(error.description.hasPrefix("t.json"))
            #expect(!error.explanation.chinese.isEmpty && error.explanation.chinese != error.explanation.english)
        }
    }

    @Test func damagedFilesAreErrors() throws {
        let bytes = Array(Self.small.utf8)
        for length in 0..<bytes.count {
            #expect(throws: TokenizerError.self) { try BytePairTokenizer(tokenizerJSON: Array(bytes[..<length])) }
        }
        var state: UInt64 = 1
        for _ in 0..<3000 {
            var damaged = bytes
            for _ in 0..<2 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                damaged[Int(state >> 33) % damaged.count] = UInt8(truncatingIfNeeded: state >> 20)
            }
            do {
                _ = try BytePairTokenizer(tokenizerJSON: damaged).encode("abab")
            } catch let error as TokenizerError {
                #expect(!error.description.isEmpty)
            }
        }
        let deep = Array(String(repeating: "[", count: 100_000).utf8)
        #expect(throws: TokenizerError.self) { try BytePairTokenizer(tokenizerJSON: Array("{\"x\":".utf8) + deep) }
        #expect(throws: TokenizerError.self) { try BytePairTokenizer(tokenizerJSON: Array("{\"model\":".utf8) + deep) }
    }

    @Test func writingGivesTheSameTokenizer() throws {
        for name in ["trained", "added", "addedWithPrefixSpace"] {
            let tokenizer = try Fixtures.tokenizer("\(name).json")
            let written = tokenizer.tokenizerJSON
            let again = try BytePairTokenizer(tokenizerJSON: written)
            #expect(again.tokenizerJSON == written)
            #expect(again.addedTokens == tokenizer.addedTokens)
            #expect(
                (0..<again.vocabularySize).map(again.spelling) == (0..<again.vocabularySize).map(tokenizer.spelling))
            for expected in Fixtures.expectations.added + Fixtures.expectations.trained {
                #expect(again.encode(expected.text) == tokenizer.encode(expected.text))
            }
        }
    }

    /// `make_expectations.py` loads this file with PyPI `tokenizers` and compares its ids.
    @Test func theWrittenFileIsTheOneThatWasChecked() throws {
        let written = try Fixtures.tokenizer("added.json").tokenizerJSON
        #expect(
            String(decoding: written, as: UTF8.self)
                == String(decoding: try Fixtures.bytes("written.json"), as: UTF8.self))
    }

    @Test func foldersAndFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tokenizers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: TokenizerError.self) { try TokenizerFile.load(folder.path) }
        #expect(throws: TokenizerError.self) { try TokenizerFile.load(folder.path + "/absent.json") }
        try Data("{\"a\":0,\"b\":1,\"ab\":2,\"<|endoftext|>\":3}".utf8).write(to: folder.appending(path: "vocab.json"))
        try Data("#version: 0.2\r\na b\r\n\n".utf8).write(to: folder.appending(path: "merges.txt"))
        let pair = try TokenizerFile.load(folder.path)
        #expect(pair.encode("aab<|endoftext|>") == [0, 2, 3])
        #expect(pair.specialIDs == [3])
        let json = folder.appending(path: "tokenizer.json")
        try Data(Self.small.utf8).write(to: json)
        #expect(try TokenizerFile.load(folder.path).encode("<e>") == [3])
        #expect(try TokenizerFile.load(json.path).encode("<e>") == [3])
        try Data("{\"a\":0".utf8).write(to: json)
        #expect(throws: TokenizerError.self) { try TokenizerFile.load(folder.path + "/") }
    }
}
