import Wording

/// A file of text: UTF-8, perhaps after a byte order mark, which is no part of the text.
public enum PlainText {
    public static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The bytes after the byte order mark, whatever they are.
    /// - Parameter source: what errors name.
    /// - Throws: ``ReadingError/encoding(path:found:)`` for UTF-16 and UTF-32.
    public static func bytes(_ bytes: [UInt8], source: String) throws(Failure) -> [UInt8] {
        switch FileKind(bytes) {
        case .utf16?, .utf32?: throw Failure(ReadingError.encoding(path: source, found: FileKind(bytes)))
        default: return bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
        }
    }

    /// - Throws: ``ReadingError/encoding(path:found:)`` where the bytes are no UTF-8.
    public static func text(_ bytes: [UInt8], source: String) throws(Failure) -> String {
        let bytes = try Self.bytes(bytes, source: source)
        guard ByteText.isText(bytes) else {
            throw Failure(ReadingError.encoding(path: source, found: FileKind(bytes)))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Less the end of the last line, LF or CRLF.
    public static func withoutLastLineEnd(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.last == 0x0A else { return bytes }
        return Array(bytes.dropLast(bytes.dropLast().last == 0x0D ? 2 : 1))
    }
}
