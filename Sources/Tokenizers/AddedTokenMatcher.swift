import Reading
import Wording

/// Finds a tokenizer's added tokens in a text, and normalises what lies between them.
struct AddedTokenReader: Sendable {
    private let normalizer: TextNormalizer
    private let asksForBeginning: Bool
    /// In two rounds as Hugging Face does: the tokens of the raw text, then those of the normalised text.
    private let raw: AddedTokenMatcher
    private let normalized: AddedTokenMatcher

    /// - Parameters:
    ///   - normalizer: what changes the text before the second round; its tokens are changed alike.
    ///   - asksForBeginning: whether it matters what comes from the beginning of the text.
    init(_ tokens: [AddedToken], normalizer: TextNormalizer, asksForBeginning: Bool = false) {
        self.normalizer = normalizer
        self.asksForBeginning = asksForBeginning
        // Where two are spelt alike the special one is found.
        let tokens = tokens.filter { $0.isSpecial } + tokens.filter { !$0.isSpecial }
        raw = AddedTokenMatcher(tokens.lazy.filter { !$0.isNormalized }.map { ($0, Array($0.content.utf8)) })
        normalized = AddedTokenMatcher(
            tokens.lazy.filter { $0.isNormalized }.map { token in
                let content = Array(token.content.utf8)
                return (token, (try? normalizer.normalize(content)) ?? content)
            })
    }

    /// Goes through a text in its order.
    /// - Parameters:
    ///   - text: is given a stretch of a normalised text between tokens, and up to where words begin where the whole
    ///     text does.
    ///   - rest: is given what follows a stretch: bytes from the first on that is no UTF-8.
    /// - Throws: what normalising and `text` throw.
    func forEachPart(
        of bytes: [UInt8], _ readingSpecialTokens: Bool,
        text body: (UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ beginning: Int) throws(Failure) -> Void,
        rest: (ArraySlice<UInt8>) -> Void, token: (Int) -> Void
    ) throws(Failure) {
        let isText = bytes.wellFormedPrefix == bytes.count
        for segment in raw.segments(of: bytes, in: 0..<bytes.count, readingSpecialTokens) {
            switch segment {
            case .token(let id): token(id)
            case .text(let range):
                let end = isText ? range.upperBound : range.lowerBound + Array(bytes[range]).wellFormedPrefix
                var (text, beginning) = (bytes, 1)
                var whole = range.lowerBound..<end
                if !normalizer.isEmpty {
                    text = Array(bytes[whole])
                    let first = asksForBeginning && range.lowerBound == 0 ? text.scalar(at: 0)?.length ?? 0 : 0
                    (text, beginning) = try normalizer.trace(text, beginning: first)
                    whole = 0..<text.count
                }
                for part in normalized.segments(of: text, in: whole, readingSpecialTokens) {
                    switch part {
                    case .token(let id): token(id)
                    case .text(let part):
                        try text.withUnsafeBufferPointer { (text) throws(Failure) in
                            try body(text, part, beginning)
                        }
                    }
                }
                if end < range.upperBound { rest(bytes[end..<range.upperBound]) }
            }
        }
    }
}

/// Cuts a text at added tokens: at each place the longest, the leftmost first.
struct AddedTokenMatcher: Sendable {
    enum Segment {
        case text(Range<Int>)
        case token(Int)
    }

    /// In the order of their bytes, none twice.
    private let tokens: [(bytes: [UInt8], token: AddedToken)]
    /// Where those begin that begin with a byte; one more at the end.
    private let places: [Int]

    /// - Parameter found: each with what it is looked for as; of those that are alike the first is found.
    init(_ found: some Sequence<(AddedToken, [UInt8])>) {
        let sorted = found.enumerated().filter { !$0.element.1.isEmpty }.sorted { one, other in
            let (a, b) = (one.element.1, other.element.1)
            return a == b ? one.offset < other.offset : a.lexicographicallyPrecedes(b)
        }
        var tokens: [(bytes: [UInt8], token: AddedToken)] = []
        var places = [Int](repeating: 0, count: 257)
        for (_, (token, bytes)) in sorted where tokens.last?.bytes != bytes {
            tokens.append((bytes, token))
            places[Int(bytes[0]) + 1] = tokens.count
        }
        for byte in 1...256 { places[byte] = max(places[byte], places[byte - 1]) }
        self.tokens = tokens
        self.places = places
    }

