import Foundation
import Reading
import TestSupport
import Testing
import Wording

@testable import Tokenizers

struct TemplateTests {
    @Test func textsAndPairsAsTheLibraryHasThem() throws {
        let expected = try WordPieceTests.expected.get()
        let uncased = try WordPieceTests.tokenizer("wordpiece.json")
        let pair = try uncased.template.ids(uncased.encode("the cat"), pair: uncased.encode("a dog"))
        #expect(pair.ids == expected.pair.ids)
        #expect(pair.segments == expected.pair.segments)
        let other = try WordPieceTests.tokenizer("wordpiece-other.json")
        let swapped = try other.template.ids(other.encode("the cat"), pair: other.encode("a dog"))
        #expect(swapped.ids == expected.otherPair.ids)
        #expect(swapped.segments == expected.otherPair.segments)
        let single = try other.template.ids(other.encode("the cat"))
        #expect(single.ids == expected.otherSingle.ids)
        #expect(single.segments == expected.otherSingle.segments)
    }

    @Test func aVocabularyAloneHasBERTsTemplate() throws {
        let tokenizer = try WordPieceTests.tokenizer("wordpiece-cased-vocab.txt")
        let start = try #require(tokenizer.id(ofSpelling: "[CLS]"))
        let end = try #require(tokenizer.id(ofSpelling: "[SEP]"))
        #expect(tokenizer.template.ids([70], pair: [80, 81]).ids == [start, 70, end, 80, 81, end])
        #expect(tokenizer.template.ids([70], pair: [80, 81]).segments == [0, 0, 0, 1, 1, 1])
        #expect(tokenizer.template.ids([]).ids == [start, end])
        #expect(tokenizer.template.suffix == [end])
    }

    private func template(_ json: String) throws -> TokenTemplate {
        var cursor = JSONCursor(Array(json.utf8), source: "t")
        return try TokenTemplate(cursor.readValue(), source: "t")
    }

