extension BytePairTokenizer {
    /// The template as the `post_processor` of a `tokenizer.json`.
    var writtenTemplate: String {
        guard !template.isPlain else { return "null" }
        var special: [Int: String] = [:]
        func written(_ parts: [TokenTemplate.Part]) -> String {
            let list = parts.map { part in
                func item(_ kind: String, _ name: String, _ segment: Int) -> String {
                    "{\"\(kind)\": {\"id\": \(quoted(name)), \"type_id\": \(segment)}}"
                }
                switch part {
                case .first(let segment): return item("Sequence", "A", segment)
                case .second(let segment): return item("Sequence", "B", segment)
                case .token(let id, let segment):
                    special[id] = spelling(of: id) ?? ""
                    return item("SpecialToken", spelling(of: id) ?? "", segment)
                }
            }
            return "[" + list.joined(separator: ", ") + "]"
        }
        let (single, pair) = (written(template.single), written(template.pair))
        let tokens = special.sorted { $0.key < $1.key }.map { id, name in
            "\(quoted(name)): {\"id\": \(quoted(name)), \"ids\": [\(id)], \"tokens\": [\(quoted(name))]}"
        }
        return "{\"type\": \"TemplateProcessing\", \"single\": \(single), \"pair\": \(pair), "
            + "\"special_tokens\": {\(tokens.joined(separator: ", "))}}"
    }
}
