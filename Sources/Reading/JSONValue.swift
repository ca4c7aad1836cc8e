/// A value of JSON (RFC 8259), for the small parts of a file.
package enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// How an error names it.
    package var summary: String {
        switch self {
        case .null: "null"
        case .bool(let value): String(value)
        case .number(let value): Int(exactly: value).map { String($0) } ?? String(value)
        case .string(let value): "\"\(value)\""
        case .array(let values): values.isEmpty ? "[]" : "[…]"
        case .object(let members): members.isEmpty ? "{}" : "{…}"
        }
    }

    /// A whole number that this machine's `Int` can hold; nil for everything else.
    package var integer: Int? { if case .number(let value) = self { Int(exactly: value) } else { nil } }

    package var flag: Bool? { if case .bool(let value) = self { value } else { nil } }

    package var text: String? { if case .string(let text) = self { text } else { nil } }

    package var members: [String: JSONValue]? { if case .object(let members) = self { members } else { nil } }

    /// A list of texts; nil where it is none.
    package var texts: [String]? {
        guard case .array(let values) = self else { return nil }
        let texts = values.compactMap { $0.text }
        return texts.count == values.count ? texts : nil
    }

    /// A list of whole numbers; nil where it is none.
    package var integers: [Int]? {
        guard case .array(let values) = self else { return nil }
        let integers = values.compactMap { $0.integer }
        return integers.count == values.count ? integers : nil
    }
}
