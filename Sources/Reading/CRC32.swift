/// The checksum of gzip, PNG and `zlib.crc32` (ISO 3309, polynomial `0xEDB88320`): every change of up to 32 bits that
/// lie together changes it, so every change of one float32.
package struct CRC32 {
    private var rest: UInt32 = .max

    package init() {}

    package var value: UInt32 { ~rest }

    package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var sum = CRC32()
        sum.add(bytes)
        return sum.value
    }

    /// Sixteen bytes at a time, by a table for each place (Kounavis & Berry 2005, “slicing”).
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        rest = Self.tables.withUnsafeBufferPointer { tables in
            guard let table = tables.baseAddress else { return rest }
            func look(_ place: Int, _ word: UInt64, _ shift: UInt64) -> UInt32 {
                table[place &* 256 &+ Int(truncatingIfNeeded: (word &>> shift) & 0xFF)]
            }
            var rest = rest
            var offset = 0
            while offset <= bytes.count - 16 {
                let first = (start + offset).loadUnaligned(as: UInt64.self).littleEndian ^ UInt64(rest)
                let second = (start + offset + 8).loadUnaligned(as: UInt64.self).littleEndian
                let a = look(15, first, 0) ^ look(14, first, 8) ^ look(13, first, 16) ^ look(12, first, 24)
                let b = look(11, first, 32) ^ look(10, first, 40) ^ look(9, first, 48) ^ look(8, first, 56)
                let c = look(7, second, 0) ^ look(6, second, 8) ^ look(5, second, 16) ^ look(4, second, 24)
                let d = look(3, second, 32) ^ look(2, second, 40) ^ look(1, second, 48) ^ look(0, second, 56)
                rest = a ^ b ^ c ^ d
                offset &+= 16
            }
            for byte in bytes[offset...] { rest = rest >> 8 ^ table[Int((rest ^ UInt32(byte)) & 0xFF)] }
            return rest
        }
    }

    private static let tables: [UInt32] = {
        var tables = (0..<256).map { byte in
            (0..<8).reduce(UInt32(byte)) { rest, _ in rest >> 1 ^ (rest & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        for place in 256..<16 * 256 {
            let before = tables[place - 256]
            tables.append(before >> 8 ^ tables[Int(before & 0xFF)])
        }
        return tables
    }()
}
