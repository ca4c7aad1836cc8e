/// One merge: two neighbouring tokens became one.
public struct MergeStep: Sendable, Hashable {
    /// Where the left token begins, counted in the word's initial tokens (its bytes).
    public let offset: Int

    /// The merge's place in the list that training made; the lowest rank in a word goes first.
    public let rank: Int

    public let left: Int
    public let right: Int
    public let merged: Int
}

/// How one word went from bytes to tokens.
public struct WordMerges: Sendable, Hashable {
    public let bytes: [UInt8]

    /// The ids before the first merge, one for each byte.
    public let initial: [Int]

    /// The merges in the order in which they were applied.
    public let steps: [MergeStep]

    /// The ids after the last merge.
    public let ids: [Int]

    /// One rung of the ladder: the word before and after a merge.
    public struct Rung: Sendable, Hashable {
        public let step: MergeStep
        public let before: [Int]
        public let after: [Int]

        /// The index in `before` of the left token, in `after` of the merged one.
        public let position: Int
    }

    /// The ladder from bytes to tokens, one rung for each merge, made as it is climbed.
    public var rungs: some Sequence<Rung> {
        sequence(state: Climb(ids: initial, offsets: Array(initial.indices), steps: steps[...])) { $0.next() }
    }

    private struct Climb {
        var ids: [Int]
        /// Where each token begins, ascending.
        var offsets: [Int]
        var steps: ArraySlice<MergeStep>

        mutating func next() -> Rung? {
            guard let step = steps.popFirst(), let position = position(of: step.offset), position + 1 < ids.count
            else { return nil }
            let before = ids
            ids[position] = step.merged
            ids.remove(at: position + 1)
            offsets.remove(at: position + 1)
            return Rung(step: step, before: before, after: ids, position: position)
        }

        private func position(of offset: Int) -> Int? {
            var range = offsets.startIndex..<offsets.endIndex
            while !range.isEmpty {
                let middle = range.lowerBound + range.count / 2
                if offsets[middle] == offset { return middle }
                range = offsets[middle] < offset ? middle + 1..<range.upperBound : range.lowerBound..<middle
            }
            return nil
        }
    }
}
