import Reading
import Wording

/// WordPiece, the tokenizer of BERT (Wu et al. 2016, §4.1; Devlin et al. 2019).
///
/// A text is normalised and split at white space and punctuation; each word is the longest piece of the vocabulary
/// that it begins with, then the longest that what is left begins with, written `##ing`; a word that comes to no end
/// in this way is `[UNK]` as a whole. A vocabulary of whole words (`WordLevel`) is the same without pieces of words.
/// The ids are those of Hugging Face's `tokenizers` for the same files.
public struct WordPieceTokenizer: Tokenizer {
    public let addedTokens: [AddedToken]
    public var template: TokenTemplate
    private var roles: [SpecialRole: Int] = [:]

    let pieces: PieceTable
    let settings: Settings
    /// nil where a vocabulary of whole words has none.
    let unknownID: Int?

    private let reader: AddedTokenReader
    private let addedIDs: [String: Int]
    private let added: Set<Int>

    /// How a text becomes words, and pieces a text.
    struct Settings: Sendable {
        var normalizer = TextNormalizer(steps: [.bert(BERTNormalizer())])
        /// `nil` for BERT's own: white space is left out, each punctuation character is a word.
        var preTokenizer: PreTokenizer?
        var decoder: TokenDecoder
        /// Words of more characters than this are unknown.
        var longestWord = 100
        /// Whether a word is in the vocabulary or unknown: it has no pieces.
        var takesWholeWords = false

        init(prefix: [UInt8]) { decoder = TokenDecoder(steps: [.wordPiece(prefix: prefix, cleansUp: false)]) }
    }

    init(
        pieces: PieceTable, unknownID: Int?, addedTokens: [AddedToken], settings: Settings,
        template: TokenTemplate = .plain
    ) {
        var pieces = pieces
        for token in addedTokens where pieces.bytes(of: token.id) == nil {
            // Such a token is shown as it is looked for, as in the library.
            let content = Array(token.content.utf8)
            pieces.insert(
                token.isNormalized ? (try? settings.normalizer.normalize(content)) ?? content : content, id: token.id,
                isPiece: false)
        }
        self.pieces = pieces
        self.unknownID = unknownID
        self.settings = settings
        self.template = template
        self.addedTokens = addedTokens.sorted { $0.id < $1.id }
        added = Set(addedTokens.map { $0.id })
        addedIDs = addedTokens.reversed().reduce(into: [:]) { $0[$1.content] = $1.id }
        reader = AddedTokenReader(
            addedTokens, normalizer: settings.normalizer,
            asksForBeginning: settings.preTokenizer?.asksForBeginning ?? false)
    }

    /// The same tokenizer with what the files beside its own say about special tokens.
    func applying(_ options: TokenizerOptions) -> WordPieceTokenizer {
        var result = WordPieceTokenizer(
            pieces: pieces, unknownID: unknownID,
            addedTokens: options.adding(to: addedTokens, id: id(ofSpelling:)), settings: settings, template: template)
        result.roles = options.names.compactMapValues(result.id(ofSpelling:))
        return result
    }

    public func id(of role: SpecialRole) -> Int? { roles[role] }

    public var vocabularySize: Int { pieces.count }

    /// The ids of any bytes, U+FFFD, which is left out, in place of those that are no UTF-8; special tokens that are
    /// spelt out are tokens, or plain text.
    /// - Throws: also ``TokenizerError/unknownWord(_:)``, of a vocabulary of whole words.
    public func encode(bytes: [UInt8], readingSpecialTokens: Bool) throws(Failure) -> [Int] {
        let text = bytes.repaired
        var encoder = PieceEncoder(self, textOfLength: text.count)
        try reader.forEachPart(
            of: text, readingSpecialTokens,
            text: { (text, range, beginning) throws(Failure) in
                try encoder.append(text, range, beginning: beginning)
            }, rest: { _ in }, token: { encoder.ids.append($0) })
        if let word = encoder.unknownWord { throw Failure(TokenizerError.unknownWord(word)) }
        return encoder.ids
    }

    public func bytes(of id: Int) -> [UInt8]? {
        guard let bytes = pieces.bytes(of: id).map(Array.init) else { return nil }
        guard case .byteLevel? = settings.decoder.steps?.first, !added.contains(id) else {
            return bytes
        }
        return settings.decoder.bytes(of: bytes)
    }

