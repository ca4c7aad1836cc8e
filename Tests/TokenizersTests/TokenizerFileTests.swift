import Foundation
import TestSupport
import Testing
import Wording

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
        #expect(try tokenizer.encode("abba<e>") == [2, 1, 0, 3])
        #expect(try tokenizer.encode("xaxbx") == [2], "bytes without a token are left out, as in tokenizers")
        #expect(tokenizer.vocabularySize == 4)
        let unknown = try read(Self.small.replacing("\"unk_token\":null", with: "\"unk_token\":\"b\""))
        #expect(try unknown.encode("xa") == [1, 0])
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
                "\"normalizer.normalizers[1].precompiled_charsmap\" is missing"
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
        let error = try requireFailure(Failure.self) { try read(Self.small.replacing(old, with: new)) }
        #expect(error.description.contains(message), "\(error.description)")
        #expect(error.description.hasPrefix("t.json"))
        #expect(!error.explanation.chinese.isEmpty && error.explanation.chinese != error.explanation.english)
    }

    @Test func damagedFilesAreErrors() throws {
        let bytes = Array(Self.small.utf8)
        for length in 0..<bytes.count {
            expectFailure(Failure.self) { try BytePairTokenizer(tokenizerJSON: Array(bytes[..<length])) }
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
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        let deep = Array(String(repeating: "[", count: 100_000).utf8)
        expectFailure(Failure.self) { try BytePairTokenizer(tokenizerJSON: Array("{\"x\":".utf8) + deep) }
        expectFailure(Failure.self) { try BytePairTokenizer(tokenizerJSON: Array("{\"model\":".utf8) + deep) }
    }

    /// Numbers and names of every part replaced: an error or a tokenizer, never a trap.
    @Test(arguments: ["clip", "falcon", "llama2", "metaspace", "prefixed", "unigram", "unigramBytes"])
    func damagedPartsAreErrors(_ name: String) throws {
        let text = String(decoding: try Fixtures.bytes("kinds/\(name).json"), as: UTF8.self)
        let parts = text.components(separatedBy: "\"vocab\"")
        let head = try #require(parts.first)
        let damages = [
            (":1", ":-1"), (":0", ":-7"), (":1", ":1e15"), (":0", ":4000000000"), ("true", "false"), ("false", "null"),
            ("\u{2581}", ""),
            ("\"Regex\":\"", "\"Regex\":\"("), ("\"Regex\":\"", "\"String\":\""), ("Isolated", "MergedWithNext"),
            ("\"<unk>\"", "null"),
            ("\"unk_id\":0", "\"unk_id\":-1"), ("A", "\u{FF}"), ("A", "/"), ("B", "9"), ("\"##\"", "\"\""),
            ("</w>", ""),
        ]
        var loaded = 0
        for (old, new) in damages where head.contains(old) {
            let damaged = Array(
                (head.replacing(old, with: new) + "\"vocab\"" + parts.dropFirst().joined(separator: "\"vocab\"")).utf8)
            do {
                let isUnigram = name.hasPrefix("unigram")
                let tokenizer: AnyTokenizer =
                    isUnigram
                    ? .unigrams(try UnigramTokenizer(tokenizerJSON: damaged, source: "u"))
                    : .bytePairs(try BytePairTokenizer(tokenizerJSON: damaged))
                let ids = try tokenizer.encode(" the transformer \u{3000}Ａ１😀 12 a-b\n")
                #expect(!tokenizer.decode(ids).contains("\u{FFFD}"))
                loaded += 1
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        #expect(loaded > 0)
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
                #expect(try again.encode(expected.text) == tokenizer.encode(expected.text))
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
        expectFailure(Failure.self) { try TokenizerFile.load(folder.path) }
        expectFailure(Failure.self) { try TokenizerFile.load(folder.path + "/absent.json") }
        try Data("{\"a\":0,\"b\":1,\"ab\":2,\"<|endoftext|>\":3}".utf8).write(to: folder.appending(path: "vocab.json"))
        try Data("#version: 0.2\r\na b\r\n\n".utf8).write(to: folder.appending(path: "merges.txt"))
        let pair = try TokenizerFile.load(folder.path)
        #expect(try pair.encode("aab<|endoftext|>") == [0, 2, 3])
        #expect(pair.specialIDs == [3])
        let json = folder.appending(path: "tokenizer.json")
        try Data(Self.small.utf8).write(to: json)
        #expect(try TokenizerFile.load(folder.path).encode("<e>") == [3])
        #expect(try TokenizerFile.load(json.path).encode("<e>") == [3])
        try Data("{\"a\":0".utf8).write(to: json)
        expectFailure(Failure.self) { try TokenizerFile.load(folder.path + "/") }
    }

    /// Files of other names: where there is one that is taken, of several none.
    @Test func filesOfOtherNames() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tokenizers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("{\"a\":0,\"b\":1,\"ab\":2}".utf8).write(to: folder.appending(path: "my-encoder.json"))
        try Data("a b\n".utf8).write(to: folder.appending(path: "my-vocab.bpe"))
        for path in [folder.path, folder.path + "/my-encoder.json", folder.path + "/my-vocab.bpe"] {
            #expect(try TokenizerFile.load(path).encode("aab") == [0, 2])
        }
        let ranks = folder.appending(path: "cl100k_base.tiktoken")
        try Data(try Fixtures.bytes("kinds/ranks.tiktoken")).write(to: ranks)
        expectFailure(
            TokenizerError.severalTokenizers(
                folder: folder.path,
                found: [
                    "cl100k_base.tiktoken", "my-vocab.bpe",
                ])
        ) { try TokenizerFile.load(folder.path) }
        let tokenizer = try #require(try TokenizerFile.load(ranks.path).bytePairs)
        let text = "the <|endoftext|> of"
        #expect(tokenizer.addedTokens.map(\.id) == [100257, 100258, 100259, 100260, 100276])
        #expect(try !tokenizer.encode(text).contains(100257) && tokenizer.decode(tokenizer.encode(text)) == text)
        #expect(try tokenizer.encode(bytes: Array(text.utf8), readingSpecialTokens: true).contains(100257))
        // The ladder goes by the ranks, and each rank is the merge of two tokens.
        for word in try tokenizer.merges(of: text) {
            #expect(word.rungs.reduce(word.initial) { $1.after } == word.ids)
            for step in word.steps {
                let merge = try #require(tokenizer.merge(rank: step.rank))
                #expect(step.rank == step.merged && merge.merged == step.merged)
            }
        }
        try Data("IQ== 0\nIg== x\n".utf8).write(to: ranks)
        expectFailure(Failure.self) { try TokenizerFile.load(ranks.path) }
        try Data("IQ== 0\n".utf8).write(to: ranks)
        expectFailure(Failure.self) { try TokenizerFile.load(ranks.path) }
    }

    /// What is written for ranks, and for a kind that only `tokenizer_config.json` names, is read as the same.
    @Test func ranksAreWritten() throws {
        for name in ["cl100k_base", "o200k_base", "r50k_base"] {
            let ranks = try BytePairTokenizer(ranks: Fixtures.bytes("kinds/ranks.tiktoken"), source: name)
            let again = try BytePairTokenizer(tokenizerJSON: ranks.tokenizerJSON)
            for block in try Agreement.blocks("agreement.txt").prefix(100) {
                let text = block.repaired
                #expect(
                    try again.encode(bytes: text, readingSpecialTokens: false)
                        == ranks.encode(bytes: text, readingSpecialTokens: false))
            }
        }
    }

    /// A vocabulary with merges is of the kind that `tokenizer_config.json` names.
    @Test func kindsOfVocabularies() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tokenizers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let spelling = ByteAlphabet.order.map { ByteAlphabet.spelling(of: [$0]) }
        let vocabulary = Dictionary(uniqueKeysWithValues: spelling.enumerated().map { ($1, $0) })
        try JSONEncoder().encode(vocabulary.merging(["12": 256, "!a": 257]) { $1 }).write(
            to: folder.appending(path: "vocab.json"))
        try Data("1 2\n! a\n".utf8).write(to: folder.appending(path: "merges.txt"))
        func ids(_ text: String, _ settings: String?) throws -> [String?] {
            let file = folder.appending(path: "tokenizer_config.json")
            if let settings {
                try Data(settings.utf8).write(to: file)
            } else {
                try? FileManager.default.removeItem(at: file)
            }
            let tokenizer = try TokenizerFile.load(folder.path)
            return try tokenizer.encode(text).map(tokenizer.spelling)
        }
        #expect(try ids("12!a", nil) == ["12", "!", "a"])
        #expect(try ids("12!a", "{\"tokenizer_class\":\"Qwen2Tokenizer\"}") == ["1", "2", "!a"])
        #expect(try ids("12!a", "{\"tokenizer_class\":\"RobertaTokenizer\",\"add_prefix_space\":true}").first == "Ġ")
        expectFailure(Failure.self) { try ids("a", "{\"tokenizer_class\":\"PhobertTokenizer\"}") }
    }
}
