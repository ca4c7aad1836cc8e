import Reading
import Wording

/// Byte-pair encoding: neighbouring tokens are merged, the earliest merge first (Sennrich et al. 2016, §3.2).
///
/// Of every kind that is in use: GPT-2's over bytes (Radford et al. 2019), where a text is cut into words and no text
/// is unknown because every byte is a token; `tiktoken`'s, which has ranks in place of merges; and that of
/// SentencePiece, over characters, which writes what it does not know as bytes. `BytePairMethod` says which. The ids
/// are those of Hugging Face's `tokenizers`, or of `tiktoken`, for the same files.
public struct BytePairTokenizer: Tokenizer {
    public let addedTokens: [AddedToken]
    public var template = TokenTemplate.plain
    var roles: [SpecialRole: Int] = [:]

    let table: TokenTable
    let merges: [Merge]
    let unknownID: Int?
    let method: BytePairMethod
    let pairs: PairTable
    let initialTokens: InitialTokens
    /// `TokenTable.pairsOfBytes` where merging goes by ranks.
    let bytePairs: [Int32]

    private let reader: AddedTokenReader
    /// What added tokens stand for: their text as it is, however the vocabulary spells them.
    private let addedBytes: [Int: [UInt8]]
    private let addedIDs: [String: Int]

    init(
        table: TokenTable, merges: [Merge], addedTokens: [AddedToken], method: BytePairMethod = BytePairMethod(),
        unknownID: Int? = nil
    ) {
        var table = table
        for token in addedTokens where !table.contains(token.id) {
            table.insert(Array(token.content.utf8), id: token.id, form: .added)
        }
        self.table = table
        self.merges = merges
        self.addedTokens = addedTokens.sorted { $0.id < $1.id }
        self.method = method
        self.unknownID = unknownID
        pairs = PairTable(merges)
        bytePairs = method.merging == .ranks ? table.pairsOfBytes : []
        initialTokens = InitialTokens(table, method, unknownID: unknownID)
        reader = AddedTokenReader(
            addedTokens, normalizer: method.normalizer, asksForBeginning: method.preTokenizer.asksForBeginning)
        addedBytes = addedTokens.reduce(into: [:]) { $0[$1.id] = Array($1.content.utf8) }
        addedIDs = addedTokens.reversed().reduce(into: [:]) { $0[$1.content] = $1.id }
    }

    public func id(of role: SpecialRole) -> Int? { roles[role] }

    public var vocabularySize: Int { table.count }

    /// Whether a space is put before a text that does not begin with one, as RoBERTa does.
    public var addsPrefixSpace: Bool {
        guard case .byteLevel(let adds, _)? = method.preTokenizer.steps.first else { return false }
        return adds
    }

    /// Whether a text that spells a special token holds that token; `tiktoken` reads it as text unless told
    /// otherwise.
    public var readsSpecialTokens: Bool { method.readsSpecialTokens }

    /// The ids of any bytes.
    ///
    /// Bytes that are no UTF-8 are kept where the tokenizer reads bytes: they are one word with what follows and with
    /// the word before them, as in `tiktoken`. A tokenizer of characters reads U+FFFD in their place.
    public func encode(bytes: [UInt8]) throws(Failure) -> [Int] {
        try encode(bytes: bytes, readingSpecialTokens: readsSpecialTokens)
    }

    /// The ids of any bytes; special tokens that are spelt out are tokens, or plain text.
    public func encode(bytes: [UInt8], readingSpecialTokens: Bool) throws(Failure) -> [Int] {
        var encoder = WordEncoder(self, textOfLength: bytes.count)
        try forEachPart(of: bytes, readingSpecialTokens) {
            encoder.append($0, $1)
        } rest: {
            encoder.extendLastWord(by: $0)
        } token: {
            encoder.append(token: $0)
        }
        return encoder.ids
    }

    public func bytes(of id: Int) -> [UInt8]? {
        if let bytes = addedBytes[id] { return bytes }
        guard let bytes = table.bytes(of: id) else { return nil }
        return method.decoder.joinsBytes ? Array(bytes) : method.decoder.bytes(of: spelt(id, bytes))
    }

    public func spelling(of id: Int) -> String? {
        table.bytes(of: id).map { String(decoding: spelt(id, $0), as: UTF8.self) }
    }

    public func id(ofSpelling spelling: String) -> Int? {
        addedIDs[spelling] ?? table.id(ofSpelling: Array(spelling.utf8))
    }

    public func decode(_ ids: [Int], skippingSpecialTokens skips: Bool) -> String {
        let special = skips ? specialIDs : []
        var text = ""
        var pending: [[UInt8]] = []
        func flush() {
            let joins = method.decoder.joinsBytes
            text += ByteText.readable(joins ? Array(pending.joined()) : method.decoder.decode(pending))
            pending = []
        }
        for id in ids where !special.contains(id) {
            if let added = addedBytes[id] {
                pending.append(added)
            } else if let bytes = table.bytes(of: id) {
                pending.append(method.decoder.joinsBytes ? Array(bytes) : spelt(id, bytes))
            } else {
                flush()
                text += ByteText.unknown(id)
            }
        }
        flush()
        return text
    }

    /// A token as its vocabulary spells it.
    private func spelt(_ id: Int, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
        table.forms[id] == .bytes ? Array(ByteAlphabet.spelling(of: bytes).utf8) : Array(bytes)
    }

    /// Goes through a text: its words, bytes that are no UTF-8 and what follows them, and added tokens.
    func forEachPart(
        of bytes: [UInt8], _ readingSpecialTokens: Bool, word: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Void,
        rest: (ArraySlice<UInt8>) -> Void, token: (Int) -> Void
    ) throws(Failure) {
        let bytes = method.preTokenizer.isByteLevel ? bytes : bytes.repaired
        try reader.forEachPart(
            of: bytes, readingSpecialTokens,
            text: { (text, range, beginning) throws(Failure) in
                try method.preTokenizer.forEachWord(of: text, range, beginning: beginning, word)
            }, rest: rest, token: token)
    }
}
