import Wording

/// A tokenizer of any kind that can be read.
public enum AnyTokenizer: Tokenizer {
    case bytePairs(BytePairTokenizer)
    case wordPieces(WordPieceTokenizer)
    case unigrams(UnigramTokenizer)

    /// Itself, where it is of byte pairs: what merges is taken apart, and written to files.
    public var bytePairs: BytePairTokenizer? { if case .bytePairs(let tokenizer) = self { tokenizer } else { nil } }

    public var wordPieces: WordPieceTokenizer? { if case .wordPieces(let tokenizer) = self { tokenizer } else { nil } }

    public var vocabularySize: Int {
        switch self {
        case .bytePairs(let tokenizer): tokenizer.vocabularySize
        case .wordPieces(let tokenizer): tokenizer.vocabularySize
        case .unigrams(let tokenizer): tokenizer.vocabularySize
        }
    }

    public var addedTokens: [AddedToken] {
        switch self {
        case .bytePairs(let tokenizer): tokenizer.addedTokens
        case .wordPieces(let tokenizer): tokenizer.addedTokens
        case .unigrams(let tokenizer): tokenizer.addedTokens
        }
    }

    public var template: TokenTemplate {
        switch self {
        case .bytePairs(let tokenizer): tokenizer.template
        case .wordPieces(let tokenizer): tokenizer.template
        case .unigrams(let tokenizer): tokenizer.template
        }
    }

    public var readsSpecialTokens: Bool {
        switch self {
        case .bytePairs(let tokenizer): tokenizer.readsSpecialTokens
        case .wordPieces(let tokenizer): tokenizer.readsSpecialTokens
        case .unigrams(let tokenizer): tokenizer.readsSpecialTokens
        }
    }

    public func encode(bytes: [UInt8], readingSpecialTokens reads: Bool) throws(Failure) -> [Int] {
        switch self {
        case .bytePairs(let tokenizer): try tokenizer.encode(bytes: bytes, readingSpecialTokens: reads)
        case .wordPieces(let tokenizer): try tokenizer.encode(bytes: bytes, readingSpecialTokens: reads)
        case .unigrams(let tokenizer): try tokenizer.encode(bytes: bytes, readingSpecialTokens: reads)
        }
    }

    public func decode(_ ids: [Int], skippingSpecialTokens skips: Bool) -> String {
        switch self {
        case .bytePairs(let tokenizer): tokenizer.decode(ids, skippingSpecialTokens: skips)
        case .wordPieces(let tokenizer): tokenizer.decode(ids, skippingSpecialTokens: skips)
        case .unigrams(let tokenizer): tokenizer.decode(ids, skippingSpecialTokens: skips)
        }
    }

    public func bytes(of id: Int) -> [UInt8]? {
        switch self {
        case .bytePairs(let tokenizer): tokenizer.bytes(of: id)
        case .wordPieces(let tokenizer): tokenizer.bytes(of: id)
        case .unigrams(let tokenizer): tokenizer.bytes(of: id)
        }
    }

    public func spelling(of id: Int) -> String? {
        switch self {
        case .bytePairs(let tokenizer): tokenizer.spelling(of: id)
        case .wordPieces(let tokenizer): tokenizer.spelling(of: id)
        case .unigrams(let tokenizer): tokenizer.spelling(of: id)
        }
    }

    public func id(ofSpelling spelling: String) -> Int? {
        switch self {
        case .bytePairs(let tokenizer): tokenizer.id(ofSpelling: spelling)
        case .wordPieces(let tokenizer): tokenizer.id(ofSpelling: spelling)
        case .unigrams(let tokenizer): tokenizer.id(ofSpelling: spelling)
        }
    }

    public func id(of role: SpecialRole) -> Int? {
        switch self {
        case .bytePairs(let tokenizer): tokenizer.id(of: role)
        case .wordPieces(let tokenizer): tokenizer.id(of: role)
        case .unigrams(let tokenizer): tokenizer.id(of: role)
        }
    }
}