    /// - Parameter readingSpecialTokens: where a special token is only a text, none is found inside it either.
    func segments(of bytes: [UInt8], in range: Range<Int>, _ readingSpecialTokens: Bool) -> [Segment] {
        guard !tokens.isEmpty else { return range.isEmpty ? [] : [.text(range)] }
        var segments: [Segment] = []
        var start = range.lowerBound
        var offset = start
        var space = 0..<0
        while offset < range.upperBound {
            guard let place = longest(in: bytes, at: offset, before: range.upperBound) else {
                offset += 1
                continue
            }
            let token = tokens[place].token
            let match = offset..<offset + tokens[place].bytes.count
            // What goes on is looked for right behind it, whatever white space it takes.
            offset = match.upperBound
            if !readingSpecialTokens && token.isSpecial || token.isSingleWord && bytes.touchesWord(match, in: range) {
                continue
            }
            var (first, end) = (match.lowerBound, match.upperBound)
            if token.stripsLeft { first = max(start, bytes.startOfSpace(before: first, from: start)) }
            if token.stripsRight {
                if !space.contains(end) { space = end..<bytes.endOfSpace(after: end, to: range.upperBound) }
                end = space.upperBound
            }
            if start < first { segments.append(.text(start..<first)) }
            // Of white space that the token before has taken nothing is left.
            if first < end { segments.append(.token(token.id)) }
            start = end
        }
        if start < range.upperBound { segments.append(.text(start..<range.upperBound)) }
        return segments
    }

    /// The place of the longest token that the text goes on with.
    private func longest(in text: [UInt8], at offset: Int, before end: Int) -> Int? {
        var (low, high) = (places[Int(text[offset])], places[Int(text[offset]) + 1])
        var found: Int?
        var depth = 1
        while low < high {
            if tokens[low].bytes.count == depth {
                found = low
                low += 1
            }
            guard low < high, offset + depth < end else { break }
            // Of those that agree so far, the ones that agree in the next byte as well.
            let byte = text[offset + depth]
            let next = first(low..<high) { $0[depth] >= byte }
            high = first(next..<high) { $0[depth] > byte }
            low = next
            depth += 1
        }
        return found
    }

    /// The first place in a range from which on something holds; the end of the range where there is none.
    private func first(_ range: Range<Int>, where holds: ([UInt8]) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(tokens[middle].bytes) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension [UInt8] {
    fileprivate func touchesWord(_ match: Range<Int>, in range: Range<Int>) -> Bool {
        let table = CharacterTable.shared
        if match.lowerBound > range.lowerBound, let before = scalar(before: match.lowerBound, from: range.lowerBound),
            ScalarSet.rustWord.contains(before.scalar.value, table)
        {
            return true
        }
        guard match.upperBound < range.upperBound, let after = scalar(at: match.upperBound) else { return false }
        return ScalarSet.rustWord.contains(after.scalar.value, table)
    }

    fileprivate func startOfSpace(before offset: Int, from start: Int) -> Int {
        var first = offset
        while first > start, let before = scalar(before: first, from: start), before.scalar.properties.isWhitespace {
            first -= before.length
        }
        return first
    }

    fileprivate func endOfSpace(after offset: Int, to end: Int) -> Int {
        var last = offset
        while last < end, let found = scalar(at: last), found.scalar.properties.isWhitespace { last += found.length }
        return last
    }

    private func scalar(before offset: Int, from start: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        for length in 1...4 where offset - length >= start {
            if let found = scalar(at: offset - length) { return found.length == length ? found : nil }
        }
        return nil
    }
}
