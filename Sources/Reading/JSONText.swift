/// A JSON value whose keys keep their order; written without Foundation, whose start-up a short command would notice.
package indirect enum JSONText {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case array([JSONText])
    case object(KeyValuePairs<String, JSONText>)
    /// As `object`, for keys that are known only at run time.
    case members([(String, JSONText)])

    package static func integers(_ values: [Int]) -> JSONText { .array(values.map { .integer($0) }) }
    package static func texts(_ values: [String]) -> JSONText { .array(values.map { .text($0) }) }

    /// An object for each value.
    package static func objects<Values: Sequence>(
        _ values: Values, _ members: (Values.Element) -> KeyValuePairs<String, JSONText>
    ) -> JSONText {
        .array(values.map { .object(members($0)) })
    }

    /// In one line.
    package var line: String {
        var json = JSONWriter(.spaced)
        json.value(self)
        return json.text
    }

    /// Over several lines, for a person to read: one member a line.
    package var page: String {
        var json = JSONWriter(.spaced, isSpread: true)
        write(to: &json, isWhole: true)
        return json.text + "\n"
    }

    /// - Parameter isWhole: the value as a whole is always spread; what lies in it is not, where it fits a line.
    private func write(to json: inout JSONWriter, isWhole: Bool) {
        switch self {
        case .null: json.null()
        case .bool(let value): json.value(value)
        case .integer(let value): json.value(value)
        case .number(let value): json.value(value)
        case .text(let value): json.value(value)
        case .array(let values): json.array(isSpread: !isRow) { json in for value in values { json.value(value) } }
        case .object(let members): JSONText.members(members.map { ($0, $1) }).write(to: &json, isWhole: isWhole)
        case .members(let members):
            json.object(isSpread: isWhole || !isRow) { json in
                for (name, value) in members { json.member(name, value) }
            }
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

    /// A text as JSON writes it, between quotation marks.
    package static func quoted(_ value: String) -> String { JSONText.text(value).line }

    /// `\u001b`, for each half of a pair where it takes two.
    package static func escaped(_ scalar: Unicode.Scalar) -> String {
        scalar.utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}

extension JSONText: JSONWritable {
    package func writeJSON(to json: inout JSONWriter) { write(to: &json, isWhole: false) }
}
