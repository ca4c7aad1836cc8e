import Wording

/// Reads JSON (RFC 8259) from front to back, building nothing that is not asked for.
///
/// A vocabulary is most of a tokenizer's file and is read straight into its table; a general parser would first
/// build a string and a node for each of fifty thousand tokens.
package struct JSONCursor {
    /// The file that errors name.
    package let source: String
    package let bytes: [UInt8]
    package var offset = 0

    private static let deepest = 256

    package init(_ bytes: [UInt8], source: String) {
        self.bytes = bytes
        self.source = source
        if bytes.starts(with: PlainText.byteOrderMark) { offset = 3 }
    }

    /// The first byte of the next value or mark; `nil` at the end.
    package mutating func peek() -> UInt8? {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return bytes[offset]
            }
        }
        return nil
    }

    /// Calls `body` at the value of each member, which it must read or skip.
    package mutating func readObject(_ body: (inout JSONCursor, ArraySlice<UInt8>) throws(Failure) -> Void)
        throws(Failure)
    {
        try expect(UInt8(ascii: "{"), Phrase(en: "an object", zh: "一个对象"))
        try readList(to: UInt8(ascii: "}"), Phrase(en: "“,” or “}”", zh: "“,” 或 “}”")) { (cursor) throws(Failure) in
            let key = try cursor.readString()
            try cursor.expect(UInt8(ascii: ":"), "“:”")
            try body(&cursor, key)
        }
    }

    /// Calls `body` at each element, which it must read or skip.
    package mutating func readArray(_ body: (inout JSONCursor) throws(Failure) -> Void) throws(Failure) {
        try expect(UInt8(ascii: "["), Phrase(en: "an array", zh: "一个数组"))
        try readList(to: UInt8(ascii: "]"), Phrase(en: "“,” or “]”", zh: "“,” 或 “]”"), body)
    }

    /// Calls `body` at each part of a list with commas between, up to the mark that ends it.
    @inline(__always)
    private mutating func readList(
        to end: UInt8, _ expected: Phrase, _ body: (inout JSONCursor) throws(Failure) -> Void
    ) throws(Failure) {
        if peek() == end {
            offset += 1
            return
        }
        while true {
            try body(&self)
            guard peek() == UInt8(ascii: ",") else { return try expect(end, expected) }
            offset += 1
        }
    }

    /// The UTF-8 of a string, escapes resolved. Without escapes it is a slice of the file.
    package mutating func readString() throws(Failure) -> ArraySlice<UInt8> {
        try expect(UInt8(ascii: "\""), Phrase(en: "a string", zh: "一个字符串"))
        let start = offset
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                return bytes[start..<offset - 1]
            case UInt8(ascii: "\\"): return try readEscapedString(from: start)
            case 0..<0x20: throw failure(Phrase(en: "a string without control characters", zh: "不含控制字符的字符串"))
            default: offset += 1
            }
        }
        throw failure(Phrase(en: "the end of a string", zh: "字符串的结尾"))
    }

    package mutating func readInteger() throws(Failure) -> Int {
        let value = try readNumber()
        guard let whole = Int(exactly: value) else { throw failure(Phrase(en: "a whole number", zh: "整数")) }
        return whole
    }

    package mutating func readValue(depth: Int = 0) throws(Failure) -> JSONValue {
        try check(depth)
        switch peek() {
        case UInt8(ascii: "{"):
            var members: [String: JSONValue] = [:]
            try readObject { (cursor, key) throws(Failure) in
                members[String(decoding: key, as: UTF8.self)] = try cursor.readValue(depth: depth + 1)
            }
            return .object(members)
        case UInt8(ascii: "["):
            var values: [JSONValue] = []
            try readArray { (cursor) throws(Failure) in values.append(try cursor.readValue(depth: depth + 1)) }
            return .array(values)
        case UInt8(ascii: "\""): return .string(String(decoding: try readString(), as: UTF8.self))
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        default: return .number(try readNumber())
        }
    }

    package mutating func skipValue(depth: Int = 0) throws(Failure) {
        try check(depth)
        switch peek() {
        case UInt8(ascii: "{"): try readObject { (cursor, _) throws(Failure) in try cursor.skipValue(depth: depth + 1) }
        case UInt8(ascii: "["): try readArray { (each) throws(Failure) in try each.skipValue(depth: depth + 1) }
        case UInt8(ascii: "\""): _ = try readString()
        default: _ = try readValue(depth: depth)
        }
    }

    private func check(_ depth: Int) throws(Failure) {
        guard depth < Self.deepest else {
            throw failure(Phrase(en: "at most \(Self.deepest) levels", zh: "最多 \(Self.deepest) 层嵌套"))
        }
    }

    /// Throws unless nothing but white space is left.
    package mutating func expectEnd() throws(Failure) {
        guard peek() == nil else { throw failure(Phrase(en: "the end of the file", zh: "文件结尾")) }
    }

    /// What was expected here, and what stands here.
    package func failure(_ expected: Phrase) -> Failure {
        if let other = Failure.ifOfAnotherKind(bytes, path: source, expected: "JSON") { return other }
        let line = 1 + bytes[..<min(offset, bytes.count)].count { $0 == 0x0A }
        let found = offset < bytes.count ? ByteText.visible(Array(bytes[offset...].prefix(16))) : "␃"
        return Failure(ReadingError.syntax(source: source, line: line, expected: expected, found: found))
    }

    private mutating func expect(_ byte: UInt8, _ expected: Phrase) throws(Failure) {
        guard peek() == byte else { throw failure(expected) }
        offset += 1
    }

    private mutating func readWord(_ word: StaticString, _ value: JSONValue) throws(Failure) -> JSONValue {
        let wanted = word.withUTF8Buffer(Array.init)
        guard bytes[offset...].starts(with: wanted) else { throw failure(Phrase(en: "a value", zh: "一个值")) }
        offset += wanted.count
        return value
    }

    private mutating func readNumber() throws(Failure) -> Double {
        _ = peek()
        let start = offset
        var whole: Int64 = 0
        // Ids are by far the most numbers; they need no conversion through text.
        while offset < bytes.count, offset - start < 15, case 0x30...0x39 = bytes[offset] {
            whole = whole * 10 + Int64(bytes[offset] - 0x30)
            offset += 1
        }
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
                UInt8(ascii: "E"):
                offset += 1
                whole = -1
            default:
                if whole >= 0, offset > start { return Double(whole) }
                return try convertNumber(from: start)
            }
        }
        return whole >= 0 && offset > start ? Double(whole) : try convertNumber(from: start)
    }

    private mutating func convertNumber(from start: Int) throws(Failure) -> Double {
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard let value = Double(text), value.isFinite else {
            offset = start
            throw failure(Phrase(en: "a value", zh: "一个值"))
        }
        return value
    }

    private mutating func readEscapedString(from start: Int) throws(Failure) -> ArraySlice<UInt8> {
        var text = Array(bytes[start..<offset])
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return text[...]
            case UInt8(ascii: "\\"): try readEscape(into: &text)
            default: text.append(byte)
            }
        }
        throw failure(Phrase(en: "the end of a string", zh: "字符串的结尾"))
    }

    private mutating func readEscape(into text: inout [UInt8]) throws(Failure) {
        guard offset < bytes.count else { throw failure(Phrase(en: "an escape", zh: "转义字符")) }
        let letter = bytes[offset]
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var value = try readHexadecimal()
            if (0xD800..<0xDC00).contains(value), bytes[offset...].starts(with: [0x5C, 0x75]) {
                offset += 2
                let low = try readHexadecimal()
                guard (0xDC00..<0xE000).contains(low) else {
                    throw failure(Phrase(en: "a low surrogate", zh: "低位代理码元"))
                }
                value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(value) else {
                throw failure(Phrase(en: "a character", zh: "一个字符"))
            }
            text += Array(String(scalar).utf8)
        default:
            offset -= 1
            throw failure(Phrase(en: "an escape", zh: "转义字符"))
        }
    }

    private mutating func readHexadecimal() throws(Failure) -> UInt32 {
        let digits = bytes[offset...].prefix(4)
        guard digits.count == 4, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw failure(Phrase(en: "four hexadecimal digits", zh: "四位十六进制数"))
        }
        offset += 4
        return value
    }
}
