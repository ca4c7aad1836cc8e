import Wording

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

    /// Whether bytes are what the model reads; else characters, be they those that bytes are spelt with.
    let isByteLevel: Bool

    /// Whether it matters where the text begins.
    let asksForBeginning: Bool

    /// Where all that is done is to split at a well-known pattern.
    let pattern: WordPattern?

    /// Whether the bytes become characters, because steps that come after see these, or the model does.
    private let readsSpelling: Bool

    /// - Parameter spells: whether the model's vocabulary is of the characters that bytes are spelt with, and its words
    ///   are to be so too; byte pairs are read as bytes.
    init(_ steps: [PreTokenizerStep], spells: Bool = false) {
        self.steps = steps
        let levels = steps.indices.filter { if case .byteLevel = steps[$0] { true } else { false } }
        isByteLevel = !levels.isEmpty && !spells
        readsSpelling = levels.first.map { spells || $0 < steps.count - 1 } ?? false
        asksForBeginning = steps.contains { if case .metaspace(_, .first, _) = $0 { true } else { false } }
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
    /// - Parameter beginning: words that begin before it begin where the whole text does.
    /// - Throws: ``TokenizerError/patternLimit(pattern:steps:)``, ``TokenizerError/growth(most:)``.
    func forEachWord(
        of text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, beginning: Int,
        _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Void
    ) throws(Failure) {
        if let pattern {
            WordReader(text: text, last: range.upperBound).forEachWord(pattern, from: range.lowerBound) {
                body(text, $0)
            }
            return
        }
        var words = Words(
            bytes: Array(text[range]), ranges: range.isEmpty ? [] : [0..<range.count],
            beginning: beginning - range.lowerBound)
        for step in steps {
            try words.apply(step, spells: readsSpelling)
            try TextGrowth.check(words.bytes.count, from: range.count)
        }
        if readsSpelling, isByteLevel { words.unspell() }
        words.bytes.withUnsafeBufferPointer { buffer in
            for range in words.ranges { body(buffer, range) }
        }
    }

    /// A text and where its words are.
    private struct Words {
        var bytes: [UInt8]
        var ranges: [Range<Int>]
        /// Words that begin before it begin where the whole text does.
        var beginning: Int

        mutating func apply(_ step: PreTokenizerStep, spells: Bool) throws(Failure) {
            switch step {
            case .split(let splitter): try split(by: splitter)
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
                    try split(by: TextSplitter(cutter: .words(.gpt2), behaviour: .isolated))
                }
                if spells {
                    rewrite { word, _, result in result += ByteAlphabet.spelling(of: word).utf8 }
                }
            case .metaspace(let mark, let scheme, let splits):
                rewrite { word, begins, result in
                    let isMarked = word.first == UInt8(ascii: " ") || word.starts(with: mark)
                    if !isMarked, scheme == .always || scheme == .first && begins { result += mark }
                    for byte in word {
                        if byte == UInt8(ascii: " ") { result += mark } else { result.append(byte) }
                    }
                }
                guard splits else { return }
                try split(by: TextSplitter(cutter: .literal(mark), behaviour: .mergedWithNext))
            }
        }

        /// The words back from characters to bytes.
        mutating func unspell() {
            rewrite { word, _, result in
                if !ByteAlphabet.append(word, to: &result) { result += word }
            }
        }

        private mutating func split(by splitter: TextSplitter) throws(Failure) {
            try split { (text, range, result) throws(Failure) in try splitter.split(text, range, into: &result) }
        }

        private mutating func split<Problem: Error>(
            _ body: (UnsafeBufferPointer<UInt8>, Range<Int>, inout [Range<Int>]) throws(Problem) -> Void
        ) throws(Problem) {
            var result: [Range<Int>] = []
            try bytes.withUnsafeBufferPointer { (text) throws(Problem) in
                for range in ranges { try body(text, range, &result) }
            }
            ranges = result
        }

        /// Makes the text anew; `body` is told whether a word begins where the whole text does.
        private mutating func rewrite(_ body: (ArraySlice<UInt8>, Bool, inout [UInt8]) -> Void) {
            var result: [UInt8] = []
            result.reserveCapacity(bytes.count + ranges.count)
            var end = 0
            ranges = ranges.map { range in
                let start = result.count
                let begins = range.lowerBound < beginning
                body(bytes[range], begins, &result)
                if begins { end = start + 1 }
                return start..<result.count
            }
            bytes = result
            beginning = end
        }
    }
}
