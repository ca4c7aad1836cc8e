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
        ["tokenizer.json"], ["vocab.json", "merges.txt"], ["encoder.json", "vocab.bpe"],
    ]

    /// The tokenizer of a model folder, or of a `tokenizer.json`.
    /// - Throws: `TokenizerError`: nothing found, unreadable, malformed or of another kind.
    public static func load(_ path: String) throws -> any Tokenizer {
        guard isFolder(path) else { return try BytePairTokenizer(tokenizerJSON: read(path), source: path) }
        for layout in layouts {
            let paths = layout.map { path + (path.hasSuffix("/") ? "" : "/") + $0 }
            guard paths.allSatisfy({ access($0, R_OK) == 0 }) else { continue }
            if paths.count == 1 { return try BytePairTokenizer(tokenizerJSON: read(paths[0]), source: paths[0]) }
            return try BytePairTokenizer(
                vocabulary: read(paths[0]), merges: read(paths[1]), vocabularySource: paths[0], mergesSource: paths[1])
        }
        throw TokenizerError.noTokenizer(
            folder: path, lookedFor: layouts.map { $0.joined(separator: " + ") })
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
