/// GPT-2's alphabet: each of the 256 bytes written as one visible character.
///
/// Radford et al. 2019, `encoder.py`, `bytes_to_unicode`: bytes that are visible in Latin-1 stand for themselves; the
/// others (controls, space, no-break space, soft hyphen) are written U+0100, U+0101, … in their order, so that
/// a vocabulary file needs no escapes: a space is `Ġ`.
enum ByteAlphabet {
    /// The character of each byte.
    static let scalars: [Unicode.Scalar] = {
        var shifted: UInt8 = 0
        return (UInt8.min...UInt8.max).map { byte in
            switch byte {
            case 33...126, 161...172, 174...255: return Unicode.Scalar(byte)
            default:
                defer { shifted += 1 }
                return Unicode.Scalar(0x100 + UInt16(shifted)) ?? Unicode.Scalar(byte)
            }
        }
    }()

    /// The bytes in the order of their characters, which is the order of their ids in GPT-2's vocabulary.
    static let order: [UInt8] = (UInt8.min...UInt8.max).sorted { scalars[Int($0)] < scalars[Int($1)] }

    /// The byte of each character below U+0144; −1 where a character stands for none.
    private static let bytes: [Int16] = {
        var table = [Int16](repeating: -1, count: 0x144)
        for (byte, scalar) in scalars.enumerated() { table[Int(scalar.value)] = Int16(byte) }
        return table
    }()

    /// The byte that a character of the alphabet stands for.
    static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        guard scalar.value < bytes.count else { return nil }
        return UInt8(exactly: bytes[Int(scalar.value)])
    }

    /// The bytes that a spelling stands for, given as UTF-8; `nil` if a character is not of the alphabet.
    static func bytes(ofSpelling spelling: some Sequence<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        return append(spelling, to: &result) ? result : nil
    }

    /// Appends the bytes that a spelling stands for; false, and some bytes appended, if a character is not of the
    /// alphabet.
    static func append(_ spelling: some Sequence<UInt8>, to result: inout [UInt8]) -> Bool {
        var lead: UInt32 = 0
        for unit in spelling {
            let value: UInt32
            if unit < 0x80 {
                guard lead == 0 else { return false }
                value = UInt32(unit)
            } else if unit & 0xC0 == 0x80 {
                guard lead != 0 else { return false }
                value = lead << 6 | UInt32(unit & 0x3F)
                lead = 0
            } else {
                // Every character of the alphabet is below U+0800: two bytes of UTF-8 at most.
                guard lead == 0, unit & 0xE0 == 0xC0, unit >= 0xC2 else { return false }
                lead = UInt32(unit & 0x1F)
                continue
            }
            guard value < bytes.count, let byte = UInt8(exactly: bytes[Int(value)]) else { return false }
            result.append(byte)
        }
        return lead == 0
    }

    /// The characters that bytes are written as.
    static func spelling(of bytes: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(scalars[Int(byte)]) }
        return String(text)
    }
}