    @Test func kinds() throws {
        #expect(try template("null") == .plain)
        #expect(try template(#"{"type":"ByteLevel","trim_offsets":true}"#) == .plain)
        let roberta = #"{"type":"RobertaProcessing","sep":["</s>",2],"cls":["<s>",0],"trim_offsets":true}"#
        #expect(try template(roberta).ids([7], pair: [8]).ids == [0, 7, 2, 2, 8, 2])
        #expect(try template(roberta).ids([7], pair: [8]).segments == [0, 0, 0, 0, 0, 0])
        let start = #"""
            {"type":"Sequence","processors":[{"type":"ByteLevel"},{"type":"TemplateProcessing",
            "single":[{"SpecialToken":{"id":"B","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
            "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],
            "special_tokens":{"B":{"id":"B","ids":[5,6],"tokens":["b","c"]}}}]}
            """#
        #expect(try template(start).ids([7]).ids == [5, 6, 7])
        #expect(try template(start).suffix.isEmpty)
        #expect(try template(start).ids([7], pair: [8]).segments == [0, 1])
        expectFailure(Failure.self) { try template(#"{"type":"Other"}"#) }
        expectFailure(Failure.self) { try template(#"{"type":"BertProcessing","cls":["a",1]}"#) }
        let unknown = start.replacing(#""special_tokens":{"B""#, with: #""special_tokens":{"C""#)
        expectFailure(TokenizerError.missingKey(source: "t", key: "post_processor.processors[1].special_tokens.B")) {
            try template(unknown)
        }
    }

    /// A copy of a tokenizer of these fixtures with files beside it.
    private func folder(_ files: [String: String], tokenizer: String? = "trained.json") throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if let tokenizer {
            let name = tokenizer.hasSuffix(".txt") ? "vocab.txt" : "tokenizer.json"
            try Data(Fixtures.bytes(tokenizer)).write(to: folder.appending(path: name))
        }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        return folder.path
    }

    @Test func tokenizerConfigAddsBeginningAndEnd() throws {
        let end = "<|endoftext|>"
        let both = #"{"bos_token":"\#(end)","eos_token":{"content":"The"},"add_bos_token":true,"add_eos_token":true}"#
        let tokenizer = try TokenizerFile.load(folder(["tokenizer_config.json": both]))
        let the = try #require(tokenizer.id(ofSpelling: "The"))
        #expect(tokenizer.template.ids([7], pair: [8]).ids == [0, 7, the, 0, 8, the])
        #expect(tokenizer.template.ids([7], pair: [8]).segments == [0, 0, 0, 1, 1, 1])
        // What is named as special without an id is special where the vocabulary knows it.
        #expect(tokenizer.specialIDs.contains(the))
        let none = try TokenizerFile.load(folder(["tokenizer_config.json": #"{"bos_token":"\#(end)"}"#]))
        #expect(none.template == .plain)
        let bart = #"{"bos_token":"\#(end)","eos_token":"\#(end)","tokenizer_class":"BartTokenizer"}"#
        #expect(try TokenizerFile.load(folder(["tokenizer_config.json": bart])).template.ids([7]).ids == [0, 7, 0])
    }

    /// Before transformers 4.35, added tokens stood in a file of their own.
    @Test func addedTokensOfOlderFolders() throws {
        let pair = ["vocab.json": #"{"a":0,"b":1,"ab":2,"<":3}"#, "merges.txt": "#version: 0.2\na b\n"]
        let added = #"{"<|im_start|>":5,"<tool>":4}"#
        let map = #"{"additional_special_tokens":["<|im_start|>"]}"#
        let files = pair.merging(["added_tokens.json": added, "special_tokens_map.json": map]) { $1 }
        let tokenizer = try TokenizerFile.load(folder(files, tokenizer: nil))
        #expect(try tokenizer.encode("ab<|im_start|>ab<tool>") == [2, 5, 2, 4])
        #expect(tokenizer.specialIDs.contains(5) && !tokenizer.specialIDs.contains(4))
        // What tokenizer_config.json says goes first, and a tokenizer.json has its own.
        let newer = #"{"added_tokens_decoder":{"7":{"content":"<tool>"}}}"#
        let both = try TokenizerFile.load(
            folder(files.merging(["tokenizer_config.json": newer]) { $1 }, tokenizer: nil))
        #expect(try both.encode("<tool>") == [7])
        let whole = try TokenizerFile.load(folder(["added_tokens.json": #"{"<tool>":9000}"#]))
        #expect(try !whole.encode("<tool>").contains(9000))
        for bad in [#"{"<tool>":"4"}"#, #"{"<tool>":-1}"#, #"{"<tool>":1.5}"#, #"{"":4}"#, "[]", "{"] {
            expectFailure(Failure.self, "\(bad)") {
                try TokenizerFile.load(
                    folder(pair.merging(["added_tokens.json": bad]) { $1 }, tokenizer: nil))
            }
        }
    }

    @Test(arguments: ["tokenizer.model", "sentencepiece.bpe.model", "source.spm"])
    func sentencePiecesOwnFilesAreNamed(name: String) throws {
        let folder = try folder([name: "\u{0A}\u{0E}<unk>"], tokenizer: nil)
        let error = try requireFailure(TokenizerError.self) { try TokenizerFile.load(folder) }
        guard case .otherFormat = error else {
            Issue.record("\(error)")
            return
        }
        for text in [error.explanation.english, error.explanation.chinese] {
            #expect(text.contains(name) && text.contains("--ids") && !text.contains("\n"))
            #expect(text.contains("save_pretrained") == (name != "source.spm"))
        }
    }

    /// Llama 3's own file has the same name.
    @Test func ranksMayBeCalledAModel() throws {
        let ranks = (UInt8.min...UInt8.max).map { Data([$0]).base64EncodedString() + " \($0)\n" }.joined()
        let tokenizer = try TokenizerFile.load(folder(["tokenizer.model": ranks], tokenizer: nil))
        #expect(try tokenizer.encode("ab") == [97, 98])
    }

    @Test func addedTokensOfTokenizerConfig() throws {
        let text = #"""
            {"added_tokens_decoder":{"9000":{"content":"<|im_start|>","special":true,"lstrip":false},
            "9001":{"content":"<tool>","special":false,"normalized":false}}}
            """#
        let tokenizer = try TokenizerFile.load(folder(["tokenizer_config.json": text]))
        #expect(try tokenizer.encode("<|im_start|><tool>") == [9000, 9001])
        #expect(tokenizer.specialIDs.contains(9000))
        #expect(!tokenizer.specialIDs.contains(9001))
        let literal = try tokenizer.encode(bytes: Array("<|im_start|><tool>".utf8), readingSpecialTokens: false)
        #expect(literal.last == 9001)
        #expect(!literal.contains(9000))
        #expect(tokenizer.decode(literal) == "<|im_start|><tool>")
        let map = ["special_tokens_map.json": #"{"additional_special_tokens":["cat"],"mask_token":"The"}"#]
        let mapped = try TokenizerFile.load(folder(map))
        #expect(mapped.addedTokens.map(\.content).contains("The"))
    }

    /// As PyPI's `transformers.BartTokenizer` has it for such files.
    @Test func aVocabularyWithMergesOfBART() throws {
        let pieces = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "t", "h", "e", "Ġ", "th", "the"]
        let vocabulary = pieces.enumerated().map { "\"\($1)\": \($0)" }.joined(separator: ", ")
        let tokenizer = try BytePairTokenizer(
            vocabulary: Array("{\(vocabulary)}".utf8), merges: Array("#version: 0.2\nt h\nth e\n".utf8))
        #expect(try tokenizer.template.ids(tokenizer.encode("the <mask>"), pair: [5]).ids == [0, 10, 4, 2, 2, 5, 2])
        #expect(tokenizer.specialIDs == [0, 1, 2, 3, 4])
        // What is written is read again with the same template.
        let again = try BytePairTokenizer(tokenizerJSON: tokenizer.tokenizerJSON)
        #expect(again.template == tokenizer.template)
        #expect(again.addedTokens == tokenizer.addedTokens)
    }

    @Test func tokenizerConfigOfBERT() throws {
        let name = "wordpiece-cased-vocab.txt"
        let cased = try TokenizerFile.load(folder([:], tokenizer: name))
        let told = try TokenizerFile.load(
            folder(["tokenizer_config.json": #"{"do_lower_case":true,"cls_token":"the"}"#], tokenizer: name))
        #expect(try told.encode("THE") == cased.encode("the"))
        #expect(try cased.encode("THE") != cased.encode("the"))
        #expect(told.template.ids([]).ids.first == cased.id(ofSpelling: "the"))
        expectFailure(Failure.self) {
            try TokenizerFile.load(
                folder(["tokenizer_config.json": #"{"do_lower_case":"yes"}"#], tokenizer: name))
        }
    }
}
