/// Writes JSON (RFC 8259) from front to back.
struct AnswerText {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    init() { bytes.reserveCapacity(4096) }

    // MARK: Values

    mutating func value(_ text: String) {
        comma()
        quoted(text)
    }

    /// Unrounded; what JSON has no number for is a string: `"-inf"`.
    mutating func value(_ number: Double) {
        comma()
        guard number.isFinite else { return quoted(number.isNaN ? "nan" : number < 0 ? "-inf" : "inf") }
        append("\(number)")
    }

    mutating func value(_ number: Int) {
        comma()
        append("\(number)")
    }

    mutating func value(_ isTrue: Bool) {
        comma()
        append(isTrue ? "true" : "false")
    }

    mutating func value(_ numbers: [Int]) {
        array { json in for number in numbers { json.value(number) } }
    }

    mutating func value(_ texts: [String]) {
        array { json in for text in texts { json.value(text) } }
    }

    mutating func array(_ body: (inout AnswerText) -> Void) { nested(UInt8(ascii: "["), UInt8(ascii: "]"), body) }
    mutating func object(_ body: (inout AnswerText) -> Void) { nested(UInt8(ascii: "{"), UInt8(ascii: "}"), body) }

    // MARK: Members

    mutating func key(_ name: String) {
        comma()
        quoted(name)
        bytes.append(UInt8(ascii: ":"))
        isFirst = true
    }

    mutating func member(_ name: String, _ text: String) {
        key(name)
        value(text)
    }

    mutating func member(_ name: String, _ number: Double) {
        key(name)
        value(number)
    }

    mutating func member(_ name: String, _ number: Int) {
        key(name)
        value(number)
    }

    mutating func member(_ name: String, _ isTrue: Bool) {
        key(name)
        value(isTrue)
    }

    mutating func member(_ name: String, _ numbers: [Int]) {
        key(name)
        value(numbers)
    }

    mutating func member(_ name: String, _ texts: [String]) {
        key(name)
        value(texts)
    }

    mutating func array(_ name: String, _ body: (inout AnswerText) -> Void) {
        key(name)
        array(body)
    }

    mutating func object(_ name: String, _ body: (inout AnswerText) -> Void) {
        key(name)
        object(body)
    }

    // MARK: Bytes

    private mutating func comma() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    private mutating func nested(_ open: UInt8, _ close: UInt8, _ body: (inout AnswerText) -> Void) {
        comma()
        bytes.append(open)
        isFirst = true
        body(&self)
        bytes.append(close)
        isFirst = false
    }

    private mutating func append(_ text: String) {
        for byte in text.utf8 { bytes.append(byte) }
    }

    /// UTF-8 goes through as it is; only what JSON forbids inside a string is escaped.
    private mutating func quoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case UInt8(ascii: "\n"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(UInt8(ascii: "n"))
            case 0..<0x20:
                bytes += [UInt8(ascii: "\\"), UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")]
                bytes.append(byte < 16 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
                bytes.append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
