/// SentencePiece's table of replacements (`precompiled_charsmap`): a double-array trie over the bytes of what is
/// replaced, and the replacements, each ended by a zero.
struct PrecompiledMap: Sendable {
    private let units: [UInt32]
    private let replacements: [UInt8]

    /// `nil` where the bytes are not of this layout: the trie's length in bytes, the trie, the replacements.
    init?(_ bytes: [UInt8]) {
        func number(_ offset: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
        }
        guard bytes.count >= 4 else { return nil }
        let size = Int(number(0))
        guard size % 4 == 0, size > 0, 4 + size <= bytes.count else { return nil }
        units = (0..<size / 4).map { number(4 + 4 * $0) }
        replacements = Array(bytes[(4 + size)...])
    }

    /// The text as `tokenizers` changes it: what is seen as one character first, if it is short, then its scalars.
    func normalize(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for character in String(decoding: text, as: UTF8.self) {
            let bytes = Array(character.utf8)
            if bytes.count < 6, let replacement = replacement(of: bytes[...]) {
                result += replacement
                continue
            }
            var offset = 0
            for scalar in character.unicodeScalars {
                let part = bytes[offset..<offset + UTF8.width(scalar)]
                result += replacement(of: part) ?? part
                offset += part.count
            }
        }
        return result
    }

    /// What the shortest known beginning is replaced by.
    private func replacement(of key: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var node = Self.offset(units[0])
        for byte in key {
            if byte == 0 { return nil }
            node ^= Int(byte)
            guard units.indices.contains(node), units[node] & 0x8000_00FF == UInt32(byte) else { return nil }
            let unit = units[node]
            node ^= Self.offset(unit)
            if unit >> 8 & 1 == 1 {
                guard units.indices.contains(node) else { return nil }
                let start = Int(units[node] & 0x7FFF_FFFF)
                guard start <= replacements.count else { return nil }
                return replacements[start...].prefix { $0 != 0 }
            }
        }
        return nil
    }

    private static func offset(_ unit: UInt32) -> Int { Int((unit >> 10) << ((unit & 0x200) >> 6)) }
}
