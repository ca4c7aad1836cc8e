import Reading

extension BytePairTokenizer {
    /// The template as the `post_processor` of a `tokenizer.json`.
    var writtenTemplate: String {
        guard !template.isPlain else { return "null" }
        var special: [Int: String] = [:]
        func written(_ parts: [TokenTemplate.Part]) -> JSONText {
            .array(
                parts.map { part in
                    func item(_ kind: String, _ name: String, _ segment: Int) -> JSONText {
                        .members([(kind, .object(["id": .text(name), "type_id": .integer(segment)]))])
                    }
                    switch part {
                    case .first(let segment): return item("Sequence", "A", segment)
                    case .second(let segment): return item("Sequence", "B", segment)
                    case .token(let id, let segment):
                        special[id] = spelling(of: id) ?? ""
                        return item("SpecialToken", spelling(of: id) ?? "", segment)
                    }
                })
        }
        let (single, pair) = (written(template.single), written(template.pair))
        let tokens = special.sorted { $0.key < $1.key }.map { id, name in
            (name, JSONText.object(["id": .text(name), "ids": .integers([id]), "tokens": .texts([name])]))
        }
        return JSONText.object([
            "type": .text("TemplateProcessing"), "single": single, "pair": pair, "special_tokens": .members(tokens),
        ]).line
    }
}
