/// One step that splits a text before its tokens are looked for, in the words of `tokenizers`.
enum PreTokenizerStep: Sendable {
    enum PrependScheme: String, Sendable, CaseIterable {
        case always, first, never
    }

    case split(TextSplitter)
    /// Each byte becomes a token's character; before that a space may be put in front and GPT-2's words split.
    case byteLevel(addsPrefixSpace: Bool, splitsWords: Bool)
    /// Spaces become a visible mark, which each word begins with.
    case metaspace(mark: [UInt8], scheme: PrependScheme, splits: Bool)
    /// Stretches of so many characters.
    case fixedLength(Int)
}

/// The steps in their order.
struct PreTokenizer: Sendable {
    let steps: [PreTokenizerStep]

    /// Whether bytes, not characters, are what the model reads.
    let isByteLevel: Bool

    /// Where all that is done is to split at a well-known pattern.
    let pattern: WordPattern?

    /// Whether steps come after the bytes have become characters, and see these.
    private let readsSpelling: Bool

    init(_ steps: [PreTokenizerStep]) {
        self.steps = steps
        let levels = steps.indices.filter { if case .byteLevel = steps[$0] { true } else { false } }
        isByteLevel = !levels.isEmpty
        readsSpelling = levels.first.map { $0 < steps.count - 1 } ?? false
        var splits: [WordPattern] = []
        var isPlain = true
        for step in steps {
            switch step {
            case .byteLevel(false, let splitsWords): if splitsWords { splits.append(.gpt2) }
            case .split(let splitter):
                switch (splitter.cutter, splitter.behaviour, splitter.inverted) {
                case (.words(let pattern), .isolated, _), (.words(let pattern), .removed, true):
                    splits.append(pattern)
                default: isPlain = false
                }
            default: isPlain = false
            }
        }
        pattern = isPlain && !readsSpelling && splits.count == 1 ? splits[0] : nil
    }

    /// Splits a text of well-formed UTF-8 and calls `body` with each word, within the text or a changed copy of it.
    /// - Parameter isFirst: whether the text begins where the whole text does.
    func forEachWord(
        of text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isFirst: Bool,
        _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Void
    ) {
        if let pattern {
            let reader = WordReader(text: text, last: range.upperBound)
            var offset = range.lowerBound
            while offset < range.upperBound {
                let end = reader.end(pattern, from: offset)
                body(text, offset..<end)
                offset = end
            }
            return
        }
        var words = Words(bytes: Array(text[range]), ranges: range.isEmpty ? [] : [0..<range.count])
        for step in steps { words.apply(step, isFirst: isFirst, spells: readsSpelling) }
        if readsSpelling { words.unspell() }
        words.bytes.withUnsafeBufferPointer { buffer in
            for range in words.ranges { body(buffer, range) }
        }
    }

    /// A text and where its words are.
    private struct Words {
        var bytes: [UInt8]
        var ranges: [Range<Int>]

        mutating func apply(_ step: PreTokenizerStep, isFirst: Bool, spells: Bool) {
            switch step {
            case .split(let splitter): split { splitter.split($0, $1, into: &$2) }
            case .fixedLength(let length):
                split { text, range, result in
                    var start = range.lowerBound
                    while start < range.upperBound {
                        var end = start
                        for _ in 0..<min(length, range.count) where end < range.upperBound {
                            end += text.character(at: end).length
                        }
                        result.append(start..<end)
                        start = end
                    }
                }
            case .byteLevel(let addsPrefixSpace, let splitsWords):
                if addsPrefixSpace {
                    rewrite { word, _, result in
                        if word.first != UInt8(ascii: " ") { result.append(UInt8(ascii: " ")) }
                        result += word
                    }
                }
                if splitsWords {
                    let splitter = TextSplitter(cutter: .words(.gpt2), behaviour: .isolated)
                    split { splitter.split($0, $1, into: &$2) }
                }
                if spells {
                    rewrite { word, _, result in result += ByteAlphabet.spelling(of: word).utf8 }
                }
            case .metaspace(let mark, let scheme, let splits):
                rewrite { word, begins, result in
                    let isMarked = word.first == UInt8(ascii: " ") || word.starts(with: mark)
                    if !isMarked, scheme == .always || scheme == .first && begins && isFirst { result += mark }
                    for byte in word {
                        if byte == UInt8(ascii: " ") { result += mark } else { result.append(byte) }
                    }
                }
                guard splits else { return }
                let splitter = TextSplitter(cutter: .literal(mark), behaviour: .mergedWithNext)
                split { splitter.split($0, $1, into: &$2) }
            }
        }

        /// The words back from characters to bytes.
        mutating func unspell() {
            rewrite { word, _, result in
                if !ByteAlphabet.append(word, to: &result) { result += word }
            }
        }

        private mutating func split(_ body: (UnsafeBufferPointer<UInt8>, Range<Int>, inout [Range<Int>]) -> Void) {
            var result: [Range<Int>] = []
            bytes.withUnsafeBufferPointer { text in
                for range in ranges { body(text, range, &result) }
            }
            ranges = result
        }

        /// Makes the text anew; `body` is told whether a word begins where the text does.
        private mutating func rewrite(_ body: (ArraySlice<UInt8>, Bool, inout [UInt8]) -> Void) {
            var result: [UInt8] = []
            result.reserveCapacity(bytes.count + ranges.count)
            ranges = ranges.map { range in
                let start = result.count
                body(bytes[range], range.lowerBound == 0, &result)
                return start..<result.count
            }
            bytes = result
        }
    }
}
