import Reading
import Wording

/// Turns text into the numbers a model reads, and back.
///
/// Whatever a string or a byte sequence holds has ids, and whatever ids a model utters can be shown. Only what a file
/// asks for can fail: a pattern that takes too long, rules that let a text grow without end, a vocabulary of words
/// that has none for those that it lacks.
public protocol Tokenizer: Sendable {
    /// One more than the largest id, so that a row of the embedding matrix belongs to every id below it.
    var vocabularySize: Int { get }

    /// Tokens that are matched in the text before anything else: end of text, padding, mask. In the order of their ids.
    var addedTokens: [AddedToken] { get }

    /// The ids of a text, added tokens included where the text spells them out.
    /// - Throws: as ``encode(bytes:readingSpecialTokens:)``.
    func encode(_ text: String) throws(Failure) -> [Int]

    /// The bytes that an id stands for; `nil` where no token has this id.
    func bytes(of id: Int) -> [UInt8]?

    /// The token as its vocabulary file spells it (`Ġthe`, `##ing`); `nil` where no token has this id.
    func spelling(of id: Int) -> String?

    /// The id of a token in the spelling of its vocabulary file.
    func id(ofSpelling spelling: String) -> Int?

    /// What is put around a text before a model reads it; ``encode(_:)`` puts nothing.
    var template: TokenTemplate { get }

    /// The token that a configuration file names for a purpose; `nil` where none does.
    func id(of role: SpecialRole) -> Int?

    /// Whether ``encode(_:)`` takes a text that spells a special token for that token.
    var readsSpecialTokens: Bool { get }

    /// The ids of any bytes, those that are no UTF-8 too; special tokens that are spelt out are tokens, or plain text.
    /// - Throws: ``TokenizerError/patternLimit(pattern:steps:)``, ``TokenizerError/growth(most:)``,
    ///   ``TokenizerError/unknownWord(_:)``.
    func encode(bytes: [UInt8], readingSpecialTokens: Bool) throws(Failure) -> [Int]

    /// The text that ids stand for, with or without the special tokens among them.
    func decode(_ ids: [Int], skippingSpecialTokens skips: Bool) -> String
}

extension Tokenizer {
    public var template: TokenTemplate { .plain }

    public var readsSpecialTokens: Bool { true }

    public func id(of role: SpecialRole) -> Int? { nil }

    public func encode(_ text: String) throws(Failure) -> [Int] {
        try encode(bytes: Array(text.utf8), readingSpecialTokens: readsSpecialTokens)
    }

    /// The text that ids stand for.
    ///
    /// Nothing is lost: bytes that are no UTF-8 are shown as `‹E4 B8›`, an id without a token as `‹id 99999›`.
    public func decode(_ ids: [Int]) -> String {
        decode(ids, skippingSpecialTokens: false)
    }

    /// The text that ids stand for, with or without the special tokens among them.
    public func decode(_ ids: [Int], skippingSpecialTokens skips: Bool) -> String {
        let special = skips ? specialIDs : []
        var text = ""
        var pending: [UInt8] = []
        for id in ids where !special.contains(id) {
            if let bytes = bytes(of: id) {
                pending += bytes
            } else {
                text += ByteText.readable(pending) + ByteText.unknown(id)
                pending = []
            }
        }
        return text + ByteText.readable(pending)
    }

    /// One token as figures draw it.
    public func piece(_ id: Int) -> TokenPiece {
        guard let bytes = bytes(of: id) else {
            return TokenPiece(id: id, bytes: [], display: ByteText.unknown(id), isSpecial: false, isWholeText: false)
        }
        return TokenPiece(id: id, bytes: bytes, isSpecial: isSpecial(id))
    }

    /// Tokens as figures draw them, in order.
    public func pieces(_ ids: [Int]) -> [TokenPiece] { ids.map(piece) }

    /// Whether a special token has this id; they lie in the order of their ids.
    private func isSpecial(_ id: Int) -> Bool {
        let tokens = addedTokens
        var (low, high) = (0, tokens.count)
        while low < high {
            let middle = low + (high - low) / 2
            if tokens[middle].id < id { low = middle + 1 } else { high = middle }
        }
        while low < tokens.count, tokens[low].id == id {
            if tokens[low].isSpecial { return true }
            low += 1
        }
        return false
    }

    /// The ids of the tokens that are no part of a text: end of text, padding, mask.
    public var specialIDs: Set<Int> { Set(addedTokens.lazy.filter { $0.isSpecial }.map { $0.id }) }
}
