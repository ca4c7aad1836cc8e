/// Collects the tokens of a text word by word.
struct WordEncoder {
    private(set) var ids: [Int] = []
    /// How many tokens the last word became; 0 after an added token.
    private(set) var lastWordCount = 0

    private let tokenizer: BytePairTokenizer
    private var cache: WordCache?
    private var merger = WordMerger()
    private var initial: [UInt32] = []

    /// - Parameter length: of the text, in bytes. A short one is not worth remembering words of.
    init(_ tokenizer: BytePairTokenizer, textOfLength length: Int) {
        self.tokenizer = tokenizer
        cache = length < 512 ? nil : WordCache(textOfLength: length)
        ids.reserveCapacity(length / 3)
    }

    mutating func append(token: Int) {
        ids.append(token)
        lastWordCount = 0
    }

    @inline(__always)
    mutating func append(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        let word = UnsafeBufferPointer(rebasing: text[range])
        let start = ids.count
        if cache != nil, word.count <= WordCache.longestWord {
            let hash = WordCache.hash(word)
            if cache?.append(word, hash: hash, to: &ids) != true {
                encode(word)
                cache?.insert(word, hash: hash, ids: ids[start...])
            }
        } else {
            encode(word)
        }
        lastWordCount = ids.count - start
    }

    /// Replaces the last word by one that goes on with bytes that are no UTF-8.
    ///
    /// `tiktoken`'s rule for bytes (`_encode_bytes`): what follows the last well-formed character is one word with
    /// the word before it, and with the white space before that where it is white space.
    mutating func extendLastWord(by rest: some Sequence<UInt8>) {
        func isSpace(_ id: Int) -> Bool {
            (tokenizer.table.bytes(of: id) ?? []).allSatisfy { [0x20, 0x0A, 0x09].contains($0) }
        }
        var count = lastWordCount
        if count > 0, isSpace(ids[ids.count - count]) {
            while count < ids.count, isSpace(ids[ids.count - count - 1]) { count += 1 }
        }
        let last = ids.suffix(count)
        ids.removeLast(count)
        let word = last.flatMap { Array(tokenizer.table.bytes(of: $0) ?? []) } + rest
        word.withUnsafeBufferPointer { append($0, 0..<$0.count) }
    }

    /// Appends the tokens of a word that is not remembered.
    private mutating func encode(_ word: UnsafeBufferPointer<UInt8>) {
        if tokenizer.method.takesWholeWords, let id = tokenizer.table.id(of: word) {
            ids.append(id)
            return
        }
        initial.removeAll(keepingCapacity: true)
        tokenizer.initialTokens.append(word, tokenizer.table, to: &initial)
        switch tokenizer.method.merging {
        case .pairs: merger.merge(initial, by: tokenizer.pairs, into: &ids)
        case .ranks:
            merger.merge(
                initial, by: RankRule(table: tokenizer.table, pairs: tokenizer.bytePairs, word: word), into: &ids)
        }
    }
}
