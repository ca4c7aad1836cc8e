import Wording

/// Finds the stretches of a text that a pattern matches.
enum TextCutter: Sendable {
    case words(WordPattern)
    case regex(SplitRegex)
    case literal([UInt8])
    /// every character of a set by itself
    case characters(ScalarSet)

    /// Calls `body` with each match in order, empty ones too.
    /// - Throws: ``TokenizerError/patternLimit(pattern:steps:)``; what `body` throws.
    func forEachMatch(
        in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) throws(Failure) -> Void
    ) throws(Failure) {
        var offset = range.lowerBound
        switch self {
        case .words(let pattern):
            try WordReader(text: text, last: range.upperBound).forEachWord(pattern, from: offset, body)
        case .regex(let regex):
            var memory = MatchMemory(regex.pattern, range)
            var lastEnd: Int?
            while let match = try regex.match(in: text, range, from: offset, &memory) {
                // An empty match right after a match is passed over.
                guard !match.isEmpty || match.upperBound != lastEnd else {
                    guard offset < range.upperBound else { return }
                    offset += text.character(at: offset).length
                    continue
                }
                try body(match)
                offset = match.upperBound
                lastEnd = offset
            }
        case .literal(let bytes):
            guard !bytes.isEmpty, bytes.count <= range.count else { return }
            // Knuth, Morris and Pratt 1977: how much of the beginning what has been read so far ends with.
            var borders: [Int] = []
            var held = 0
            while offset < range.upperBound {
                while held > 0, text[offset] != bytes[held] {
                    if borders.isEmpty, held > 1 { borders = Self.borders(of: bytes) }
                    held = held > 1 ? borders[held - 1] : 0
                }
                if text[offset] == bytes[held] { held += 1 }
                offset += 1
                if held == bytes.count {
                    try body(offset - held..<offset)
                    held = 0
                }
            }
        case .characters(let set):
            let table = CharacterTable.shared
            while offset < range.upperBound {
                let (value, length) = text.character(at: offset)
                if set.contains(value, table) { try body(offset..<offset + length) }
                offset += length
            }
        }
    }

    /// How long the longest beginning is that each beginning ends with, itself left out.
    private static func borders(of bytes: [UInt8]) -> [Int] {
        var borders = [Int](repeating: 0, count: bytes.count)
        for index in bytes.indices.dropFirst() {
            var held = borders[index - 1]
            while held > 0, bytes[index] != bytes[held] { held = borders[held - 1] }
            borders[index] = bytes[index] == bytes[held] ? held + 1 : 0
        }
        return borders
    }
}

/// What becomes of the matches when a text is split, in the words of `tokenizers`.
enum SplitBehaviour: String, Sendable, CaseIterable {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    case contiguous = "Contiguous"
}

/// Splits a text at matches, or with `inverted` at what lies between them.
struct TextSplitter: Sendable {
    let cutter: TextCutter
    let behaviour: SplitBehaviour
    var inverted = false

    /// The stretches of `range` in order; empty ones are left out.
    /// - Throws: ``TokenizerError/patternLimit(pattern:steps:)``.
    func split(
        _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into result: inout [Range<Int>]
    ) throws(Failure) {
        var found: [(range: Range<Int>, isMatch: Bool)] = []
        var end = range.lowerBound
        try cutter.forEachMatch(in: text, range) { match in
            if end < match.lowerBound { found.append((end..<match.lowerBound, inverted)) }
            found.append((match, !inverted))
            end = match.upperBound
        }
        if end < range.upperBound { found.append((end..<range.upperBound, inverted)) }
        let splits: [Range<Int>] =
            switch behaviour {
            case .isolated: found.map { $0.range }
            case .removed: found.filter { !$0.isMatch }.map { $0.range }
            case .contiguous: Self.joined(found) { $0 == $1 }
            case .mergedWithPrevious: Self.joined(found) { $0 && !$1 }
            case .mergedWithNext: Self.joined(found.reversed()) { $0 && !$1 }.reversed()
            }
        result += splits.lazy.filter { !$0.isEmpty }
    }

    /// Makes one of neighbours, in either direction, where `joins` says so: told whether a stretch is a match, and
    /// whether the one that was met before it is.
    private static func joined(
        _ found: [(range: Range<Int>, isMatch: Bool)], where joins: (Bool, Bool) -> Bool
    ) -> [Range<Int>] {
        var splits: [Range<Int>] = []
        var wasMatch = false
        for (range, isMatch) in found {
            if joins(isMatch, wasMatch), let last = splits.popLast() {
                splits.append(min(last.lowerBound, range.lowerBound)..<max(last.upperBound, range.upperBound))
            } else {
                splits.append(range)
            }
            wasMatch = isMatch
        }
        return splits
    }
}
