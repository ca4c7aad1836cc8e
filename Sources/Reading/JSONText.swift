/// A JSON value whose keys keep their order; written without Foundation, whose start-up a short command would notice.
package indirect enum JSONText {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case array([JSONText])
    case object(KeyValuePairs<String, JSONText>)
    /// As ``object``, for keys that are known only at run time.
    case members([(String, JSONText)])

    package static func integers(_ values: [Int]) -> JSONText { .array(values.map { .integer($0) }) }
    package static func texts(_ values: [String]) -> JSONText { .array(values.map { .text($0) }) }

    /// In one line. Numbers are unrounded; JSON has no infinities, so they are the texts `"inf"`, `"-inf"`, `"nan"`.
    package var line: String {
        var text = ""
        write(to: &text, indent: nil)
        return text
    }

    /// Over several lines, for a person to read: one member a line.
    package var page: String {
        var text = ""
        write(to: &text, indent: 0)
        return text + "\n"
    }

    private func write(to text: inout String, indent: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value):
            text += value.isFinite ? "\(value)" : value.isNaN ? "\"nan\"" : value < 0 ? "\"-inf\"" : "\"inf\""
        case .text(let value): Self.quote(value, to: &text)
        case .array(let values):
            Self.list(values, "[", "]", to: &text, indent: isRow ? nil : indent) { $0.write(to: &$1, indent: $2) }
        case .object(let members):
            // The value as a whole is always spread; what lies in it is not, where it fits a line.
            let indent = isRow && indent != 0 ? nil : indent
            Self.list(members.map { ($0, $1) }, "{", "}", to: &text, indent: indent, Self.member)
        case .members(let members):
            let indent = isRow && indent != 0 ? nil : indent
            Self.list(members, "{", "}", to: &text, indent: indent, Self.member)
        }
    }

    private var isScalar: Bool {
        switch self {
        case .array, .object, .members: false
        default: true
        }
    }

    /// Whether it reads well in one line: scalars, and lists of scalars.
    private var isRow: Bool {
        switch self {
        case .array(let values): values.allSatisfy { $0.isScalar }
        case .object(let members): members.allSatisfy { $0.value.isList }
        case .members(let members): members.allSatisfy { $0.1.isList }
        default: true
        }
    }

    private var isList: Bool {
        if case .array = self { isRow } else { isScalar }
    }

    private static func member(_ member: (String, JSONText), to text: inout String, indent: Int?) {
        quote(member.0, to: &text)
        text += ": "
        member.1.write(to: &text, indent: indent)
    }

    private static func list<Element>(
        _ elements: [Element], _ open: String, _ close: String, to text: inout String, indent: Int?,
        _ write: (Element, inout String, Int?) -> Void
    ) {
        text += open
        for (place, element) in elements.enumerated() {
            if place > 0 { text += indent == nil ? ", " : "," }
            if let indent { text += "\n" + String(repeating: "  ", count: indent + 1) }
            write(element, &text, indent.map { $0 + 1 })
        }
        if let indent, !elements.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
        text += close
    }

    /// A text as JSON writes it, between quotation marks.
    package static func quoted(_ value: String) -> String {
        var text = ""
        quote(value, to: &text)
        return text
    }

    private static func quote(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