    public func spelling(of id: Int) -> String? {
        pieces.bytes(of: id).map { String(decoding: $0, as: UTF8.self) }
    }

    public func id(ofSpelling spelling: String) -> Int? {
        addedIDs[spelling] ?? pieces.id(ofSpelling: Array(spelling.utf8))
    }

    /// Words with spaces between them: what the normalisation took is not in the tokens. English punctuation keeps
    /// the spaces around it, as in `tokenizers` without `cleanup`.
    public func decode(_ ids: [Int], skippingSpecialTokens skips: Bool) -> String {
        let special = skips ? specialIDs : []
        return ByteText.readable(
            settings.decoder.decode(
                ids.lazy.filter { !special.contains($0) }.map {
                    pieces.bytes(of: $0).map(Array.init) ?? Array(ByteText.unknown($0).utf8)
                }))
    }
}

/// The pieces of one word after the other.
private struct PieceEncoder {
    var ids: [Int] = []
    /// The first word that has no id.
    private(set) var unknownWord: String?

    private let tokenizer: WordPieceTokenizer
    private var hashes: [UInt64]

    init(_ tokenizer: WordPieceTokenizer, textOfLength length: Int) {
        self.tokenizer = tokenizer
        ids.reserveCapacity(length / 4)
        hashes = Array(repeating: 0, count: tokenizer.pieces.longest)
    }

    mutating func append(
        _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, beginning: Int
    ) throws(Failure) {
        guard let preTokenizer = tokenizer.settings.preTokenizer else {
            return BERTWords.forEachWord(of: text, range) { append(text[$0]) }
        }
        try preTokenizer.forEachWord(of: text, range, beginning: beginning) { append($0[$1]) }
    }

    private mutating func appendUnknown(_ word: Slice<UnsafeBufferPointer<UInt8>>) {
        if let unknown = tokenizer.unknownID { return ids.append(unknown) }
        unknownWord = unknownWord ?? String(decoding: word, as: UTF8.self)
    }

    private mutating func append(_ word: Slice<UnsafeBufferPointer<UInt8>>) {
        let start = ids.count
        let longest = tokenizer.settings.longestWord
        var rest = word
        if tokenizer.settings.takesWholeWords {
            guard let id = tokenizer.pieces.id(ofSpelling: Array(word)) else { return appendUnknown(word) }
            return ids.append(id)
        }
        guard word.count <= longest || word.count(where: { $0 & 0xC0 != 0x80 }) <= longest else {
            return appendUnknown(word)
        }
        var isKnown = true
        hashes.withUnsafeMutableBufferPointer { hashes in
            while !rest.isEmpty {
                guard
                    let piece = tokenizer.pieces.longestPiece(
                        of: rest, isInner: rest.startIndex != word.startIndex, hashes: hashes)
                else {
                    isKnown = false
                    return
                }
                ids.append(piece.id)
                rest = rest.dropFirst(piece.length)
            }
        }
        guard !isKnown else { return }
        ids.removeLast(ids.count - start)
        appendUnknown(word)
    }
}

/// BERT's words: white space between them is left out, and each punctuation character is one.
enum BERTWords {
    private enum Kind {
        case word, space, punctuation
    }

    private static let ascii: [Kind] = (0..<0x80).map(kind)

    private static func kind(_ value: UInt32) -> Kind {
        if ScalarSet.libraryPunctuation.contains(value, .shared) { return .punctuation }
        return ScalarSet.whiteSpace.contains(value, .shared) ? .space : .word
    }

    static func forEachWord(of text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) -> Void) {
        let ascii = Self.ascii
        var start = range.lowerBound
        var offset = start
        while offset < range.upperBound {
            let (value, length) = text.character(at: offset)
            let kind = value < 0x80 ? ascii[Int(value)] : (0x4E00...0x9FFF).contains(value) ? .word : kind(value)
            let end = offset + length
            if kind != .word {
                if start < offset { body(start..<offset) }
                if kind == .punctuation { body(offset..<end) }
                start = end
            }
            offset = end
        }
        if start < range.upperBound { body(start..<range.upperBound) }
    }
}
