import Reading
import Wording

/// Hugging Face's `tokenizer.json`, and the older pair of a vocabulary and a list of merges.
extension BytePairTokenizer {
    /// Reads a `tokenizer.json` of a byte-pair tokenizer: byte-level, as GPT-2, Llama 3 and Qwen 2 have, or over
    /// characters, as Llama 2 has.
    ///
    /// `truncation` and `padding` are for batches and `dropout` is for training: they are not read. Anything else that
    /// would give other ids than ours is an error that names it.
    /// - Throws: `TokenizerError`.
    public init(tokenizerJSON bytes: [UInt8], source: String = "tokenizer.json") throws(Failure) {
        let parts = try TokenizerParts(bytes, source: source)
        let content = try ModelContent(parts.model)
        var method = BytePairMethod()
        try method.settle(content.settings)
        try method.surround(with: parts)
        let template = try TokenTemplate(parts["post_processor"], source: source)
        if !method.isWritable || !template.isPlain { method.original = bytes }
        let isByteLevel = method.preTokenizer.isByteLevel
        let table = try Self.readVocabulary(content.vocabulary, key: "model.vocab", isByteLevel: isByteLevel)
        let merges = try content.merges(
            MergeReader(
                table: table, source: source, isByteLevel: isByteLevel, prefixLength: method.continuingPrefix.count))
        self.init(
            table: table, merges: merges,
            addedTokens: try parts.addedTokens { table.id(ofSpelling: Array($0.utf8)) }, method: method,
            unknownID: try content.unknownToken.flatMap { table.id(ofSpelling: Array($0.utf8)) })
        self.template = template
    }

    /// Reads `vocab.json` and `merges.txt`, which GPT-2 itself calls `encoder.json` and `vocab.bpe`.
    ///
    /// `<|endoftext|>`, if the vocabulary has it, is an added token; where it has RoBERTa's and BART's `<s>`, `</s>` and
    /// `<mask>`, these are, and the first two are put around a text.
    /// - Throws: `TokenizerError`.
    public init(
        vocabulary: [UInt8], merges: [UInt8], vocabularySource: String = "vocab.json",
        mergesSource: String = "merges.txt"
    ) throws(Failure) {
        try self.init(
            vocabulary: vocabulary, merges: merges, vocabularySource: vocabularySource, mergesSource: mergesSource,
            kind: VocabularyKind())
    }

    init(
        vocabulary: [UInt8], merges: [UInt8], vocabularySource: String, mergesSource: String, kind: VocabularyKind
    ) throws(Failure) {
        let cursor = JSONCursor(vocabulary, source: vocabularySource)
        let table = try Self.readVocabulary(cursor, key: "", isByteLevel: true, isWholeFile: true)
        var list = MergeReader(table: table, source: mergesSource, isByteLevel: true)
        for (index, line) in merges.split(separator: 0x0A).enumerated() {
            let line = line.last == 0x0D ? line.dropLast() : line
            if line.isEmpty || index == 0 && line.starts(with: "#version".utf8) { continue }
            try list.read(line)
        }
        let added = Self.usualSpecialTokens { table.id(of: Array($0.utf8)[...]) }
        self.init(
            table: table, merges: list.merges, addedTokens: added, method: kind.method,
            unknownID: kind.unknown.flatMap { table.id(ofSpelling: Array($0.utf8)) })
        if added.count > 1, let start = id(ofSpelling: "<s>"), let end = id(ofSpelling: "</s>") {
            template = .roberta(start: start, end: end)
        }
    }

    /// Ids beyond this are refused, so that a damaged file does not ask for a table of gigabytes; the largest
    /// published vocabularies are near 2¹⁸.
    static let idLimit = 1 << 22

    private static func readVocabulary(
        _ cursor: JSONCursor, key: String, isByteLevel: Bool, isWholeFile: Bool = false
    ) throws(Failure) -> TokenTable {
        var cursor = cursor
        var table = TokenTable()
        table.reserve(tokens: cursor.bytes.count / 20, bytes: cursor.bytes.count / 3)
        var buffer: [UInt8] = []
        try cursor.readObject { (cursor, spelling) throws(Failure) in
            let id = try cursor.readID(of: spelling, in: key)
            buffer.removeAll(keepingCapacity: true)
            if !isByteLevel {
                table.insert(spelling, id: id, form: .characters)
            } else if ByteAlphabet.append(spelling, to: &buffer) {
                table.insert(buffer, id: id, form: .bytes)
            } else {
                table.insert(spelling, id: id, form: .text)
            }
        }
        if isWholeFile { try cursor.expectEnd() }
        return table
    }
}

extension BytePairMethod {
    /// What the settings of a model say about how its tokens are made.
    fileprivate mutating func settle(_ model: JSONPart) throws(Failure) {
        func bytes(_ name: String) throws(Failure) -> [UInt8] {
            let expected = Phrase(en: "a text or null", zh: "一段文字或 null")
            return Array(try model.text(name, otherwise: "", expected: expected).utf8)
        }
        continuingPrefix = try bytes("continuing_subword_prefix")
        wordSuffix = try bytes("end_of_word_suffix")
        fallsBackToBytes = try model.flag("byte_fallback", otherwise: false)
        takesWholeWords = try model.flag("ignore_merges", otherwise: false)
        fusesUnknown = try model.flag("fuse_unk", otherwise: false)
    }
}

