import Wording

/// The merges, for showing them.
extension BytePairTokenizer {
    /// One more than the largest rank.
    public var mergeCount: Int { method.merging == .ranks ? table.count : merges.count }

    /// The merge of a rank: the two tokens and what they become; `nil` where there is none.
    public func merge(rank: Int) -> (left: Int, right: Int, merged: Int)? {
        if method.merging == .ranks { return rankedMerge(rank) }
        guard merges.indices.contains(rank) else { return nil }
        return (merges[rank].left, merges[rank].right, merges[rank].merged)
    }

    /// How each word of a text is merged, step by step; added tokens take no part.
    /// - Throws: as ``encode(bytes:readingSpecialTokens:)``.
    public func merges(of text: String) throws(Failure) -> [WordMerges] {
        var words: [WordMerges] = []
        try forEachPart(of: Array(text.utf8), readsSpecialTokens) { text, range in
            words.append(merges(of: UnsafeBufferPointer(rebasing: text[range])))
        } rest: { _ in
        } token: {
            words.append(WordMerges(bytes: bytes(of: $0) ?? [], initial: [$0], steps: [], ids: [$0]))
        }
        return words
    }

    private func merges(of word: UnsafeBufferPointer<UInt8>) -> WordMerges {
        var initial: [UInt32] = []
        initialTokens.append(word, table, to: &initial)
        var steps: [MergeStep] = []
        var ids: [Int] = []
        var merger = WordMerger()
        func record(_ offset: Int, _ rank: Int, _ merge: Merge) {
            steps.append(
                MergeStep(offset: offset, rank: rank, left: merge.left, right: merge.right, merged: merge.merged))
        }
        switch method.merging {
        case .pairs: merger.merge(initial, by: pairs, record: record, into: &ids)
        case .ranks:
            merger.merge(initial, by: RankRule(table: table, pairs: bytePairs, word: word), record: record, into: &ids)
        }
        // A word that is taken whole has a ladder only where the merges lead to it.
        if method.takesWholeWords, let id = table.id(of: word), ids != [id] {
            return WordMerges(bytes: Array(word), initial: [id], steps: [], ids: [id])
        }
        return WordMerges(bytes: Array(word), initial: initial.map(Int.init), steps: steps, ids: ids)
    }

    /// The last two parts that the bytes of a token become when only earlier tokens are made.
    private func rankedMerge(_ rank: Int) -> (left: Int, right: Int, merged: Int)? {
        guard table.forms.indices.contains(rank), table.forms[rank] == .bytes, let bytes = table.bytes(of: rank),
            bytes.count > 1
        else { return nil }
        var ids: [Int] = []
        Array(bytes).withUnsafeBufferPointer { word in
            var initial: [UInt32] = []
            initialTokens.append(word, table, to: &initial)
            var merger = WordMerger()
            merger.merge(
                initial, by: RankRule(table: table, pairs: bytePairs, word: word, limit: UInt32(rank)), into: &ids)
        }
        return ids.count == 2 ? (ids[0], ids[1], rank) : nil
    }
}
