import CPangoCairo
import Drawing

/// Writes a ZIP archive (APPNOTE 6.3) of files that fit into memory; the same files give the same bytes.
package struct ZIPWriter: Sendable {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    package init() {}

    /// - Parameter isStored: whether the bytes stay as they are.
    /// - Throws: `RenderingError`.
    package mutating func add(_ bytes: [UInt8], as name: String, isStored: Bool = false) throws(RenderingError) {
        var packed = bytes
        if !isStored, !bytes.isEmpty {
            // zlib's two bytes before and four after are not wanted here.
            packed = Array(try Deflate.compressed(bytes, level: 9).dropFirst(2).dropLast(4))
        }
        let check = UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(truncatingIfNeeded: bytes.count)))
        let method: UInt16 = isStored || bytes.isEmpty ? 0 : 8
        // Names in UTF-8; 1 January 1980, the first day that the format knows.
        let facts =
            Self.two(20) + Self.two(0x0800) + Self.two(method) + Self.two(0) + Self.two(0x21) + Self.four(check)
            + Self.four(UInt32(truncatingIfNeeded: packed.count)) + Self.four(UInt32(truncatingIfNeeded: bytes.count))
            + Self.two(UInt16(truncatingIfNeeded: name.utf8.count)) + Self.two(0)
        let place = UInt32(truncatingIfNeeded: body.count)
        body += Self.four(0x0403_4B50) + facts + Array(name.utf8) + packed
        directory += Self.four(0x0201_4B50) + Self.two(20) + facts
        directory += Self.two(0) + Self.two(0) + Self.two(0) + Self.four(0) + Self.four(place) + Array(name.utf8)
        count += 1
    }

    package var bytes: [UInt8] {
        let number = Self.two(UInt16(truncatingIfNeeded: count))
        var end = Self.four(0x0605_4B50) + Self.two(0) + Self.two(0) + number + number
        end +=
            Self.four(UInt32(truncatingIfNeeded: directory.count)) + Self.four(UInt32(truncatingIfNeeded: body.count))
        return body + directory + end + Self.two(0)
    }

    private static func two(_ value: UInt16) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }

    private static func four(_ value: UInt32) -> [UInt8] {
        two(UInt16(value & 0xFFFF)) + two(UInt16(value >> 16))
    }
}
