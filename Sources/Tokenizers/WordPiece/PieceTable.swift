/// The pieces of a WordPiece vocabulary: found by their characters at a word's beginning, and inside a word.
///
/// The hash (FNV-1a) of every beginning of what is left of a word is had in one pass, so that the longest piece is
/// found without reading the same bytes again and again.
struct PieceTable: Sendable {
    /// What marks a piece inside a word: `##`.
    let prefix: [UInt8]

    private var storage: [UInt8] = []
    private var starts: [Int32] = []
    private var lengths: [Int32] = []
    /// Ids of pieces as they are spelt.
    private var whole = Slots()
    /// Ids of pieces that are spelt with the prefix, which their bytes here are without.
    private var inner = Slots()
    /// How many bytes the longest piece has.
    private(set) var longest = 0

    private struct Slots: Sendable {
        var ids: [Int32] = Array(repeating: -1, count: 64)
        var filled = 0
    }

    init(prefix: [UInt8]) { self.prefix = prefix }

    /// One more than the largest id.
    var count: Int { lengths.count }

    func bytes(of id: Int) -> ArraySlice<UInt8>? {
        guard lengths.indices.contains(id), lengths[id] >= 0 else { return nil }
        let start = Int(starts[id])
        return storage[start..<start + Int(lengths[id])]
    }

    /// Stores a piece; where two ids are spelt alike, the later is found. One that is no piece of words is not.
    mutating func insert(_ spelling: some Collection<UInt8>, id: Int, isPiece: Bool = true) {
        if id >= lengths.count {
            let more = id + 1 - lengths.count
            starts += repeatElement(0, count: more)
            lengths += repeatElement(-1, count: more)
        }
        starts[id] = Int32(storage.count)
        lengths[id] = Int32(spelling.count)
        storage += spelling
        guard isPiece else { return }
        longest = max(longest, spelling.count)
        put(id, dropping: 0, into: .whole)
        if spelling.starts(with: prefix) { put(id, dropping: prefix.count, into: .inner) }
    }

    mutating func reserve(pieces: Int, bytes: Int) {
        storage.reserveCapacity(bytes)
        starts.reserveCapacity(pieces)
        lengths.reserveCapacity(pieces)
    }

    /// The id of a piece in the spelling of the vocabulary.
    func id(ofSpelling spelling: [UInt8]) -> Int? {
        spelling.withUnsafeBufferPointer { find($0[...], Self.hash($0), whole, 0) }
    }

    /// The longest piece that a word, or what is left of it, begins with.
    /// - Parameters:
    ///   - isInner: whether pieces went before it in the word.
    ///   - hashes: room for the hashes, at least as long as the word.
    @inline(__always)
    func longestPiece(
        of word: Slice<UnsafeBufferPointer<UInt8>>, isInner: Bool, hashes: UnsafeMutableBufferPointer<UInt64>
    ) -> (id: Int, length: Int)? {
        let slots = isInner ? inner : whole
        let dropped = isInner ? prefix.count : 0
        let limit = min(word.count, longest - dropped)
        var hash = Self.seed
        for index in 0..<max(0, limit) {
            hash = Self.hash(hash, word[word.startIndex + index])
            hashes[index] = hash
        }
        var length = limit
        while length > 0 {
            // A piece ends where a character does.
            if length == word.count || word[word.startIndex + length] & 0xC0 != 0x80 {
                let part = word.prefix(length)
                if let id = find(part, hashes[length - 1], slots, dropped) { return (id, length) }
            }
            length -= 1
        }
        return nil
    }

    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    private static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(seed) { hash($0, $1) } }

    @inline(__always)
    private static func place(_ hash: UInt64, _ mask: Int) -> Int { Int(truncatingIfNeeded: hash ^ hash >> 29) & mask }

    @inline(__always)
    private func find(
        _ key: Slice<UnsafeBufferPointer<UInt8>>, _ hash: UInt64, _ slots: Slots, _ dropped: Int
    ) -> Int? {
        let mask = slots.ids.count - 1
        var slot = Self.place(hash, mask)
        while slots.ids[slot] >= 0 {
            let id = Int(slots.ids[slot])
            if holds(id, dropped, key) { return id }
            slot = (slot + 1) & mask
        }
        return nil
    }

    @inline(__always)
    private func holds(_ id: Int, _ dropped: Int, _ key: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard Int(lengths[id]) - dropped == key.count else { return false }
        var offset = Int(starts[id]) + dropped
        for byte in key {
            guard storage[offset] == byte else { return false }
            offset += 1
        }
        return true
    }

    private enum Place { case whole, inner }

    private subscript(place: Place) -> Slots {
        get { place == .whole ? whole : inner }
        _modify { if place == .whole { yield &whole } else { yield &inner } }
    }

    private mutating func put(_ id: Int, dropping dropped: Int, into slots: Place) {
        if self[slots].filled * 2 >= self[slots].ids.count { grow(slots, dropped) }
        guard let bytes = bytes(of: id)?.dropFirst(dropped) else { return }
        let mask = self[slots].ids.count - 1
        var slot = Self.place(Self.hash(bytes), mask)
        while self[slots].ids[slot] >= 0 {
            let other = Int(self[slots].ids[slot])
            if self.bytes(of: other)?.dropFirst(dropped).elementsEqual(bytes) == true {
                self[slots].ids[slot] = Int32(id)
                return
            }
            slot = (slot + 1) & mask
        }
        self[slots].ids[slot] = Int32(id)
        self[slots].filled += 1
    }

    private mutating func grow(_ slots: Place, _ dropped: Int) {
        let old = self[slots].ids
        var grown = [Int32](repeating: -1, count: old.count * 4)
        for id in old where id >= 0 {
            guard let bytes = bytes(of: Int(id))?.dropFirst(dropped) else { continue }
            var slot = Self.place(Self.hash(bytes), grown.count - 1)
            while grown[slot] >= 0 { slot = (slot + 1) & (grown.count - 1) }
            grown[slot] = id
        }
        self[slots].ids = grown
    }
}
