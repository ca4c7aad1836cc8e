import Reading
import Wording

/// An encoding that `tiktoken` publishes as ranks, or another of that layout.
struct RankEncoding: Sendable {
    let name: String
    let pattern: WordPattern
    let special: [(String, Int)]

    /// Recognised by what the file is called, or by how many ranks it has.
    ///
    /// Files that are not known are split as `cl100k_base` is, and have no special tokens.
    static func of(fileNamed name: String, ranks: Int) -> RankEncoding {
        all.first { name.firstRange(of: $0.encoding.name.prefix { $0 != "_" }) != nil }?.encoding
            ?? all.first { $0.ranks == ranks }?.encoding ?? RankEncoding(name: "", pattern: newest, special: [])
    }

    private static let newest = WordPattern.cl100k(digits: 3, endIsOneWord: true)
    private static let end = "<|endoftext|>"

    private static let all: [(encoding: RankEncoding, ranks: Int)] = [
        (
            RankEncoding(
                name: "cl100k_base", pattern: newest,
                special: [
                    (end, 100_257), ("<|fim_prefix|>", 100_258), ("<|fim_middle|>", 100_259),
                    ("<|fim_suffix|>", 100_260), ("<|endofprompt|>", 100_276),
                ]), 100_256
        ),
        (
            RankEncoding(name: "o200k_base", pattern: .o200k, special: [(end, 199_999), ("<|endofprompt|>", 200_018)]),
            199_998
        ),
        (RankEncoding(name: "p50k_base", pattern: .gpt2, special: [(end, 50_256)]), 50_280),
        (RankEncoding(name: "r50k_base", pattern: .gpt2, special: [(end, 50_256)]), 50_256),
        (
            RankEncoding(
                name: "llama3", pattern: .cl100k(digits: 3, endIsOneWord: false),
                special: [
                    ("<|begin_of_text|>", 128_000), ("<|end_of_text|>", 128_001), ("<|start_header_id|>", 128_006),
                    ("<|end_header_id|>", 128_007), ("<|eot_id|>", 128_009),
                ]), 128_000
        ),
        (
            RankEncoding(
                name: "qwen", pattern: .cl100k(digits: 1, endIsOneWord: false),
                special: [(end, 151_643), ("<|im_start|>", 151_644), ("<|im_end|>", 151_645)]), 151_643
        ),
    ]
}

extension BytePairTokenizer {
    /// Reads a rank file of `tiktoken`: on each line a token's bytes in base64, a space and its rank, which is its id.
    ///
    /// The splitting pattern and the special tokens, which such a file does not hold, are those of the encoding that
    /// the name or the number of ranks belongs to: `cl100k_base`, `o200k_base`, `p50k_base`, `r50k_base`, Llama 3's or
    /// Qwen's; of any other file the pattern is that of `cl100k_base`. A text that spells a special token is read as
    /// text, as `encode_ordinary` does.
    /// - Throws: `TokenizerError`.
    public init(ranks bytes: [UInt8], source: String) throws(Failure) {
        var table = TokenTable()
        table.reserve(tokens: bytes.count / 16, bytes: bytes.count / 2)
        var token: [UInt8] = []
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = line.last == 0x0D ? line.dropLast() : line
            if line.isEmpty { continue }
            func failure() -> Failure {
                Failure(
                    ReadingError.syntax(
                        source: source, line: index + 1,
                        expected: Phrase(en: "a token in base64, a space and a rank", zh: "base64 的词元、一个空格和一个序号"),
                        found: ByteText.visible(Array(line.prefix(32)))))
            }
            guard let space = line.firstIndex(of: UInt8(ascii: " ")),
                let rank = Int(String(decoding: line[(space + 1)...], as: UTF8.self)),
                (0..<Self.idLimit).contains(rank), Base64.decode(line[..<space], into: &token), !token.isEmpty
            else { throw failure() }
            table.insert(token, id: rank, form: .bytes)
        }
        for byte in UInt8.min...UInt8.max where table.id(of: [byte]) == nil {
            throw .wrongValue(
                source: source, key: ByteText.hexadecimal([byte]),
                expected: Phrase(en: "a rank for every byte", zh: "每个字节的序号"),
                found: "–")
        }
        let name = source.split(separator: "/").last.map(String.init) ?? source
        let encoding = RankEncoding.of(fileNamed: name, ranks: table.tokenCount)
        let added = encoding.special.filter { !table.contains($1) }.map { AddedToken(id: $1, content: $0) }
        var method = BytePairMethod()
        method.merging = .ranks
        method.takesWholeWords = true
        method.readsSpecialTokens = false
        method.preTokenizer = PreTokenizer([
            .split(TextSplitter(cutter: .words(encoding.pattern), behaviour: .isolated)),
            .byteLevel(addsPrefixSpace: false, splitsWords: false),
        ])
        self.init(table: table, merges: [], addedTokens: added, method: method)
    }
}
