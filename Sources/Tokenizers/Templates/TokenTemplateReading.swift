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
            let parts = try part.list("processors") { (each) throws(Failure) in
                try TokenTemplate(each.value, source: source, key: each.key)
            }
            for next in parts {
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
        guard case .array(let pair)? = members[name], pair.count == 2, let id = pair[1].tokenID else {
            throw wrong(name, Phrase(en: "a token and its id", zh: "词元及其编号"))
        }
        return id
    }

    /// The ids that each special token of a template stands for.
    fileprivate func specialTokens() throws(Failure) -> [String: [Int]] {
        if isAbsent("special_tokens") { return [:] }
        let problem = wrong("special_tokens", Phrase(en: "tokens with their ids", zh: "各词元及其编号"))
        guard let tokens = members["special_tokens"]?.members else { throw problem }
        var found: [String: [Int]] = [:]
        for (name, token) in tokens {
            guard case .array(let values)? = token.members?["ids"] else { throw problem }
            let ids = values.compactMap { $0.tokenID }
            guard ids.count == values.count else { throw problem }
            found[name] = ids
        }
        return found
    }

    fileprivate func template(_ name: String, _ special: [String: [Int]]) throws(Failure) -> [TokenTemplate.Part] {
        let problem = wrong(name, Phrase(en: "SpecialToken or Sequence", zh: " SpecialToken 或 Sequence"))
        // What is put around a text is a handful of tokens; thousands would be put around every line.
        let most = 1024
        var count = 0
        return try list(name) { (entry) throws(Failure) -> [TokenTemplate.Part] in
            guard let (kind, value) = entry.members.first, entry.members.count == 1,
                let piece = value.members, let id = piece["id"]?.text, let segment = piece["type_id"]?.integer,
                segment >= 0
            else { throw problem }
            switch (kind, id) {
            case ("Sequence", "A"): return [.first(segment: segment)]
            case ("Sequence", "B"): return [.second(segment: segment)]
            case ("SpecialToken", _):
                guard let ids = special[id] else {
                    throw .missingKey(source: source, key: "\(key).special_tokens.\(id)")
                }
                count += ids.count
                guard count <= most else {
                    throw wrong(name, Phrase(en: "at most \(most) tokens", zh: "最多 \(most) 个词元"))
                }
                return ids.map { .token(id: $0, segment: segment) }
            default: throw problem
            }
        }.flatMap { $0 }
    }
}
