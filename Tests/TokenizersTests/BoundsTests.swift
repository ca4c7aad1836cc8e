import Reading
import TestSupport
import Testing

@testable import Tokenizers

/// What a file asks for is done in bounded time, or refused by name.
struct BoundsTests {
    private static func tokenizer(
        _ model: String, normalizer: String = "null", preTokenizer: String = "null", added: String = "[]"
    ) throws -> AnyTokenizer {
        let json = """
            {"version":"1.0","added_tokens":\(added),"normalizer":\(normalizer),"pre_tokenizer":\(preTokenizer),
            "post_processor":null,"decoder":null,"model":\(model)}
            """
        let bytes = Array(json.utf8)
        let file = bytes.withUnsafeBytes { bytes in
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
            copy.copyMemory(from: bytes)
            return FileBytes(UnsafeRawBufferPointer(copy), path: "tokenizer.json")
        }
        return try TokenizerFile.load(from: FileFolder(path: "", files: ["tokenizer.json": file]))
    }

    private static let letters = #"{"type":"BPE","vocab":{"a":0,"b":1,"!":2,"ab":3},"merges":[["a","b"]]}"#

    private static func split(_ pattern: String) -> String {
        let written = pattern.replacing("\\", with: "\\\\")
        return #"{"type":"Split","pattern":{"Regex":"\#(written)"},"behavior":"Isolated","invert":false}"#
    }

