/// Finds the stretches of a text that a pattern matches.
enum TextCutter: Sendable {
    case words(WordPattern)
    case regex(SplitRegex)
    case literal([UInt8])
    /// every character of a set by itself
    case characters(ScalarSet)

    /// Calls `body` with each match in order, empty ones too.
    func forEachMatch(
        in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) -> Void
    ) {
        var offset = range.lowerBound
        switch self {
        case .words(let pattern):
            let reader = WordReader(text: text, last: range.upperBound)
            while offset < range.upperBound {
                let end = reader.end(pattern, from: offset)
                body(offset..<end)
                offset = end
            }
        case .regex(let regex):
            var stack: [SplitRegex.Choice] = []
            var lastEnd: Int?
            while let match = regex.match(in: text, range, from: offset, &stack) {
                // An empty match right after a match is passed over.
                guard !match.isEmpty || match.upperBound != lastEnd else {
                    guard offset < range.upperBound else { return }
                    offset += text.character(at: offset).length
                    continue
                }
                body(match)
                offset = match.upperBound
                lastEnd = offset
            }
        case .literal(let bytes):
            guard !bytes.isEmpty else { return }
            while offset + bytes.count <= range.upperBound {
                if bytes.indices.allSatisfy({ text[offset + $0] == bytes[$0] }) {
                    body(offset..<offset + bytes.count)
                    offset += bytes.count
                } else {
                    offset += 1
                }
            }
        case .characters(let set):
            let table = CharacterTable.shared
            while offset < range.upperBound {
                let (value, length) = text.character(at: offset)
                if set.contains(value, table) { body(offset..<offset + length) }
                offset += length
            }
        }
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
    func split(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into result: inout [Range<Int>]) {
        var found: [(range: Range<Int>, isMatch: Bool)] = []
        var end = range.lowerBound
        cutter.forEachMatch(in: text, range) { match in
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
