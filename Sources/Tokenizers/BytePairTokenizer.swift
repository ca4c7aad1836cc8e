/// Byte-level byte-pair encoding, the tokenizer of GPT-2.
///
/// A text is cut into words by GPT-2's pattern (Radford et al. 2019), each word is its UTF-8 bytes, and neighbouring
/// tokens are merged by rank until no pair of neighbours has a merge (Sennrich et al. 2016, §3.2). No text is
/// unknown, because every byte is a token. The ids are those of Hugging Face's `tokenizers` for the same files.
public struct BytePairTokenizer: Tokenizer {
    public let addedTokens: [AddedToken]

    /// Whether a space is put before a text that does not begin with one, as RoBERTa does.
    public let addsPrefixSpace: Bool

    let table: TokenTable
    let merges: [Merge]
    let unknownID: Int?

    private let pairs: PairTable
    private let matcher: AddedTokenMatcher
    /// The id of each byte; `nil` in a vocabulary that lacks the byte.
    private let byteIDs: [UInt32?]
    /// What added tokens stand for: their text as it is, however the vocabulary spells them.
    private let addedBytes: [Int: [UInt8]]

    init(
        table: TokenTable, merges: [Merge], addedTokens: [AddedToken], addsPrefixSpace: Bool = false,
        unknownID: Int? = nil
    ) {
        self.table = table
        self.merges = merges
        self.addedTokens = addedTokens.sorted { $0.id < $1.id }
        self.addsPrefixSpace = addsPrefixSpace
        self.unknownID = unknownID
        pairs = PairTable(merges)
        matcher = AddedTokenMatcher(addedTokens)
        addedBytes = Dictionary(addedTokens.map { ($0.id, Array($0.content.utf8)) }) { _, last in last }
        byteIDs = (UInt8.min...UInt8.max).map { byte in
            (table.id(of: [byte]) ?? unknownID).map(UInt32.init)
        }
    }

    public var vocabularySize: Int { table.count }

    /// How many merges there are; ranks are 0 up to here.
    public var mergeCount: Int { merges.count }

    /// The merge of a rank: the two tokens and what they become.
    public func merge(rank: Int) -> (left: Int, right: Int, merged: Int)? {
        guard merges.indices.contains(rank) else { return nil }
        return (merges[rank].left, merges[rank].right, merges[rank].merged)
    }

    public func encode(_ text: String) -> [Int] { encode(bytes: Array(text.utf8)) }

    /// The ids of any bytes; those that are no UTF-8 are kept as they are.
    public func encode(bytes: [UInt8]) -> [Int] {
        var ids: [Int] = []
        ids.reserveCapacity(bytes.count / 3)
        var merger = WordMerger()
        forEachSegment(of: bytes) { text, range in
            for word in WordSplitter(text, in: range) {
                merger.merge(initialIDs(text[word]), by: pairs, into: &ids)
            }
        } token: {
            ids.append($0)
        }
        return ids
    }

    /// How each word of a text is merged, step by step; added tokens take no part.
    public func merges(of text: String) -> [WordMerges] {
        var words: [WordMerges] = []
        var merger = WordMerger()
        forEachSegment(of: Array(text.utf8)) { text, range in
            for word in WordSplitter(text, in: range) {
                let initial = initialIDs(text[word])
                var steps: [MergeStep] = []
                var ids: [Int] = []
                merger.merge(
                    initial, by: pairs,
                    record: { offset, rank, merge in
                        steps.append(
                            MergeStep(
                                offset: offset, rank: rank, left: merge.left, right: merge.right, merged: merge.merged))
                    }, into: &ids)
                words.append(
                    WordMerges(bytes: Array(text[word]), initial: initial.map(Int.init), steps: steps, ids: ids))
            }
        } token: {
            words.append(WordMerges(bytes: bytes(of: $0) ?? [], initial: [$0], steps: [], ids: [$0]))
        }
        return words
    }

    public func bytes(of id: Int) -> [UInt8]? { addedBytes[id] ?? table.bytes(of: id).map(Array.init) }

    public func spelling(of id: Int) -> String? {
        guard let bytes = table.bytes(of: id) else { return nil }
        return table.forms[id] == .bytes ? ByteAlphabet.spelling(of: bytes) : String(decoding: bytes, as: UTF8.self)
    }

    public func id(ofSpelling spelling: String) -> Int? {
        if let added = addedTokens.first(where: { $0.content == spelling }) { return added.id }
        return ByteAlphabet.bytes(ofSpelling: spelling.utf8).flatMap { table.id(of: $0[...]) }
    }

    /// The ids of a word's bytes. A byte that the vocabulary lacks is the unknown token, or left out where there is
    /// none, as in `tokenizers`; vocabularies of our own lack no byte.
    private func initialIDs(_ word: ArraySlice<UInt8>) -> [UInt32] { word.compactMap { byteIDs[Int($0)] } }

    private func forEachSegment(
        of bytes: [UInt8], text: ([UInt8], Range<Int>) -> Void, token: (Int) -> Void
    ) {
        for segment in matcher.segments(of: bytes) {
            switch segment {
            case .token(let id): token(id)
            case .text(let range):
                if addsPrefixSpace, bytes[range.lowerBound] != UInt8(ascii: " ") {
                    let spaced = [UInt8(ascii: " ")] + bytes[range]
                    text(spaced, 0..<spaced.count)
                } else {
                    text(bytes, range)
                }
            }
        }
    }
}
