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

    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        rest = Self.tables.withUnsafeBufferPointer { tables in
            guard let table = tables.baseAddress else { return rest }
            var rest = rest
            var offset = 0
            // Each step waits for the one before it: four quarters side by side fill the time.
            let quarter = bytes.count / 64 * 16
            if quarter >= 4096 {
                var (second, third, fourth): (UInt32, UInt32, UInt32) = (0, 0, 0)
                while offset < quarter {
                    let place = start + offset
                    rest = Self.after(rest, place, table)
                    second = Self.after(second, place + quarter, table)
                    third = Self.after(third, place + 2 &* quarter, table)
                    fourth = Self.after(fourth, place + 3 &* quarter, table)
                    offset &+= 16
                }
                let far = Self.power(quarter)
                for next in [second, third, fourth] { rest = Self.product(rest, far) ^ next }
                offset = 4 * quarter
            }
            while offset <= bytes.count - 16 {
                rest = Self.after(rest, start + offset, table)
                offset &+= 16
            }
            for byte in bytes[offset...] { rest = rest >> 8 ^ table[Int((rest ^ UInt32(byte)) & 0xFF)] }
            return rest
        }
    }

    /// What is left after sixteen more bytes, by a table for each place (Kounavis & Berry 2005, “slicing”).
    @inline(__always)
    private static func after(_ rest: UInt32, _ bytes: UnsafeRawPointer, _ table: UnsafePointer<UInt32>) -> UInt32 {
        @inline(__always) func look(_ place: Int, _ word: UInt64, _ shift: UInt64) -> UInt32 {
            table[place &* 256 &+ Int(truncatingIfNeeded: (word &>> shift) & 0xFF)]
        }
        let first = bytes.loadUnaligned(as: UInt64.self).littleEndian ^ UInt64(rest)
        let second = (bytes + 8).loadUnaligned(as: UInt64.self).littleEndian
        let a = look(15, first, 0) ^ look(14, first, 8) ^ look(13, first, 16) ^ look(12, first, 24)
        let b = look(11, first, 32) ^ look(10, first, 40) ^ look(9, first, 48) ^ look(8, first, 56)
        let c = look(7, second, 0) ^ look(6, second, 8) ^ look(5, second, 16) ^ look(4, second, 24)
        let d = look(3, second, 32) ^ look(2, second, 40) ^ look(1, second, 48) ^ look(0, second, 56)
        return a ^ b ^ c ^ d
    }

    /// Of two polynomials, whose highest bit is the lowest power.
    private static func product(_ a: UInt32, _ b: UInt32) -> UInt32 {
        var (sum, b): (UInt32, UInt32) = (0, b)
        for bit in stride(from: UInt32(31), through: 0, by: -1) {
            if a >> bit & 1 == 1 { sum ^= b }
            b = times(b)
        }
        return sum
    }

    /// `x` to the power of the bits in so many bytes.
    private static func power(_ bytes: Int) -> UInt32 {
        var (power, square, left): (UInt32, UInt32, Int) = (1 << 31, 1 << 23, bytes)
        while left > 0 {
            if left & 1 == 1 { power = product(power, square) }
            square = product(square, square)
            left >>= 1
        }
        return power
    }

    /// A polynomial times `x`.
    private static func times(_ polynomial: UInt32) -> UInt32 {
        polynomial >> 1 ^ (polynomial & 1 == 1 ? 0xEDB8_8320 : 0)
    }

    private static let tables: [UInt32] = {
        var tables = (0..<256).map { byte in (0..<8).reduce(UInt32(byte)) { rest, _ in times(rest) } }
        for place in 256..<16 * 256 {
            let before = tables[place - 256]
            tables.append(before >> 8 ^ tables[Int(before & 0xFF)])
        }
        return tables
    }()
}
