import Reading
import Wording

/// Finds and reads the tokenizer of a model.
public enum TokenizerFile {
    /// The files that a tokenizer is read from, in the order in which they are looked for.
    static let layouts: [[String]] = [
        ["tokenizer.json"], ["vocab.json", "merges.txt"], ["encoder.json", "vocab.bpe"], ["vocab.txt"],
    ]

    /// The tokenizer of a model folder, or of a file: a `tokenizer.json`, a rank file of `tiktoken`, or one half of a
    /// vocabulary with merges.
    /// - Throws: `TokenizerError`: nothing found, malformed or of another kind; `ReadingError`: unreadable.
    public static func load(from folder: FileFolder) throws(Failure) -> AnyTokenizer {
        for layout in layouts where layout.allSatisfy({ folder.has($0) }) {
            return try load(layout[0], of: folder)
        }
        // Under other names only where there is no choice.
        let found = folder.names.filter { name in
            [".tiktoken", "merges.txt", "vocab.bpe", "vocab.txt"].contains { name.hasSuffix($0) }
        }
        if found.count == 1 { return try load(found[0], of: folder) }
        if found.count > 1 {
            throw Failure(TokenizerError.severalTokenizers(folder: folder.plainPath, found: found))
        }
        // Llama 3's own `tokenizer.model` holds ranks, those of others hold SentencePiece's tables.
        if let name = folder.names.first(where: { $0.hasSuffix(".model") || $0.hasSuffix(".spm") }) {
            return try load(name, of: folder)
        }
        throw Failure(
            TokenizerError.noTokenizer(
                folder: folder.plainPath, lookedFor: layouts.map { $0.joined(separator: " + ") } + ["*.tiktoken"]))
    }

    /// The tokenizer in one file of a folder, with what the files beside it say.
    static func load(_ name: String, of folder: FileFolder) throws(Failure) -> AnyTokenizer {
        let options = try options(beside: name, in: folder)
        if let pair = VocabularyPair(half: name) { return .bytePairs(try load(pair, of: folder).applying(options)) }
        let (bytes, source) = try read(name, of: folder)
        try refuseOthers(bytes, source)
        if name.hasSuffix(".txt") {
            return .wordPieces(
                try WordPieceTokenizer(vocabulary: bytes, options: options, source: source).applying(options))
        }
        if name.hasSuffix(".tiktoken") || isRankFile(bytes) {
            return .bytePairs(try BytePairTokenizer(ranks: bytes, source: source).applying(options))
        }
        if let pieces = SentencePieceFile(path: source, bytes: bytes) { throw pieces.failure }
        switch modelType(bytes, source: source) {
        case "WordPiece", "WordLevel":
            return .wordPieces(try WordPieceTokenizer(tokenizerJSON: bytes, source: source).applying(options))
        case "Unigram":
            return .unigrams(try UnigramTokenizer(tokenizerJSON: bytes, source: source).applying(options))
        default: return .bytePairs(try BytePairTokenizer(tokenizerJSON: bytes, source: source).applying(options))
        }
    }

    private static func read(_ name: String, of folder: FileFolder) throws(Failure) -> TokenizerOptions.File {
        let source = folder.path + name
        return (try PlainText.bytes(folder.contents(name), source: source), source)
    }

    /// Lists of words would take any text for one: what cannot be a tokenizer's is named first.
    private static func refuseOthers(_ bytes: [UInt8], _ source: String) throws(Failure) {
        guard let kind = FileKind(bytes) else { return }
        switch kind {
        case .sentencePieces: throw SentencePieceFile(path: source).failure
        case .minbpe:
            throw Failure(
                TokenizerError.otherFormat(
                    path: source,
                    advice: Phrase(
                        en: "\(kind.phrase.english); expected tokenizer.json, or give the ids (--ids)",
                        zh: "\(kind.phrase.chinese)；应为 tokenizer.json，也可以改用 --ids 给出编号")))
        default:
            throw Failure(ReadingError.otherKind(path: source, expected: "tokenizer.json", found: kind))
        }
    }

    /// What the files beside a tokenizer's own say.
    private static func options(beside name: String, in folder: FileFolder) throws(Failure) -> TokenizerOptions {
        func file(_ name: String) throws(Failure) -> TokenizerOptions.File? {
            folder.has(name) ? try read(name, of: folder) : nil
        }
        // A tokenizer.json has its added tokens inside.
        let isWhole = name.hasSuffix("tokenizer.json")
        return try TokenizerOptions(
            configuration: file("tokenizer_config.json"), map: file("special_tokens_map.json"),
            added: isWhole ? nil : file("added_tokens.json"))
    }

    /// The `type` of a `tokenizer.json`'s model, which stands before its vocabulary; `nil` where it has none.
    private static func modelType(_ bytes: [UInt8], source: String) -> String? {
        var found: String?
        var cursor = JSONCursor(bytes, source: source)
        do {
            try cursor.readObject { (cursor, key) throws(Failure) in
                guard key.elementsEqual("model".utf8) else { return try cursor.skipValue() }
                try cursor.readObject { (cursor, key) throws(Failure) in
                    guard key.elementsEqual("type".utf8), cursor.peek() == UInt8(ascii: "\"") else {
                        return try cursor.skipValue()
                    }
                    found = String(decoding: try cursor.readString(), as: UTF8.self)
                    throw cursor.failure("")
                }
            }
        } catch {
            // Found, or malformed, which is said when the file is read.
        }
        return found
    }

    /// A vocabulary with merges says nothing of its kind; `tokenizer_config.json` beside it does.
    private static func load(_ pair: VocabularyPair, of folder: FileFolder) throws(Failure) -> BytePairTokenizer {
        let settings = "tokenizer_config.json"
        let kind =
            folder.has(settings)
            ? try VocabularyKind(folder.contents(settings), source: folder.path + settings) : VocabularyKind()
        let vocabulary = try read(pair.vocabulary, of: folder)
        let merges = try read(pair.merges, of: folder)
        try refuseOthers(merges.bytes, merges.source)
        return try BytePairTokenizer(
            vocabulary: vocabulary.bytes, merges: merges.bytes, vocabularySource: vocabulary.source,
            mergesSource: merges.source, kind: kind)
    }

    /// Whether a file begins as rank files do, whatever its name: Llama 3's is `tokenizer.model`.
    private static func isRankFile(_ bytes: [UInt8]) -> Bool {
        let line = bytes.prefix(256).prefix { $0 != 0x0A }
        var token: [UInt8] = []
        guard let space = line.firstIndex(of: UInt8(ascii: " ")), space > 0 else { return false }
        return Base64.decode(line[..<space], into: &token)
            && Int(String(decoding: line[(space + 1)...], as: UTF8.self)) != nil
    }
}
