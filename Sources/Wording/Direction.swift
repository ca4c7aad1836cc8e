// Both languages of the project run from left to right; a text that is quoted need not. It is set apart, so that it
// runs its own way inside and the words and numbers around it keep their order (Unicode Standard Annex 9, isolates).

extension Unicode.Scalar {
    /// Whether it is a letter of a script that runs from right to left, or of one of its numbers.
    public var isRightToLeft: Bool {
        switch value {
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }

    fileprivate var isLeftToRight: Bool { !isRightToLeft && properties.isAlphabetic }
}

extension String {
    /// A part of a line; the parts follow each other from left to right.
    public struct DirectedPart: Sendable, Hashable {
        public var text: String
        /// Whether it has a direction of its own.
        public var isApart: Bool
    }

    /// The line cut where its direction would change the order of what stands around: what is quoted, and each stretch
    /// of a script that runs from right to left. Most lines are one part.
    public var directedParts: [DirectedPart] {
        guard unicodeScalars.contains(where: { $0.isRightToLeft }) else {
            return [DirectedPart(text: self, isApart: false)]
        }
        let scalars = Array(unicodeScalars)
        var parts: [DirectedPart] = []
        var place = 0
        func add(_ end: Int, isApart: Bool) {
            guard end > place else { return }
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars[place..<end])
            parts.append(DirectedPart(text: text, isApart: isApart))
            place = end
        }
        for range in scalars.quotations + scalars.stretches(outside: scalars.quotations) where range.lowerBound >= place
        {
            add(range.lowerBound, isApart: false)
            add(range.upperBound, isApart: true)
        }
        add(scalars.count, isApart: false)
        return parts
    }

    /// The line for who follows the standard by himself, a browser or a terminal: what runs its own way stands between
    /// marks for that (U+2068, U+2069). It is ``shown`` already.
    public var isolated: String {
        guard unicodeScalars.contains(where: { $0.isRightToLeft }) else { return self }
        return directedParts.map { $0.isApart ? "\u{2068}\($0.text)\u{2069}" : $0.text }.joined()
    }
}

extension [Unicode.Scalar] {
    private static let quotes: [Unicode.Scalar: Unicode.Scalar] = ["“": "”", "‘": "’", "«": "»", "「": "」", "『": "』"]

    /// What stands between quotation marks and holds such a script; not what is quoted within a text of it.
    fileprivate var quotations: [Range<Int>] {
        var found: [Range<Int>] = []
        var place = 0
        var before: Unicode.Scalar = " "
        while place < count {
            if let close = Self.quotes[self[place]], !before.isRightToLeft,
                let end = self[(place + 1)...].firstIndex(of: close)
            {
                if self[place + 1..<end].contains(where: { $0.isRightToLeft }) { found.append(place + 1..<end) }
                place = end
            }
            if self[place] != " " { before = self[place] }
            place += 1
        }
        return found
    }

    /// Elsewhere: from a letter of such a script to the last one before a letter of another, a dot or an arrow.
    fileprivate func stretches(outside quotations: [Range<Int>]) -> [Range<Int>] {
        // A token or a text by itself, with its own numbers and marks; a share beside it is ours.
        let isPure = quotations.isEmpty && !indices.contains { isBoundary($0) || self[$0] == "%" }
        if isPure { return [0..<count] }
        var found: [Range<Int>] = []
        var place = 0
        while place < count {
            if let quoted = quotations.first(where: { $0.contains(place) }) {
                place = quoted.upperBound
            } else if self[place].isRightToLeft {
                var end = place + 1
                var next = end
                while next < count, !isBoundary(next), !quotations.contains(where: { $0.contains(next) }) {
                    next += 1
                    if self[next - 1].isRightToLeft { end = next }
                }
                found.append(place..<end)
                place = end
            } else {
                place += 1
            }
        }
        return found
    }

    private func isBoundary(_ place: Int) -> Bool {
        switch self[place] {
        case "·", "→", "←", "|", "\n", "\t": true
        case " ": place + 1 < count && self[place + 1] == " "
        default: self[place].isLeftToRight
        }
    }
}
