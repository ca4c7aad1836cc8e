import Reading
import Wording

/// `vocab.txt`, and `tokenizer.json` of a WordPiece tokenizer.
extension WordPieceTokenizer {
    /// Reads `vocab.txt`: a piece a line, its id the number of the line from 0.
    ///
    /// The special tokens are those of BERT, `[CLS]` and `[SEP]` around a text, or what `options` names. Whether
    /// letters are made small is said by `options`; where it says nothing the vocabulary does: where no piece but
    /// those in brackets has a capital letter, a capital would be unknown, and the vocabulary is uncased.
    /// - Throws: `TokenizerError`, also for a vocabulary without the unknown token.
    public init(
        vocabulary bytes: [UInt8], options: TokenizerOptions = TokenizerOptions(), source: String = "vocab.txt"
    ) throws(Failure) {
        var pieces = PieceTable(prefix: Array("##".utf8))
        pieces.reserve(pieces: bytes.count / 7, bytes: bytes.count)
        var hasCapital = false
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var lines = bytes[start...].split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for (id, line) in lines.enumerated() {
            var line = line
            while let last = line.last, last == 0x0D || last == 0x20 || last == 0x09 { line = line.dropLast() }
            pieces.insert(line, id: id)
            hasCapital = hasCapital || Self.hasCapital(line)
        }
        func id(_ role: SpecialRole, _ usual: String) -> Int? {
            pieces.id(ofSpelling: Array((options.names[role] ?? usual).utf8))
        }
        guard let unknown = id(.unknown, "[UNK]") else {
            throw .missingKey(source: source, key: options.names[.unknown] ?? "[UNK]")
        }
        let special = [
            id(.padding, "[PAD]"), unknown, id(.classification, "[CLS]"), id(.separator, "[SEP]"), id(.mask, "[MASK]"),
        ].compactMap { $0 }
        var settings = Settings(prefix: pieces.prefix)
        let lowercases = options.lowercases ?? !hasCapital
        settings.normalizer = TextNormalizer(steps: [
            .bert(
                BERTNormalizer(
                    separatesHan: options.separatesHan ?? true, stripsAccents: options.stripsAccents ?? lowercases,
                    lowercases: lowercases))
        ])
        var template = TokenTemplate.plain
        if let start = id(.classification, "[CLS]"), let end = id(.separator, "[SEP]") {
            template = .bert(start: start, end: end)
        }
        let added = special.map { AddedToken(id: $0, content: Self.text(pieces.bytes(of: $0))) }
        self.init(
            pieces: pieces, unknownID: unknown,
            addedTokens: options.adding(to: added) { pieces.id(ofSpelling: Array($0.utf8)) }, settings: settings,
            template: template)
    }

    /// Reads a `tokenizer.json` whose model is WordPiece or WordLevel.
    /// - Throws: `TokenizerError`: what is malformed, or would give other ids than ours.
    public init(tokenizerJSON bytes: [UInt8], source: String = "tokenizer.json") throws(Failure) {
        let parts = try TokenizerParts(bytes, source: source)
        let (description, vocabulary) = try Self.read(parts.model)
        guard ["WordPiece", "WordLevel"].contains(description.type) else {
            throw description.unsupported("WordPiece, WordLevel")
        }
        let isWhole = description.type == "WordLevel"
        var pieces = PieceTable(
            prefix: isWhole ? [] : try description.bytes("continuing_subword_prefix", otherwise: "##"))
        for (spelling, id) in vocabulary { pieces.insert(spelling, id: id) }
        let token = try description.text("unk_token", otherwise: isWhole ? "<unk>" : "[UNK]")
        let reader = PipelineReader(source: source)
        var settings = Settings(prefix: pieces.prefix)
        settings.normalizer = try reader.normalizer(parts["normalizer"])
        if try JSONPart(parts["pre_tokenizer"], "pre_tokenizer", source)?.type != "BertPreTokenizer" {
            settings.preTokenizer = try reader.preTokenizer(parts["pre_tokenizer"], spells: true)
        }
        settings.decoder = try reader.decoder(parts["decoder"]).keepingSpaces
        settings.longestWord = try description.integer("max_input_chars_per_word", otherwise: 100)
        settings.takesWholeWords = isWhole
        let added = try parts.addedTokens { pieces.id(ofSpelling: Array($0.utf8)) }
        let unknown =
            pieces.id(ofSpelling: Array(token.utf8))
            ?? (isWhole ? nil : added.first(where: { $0.content == token })?.id)
        guard isWhole || unknown != nil else { throw .missingKey(source: source, key: "model.vocab.\(token)") }
        self.init(
            pieces: pieces, unknownID: unknown, addedTokens: added, settings: settings,
            template: try TokenTemplate(parts["post_processor"], source: source))
    }

    private static func read(_ model: JSONCursor) throws(Failure) -> (JSONPart, [(ArraySlice<UInt8>, Int)]) {
        var cursor = model
        var settings: [String: JSONValue] = [:]
        var vocabulary: [(ArraySlice<UInt8>, Int)]?
        try cursor.readObject { (cursor, key) throws(Failure) in
            guard key.elementsEqual("vocab".utf8) else {
                settings[String(decoding: key, as: UTF8.self)] = try cursor.readValue()
                return
            }
            var list: [(ArraySlice<UInt8>, Int)] = []
            try cursor.readObject { (cursor, spelling) throws(Failure) in
                list.append((spelling, try cursor.readID(of: spelling, in: "model.vocab")))
            }
            vocabulary = list
        }
        // The oldest files do not say which model they hold.
        if settings["type"] == nil { settings["type"] = .string("WordPiece") }
        guard let vocabulary, let part = try JSONPart(.object(settings), "model", model.source) else {
            throw .missingKey(source: model.source, key: "model.vocab")
        }
        return (part, vocabulary)
    }

    private static func text(_ bytes: ArraySlice<UInt8>?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }

    /// Tokens in brackets, such as `[MASK]` and `<S>`, are names.
    private static func hasCapital(_ piece: ArraySlice<UInt8>) -> Bool {
        switch (piece.first, piece.last) {
        case (UInt8(ascii: "["), UInt8(ascii: "]")), (UInt8(ascii: "<"), UInt8(ascii: ">")): return false
        default:
            guard piece.contains(where: { $0 >= 0x80 }) else { return piece.contains { (0x41...0x5A).contains($0) } }
            return String(decoding: piece, as: UTF8.self).unicodeScalars.contains {
                $0.properties.changesWhenLowercased
            }
        }
    }
}

extension TokenDecoder {
    /// The same without what tidies English punctuation, which would take spaces out of the text.
    fileprivate var keepingSpaces: TokenDecoder {
        TokenDecoder(
            steps: steps?.map { step in
                if case .wordPiece(let prefix, _) = step { .wordPiece(prefix: prefix, cleansUp: false) } else { step }
            })
    }
}
