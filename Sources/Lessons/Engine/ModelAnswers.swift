import Models
import Tensors
import Tokenizers
import Tracing
import Wording

extension ModelEngine {
    package func answer(_ query: Query) throws -> Answer {
        switch (query.name, query.arguments.first, query.arguments.last) {
        case (.measure, .text(let path)?, _): return .number(try subject(query.subject).numbers.number(path))
        case (.value, .text(let name)?, .indices(let index)?):
            return .number(try cell(try subject(query.subject).trace, name, index))
        default: return try Inquiry(engine: self, query: query, model: model(query.model)).answer()
        }
    }

    /// One number of a trace.
    /// - Throws: `EngineError.noCell`.
    fileprivate func cell(_ trace: Trace, _ name: String, _ index: [Int]) throws -> Double {
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
        case .measured(let path): Int(try shelf.measurements(model).number(path))
        case .text, .indices, .at: 0
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

/// One query in the middle of being answered.
private struct Inquiry {
    let engine: ModelEngine
    let query: Query
    let model: LanguageModel

    func answer() throws -> Answer {
        let sizes = model.network.sizes
        return switch query.name {
        case .probability: .number(try probability())
        case .nextToken: .token(try candidates(1).first?.label ?? "")
        case .topProbability: .number(try candidates(1).first?.value ?? 0)
        case .nextTokens: .ranking(try candidates(try index(1)))
        case .continuation: .token(try continuation())
        case .tokenCount: .number(Double(try model.encode(text(0)).count))
        case .byteCount: .number(Double(text(0).utf8.count))
        case .tokenID: .number(Double(try model.encode(text(0))[try position(1, in: 0)]))
        case .token: .token(model.display(try model.encode(text(0))[try position(1, in: 0)]))
        case .vocabulary: .number(Double(sizes.vocabulary))
        case .width: .number(Double(sizes.width))
        case .layers: .number(Double(sizes.layers))
        case .heads: .number(Double(sizes.heads))
        case .headWidth: .number(Double(sizes.headWidth))
        case .context: .number(Double(sizes.context))
        case .parameters: .number(Double(model.network.parameters.count))
        case .merges: .number(Double(model.tokenizer?.bytePairs?.mergeCount ?? 0))
        case .cell: .number(try cell())
        case .rowDifference: .number(try rowDifference())
        case .attention: .number(try attentionRow()[try position(4, in: 0)])
        case .attentionRow: .ranking(try ranking(attentionRow()))
        case .mostAttended: .token(try ranking(attentionRow()).max { $0.value < $1.value }?.label ?? "")
        case .measure, .value: .number(.nan)
        case .quality: .number(try engine.shelf.measurements(model).number(text(0)))
        }
    }

    // MARK: Arguments

    private func text(_ place: Int) -> String {
        if query.arguments.indices.contains(place), case .text(let text) = query.arguments[place] { text } else { "" }
    }

    private func index(_ place: Int) throws -> Int { try engine.index(query.arguments[place], model: model) }

    private func position(_ place: Int, in textPlace: Int) throws -> Int {
        try engine.position(query.arguments[place], in: text(textPlace), model: model)
    }

    // MARK: What comes next

    /// `probabilities` `[1, position, vocabulary]` of some tokens.
    private func probabilities(_ ids: [Int]) throws -> Tensor {
        try engine.trace(query.model, ids: ids).step(StepName(.probabilities)).tensor
    }

    private func probability() throws -> Double {
        let start = try model.encode(text(0))
        let rest = try model.encode(text(1))
        guard !rest.isEmpty else { throw EngineError.noContinuation(text: text(0)) }
        guard !start.isEmpty else { throw Failure(ModelError.emptyText) }
        let table = try probabilities(start + rest.dropLast())
        return rest.enumerated().reduce(1) { product, next in
            product * Double(table.cell([0, start.count - 1 + next.offset, next.element]) ?? 0)
        }
    }

    private func candidates(_ count: Int) throws -> [Answer.Entry] {
        let ids = try model.encode(text(0))
        let table = try probabilities(ids)
        let row = (0..<table.shape[-1]).map { (id: $0, value: table.cell([0, ids.count - 1, $0]) ?? 0) }
        return row.sorted { ($0.value, $1.id) > ($1.value, $0.id) }.prefix(count)
            .map { Answer.Entry(label: model.display($0.id), value: Double($0.value)) }
    }

    private func continuation() throws -> String {
        let tokens = try engine.trace(query.model, ids: model.encode(text(0)), generating: index(1)).tokens
        return model.tokenizer?.decode(tokens.filter(\.isGenerated).map(\.id)) ?? ""
    }

    // MARK: Inside

    private func cell() throws -> Double {
        guard case .indices(let index) = query.arguments[2] else { return .nan }
        return try engine.cell(engine.trace(query.model, ids: model.encode(text(1))), text(0), index)
    }

    /// The largest absolute difference between two rows of `[batch, position, width]`.
    private func rowDifference() throws -> Double {
        let first = try row(of: text(1), at: position(2, in: 1))
        let second = try row(of: text(3), at: position(4, in: 3))
        guard first.count == second.count, !first.isEmpty else { throw EngineError.differentRows(step: text(0)) }
        return zip(first, second).reduce(0) { max($0, abs(Double($1.0) - Double($1.1))) }
    }

    private func row(of text: String, at position: Int) throws -> [Float] {
        let step = try engine.trace(query.model, ids: model.encode(text)).step(StepName(self.text(0)))
        guard step.shape.rank == 3 else { throw EngineError.differentRows(step: self.text(0)) }
        return (0..<step.shape[2]).compactMap { step.tensor.cell([0, position, $0]) }
    }

    /// One query's weights on every key, those of the future included, which are zero.
    private func attentionRow() throws -> [Double] {
        let (layer, head, row) = (try index(1), try index(2), try position(3, in: 0))
        let step = try engine.trace(query.model, ids: model.encode(text(0))).step(.block(layer, .pattern))
        return try (0..<step.shape[3]).map { key in
            guard let value = step.tensor.cell([0, head, row, key]) else {
                throw EngineError.noCell(
                    step: step.name.description, index: [0, head, row, key], shape: step.shape.dimensions)
            }
            return Double(value)
        }
    }

    /// The weights of the tokens that may be attended to.
    private func ranking(_ weights: [Double]) throws -> [Answer.Entry] {
        let ids = try model.encode(text(0))
        return zip(ids, weights).prefix(try position(3, in: 0) + 1)
            .map { Answer.Entry(label: model.display($0), value: $1) }
    }
}
