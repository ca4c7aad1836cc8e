/// The tokens of words that have been seen, for the length of one text: most words of a text occur again.
///
/// A value of flat arrays, so that nothing is allocated for a word.
struct WordCache {
    private struct Entry {
        let hash: UInt64
        let keyStart: Int32
        let keyLength: Int32
        let idStart: Int32
        let idCount: Int32
    }

    private var slots: [Int32]
    private var entries: [Entry] = []
    private var keys: [UInt8] = []
    private var ids: [Int32] = []

    /// Longer words hardly ever occur again.
    static let longestWord = 48
    private static let mostWords = 1 << 17

    /// - Parameter length: of the text, in bytes.
    init(textOfLength length: Int) {
        slots = Array(repeating: -1, count: length < 1 << 14 ? 1 << 10 : 1 << 14)
    }

    /// Appends a word's tokens if it is known.
    @inline(__always)
    func append(_ word: UnsafeBufferPointer<UInt8>, hash: UInt64, to result: inout [Int]) -> Bool {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 {
            let entry = entries[Int(slots[slot])]
            if entry.hash == hash, Int(entry.keyLength) == word.count, holds(entry, word) {
                for index in Int(entry.idStart)..<Int(entry.idStart + entry.idCount) { result.append(Int(ids[index])) }
                return true
            }
            slot = (slot + 1) & mask
        }
        return false
    }

    mutating func insert(_ word: UnsafeBufferPointer<UInt8>, hash: UInt64, ids new: ArraySlice<Int>) {
        guard entries.count < Self.mostWords else { return }
        if entries.count * 2 >= slots.count { grow() }
        place(Int32(entries.count), hash)
        entries.append(
            Entry(
                hash: hash, keyStart: Int32(keys.count), keyLength: Int32(word.count), idStart: Int32(ids.count),
                idCount: Int32(new.count)))
        keys += word
        for id in new { ids.append(Int32(truncatingIfNeeded: id)) }
    }

    /// Eight bytes at a time.
    @inline(__always)
    static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let bytes = UnsafeRawBufferPointer(word)
        var hash = UInt64(truncatingIfNeeded: word.count) &* 0x9E37_79B9_7F4A_7C15
        var offset = 0
        while offset + 8 <= bytes.count {
            hash = (hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < bytes.count {
            rest = rest << 8 | UInt64(bytes[offset])
            offset += 1
        }
        hash = (hash ^ rest) &* 0xFF51_AFD7_ED55_8CCD
        return hash ^ hash >> 32
    }

    @inline(__always)
    private func holds(_ entry: Entry, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(entry.keyStart)
        for index in 0..<word.count where keys[start + index] != word[index] { return false }
        return true
    }

    private mutating func place(_ entry: Int32, _ hash: UInt64) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 { slot = (slot + 1) & mask }
        slots[slot] = entry
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 4)
        for (index, entry) in entries.enumerated() { place(Int32(index), entry.hash) }
    }
}