    // Ids beside those of PyPI's tokenizers 0.23.3.
    @Test func wordsOfBytesAndWholeWords() throws {
        let pieces = #"{"<unk>":0,"the":1,"Ġcat":2,"Ġs":3,"@@at":4,"é":5,"Ã©":6,"Ġ":7}"#
        let words = try Self.tokenizer(
            #"{"type":"WordPiece","unk_token":"<unk>","continuing_subword_prefix":"@@","vocab":\#(pieces)}"#,
            preTokenizer: #"{"type":"ByteLevel","add_prefix_space":false,"use_regex":true}"#)
        #expect(try words.encode("the cat sat") == [1, 2, 3, 4])
        #expect(try words.encode("é") == [6])
        let whole = try Self.tokenizer(
            #"{"type":"WordLevel","unk_token":"<unk>","vocab":{"<unk>":0,"the":1,"cat":2,"a":3}}"#,
            preTokenizer: #"{"type":"Whitespace"}"#)
        #expect(try whole.encode("the cat sat") == [1, 2, 0])
        let lacking = try Self.tokenizer(
            #"{"type":"WordLevel","unk_token":"<unk>","vocab":{"the":1}}"#, preTokenizer: #"{"type":"Whitespace"}"#)
        #expect(try lacking.encode("the the") == [1, 1])
        let error = try requireFailure(TokenizerError.self) { try lacking.encode("the cat") }
        #expect(error == .unknownWord("cat"))
        let unigrams = try Self.tokenizer(
            #"{"type":"Unigram","unk_id":0,"vocab":[["<unk>",0],["the",-1],["Ġcat",-1],["Ã©",-2]]}"#,
            preTokenizer: #"{"type":"ByteLevel","add_prefix_space":false,"use_regex":true}"#)
        #expect(try unigrams.encode("the caté cat") == [1, 2, 3, 2])
    }

    @Test func addedTokensAreLookedForBehindTheTokenNotItsSpace() throws {
        let tokenizer = try Self.tokenizer(
            Self.letters,
            added: """
                [{"id":4,"content":" a","lstrip":true,"rstrip":false,"single_word":false,"normalized":false,"special":false},
                {"id":5,"content":"<m>","lstrip":false,"rstrip":true,"single_word":false,"normalized":false,"special":true},
                {"id":6,"content":" ","lstrip":true,"rstrip":false,"single_word":false,"normalized":false,"special":false}]
                """)
        #expect(try tokenizer.encode("<m> ab") == [5, 4, 1])
        #expect(try tokenizer.encode("<m> b") == [5, 1])
        let ids = try tokenizer.encode(bytes: Array("<m> ab".utf8), readingSpecialTokens: false)
        #expect(ids == [4, 1])
    }

    @Test func aMarkGoesBeforeWhatTheTextBeginsWith() throws {
        let model = #"{"type":"WordLevel","unk_token":"<unk>","vocab":{"<unk>":0,"▁a":1,"a":2,"▁":3,"▁▁a":4}}"#
        func ids(_ text: String, _ normalizer: String) throws -> [Int] {
            try Self.tokenizer(
                model, normalizer: normalizer,
                preTokenizer: #"{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":false}"#
            ).encode(text)
        }
        let strip = #"{"type":"Strip","strip_left":true,"strip_right":false}"#
        #expect(try ids("a", strip) == [1])
        #expect(try ids(" a", strip) == [2], "its beginning was taken away")
        #expect(try ids("a", #"{"type":"Prepend","prepend":"▁"}"#) == [1])
        #expect(try ids("ba", #"{"type":"Replace","pattern":{"String":"b"},"content":""}"#) == [2])
    }

    @Test(
        arguments: [
            "(a+)+$", "(a|a)*b", "(a|aa)+$", #"^(\w+\s?)*$"#, "(x+x+)+y", #"([a-zA-Z]+)*\d"#, "(?=(a+)+$)a",
            "(?>(a+)+)$", ".*b", "a++b", "(a|b|ab)*c",
        ])
    func backtrackingGrowsWithTheText(_ pattern: String) throws {
        let text = String(repeating: "a", count: 20_000) + "!"
        let tokenizer = try Self.tokenizer(Self.letters, preTokenizer: Self.split(pattern))
        #expect(try tokenizer.encode(text) == Array(repeating: 0, count: 20_000) + [2])
    }

    @Test(
        arguments: [
            "(?:ab){1000}{1000}", "(?:){1000}{1000}{1000}", "a" + String(repeating: "?", count: 1000),
            String(repeating: "(", count: 150) + String(repeating: ")", count: 150),
            String(repeating: "a", count: 100_000), "(?:a|b){99999999}",
        ])
    func patternsThatAreTooLargeAreRefused(_ pattern: String) throws {
        let error = try requireFailure(TokenizerError.self) {
            try Self.tokenizer(Self.letters, preTokenizer: Self.split(pattern))
        }
        #expect(error.explanation.english.count < 300)
    }

    @Test(arguments: ["(?:a{0,5000}){0,3}b", "(?:a?){30}a{30}b"])
    func whatTakesTooLongIsNamed(_ pattern: String) throws {
        let tokenizer = try Self.tokenizer(Self.letters, preTokenizer: Self.split(pattern))
        let error = try requireFailure(TokenizerError.self) {
            try tokenizer.encode(String(repeating: "a", count: 20_000))
        }
        guard case .patternLimit(pattern, _) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func textsDoNotGrowWithoutEnd() throws {
        let twice = #"{"type":"Replace","pattern":{"String":"a"},"content":"aa"}"#
        let rules = Array(repeating: twice, count: 60).joined(separator: ",")
        let tokenizer = try Self.tokenizer(
            Self.letters, normalizer: #"{"type":"Sequence","normalizers":[\#(rules)]}"#)
        expectFailure(TokenizerError.self) { try tokenizer.encode("a") }
    }

    @Test func addedTokensByTheThousand() throws {
        let flags = #""lstrip":false,"rstrip":false,"single_word":false,"normalized":false,"special":true"#
        let added = (0..<20_000).map { #"{"id":\#($0 + 4),"content":"<extra_\#($0)>",\#(flags)}"# }.joined(
            separator: ",")
        let tokenizer = try Self.tokenizer(Self.letters, added: "[" + added + "]")
        let text = String(repeating: "<extra_1><extra_19999><extra_", count: 10_000)
        let ids = try tokenizer.encode(text)
        let special = ids.filter { $0 >= 4 }
        #expect(special.count == 20_000 && special.prefix(2) == [5, 20_003])
        #expect(tokenizer.pieces(special).allSatisfy { $0.isSpecial })
    }
}
