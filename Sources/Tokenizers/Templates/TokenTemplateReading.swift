import Reading
import Wording

/// The `post_processor` of a `tokenizer.json`.
extension TokenTemplate {
    /// Reads `TemplateProcessing`, `BertProcessing`, `RobertaProcessing`, and a `Sequence` of one of them with
    /// `ByteLevel`, which adds nothing.
    /// - Throws: `TokenizerError` for another kind, or where two of a sequence add tokens.
    init(_ value: JSONValue?, source: String, key: String = "post_processor") throws(Failure) {
        self = .plain
        guard let part = try JSONPart(value, key, source) else { return }
        switch part.type {
        case "ByteLevel": return
        case "Sequence":
            for (index, value) in try part.list("processors").enumerated() {
                let next = try TokenTemplate(value, source: source, key: "\(key).processors[\(index)]")
                if self != .plain, next != .plain {
                    throw .unsupported(
                        source: source, key: key, expected: Phrase(en: "one that adds tokens", zh: "只有一个会添加词元"),
                        found: "Sequence")
                }
                if next != .plain { self = next }
            }
        case "BertProcessing": self = .bert(start: try part.token("cls"), end: try part.token("sep"))
        case "RobertaProcessing": self = .roberta(start: try part.token("cls"), end: try part.token("sep"))
        case "TemplateProcessing":
            let special = try part.specialTokens()
            self.init(single: try part.template("single", special), pair: try part.template("pair", special))
        default:
            throw part.unsupported("Sequence, TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel")
        }
    }
}

extension JSONPart {
    /// The id of a token written `["[CLS]", 101]`.
    fileprivate func token(_ name: String) throws(Failure) -> Int {
        guard case .array(let pair)? = members[name], pair.count == 2, case .number(let value) = pair[1],
            let id = Int(exactly: value), (0..<BytePairTokenizer.idLimit).contains(id)
        else { throw wrong(name, Phrase(en: "a token and its id", zh: "词元及其编号")) }
        return id
    }

    /// The ids that each special token of a template stands for.
    fileprivate func specialTokens() throws(Failure) -> [String: [Int]] {
        let expected = Phrase(en: "tokens with their ids", zh: "各词元及其编号")
        switch members["special_tokens"] {
        case nil, .null: return [:]
        case .object(let tokens)?:
            var found: [String: [Int]] = [:]
            for (name, token) in tokens {
                guard case .object(let members) = token, case .array(let ids)? = members["ids"] else {
                    throw wrong("special_tokens", expected)
                }
                found[name] = try ids.map { (value) throws(Failure) in
                    guard case .number(let number) = value, let id = Int(exactly: number),
                        (0..<BytePairTokenizer.idLimit).contains(id)
                    else { throw wrong("special_tokens", expected) }
                    return id
                }
            }
            return found
        default: throw wrong("special_tokens", expected)
        }
    }

    fileprivate func template(_ name: String, _ special: [String: [Int]]) throws(Failure) -> [TokenTemplate.Part] {
        try list(name).map { (piece) throws(Failure) -> [TokenTemplate.Part] in
            guard case .object(let members) = piece, let (kind, value) = members.first, members.count == 1,
                case .object(let piece) = value, case .string(let id)? = piece["id"],
                case .number(let number)? = piece["type_id"], let segment = Int(exactly: number), segment >= 0
            else { throw wrong(name, Phrase(en: "SpecialToken or Sequence", zh: " SpecialToken 或 Sequence")) }
            switch (kind, id) {
            case ("Sequence", "A"): return [.first(segment: segment)]
            case ("Sequence", "B"): return [.second(segment: segment)]
            case ("SpecialToken", _):
                guard let ids = special[id] else {
                    throw .missingKey(source: source, key: "\(key).special_tokens.\(id)")
                }
                return ids.map { .token(id: $0, segment: segment) }
            default: throw wrong(name, Phrase(en: "SpecialToken or Sequence", zh: " SpecialToken 或 Sequence"))
            }
        }.flatMap { $0 }
    }
}
