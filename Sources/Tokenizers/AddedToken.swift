/// A token that is matched in the text before the tokenizer's own rules apply.
public struct AddedToken: Sendable, Hashable {
    public let id: Int

    /// The text it is spelt as, for example `<|endoftext|>`.
    public let content: String

    /// Whether it is no part of a text, so that decoding may leave it out.
    public let isSpecial: Bool

    /// Whether white space before it belongs to it.
    public let stripsLeft: Bool

    /// Whether white space after it belongs to it.
    public let stripsRight: Bool

    /// Whether it is matched only where no letter, digit or mark touches it.
    public let isSingleWord: Bool

    /// Whether it is looked for in the normalised text, after those that are not.
    public let isNormalized: Bool

    public init(
        id: Int, content: String, isSpecial: Bool = true, stripsLeft: Bool = false, stripsRight: Bool = false,
        isSingleWord: Bool = false, isNormalized: Bool = false
    ) {
        self.id = id
        self.content = content
        self.isSpecial = isSpecial
        self.stripsLeft = stripsLeft
        self.stripsRight = stripsRight
        self.isSingleWord = isSingleWord
        self.isNormalized = isNormalized
    }
}

/// Cuts a text at its added tokens: at each place the longest, the leftmost first.
struct AddedTokenMatcher: Sendable {
    enum Segment {
        case text(Range<Int>)
        case token(Int)
    }

    /// In two rounds as Hugging Face does: the tokens of the raw text, then those of the normalised text.
    private let rounds: [Round]

    init(_ tokens: [AddedToken]) {
        rounds = [tokens.filter { !$0.isNormalized }, tokens.filter(\.isNormalized)]
            .filter { !$0.isEmpty }.map(Round.init)
    }

    func segments(of bytes: [UInt8]) -> [Segment] {
        var segments: [Segment] = bytes.isEmpty ? [] : [.text(0..<bytes.count)]
        for round in rounds {
            segments = segments.flatMap { segment -> [Segment] in
                guard case .text(let range) = segment else { return [segment] }
                return round.segments(of: bytes, in: range)
            }
        }
        return segments
    }

    private struct Round: Sendable {
        /// Tokens by their first byte, longest first.
        var candidates: [[(bytes: [UInt8], token: AddedToken)]]

        init(_ tokens: [AddedToken]) {
            candidates = Array(repeating: [], count: 256)
            for token in tokens {
                let bytes = Array(token.content.utf8)
                guard let first = bytes.first else { continue }
                candidates[Int(first)].append((bytes, token))
            }
            for byte in candidates.indices {
                candidates[byte].sort { $0.bytes.count > $1.bytes.count }
            }
        }

        func segments(of bytes: [UInt8], in range: Range<Int>) -> [Segment] {
            var segments: [Segment] = []
            var start = range.lowerBound
            var offset = start
            while offset < range.upperBound {
                guard
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
        if match.lowerBound > range.lowerBound, let before = scalar(before: match.lowerBound, from: range.lowerBound),
            before.scalar.isWordCharacter
        {
            return true
        }
        return match.upperBound < range.upperBound && (scalar(at: match.upperBound)?.scalar.isWordCharacter ?? false)
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

extension Unicode.Scalar {
    /// `\w` of Unicode Technical Standard 18.
    fileprivate var isWordCharacter: Bool {
        if properties.isAlphabetic || properties.isJoinControl { return true }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: return true
        default: return false
        }
    }
}
