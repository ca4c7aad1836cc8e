import Models

extension FigureReference {
    /// The command that draws this figure with the same options, unless a step names another one.
    public var command: Template {
        var pieces: [Template.Piece] = [.text("glassformer draw")]
        func add(_ text: String) { pieces.append(.text(" " + text)) }
        func add(_ option: String, _ argument: Argument?) {
            guard let argument else { return }
            add("--\(option)")
            guard case .measured(let path) = argument else { return add(Self.quoted(argument.source)) }
            let query = Query(name: .quality, arguments: [.text(path)], model: options.model ?? "")
            pieces += [.text(" "), .placeholder(Placeholder(query: query, format: .plain))]
        }
        if let text = options.text { add(Self.quoted(text)) }
        add("--figure \(id)")
        // The program's own model needs no naming.
        if let model = options.model, model != ModelLibrary.standard { add("--model \(Self.quoted(model))") }
        add("layer", options.layer)
        add("head", options.head)
        add("position", options.position)
        if let step = options.step { add("--step \(Self.quoted(step))") }
        if let indices = options.at { add("--at \(indices.map(String.init).joined(separator: ","))") }
        if let tokens = options.tokens { add("--tokens \(tokens)") }
        if let top = options.top { add("--top-k \(top)") }
        return Template(pieces: pieces)
    }

    /// A word as a shell takes it literally.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "-_.,:/".contains($0) } && !text.isEmpty
        if isPlain { return text }
        let escaped = text.map { "\\\"$`".contains($0) ? "\\\($0)" : String($0) }.joined()
        return "\"\(escaped)\""
    }
}
