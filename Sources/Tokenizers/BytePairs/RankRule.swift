/// `tiktoken`'s rule: neighbours are merged where the bytes of both together are a token, whose id is the rank.
struct RankRule: MergeRule {
    let table: TokenTable
    /// `TokenTable.pairsOfBytes`: most neighbours that are asked about are two bytes.
    let pairs: [Int32]
    let word: UnsafeBufferPointer<UInt8>
    /// Tokens from this on are not made.
    var limit = UInt32.max

    func merge(_ left: UInt32, _ right: UInt32, _ place: Range<Int>) -> (rank: UInt32, merged: UInt32)? {
        let id: UInt32
        if place.count == 2 {
            let found = pairs[Int(word[place.lowerBound]) << 8 | Int(word[place.lowerBound + 1])]
            guard found >= 0 else { return nil }
            id = UInt32(found)
        } else {
            guard let found = table.id(of: UnsafeBufferPointer(rebasing: word[place])) else { return nil }
            id = UInt32(found)
        }
        return id < limit ? (id, id) : nil
    }

    /// Neighbours that begin where they began, and are as long, are the same bytes.
    func merge(_ left: UInt32, _ right: UInt32, _ place: Range<Int>, rank: UInt32) -> UInt32? {
        table.length(of: rank) == place.count ? rank : nil
    }
}
