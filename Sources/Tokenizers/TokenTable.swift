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
    private var slots: [Int32] = Array(repeating: -1, count: 64)
    private var filled = 0

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
        let slot = slot(of: bytes)
        return slots[slot] < 0 ? nil : Int(slots[slot])
    }

    /// The id of a token as its file spells it, added tokens included; by search, where no merge reaches it.
    func id(ofSpelling spelling: some Collection<UInt8>) -> Int? {
        let isSpeltInBytes = !forms.contains(.characters)
        if let key = isSpeltInBytes ? ByteAlphabet.bytes(ofSpelling: spelling) : Array(spelling), let id = id(of: key) {
            return id
        }
        return forms.indices.first { id in
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
        guard form == .bytes || form == .characters else { return }
        if filled * 2 >= slots.count { grow() }
        let slot = slot(of: storage[start...])
        if slots[slot] < 0 { filled += 1 }
        slots[slot] = Int32(id)
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
        slots = Array(repeating: -1, count: old.count * 4)
        for id in old where id >= 0 {
            guard let bytes = bytes(of: Int(id)) else { continue }
            slots[slot(of: bytes)] = id
        }
    }

    /// Where these bytes are, or where they would go.
    private func slot(of key: some Collection<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 29) & mask
        while slots[slot] >= 0, !holds(Int(slots[slot]), key) { slot = (slot + 1) & mask }
        return slot
    }

    private func holds(_ id: Int, _ key: some Collection<UInt8>) -> Bool {
        guard Int(lengths[id]) == key.count else { return false }
        var offset = Int(starts[id])
        for byte in key {
            guard storage[offset] == byte else { return false }
            offset += 1
        }
        return true
    }
}
