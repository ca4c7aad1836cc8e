import Reading

/// Reads characters from UTF-8 that is known to be well-formed.
extension UnsafeBufferPointer<UInt8> {
    /// The scalar value that begins at an offset, and how many bytes it has.
    @inline(__always)
    func character(at offset: Int) -> (value: UInt32, length: Int) {
        let first = UInt32(self[offset])
        if first < 0x80 { return (first, 1) }
        // A guard against reading beyond the end; the bytes are checked before they come here.
        let length = Swift.min(first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2, count - offset)
        switch length {
        case 2: return ((first & 0x1F) << 6 | UInt32(self[offset + 1] & 0x3F), 2)
        case 3:
            return (
                (first & 0x0F) << 12 | UInt32(self[offset + 1] & 0x3F) << 6 | UInt32(self[offset + 2] & 0x3F), 3
            )
        case 4:
            return (
                (first & 0x07) << 18 | UInt32(self[offset + 1] & 0x3F) << 12 | UInt32(self[offset + 2] & 0x3F) << 6
                    | UInt32(self[offset + 3] & 0x3F), 4
            )
        default: return (first, 1)
        }
    }

    /// Where the character before an offset begins.
    @inline(__always)
    func start(before offset: Int) -> Int {
        var start = offset - 1
        while start > 0, self[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }
}

extension [UInt8] {
    /// Appends a scalar value as UTF-8.
    @inline(__always)
    mutating func append(scalar value: UInt32) {
        switch value {
        case ..<0x80: append(UInt8(value))
        case ..<0x800:
            append(UInt8(0xC0 | value >> 6))
            append(UInt8(0x80 | value & 0x3F))
        case ..<0x1_0000:
            append(UInt8(0xE0 | value >> 12))
            append(UInt8(0x80 | value >> 6 & 0x3F))
            append(UInt8(0x80 | value & 0x3F))
        default:
            append(UInt8(0xF0 | value >> 18 & 0x07))
            append(UInt8(0x80 | value >> 12 & 0x3F))
            append(UInt8(0x80 | value >> 6 & 0x3F))
            append(UInt8(0x80 | value & 0x3F))
        }
    }

    /// The length of the longest well-formed beginning.
    var wellFormedPrefix: Int {
        var offset = 0
        while offset < count {
            if self[offset] < 0x80 {
                offset += 1
            } else if let found = scalar(at: offset) {
                offset += found.length
            } else {
                return offset
            }
        }
        return count
    }

    /// The text with U+FFFD for what is no UTF-8: one for each longest beginning of a character, as Unicode
    /// recommends and as Python's `errors="replace"` and Swift's `String(decoding:as:)` do.
    var repaired: [UInt8] {
        wellFormedPrefix == count ? self : Array(String(decoding: self, as: UTF8.self).utf8)
    }
}
