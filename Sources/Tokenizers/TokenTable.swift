/// The tokens of a vocabulary: bytes by id, and id by bytes.
///
/// Flat arrays and a table of its own, because fifty thousand arrays or strings would be most of a start's time.
struct TokenTable: Sendable {
    enum Form: UInt8, Sendable {
        case absent
        /// spelt in GPT-2's byte alphabet
        case bytes
        /// spelt as it is, with characters outside the byte alphabet; no merge reaches it
        case text
        /// spelt as it is, in a vocabulary of characters
        case characters
        /// in the list of added tokens alone
        case added
    }

    private var storage: [UInt8] = []
    private var starts: [Int32] = []
    private var lengths: [Int32] = []
    private(set) var forms: [Form] = []
    /// An id with, above it, a part of its hash, so that most others are told apart without a look at their bytes.
    private var slots: [UInt64] = Array(repeating: Self.empty, count: 64)
    private static let empty = UInt64.max
    private var filled = 0
    /// Whether the vocabulary is one of characters.
    private var isOfCharacters = false
    /// The ids of tokens that no merge reaches.
    private var others: [Int] = []

    /// One more than the largest id.
    var count: Int { forms.count }

    /// How many ids have a token.
    var tokenCount: Int { forms.count { $0 != .absent } }

    func contains(_ id: Int) -> Bool { forms.indices.contains(id) && forms[id] != .absent }

    func bytes(of id: Int) -> ArraySlice<UInt8>? {
        guard contains(id) else { return nil }
        let start = Int(starts[id])
        return storage[start..<start + Int(lengths[id])]
    }

    /// The id of the token that has these bytes and that merges may reach.
    func id(of bytes: some Collection<UInt8>) -> Int? {
        if let id = bytes.withContiguousStorageIfAvailable({ id(of: $0) }) { return id }
        return Array(bytes).withUnsafeBufferPointer { id(of: $0) }
    }

    /// The same for bytes in memory, which is where merging by rank spends its time.
    func id(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let slot = slot(of: bytes, hash: WordCache.hash(bytes))
        return slots[slot] == Self.empty ? nil : Int(slots[slot] & 0xFFFF_FFFF)
    }

    /// How many bytes a token has.
    @inline(__always)
    func length(of id: UInt32) -> Int { lengths.indices.contains(Int(id)) ? Int(lengths[Int(id)]) : 0 }

    /// The ids of all tokens of two bytes, by the bytes, the first above the second; −1 where there is none.
    var pairsOfBytes: [Int32] {
        var ids = [Int32](repeating: -1, count: 1 << 16)
        for slot in slots where slot != Self.empty {
            guard let bytes = bytes(of: Int(slot & 0xFFFF_FFFF)), bytes.count == 2 else { continue }
            ids[Int(bytes[bytes.startIndex]) << 8 | Int(bytes[bytes.startIndex + 1])] = Int32(slot & 0xFFFF_FFFF)
        }
        return ids
    }

    /// The id of a token as its file spells it, added tokens included; by search, where no merge reaches it.
    func id(ofSpelling spelling: some Collection<UInt8>) -> Int? {
        if let key = !isOfCharacters ? ByteAlphabet.bytes(ofSpelling: spelling) : Array(spelling), let id = id(of: key)
        {
            return id
        }
        return others.first { id in
            (forms[id] == .text || forms[id] == .added) && bytes(of: id)?.elementsEqual(spelling) == true
        }
    }

    /// Stores a token; an id that is there already is replaced.
    mutating func insert(_ bytes: some Collection<UInt8>, id: Int, form: Form) {
        if id == forms.count {
            starts.append(0)
            lengths.append(0)
            forms.append(.absent)
        } else if id > forms.count {
            let more = id + 1 - forms.count
            starts += repeatElement(0, count: more)
            lengths += repeatElement(0, count: more)
            forms += repeatElement(.absent, count: more)
        }
        let start = storage.count
        storage += bytes
        starts[id] = Int32(start)
        lengths[id] = Int32(storage.count - start)
        forms[id] = form
        isOfCharacters = isOfCharacters || form == .characters
        if form == .text || form == .added { others.append(id) }
        guard form == .bytes || form == .characters else { return }
        if filled * 2 >= slots.count { grow() }
        let hash = storage[start...].withUnsafeBufferPointer { WordCache.hash($0) }
        let slot = storage[start...].withUnsafeBufferPointer { self.slot(of: $0, hash: hash) }
        if slots[slot] == Self.empty { filled += 1 }
        slots[slot] = (hash >> 32) << 32 | UInt64(id)
    }

    /// Makes room, so that reading a file of known size does not grow the table again and again.
    mutating func reserve(tokens: Int, bytes: Int) {
        storage.reserveCapacity(bytes)
        starts.reserveCapacity(tokens)
        lengths.reserveCapacity(tokens)
        forms.reserveCapacity(tokens)
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Self.empty, count: old.count * 4)
        for entry in old where entry != Self.empty {
            guard let bytes = bytes(of: Int(entry & 0xFFFF_FFFF)) else { continue }
            let hash = bytes.withUnsafeBufferPointer { WordCache.hash($0) }
            let slot = bytes.withUnsafeBufferPointer { self.slot(of: $0, hash: hash) }
            slots[slot] = entry
        }
    }

    /// Where these bytes are, or where they would go.
    private func slot(of key: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
        let mask = slots.count - 1
        let tag = hash >> 32
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != Self.empty {
            if slots[slot] >> 32 == tag, holds(Int(slots[slot] & 0xFFFF_FFFF), key) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func holds(_ id: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
        guard Int(lengths[id]) == key.count else { return false }
        let start = Int(starts[id])
        for offset in 0..<key.count where storage[start + offset] != key[offset] { return false }
        return true
    }
}
