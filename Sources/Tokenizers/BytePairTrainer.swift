import Reading
import Wording

/// Learns the merges of byte-level byte-pair encoding from text.
///
/// Sennrich et al. 2016, §3.2: the pair of neighbouring tokens that occurs most often becomes a token, again and
/// again. Words are GPT-2's; of pairs that occur equally often the one with the smallest ids wins, so that the same
/// text gives the same tokenizer. Where characters are not kept whole it is the one that Hugging Face's `BpeTrainer`
/// makes with the byte-level alphabet. Ids: special tokens, then the 256 bytes in the order of GPT-2's alphabet, then the merges by rank.
public struct BytePairTrainer: Sendable, Hashable {
    /// The most tokens there may be, special tokens and bytes included.
    public let vocabularySize: Int

    /// A pair that occurs less often is not merged.
    public let minimumFrequency: Int

    public let specialTokens: [String]

    /// Whether every token must be whole characters or the beginning of one.
    ///
    /// Without it a frequent Chinese character grows a tail: `的` and the first byte of whatever follows become a
    /// token, because so many characters begin with the same byte. Such a token cannot be shown and means nothing.
    public let keepsCharactersWhole: Bool

    /// - Throws: `TokenizerError.vocabularyTooSmall` or `.specialToken`.
    public init(
        vocabularySize: Int, minimumFrequency: Int = 2, specialTokens: [String] = [], keepsCharactersWhole: Bool = true
    ) throws(Failure) {
        let least = 256 + specialTokens.count
        guard vocabularySize >= least else {
            throw Failure(TokenizerError.vocabularyTooSmall(asked: vocabularySize, least: least))
        }
        var seen: Set<String> = []
        for token in specialTokens where token.isEmpty || !seen.insert(token).inserted {
            throw Failure(TokenizerError.specialToken(token))
        }
        self.vocabularySize = vocabularySize
        self.minimumFrequency = max(1, minimumFrequency)
        self.specialTokens = specialTokens
        self.keepsCharactersWhole = keepsCharactersWhole
    }

    /// Trains on texts, each a text of its own: no word reaches over the end of one.
    /// - Parameters:
    ///   - texts: what to learn from.
    ///   - progress: called now and then with the share done, 0 to 1.
    public func train(
        on texts: some Sequence<String>, progress: ((Double) -> Void)? = nil
    ) -> BytePairTokenizer {
        var table = TokenTable()
        for (id, token) in specialTokens.enumerated() {
            // A special token outside the byte alphabet is in the list of added tokens alone.
            if let bytes = ByteAlphabet.bytes(ofSpelling: token.utf8) {
                table.insert(bytes, id: id, form: .bytes)
            } else {
                table.insert(Array(token.utf8), id: id, form: .text)
            }
        }
        var byteIDs: [Int] = Array(repeating: 0, count: 256)
        for byte in ByteAlphabet.order {
            byteIDs[Int(byte)] = table.id(of: [byte]) ?? table.count
            table.insert([byte], id: byteIDs[Int(byte)], form: .bytes)
        }
        var counter = PairCounter(Self.words(of: texts).map { ($0.map { byteIDs[Int($0)] }, $1) })
        var merges: [Merge] = []
        let wanted = Double(max(1, vocabularySize - table.count))
        let first = table.count
        while table.count < vocabularySize, let pair = counter.popMostFrequent(atLeast: minimumFrequency) {
            guard let left = table.bytes(of: pair.left), let right = table.bytes(of: pair.right) else { break }
            let bytes = left + right
            if keepsCharactersWhole, !ByteText.isWholeOrBeginning(bytes) { continue }
            // Two ways of putting the same bytes together make one token, reached by two merges.
            let merged = table.id(of: bytes) ?? table.count
            table.insert(bytes, id: merged, form: .bytes)
            let merge = Merge(left: pair.left, right: pair.right, merged: merged)
            merges.append(merge)
            counter.apply(merge)
            progress?(Double(table.count - first) / wanted)
        }
        return BytePairTokenizer(
            table: table, merges: merges,
            addedTokens: specialTokens.enumerated().map { AddedToken(id: $0, content: $1) })
    }

    /// The distinct words with their counts, in the order of their bytes.
    private static func words(of texts: some Sequence<String>) -> [(word: [UInt8], count: Int)] {
        var counts: [[UInt8]: Int] = [:]
        for text in texts {
            for word in WordPattern.gpt2.words(of: Array(text.utf8)) { counts[word, default: 0] += 1 }
        }
        return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
    }
}
