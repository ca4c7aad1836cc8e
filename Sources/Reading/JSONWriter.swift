import Wording

/// Writes JSON (RFC 8259) from front to back.
package struct JSONWriter {
    package enum Form {
        /// For a program: no blanks, and nothing escaped but what JSON forbids inside a string.
        case dense
        /// For a person too: a blank behind each mark, and what a terminal would not show is escaped.
        case spaced
    }

    /// What comes before the next value.
    private enum Before { case nothing, opening, value }

    package private(set) var bytes: [UInt8] = []
    private let form: Form
    private var before = Before.nothing
    /// How far the lines of a list are set in; nil within one line.
    private var indent: Int?

    /// - Parameter isSpread: whether lists may go over several lines.
    package init(_ form: Form, isSpread: Bool = false) {
        self.form = form
        indent = isSpread ? 0 : nil
        bytes.reserveCapacity(4096)
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    // MARK: Values and members

    package mutating func value(_ value: some JSONWritable) { value.writeJSON(to: &self) }

    package mutating func member(_ name: String, _ value: some JSONWritable) {
        key(name)
        value.writeJSON(to: &self)
    }

    package mutating func null() { word("null") }

    package mutating func key(_ name: String) {
        quote(name)
        put(form == .dense ? ":" : ": ")
        before = .nothing
    }

    /// - Parameters:
    ///   - name: of the member that it is, inside an object.
    ///   - isSpread: whether each element begins a line, where the list around does so too.
    package mutating func array(_ name: String? = nil, isSpread: Bool = true, _ body: (inout JSONWriter) -> Void) {
        list(name, "[", "]", isSpread, body)
    }

    package mutating func object(_ name: String? = nil, isSpread: Bool = true, _ body: (inout JSONWriter) -> Void) {
        list(name, "{", "}", isSpread, body)
    }

    // MARK: Bytes

    /// A value that is written as it stands.
    fileprivate mutating func word(_ text: String) {
        begin()
        put(text)
    }

    private mutating func begin() {
        if before == .value { put(form == .dense || indent != nil ? "," : ", ") }
        if before != .nothing { breakLine() }
        before = .value
    }

    private mutating func list(
        _ name: String?, _ open: String, _ close: String, _ isSpread: Bool, _ body: (inout JSONWriter) -> Void
    ) {
        if let name { key(name) }
        word(open)
        let outer = indent
        indent = isSpread ? outer.map { $0 + 1 } : nil
        before = .opening
        body(&self)
        let isSpread = indent != nil && before == .value
        indent = outer
        if isSpread { breakLine() }
        put(close)
        before = .value
    }

    private mutating func breakLine() {
        guard let indent else { return }
        put("\n")
        for _ in 0..<indent { put("  ") }
    }

    private mutating func put(_ text: String) {
        for byte in text.utf8 { bytes.append(byte) }
    }

    fileprivate mutating func quote(_ text: String) {
        word("\"")
        if form == .dense {
            var text = text
            bytes.append(contentsOf: text.withUTF8(JSONWriter.dense))
        } else {
            for scalar in text.unicodeScalars {
                if let escape = escape(scalar) { put(escape) } else { bytes.append(contentsOf: scalar.utf8) }
            }
        }
        put("\"")
    }

    /// A picture has some hundred thousand bytes: they are looked at twice, and written into room that is enough.
    private static func dense(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let (quote, slash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        var most = text.count
        for byte in text where byte == quote || byte == slash || byte < 0x20 { most += 5 }
        return [UInt8](unsafeUninitializedCapacity: most) { room, count in
            func put(_ byte: UInt8) {
                room[count] = byte
                count += 1
            }
            for byte in text {
                switch byte {
                case quote, slash:
                    put(slash)
                    put(byte)
                case 0x0A:
                    put(slash)
                    put(UInt8(ascii: "n"))
                case 0..<0x20:
                    for byte in [slash, UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")] { put(byte) }
                    put(UInt8(ascii: "0") + byte >> 4)
                    put(byte & 15 < 10 ? UInt8(ascii: "0") + byte & 15 : UInt8(ascii: "a") - 10 + byte & 15)
                default: put(byte)
                }
            }
        }
    }

    /// How the form for people writes a character that is not written as it is.
    private func escape(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default: return scalar.isUnseen ? JSONText.escaped(scalar) : nil
        }
    }
}

/// What is one value of JSON.
package protocol JSONWritable {
    func writeJSON(to json: inout JSONWriter)
}

extension String: JSONWritable {
    package func writeJSON(to json: inout JSONWriter) { json.quote(self) }
}

extension Int: JSONWritable {
    package func writeJSON(to json: inout JSONWriter) { json.word("\(self)") }
}

extension Bool: JSONWritable {
    package func writeJSON(to json: inout JSONWriter) { json.word(self ? "true" : "false") }
}

extension Double: JSONWritable {
    /// Unrounded; JSON has no infinities, so they are the texts `"inf"`, `"-inf"`, `"nan"`.
    package func writeJSON(to json: inout JSONWriter) {
        if isFinite { json.word("\(self)") } else { json.quote(isNaN ? "nan" : self < 0 ? "-inf" : "inf") }
    }
}

extension Array: JSONWritable where Element: JSONWritable {
    package func writeJSON(to json: inout JSONWriter) {
        json.array { json in for element in self { json.value(element) } }
    }
}
