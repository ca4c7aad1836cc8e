import Wording

/// Bytes written so that a person can read them and nothing is lost.
public enum ByteText {
    /// Text where the bytes are UTF-8, `‹E4 B8›` where they are not.
    public static func readable(_ bytes: [UInt8]) -> String {
        render(bytes) { $0 }
    }

    /// As `readable`, with white space and other invisible characters made visible.
    public static func visible(_ bytes: [UInt8]) -> String {
        render(bytes) { $0.shownAsToken }
    }

    /// Whether the bytes are well-formed UTF-8.
    public static func isText(_ bytes: [UInt8]) -> Bool {
        var offset = 0
        while offset < bytes.count {
            guard let found = bytes.scalar(at: offset) else { return false }
            offset += found.length
        }
        return true
    }

    /// Whether the bytes are whole characters, or the first bytes of a single one.
    package static func isWholeOrBeginning(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, first >= 0xC2, first <= 0xF4 else { return isText(Array(bytes)) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        if bytes.count >= length { return isText(Array(bytes)) }
        return bytes.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
    }

    /// Bytes in hexadecimal between angle marks: `‹E4 B8›`.
    public static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        "‹" + bytes.map(hexadecimal).joined(separator: " ") + "›"
    }

    package static func unknown(_ id: Int) -> String { "‹id \(id)›" }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    private static func render(_ bytes: [UInt8], _ show: (String) -> String) -> String {
        var text = ""
        var offset = 0
        var whole = ""
        var fragment: [UInt8] = []
        while offset < bytes.count {
            if let found = bytes.scalar(at: offset) {
                if !fragment.isEmpty {
                    text += hexadecimal(fragment)
                    fragment = []
                }
                whole.unicodeScalars.append(found.scalar)
                offset += found.length
            } else {
                if !whole.isEmpty {
                    text += show(whole)
                    whole = ""
                }
                fragment.append(bytes[offset])
                offset += 1
            }
        }
        return fragment.isEmpty ? text + show(whole) : text + hexadecimal(fragment)
    }
}

extension [UInt8] {
    /// The scalar whose UTF-8 begins at an offset; `nil` where the bytes are not well-formed (Unicode, table 3-7).
    package func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        let first = self[offset]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first <= 0xF4, offset + length <= count else { return nil }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for index in offset + 1..<offset + length {
            guard self[index] & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(self[index] & 0x3F)
        }
        // The initialiser refuses surrogates and values beyond U+10FFFF; over-long forms are left to refuse here.
        guard value >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000), let scalar = Unicode.Scalar(value)
        else { return nil }
        return (scalar, length)
    }
}
