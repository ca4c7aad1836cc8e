#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds and reads the tokenizer of a model.
public enum TokenizerFile {
    /// The files that a tokenizer is read from, in the order in which they are looked for.
    static let layouts: [[String]] = [
        ["tokenizer.json"], ["vocab.json", "merges.txt"], ["encoder.json", "vocab.bpe"], ["vocab.txt"],
    ]

    /// The tokenizer of a model folder, or of a file: a `tokenizer.json`, a rank file of `tiktoken`, or one half of a
    /// vocabulary with merges.
    /// - Throws: `TokenizerError`: nothing found, unreadable, malformed or of another kind.
    public static func load(_ path: String) throws -> any Tokenizer {
        guard isFolder(path) else { return try loadFile(path) }
        let folder = path.hasSuffix("/") ? path : path + "/"
        for layout in layouts {
            let paths = layout.map { folder + $0 }
            guard paths.allSatisfy({ access($0, R_OK) == 0 }) else { continue }
            return try loadFile(paths[0])
        }
        // Under other names only where there is no choice.
        let found = FolderNames.of(path).filter { name in
            [".tiktoken", "merges.txt", "vocab.bpe", "vocab.txt"].contains { name.hasSuffix($0) }
        }
        if found.count == 1 { return try loadFile(folder + found[0]) }
        if found.count > 1 { throw TokenizerError.severalTokenizers(folder: path, found: found) }
        // Llama 3's own `tokenizer.model` holds ranks, those of others hold SentencePiece's tables.
        if let name = FolderNames.of(path).first(where: { $0.hasSuffix(".model") || $0.hasSuffix(".spm") }) {
            return try loadFile(folder + name)
        }
        throw TokenizerError.noTokenizer(
            folder: path, lookedFor: layouts.map { $0.joined(separator: " + ") } + ["*.tiktoken"])
    }

    private static func loadFile(_ path: String) throws -> any Tokenizer {
        let options = try options(beside: path)
        if let pair = VocabularyPair(half: path) { return try load(pair).applying(options) }
        let bytes = try read(path)
        if path.hasSuffix(".txt") {
            return try WordPieceTokenizer(vocabulary: bytes, options: options, source: path).applying(options)
        }
        if path.hasSuffix(".tiktoken") || isRankFile(bytes) {
            return try BytePairTokenizer(ranks: bytes, source: path).applying(options)
        }
        if let pieces = SentencePieceFile(path: path, bytes: bytes) { throw pieces.error }
        switch modelType(bytes, source: path) {
        case "WordPiece": return try WordPieceTokenizer(tokenizerJSON: bytes, source: path).applying(options)
        case "Unigram": return try UnigramTokenizer(tokenizerJSON: bytes, source: path).applying(options)
        default: return try BytePairTokenizer(tokenizerJSON: bytes, source: path).applying(options)
        }
    }

    /// What the files beside a tokenizer's own say.
    private static func options(beside path: String) throws -> TokenizerOptions {
        let folder = FolderNames.split(path).folder
        func file(_ name: String) throws -> (bytes: [UInt8], source: String)? {
            let path = folder + name
            return access(path, R_OK) == 0 ? (try read(path), path) : nil
        }
        // A tokenizer.json has its added tokens inside.
        let isWhole = path.hasSuffix("tokenizer.json")
        return try TokenizerOptions(
            configuration: file("tokenizer_config.json"), map: file("special_tokens_map.json"),
            added: isWhole ? nil : file("added_tokens.json"))
    }

    /// The `type` of a `tokenizer.json`'s model, which stands before its vocabulary; `nil` where it has none.
    private static func modelType(_ bytes: [UInt8], source: String) -> String? {
        struct Found: Error { let type: String }
        var cursor = JSONCursor(bytes, source: source)
        do {
            try cursor.readObject { cursor, key in
                guard key.elementsEqual("model".utf8) else { return try cursor.skipValue() }
                try cursor.readObject { cursor, key in
                    guard key.elementsEqual("type".utf8), cursor.peek() == UInt8(ascii: "\"") else {
                        return try cursor.skipValue()
                    }
                    throw Found(type: String(decoding: try cursor.readString(), as: UTF8.self))
                }
            }
        } catch let found as Found {
            return found.type
        } catch {
            // What is malformed is said when the file is read.
        }
        return nil
    }

    /// A vocabulary with merges says nothing of its kind; `tokenizer_config.json` beside it does.
    private static func load(_ pair: VocabularyPair) throws -> BytePairTokenizer {
        let settings = FolderNames.split(pair.vocabulary).folder + "tokenizer_config.json"
        let kind = access(settings, R_OK) == 0 ? try VocabularyKind(read(settings), source: settings) : VocabularyKind()
        return try BytePairTokenizer(
            vocabulary: read(pair.vocabulary), merges: read(pair.merges), vocabularySource: pair.vocabulary,
            mergesSource: pair.merges, kind: kind)
    }

    /// Whether a file begins as rank files do, whatever its name: Llama 3's is `tokenizer.model`.
    private static func isRankFile(_ bytes: [UInt8]) -> Bool {
        let line = bytes.prefix(256).prefix { $0 != 0x0A }
        var token: [UInt8] = []
        guard let space = line.firstIndex(of: UInt8(ascii: " ")), space > 0 else { return false }
        return Base64.decode(line[..<space], into: &token)
            && Int(String(decoding: line[(space + 1)...], as: UTF8.self)) != nil
    }

    /// The bytes of a file, without Foundation, whose start-up a single figure would notice.
    static func read(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw unreadable(path) }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let size = max(0, ftell(file))
        rewind(file)
        var bytes: [UInt8] = []
        var length = size
        repeat {
            let start = bytes.count
            // One byte beyond the size: reading it is how the end is known, also where the size was a guess.
            bytes += repeatElement(0, count: length + 1)
            let count = bytes.withUnsafeMutableBytes { buffer in
                fread(buffer.baseAddress?.advanced(by: start), 1, length + 1, file)
            }
            bytes.removeLast(length + 1 - count)
            guard ferror(file) == 0 else { throw unreadable(path) }
            length = 1 << 16
        } while feof(file) == 0
        return bytes
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func unreadable(_ path: String) -> TokenizerError {
        .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
}
