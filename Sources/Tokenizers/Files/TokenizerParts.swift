import Reading
import Wording

/// The outermost parts of a `tokenizer.json`: its model, not read yet, and everything around it.
struct TokenizerParts {
    let model: JSONCursor
    private let others: [String: JSONValue]

    /// `truncation` and `padding` are for batches: they are not read.
    /// - Throws: `TokenizerError` where the file is malformed or has no model.
    init(_ bytes: [UInt8], source: String) throws(Failure) {
        var others: [String: JSONValue] = [:]
        var model: JSONCursor?
        var cursor = JSONCursor(bytes, source: source)
        try cursor.readObject { (cursor, key) throws(Failure) in
            switch String(decoding: key, as: UTF8.self) {
            case "model":
                model = cursor
                try cursor.skipValue()
            case "truncation", "padding", "version": try cursor.skipValue()
            case let key: others[key] = try cursor.readValue()
            }
        }
        try cursor.expectEnd()
        guard let model else { throw .missingKey(source: source, key: "model") }
        self.model = model
        self.others = others
    }

    subscript(key: String) -> JSONValue? { others[key] }
}
