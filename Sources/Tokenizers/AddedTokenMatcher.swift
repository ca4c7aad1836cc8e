import Reading

/// Finds a tokenizer's added tokens in a text, and normalises what lies between them.
struct AddedTokenReader: Sendable {
    private let normalizer: TextNormalizer
    private let all: AddedTokenMatcher
    /// Without special tokens, where a text that spells them is only a text.
    private let literal: AddedTokenMatcher

    init(_ tokens: [AddedToken], normalizer: TextNormalizer) {
        self.normalizer = normalizer
        all = AddedTokenMatcher(tokens, normalizer: normalizer)
        literal = AddedTokenMatcher(tokens.filter { !$0.isSpecial }, normalizer: normalizer)
    }

    /// Goes through a text in its order.
    /// - Parameters:
    ///   - text: is given a stretch of a normalised text between tokens, and whether it begins where the whole does.
    ///   - rest: is given what follows a stretch: bytes from the first on that is no UTF-8.
    func forEachPart(
        of bytes: [UInt8], _ readingSpecialTokens: Bool,
        text body: (UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ isFirst: Bool) -> Void,
        rest: (ArraySlice<UInt8>) -> Void, token: (Int) -> Void
    ) {
        let matcher = readingSpecialTokens ? all : literal
        let isText = bytes.wellFormedPrefix == bytes.count
        for segment in matcher.segments(of: bytes, in: 0..<bytes.count, afterNormalizing: false) {
            switch segment {
            case .token(let id): token(id)
            case .text(let range):
                let end = isText ? range.upperBound : range.lowerBound + Array(bytes[range]).wellFormedPrefix
                let isPlain = normalizer.isEmpty
                let text = isPlain ? bytes : normalizer.normalize(Array(bytes[range.lowerBound..<end]))
                let whole = isPlain ? range.lowerBound..<end : 0..<text.count
                for part in matcher.segments(of: text, in: whole, afterNormalizing: true) {
                    switch part {
                    case .token(let id): token(id)
                    case .text(let part):
                        let isFirst = range.lowerBound == 0 && part.lowerBound == whole.lowerBound
                        text.withUnsafeBufferPointer { body($0, part, isFirst) }
                    }
                }
                if end < range.upperBound { rest(bytes[end..<range.upperBound]) }
            }
        }
    }
}

/// Cuts a text at its added tokens: at each place the longest, the leftmost first.
struct AddedTokenMatcher: Sendable {
    enum Segment {
        case text(Range<Int>)
        case token(Int)
    }

    /// In two rounds as Hugging Face does: the tokens of the raw text, then those of the normalised text.
    private let raw: Round
    private let normalized: Round

    /// - Parameter normalizer: what changes the text before the second round; its tokens are changed alike.
    init(_ tokens: [AddedToken], normalizer: TextNormalizer) {
        raw = Round(tokens.lazy.filter { !$0.isNormalized }.map { ($0, Array($0.content.utf8)) })
        normalized = Round(
            tokens.lazy.filter { $0.isNormalized }.map { ($0, normalizer.normalize(Array($0.content.utf8))) })
    }

    /// One of the two rounds.
    func segments(of bytes: [UInt8], in range: Range<Int>, afterNormalizing: Bool) -> [Segment] {
        (afterNormalizing ? normalized : raw).segments(of: bytes, in: range)
    }

    private struct Round: Sendable {
        /// Tokens by their first byte, longest first.
        private var candidates: [[(bytes: [UInt8], token: AddedToken)]]
        private var begins: [Bool]
        private var isEmpty = true

        init(_ tokens: some Sequence<(AddedToken, [UInt8])>) {
            candidates = Array(repeating: [], count: 256)
            for (token, bytes) in tokens {
                guard let first = bytes.first else { continue }
                candidates[Int(first)].append((bytes, token))
                isEmpty = false
            }
            for byte in candidates.indices {
                candidates[byte].sort { $0.bytes.count > $1.bytes.count }
            }
            begins = candidates.map { !$0.isEmpty }
        }

        func segments(of bytes: [UInt8], in range: Range<Int>) -> [Segment] {
            guard !isEmpty else { return range.isEmpty ? [] : [.text(range)] }
            var segments: [Segment] = []
            var start = range.lowerBound
            var offset = start
            while offset < range.upperBound {
                guard begins[Int(bytes[offset])],
                    let match = candidates[Int(bytes[offset])].first(where: {
                        $0.bytes.matches(bytes, at: offset, before: range.upperBound)
                    })
                else {
                    offset += 1
                    continue
                }
                var end = offset + match.bytes.count
                if match.token.isSingleWord, bytes.touchesWord(offset..<end, in: range) {
                    offset = end
                    continue
                }
                var first = offset
                if match.token.stripsLeft { first = bytes.startOfSpace(before: offset, from: start) }
                if match.token.stripsRight { end = bytes.endOfSpace(after: end, to: range.upperBound) }
                if start < first { segments.append(.text(start..<first)) }
                segments.append(.token(match.token.id))
                start = end
                offset = end
            }
            if start < range.upperBound { segments.append(.text(start..<range.upperBound)) }
            return segments
        }
    }
}

extension [UInt8] {
    fileprivate func matches(_ text: [UInt8], at offset: Int, before end: Int) -> Bool {
        guard offset + count <= end else { return false }
        for index in indices where self[index] != text[offset + index] { return false }
        return true
    }

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
