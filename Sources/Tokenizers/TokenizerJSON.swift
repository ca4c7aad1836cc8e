import Wording

/// Hugging Face's `tokenizer.json`, and the older pair of a vocabulary and a list of merges.
extension BytePairTokenizer {
    /// Reads a `tokenizer.json` of a byte-level BPE tokenizer.
    ///
    /// `truncation` and `padding` are for batches and are not read. Anything else that would give other ids than
    /// ours is an error that names it.
    /// - Throws: `TokenizerError`.
    public init(tokenizerJSON bytes: [UInt8], source: String = "tokenizer.json") throws {
        var parts: [String: JSONValue] = [:]
        var model: JSONCursor?
        var cursor = JSONCursor(bytes, source: source)
        try cursor.readObject { cursor, key in
            switch String(decoding: key, as: UTF8.self) {
            case "model":
                model = cursor
                try cursor.skipValue()
            case "truncation", "padding", "version": try cursor.skipValue()
            case let key: parts[key] = try cursor.readValue()
            }
        }
        try cursor.expectEnd()
        let check = LayoutCheck(source: source)
        try check.parts(parts)
        guard let model else { throw TokenizerError.missingKey(source: source, key: "model") }
        let (table, merges, unknown) = try Self.readModel(model)
        try self.init(
            table: table, merges: merges, added: check.addedTokens(parts["added_tokens"]),
            addsPrefixSpace: check.addsPrefixSpace(parts["pre_tokenizer"]), unknown: unknown)
    }

    /// Reads `vocab.json` and `merges.txt`, which GPT-2 itself calls `encoder.json` and `vocab.bpe`.
    ///
    /// `<|endoftext|>`, if the vocabulary has it, is an added token.
    /// - Throws: `TokenizerError`.
    public init(
        vocabulary: [UInt8], merges: [UInt8], vocabularySource: String = "vocab.json",
        mergesSource: String = "merges.txt"
    ) throws {
        var cursor = JSONCursor(vocabulary, source: vocabularySource)
        let table = try Self.readVocabulary(&cursor, key: "")
        try cursor.expectEnd()
        var list = MergeReader(table: table, source: mergesSource)
        for (index, line) in merges.split(separator: 0x0A).enumerated() {
            let line = line.last == 0x0D ? line.dropLast() : line
            if line.isEmpty || index == 0 && line.starts(with: "#version".utf8) { continue }
            try list.read(line)
        }
        let end = "<|endoftext|>"
        let added = table.id(of: Array(end.utf8)[...]).map { [AddedToken(id: $0, content: end)] } ?? []
        try self.init(table: table, merges: list.merges, added: added, addsPrefixSpace: false, unknown: nil)
    }

    private init(
        table: TokenTable, merges: [Merge], added: [AddedToken], addsPrefixSpace: Bool, unknown: Int?
    ) throws {
        var table = table
        for token in added where !table.contains(token.id) {
            table.insert(Array(token.content.utf8), id: token.id, form: .added)
        }
        self.init(
            table: table, merges: merges, addedTokens: added, addsPrefixSpace: addsPrefixSpace, unknownID: unknown)
    }

    private static func readModel(_ model: JSONCursor) throws -> (TokenTable, [Merge], unknown: Int?) {
        var cursor = model
        var settings: [String: JSONValue] = [:]
        var vocabulary: JSONCursor?
        var merges: JSONCursor?
        try cursor.readObject { cursor, key in
            switch String(decoding: key, as: UTF8.self) {
            case "vocab":
                vocabulary = cursor
                try cursor.skipValue()
            case "merges":
                merges = cursor
                try cursor.skipValue()
            case let key: settings[key] = try cursor.readValue()
            }
        }
        let check = LayoutCheck(source: model.source)
        try check.model(settings)
        guard var vocabulary else { throw TokenizerError.missingKey(source: model.source, key: "model.vocab") }
        guard var merges else { throw TokenizerError.missingKey(source: model.source, key: "model.merges") }
        let table = try readVocabulary(&vocabulary, key: "model.vocab")
        var list = MergeReader(table: table, source: model.source)
        try merges.readArray { cursor in
            if cursor.peek() == UInt8(ascii: "[") {
                var parts: [ArraySlice<UInt8>] = []
                try cursor.readArray { parts.append(try $0.readString()) }
                try list.read(parts)
            } else {
                try list.read(try cursor.readString())
            }
        }
        let unknown = try check.unknownToken(settings["unk_token"]).flatMap { token in
            ByteAlphabet.bytes(ofSpelling: token.utf8).flatMap { table.id(of: $0[...]) }
        }
        return (table, list.merges, unknown)
    }

