import Models
import Subjects
import Tokenizers
import Tracing
import Wording

extension ModelEngine {
    package func answer(_ query: Query) throws -> Answer {
        switch (query.name, query.arguments.first, query.arguments.last) {
        case (.measure, .text(let path)?, _): return .number(try subject(query.subject).numbers.number(path))
        case (.value, .text(let name)?, .indices(let index)?):
            return .number(try cell(try subject(query.subject).trace, name, index))
        default: return try Inquiry(engine: self, query: query).answer()
        }
    }

    /// One number of a trace.
    /// - Throws: `EngineError.noCell`.
    func cell(_ trace: Trace, _ name: String, _ index: [Int]) throws -> Double {
        let step = try trace.step(StepName(name))
        guard let value = step.tensor.cell(index) else {
            throw EngineError.noCell(step: name, index: index, shape: step.shape.dimensions)
        }
        return Double(value)
    }

    /// An index as a chapter gives it, in numbers.
    func index(_ argument: Argument, model: LanguageModel) throws -> Int {
        switch argument {
        case .index(let index): index
        case .measured(let path): Int(exactly: try shelf.measurements(model).number(path).rounded()) ?? 0
        case .text, .indices, .slice, .at: 0
        }
    }

    /// A position as a chapter gives it, as the index of a token of a text.
    ///
    /// - Throws: `EngineError.noToken`.
    func position(_ argument: Argument, in text: String, model: LanguageModel) throws -> Int {
        let ids = try model.encode(text)
        switch argument {
        case .at(let characters):
            if let found = tokenEnding(characters, in: text, ids: ids, model: model) { return found }
        default:
            let index = try index(argument, model: model)
            let place = index < 0 ? ids.count + index : index
            if ids.indices.contains(place) { return place }
        }
        throw EngineError.noToken(text: text, position: argument.source, count: ids.count)
    }

    /// The token that holds the last byte of the first occurrence of some characters.
    private func tokenEnding(_ characters: String, in text: String, ids: [Int], model: LanguageModel) -> Int? {
        guard let tokenizer = model.tokenizer, let range = text.firstRange(of: characters) else { return nil }
        let end = text[..<range.upperBound].utf8.count
        var length = 0
        for (place, id) in ids.enumerated() {
            length += tokenizer.bytes(of: id)?.count ?? 0
            if length >= end { return place }
        }
        return nil
    }
}