/// The parts of a model: its settings, and where its vocabulary and its merges are.
private struct ModelContent {
    let settings: JSONPart
    let vocabulary: JSONCursor
    private let mergeList: JSONCursor

    init(_ model: JSONCursor) throws(Failure) {
        var cursor = model
        let (values, places) = try cursor.readMembers(leaving: ["vocab", "merges"])
        settings = JSONPart(values, "model", model.source)
        if let type = values["type"], type != .string("BPE") {
            throw .unsupported(
                source: model.source, key: "model.type", expected: Phrase("BPE"), found: type.summary)
        }
        guard let vocabulary = places["vocab"] else { throw .missingKey(source: model.source, key: "model.vocab") }
        guard let merges = places["merges"] else { throw .missingKey(source: model.source, key: "model.merges") }
        self.vocabulary = vocabulary
        mergeList = merges
    }

    /// What stands for whatever the vocabulary lacks.
    var unknownToken: String? {
        get throws(Failure) {
            if settings.isAbsent("unk_token") { return nil }
            return try settings.text("unk_token", expected: Phrase(en: "a token or null", zh: "词元或 null"))
        }
    }

    /// Merges are pairs, or texts with a space between two tokens.
    func merges(_ reader: MergeReader) throws(Failure) -> [Merge] {
        var reader = reader
        var cursor = mergeList
        try cursor.readArray { (cursor) throws(Failure) in
            if cursor.peek() == UInt8(ascii: "[") {
                var parts: [ArraySlice<UInt8>] = []
                try cursor.readArray { (each) throws(Failure) in parts.append(try each.readString()) }
                try reader.read(parts)
            } else {
                try reader.read(try cursor.readString())
            }
        }
        return reader.merges
    }
}

/// Turns written merges into ids.
private struct MergeReader {
    let table: TokenTable
    let source: String
    let isByteLevel: Bool
    /// What the right token of a merge begins with that the merged one has not.
    let prefixLength: Int
    var merges: [Merge] = []
    /// How many have been looked at.
    private var count = 0
    private var buffer: [UInt8] = []

    init(table: TokenTable, source: String, isByteLevel: Bool, prefixLength: Int = 0) {
        self.table = table
        self.source = source
        self.isByteLevel = isByteLevel
        self.prefixLength = prefixLength
        merges.reserveCapacity(table.count)
    }

    /// A merge written `left right`; a space inside a token is `Ġ` and cannot be mistaken.
    mutating func read(_ line: ArraySlice<UInt8>) throws(Failure) {
        count += 1
        let space = UInt8(ascii: " ")
        guard let middle = line.firstIndex(of: space), !line[(middle + 1)...].contains(space) else {
            throw malformed(line.split(separator: space, omittingEmptySubsequences: false))
        }
        try read(line[..<middle], line[(middle + 1)...])
    }

    mutating func read(_ parts: [ArraySlice<UInt8>]) throws(Failure) {
        count += 1
        guard parts.count == 2 else { throw malformed(parts) }
        try read(parts[0], parts[1])
    }

    private mutating func read(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) throws(Failure) {
        guard !left.isEmpty, !right.isEmpty else { throw malformed([left, right]) }
        // Fifty thousand merges are read through one buffer: left and right, and together what they become.
        buffer.removeAll(keepingCapacity: true)
        guard try append(left) else { return }
        let middle = buffer.count
        guard try append(right) else { return }
        let (leftID, rightID) = (try id(buffer[..<middle]), try id(buffer[middle...]))
        if prefixLength > 0 {
            guard buffer.count - middle >= prefixLength else { throw malformed([left, right]) }
            buffer.removeSubrange(middle..<middle + prefixLength)
        }
        merges.append(Merge(left: leftID, right: rightID, merged: try id(buffer[...])))
    }

    /// False for a token that is known and that no bytes are spelt with: its merge never comes to be.
    private mutating func append(_ token: ArraySlice<UInt8>) throws(Failure) -> Bool {
        guard isByteLevel else {
            buffer += token
            return true
        }
        if ByteAlphabet.append(token, to: &buffer) { return true }
        guard table.id(ofSpelling: token) != nil else { throw unknown(String(decoding: token, as: UTF8.self)) }
        return false
    }

    private func id(_ bytes: ArraySlice<UInt8>) throws(Failure) -> Int {
        guard let id = table.id(of: bytes) else {
            throw unknown(isByteLevel ? ByteAlphabet.spelling(of: bytes) : String(decoding: bytes, as: UTF8.self))
        }
        return id
    }

    private func malformed(_ parts: [ArraySlice<UInt8>]) -> Failure {
        Failure(
            TokenizerError.malformedMerge(
                source: source, merge: count,
                found: parts.map { "\"\(String(decoding: $0, as: UTF8.self))\"" }.joined(separator: " ")))
    }

    private func unknown(_ token: String) -> Failure {
        Failure(TokenizerError.unknownToken(source: source, merge: count, token: token))
    }
}