    /// Ids beyond this are refused, so that a damaged file does not ask for a table of gigabytes; the largest
    /// published vocabularies are near 2¹⁸.
    static let idLimit = 1 << 22

    private static func readVocabulary(_ cursor: inout JSONCursor, key: String) throws -> TokenTable {
        var table = TokenTable()
        table.reserve(tokens: cursor.bytes.count / 20, bytes: cursor.bytes.count / 3)
        var buffer: [UInt8] = []
        try cursor.readObject { cursor, spelling in
            let id = try cursor.readInteger()
            guard (0..<idLimit).contains(id) else {
                throw TokenizerError.wrongValue(
                    source: cursor.source,
                    key: (key.isEmpty ? "" : key + ".") + String(decoding: spelling, as: UTF8.self),
                    expected: Phrase(en: "an id from 0 to \(idLimit - 1)", zh: "0 到 \(idLimit - 1) 的编号"), found: "\(id)"
                )
            }
            buffer.removeAll(keepingCapacity: true)
            if ByteAlphabet.append(spelling, to: &buffer) {
                table.insert(buffer, id: id, form: .bytes)
            } else {
                table.insert(spelling, id: id, form: .text)
            }
        }
        return table
    }
}

/// Turns written merges into ids.
private struct MergeReader {
    let table: TokenTable
    let source: String
    var merges: [Merge] = []
    private var buffer: [UInt8] = []

    init(table: TokenTable, source: String) {
        self.table = table
        self.source = source
        merges.reserveCapacity(table.count)
    }

    /// A merge written `left right`; a space inside a token is `Ġ` and cannot be mistaken.
    mutating func read(_ line: ArraySlice<UInt8>) throws {
        let space = UInt8(ascii: " ")
        guard let middle = line.firstIndex(of: space), !line[(middle + 1)...].contains(space) else {
            throw malformed(line.split(separator: space, omittingEmptySubsequences: false))
        }
        try read(line[..<middle], line[(middle + 1)...])
    }

    mutating func read(_ parts: [ArraySlice<UInt8>]) throws {
        guard parts.count == 2 else { throw malformed(parts) }
        try read(parts[0], parts[1])
    }

    private mutating func read(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) throws {
        guard !left.isEmpty, !right.isEmpty else { throw malformed([left, right]) }
        // Fifty thousand merges are read through one buffer: left and right, and together what they become.
        buffer.removeAll(keepingCapacity: true)
        guard ByteAlphabet.append(left, to: &buffer) else { throw unknown(String(decoding: left, as: UTF8.self)) }
        let middle = buffer.count
        guard ByteAlphabet.append(right, to: &buffer) else { throw unknown(String(decoding: right, as: UTF8.self)) }
        merges.append(
            Merge(left: try id(buffer[..<middle]), right: try id(buffer[middle...]), merged: try id(buffer[...])))
    }

    private func id(_ bytes: ArraySlice<UInt8>) throws -> Int {
        guard let id = table.id(of: bytes) else { throw unknown(ByteAlphabet.spelling(of: bytes)) }
        return id
    }

    private func malformed(_ parts: [ArraySlice<UInt8>]) -> TokenizerError {
        .malformedMerge(
            source: source, merge: merges.count + 1,
            found: parts.map { "\"\(String(decoding: $0, as: UTF8.self))\"" }.joined(separator: " "))
    }

    private func unknown(_ token: String) -> TokenizerError {
        .unknownToken(source: source, merge: merges.count + 1, token: token)
    }
}
