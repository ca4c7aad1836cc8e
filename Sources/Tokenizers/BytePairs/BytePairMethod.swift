/// What sets one byte-pair tokenizer apart from another, beside its vocabulary and merges. The default is GPT-2's.
struct BytePairMethod: Sendable {
    enum Merging: Sendable {
        /// by a list of pairs
        case pairs
        /// by the rank of what becomes of a pair, which is its id: `tiktoken`
        case ranks
    }

    var normalizer = TextNormalizer(steps: [])
    var preTokenizer = PreTokenizer([.byteLevel(addsPrefixSpace: false, splitsWords: true)])
    var decoder = TokenDecoder.byteLevel
    var merging = Merging.pairs

    /// Put before every character of a word but the first.
    var continuingPrefix: [UInt8] = []
    /// Put after the last character of a word.
    var wordSuffix: [UInt8] = []
    /// Characters that the vocabulary lacks are written as bytes, `<0xE4>`.
    var fallsBackToBytes = false
    /// Unknown characters that follow one another are one unknown token.
    var fusesUnknown = false
    /// A word that is a token is that token, whatever the merges say.
    var takesWholeWords = false
    /// Whether a text that spells a special token holds that token.
    var readsSpecialTokens = true
    /// The file that the tokenizer was read from, where its kind cannot be written by this project.
    var original: [UInt8]?

    /// The tokens `<0x00>` to `<0xFF>`; none where the tokenizer does not fall back to bytes.
    func fallbackIDs(in table: TokenTable) -> [Int?] {
        guard fallsBackToBytes else { return [] }
        return (UInt8.min...UInt8.max).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return table.id(of: Array("<0x\(byte < 16 ? "0" : "")\(digits)>".utf8))
        }
    }
}

/// The tokens that a word consists of before the first merge.
struct InitialTokens: Sendable {
    private let isByteLevel: Bool
    private let continuingPrefix: [UInt8]
    private let wordSuffix: [UInt8]
    private let fusesUnknown: Bool
    private let unknownID: UInt32?
    /// The tokens of each byte where it is a token by itself.
    private let byteIDs: [UInt32?]
    /// The tokens `<0x00>` to `<0xFF>`; empty where the tokenizer does not fall back to bytes.
    private let fallbackIDs: [UInt32?]
    /// Where each byte is one token, whatever the word.
    private let plainIDs: [UInt32]?

    init(_ table: TokenTable, _ method: BytePairMethod, unknownID: Int?) {
        isByteLevel = method.preTokenizer.isByteLevel
        continuingPrefix = method.continuingPrefix
        wordSuffix = method.wordSuffix
        fusesUnknown = method.fusesUnknown
        self.unknownID = unknownID.map(UInt32.init)
        byteIDs = (UInt8.min...UInt8.max).map { byte in table.id(of: [byte]).map(UInt32.init) }
        fallbackIDs = method.fallbackIDs(in: table).map { $0.map(UInt32.init) }
        let isPlain = isByteLevel && method.continuingPrefix.isEmpty && method.wordSuffix.isEmpty
        let known = byteIDs.compactMap { $0 }
        plainIDs = isPlain && known.count == 256 ? known : nil
    }

    /// Appends the tokens of a word.
    func append(_ word: UnsafeBufferPointer<UInt8>, _ table: TokenTable, to ids: inout [UInt32]) {
        if let plainIDs {
            for byte in word { ids.append(plainIDs[Int(byte)]) }
            return
        }
        var pending: UInt32?
        var offset = 0
        var symbol: [UInt8] = []
        while offset < word.count {
            let end = isByteLevel ? offset + 1 : offset + word.character(at: offset).length
            symbol.removeAll(keepingCapacity: true)
            if offset > 0 { symbol += continuingPrefix }
            symbol += word[offset..<end]
            if end == word.count { symbol += wordSuffix }
            offset = end
            if let id = table.id(of: symbol) {
                if let unknown = pending { ids.append(unknown) }
                pending = nil
                ids.append(UInt32(id))
            } else if let bytes = fallback(symbol) {
                // An unknown token that is pending stays so, as in `tokenizers`.
                ids += bytes
            } else if let unknownID {
                if let unknown = pending, !fusesUnknown { ids.append(unknown) }
                pending = unknownID
            }
        }
        if let pending { ids.append(pending) }
    }

    /// The bytes of what the model reads: at byte level its spelling.
    private func fallback(_ symbol: [UInt8]) -> [UInt32]? {
        guard !fallbackIDs.isEmpty else { return nil }
        let bytes = isByteLevel ? Array(ByteAlphabet.spelling(of: symbol).utf8) : symbol
        let ids = bytes.compactMap { fallbackIDs[Int($0)] }
        return ids.count == bytes.count ? ids : nil
    }
}
