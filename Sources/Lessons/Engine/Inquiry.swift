import Drawing
import Figures
import Foundation
import Models
import Reading
import Rendering
import Subjects
import Tensors
import Tokenizers
import Tracing
import Training
import Wording

/// One query in the middle of being answered.
struct Inquiry {
    let engine: ModelEngine
    let query: Query
    let model: LanguageModel
    /// The text that is asked about; nil where the query asks one of the chapter's sources.
    let asked: String?
    /// The other arguments, in order.
    let rest: [Argument]

    init(engine: ModelEngine, query: Query) throws {
        self.engine = engine
        self.query = query
        let own = query.subject.last { $0.key == "model" }?.value
        model = try engine.model(query.subject.isEmpty ? query.model : own ?? query.model)
        var asked: String?
        var rest: [Argument] = []
        let signature = query.subjectName == nil ? query.name.signature : query.name.signature.filter { $0 != .asked }
        for (argument, kind) in zip(query.arguments, signature) {
            if kind == .asked, case .text(let text) = argument { asked = text } else { rest.append(argument) }
        }
        self.asked = asked
        self.rest = rest
    }

    func answer() throws -> Answer {
        let sizes = model.network.sizes
        return switch query.name {
        case .probability: .number(try probability())
        case .nextToken: .token(try candidates().first?.label ?? "")
        case .topProbability: .number(try candidates().first?.value ?? 0)
        case .nextTokens: .ranking(Array(try candidates().prefix(try index(0))))
        case .candidates: .number(Double(try candidates().count))
        case .rank: .number(try rank())
        case .lensToken: .token(model.display(try lens().first))
        case .lensProbability: .number(try lens().probability)
        case .lensRank: .number(Double(try lens().rank))
        case .continuation: .token(try continuation())
        case .loss: .number(try loss())
        case .perplexity: .number(exp(try loss()))
        case .tokenLoss: .number(try tokenLoss(at: position(0)))
        case .accuracy: .number(try accuracy())
        case .bleu: .number(BLEU(sentence: text(0), references: [text(1)]).score)
        case .tokenCount: .number(Double(try ids().count))
        case .byteCount: .number(Double(text(0).utf8.count))
        case .tokenID: .number(Double(try ids()[position(0)]))
        case .token: .token(model.display(try ids()[position(0)]))
        case .text: .token(text(0))
        case .vocabulary: .number(Double(sizes.vocabulary))
        case .width: .number(Double(sizes.width))
        case .layers: .number(Double(sizes.layers))
        case .heads: .number(Double(sizes.heads))
        case .headWidth: .number(Double(sizes.headWidth))
        case .context: .number(Double(sizes.context))
        case .parameters: .number(Double(model.network.parameters.count))
        case .merges: .number(Double(model.tokenizer?.bytePairs?.mergeCount ?? 0))
        case .fileBytes: .number(Double(try DiskFile(path: model.folder + "/model.safetensors").count))
        case .corpusTexts: .number(Double(try engine.corpus(model).texts.count))
        case .corpusBytes: .number(Double(try engine.corpus(model).bytes))
        case .corpusCount: .number(Double(try engine.corpus(model).count(text(0))))
        case .corpusShare: .number(try engine.corpus(model).share(of: text(1), after: text(0)))
        case .cell: .number(try engine.cell(trace(), text(0), indices(1)))
        case .sum, .mean, .greatest, .least, .norm: .number(try slice().number(query.name))
        case .whereGreatest: .cell(try slice().place { $0 > $1 })
        case .whereLeast: .cell(try slice().place { $0 < $1 })
        case .rowDifference: .number(try rowDifference())
        case .cosine: .number(try cosine())
        case .shape: .token(TraceShape(try trace().step(StepName(text(0)))).text)
        case .inputShape: .token(try inputShape())
        case .attention: .number(try attentionRow()[position(3)])
        case .attentionRow: .ranking(try ranking(attentionRow()))
        case .mostAttended: .token(try ranking(attentionRow()).max { $0.value < $1.value }?.label ?? "")
        case .measure, .value: .number(.nan)
        case .quality: .number(try engine.shelf.measurements(model).number(text(0)))
        }
    }

    // MARK: Arguments

    func text(_ place: Int) -> String {
        if rest.indices.contains(place), case .text(let text) = rest[place] { text } else { "" }
    }

    private func indices(_ place: Int) -> [Int] {
        if rest.indices.contains(place), case .indices(let indices) = rest[place] { indices } else { [] }
    }

    func index(_ place: Int) throws -> Int {
        rest.indices.contains(place) ? try engine.index(rest[place], model: model) : 0
    }

    /// A token of what is asked about.
    func position(_ place: Int) throws -> Int {
        guard rest.indices.contains(place) else { return 0 }
        if let asked { return try engine.position(rest[place], in: asked, model: model) }
        let words: TokenPlace =
            if case .at(let text) = rest[place] { .characters(text) } else { .index(try index(place)) }
        return try words.index(in: trace(), option: query.name.rawValue)
    }

    /// A token of a text that is an argument itself.
    func position(_ place: Int, inText textPlace: Int) throws -> Int {
        try engine.position(rest[place], in: text(textPlace), model: model)
    }

    // MARK: What is asked about

    func trace() throws -> Trace {
        if let asked { return try engine.trace(query.model, ids: model.encode(asked)) }
        return try engine.subject(query.subject).trace
    }

    func ids() throws -> [Int] {
        if let asked { return try model.encode(asked) }
        return try trace().tokens.filter { !$0.isGenerated }.map(\.id)
    }

    private var sampling: Sampling? {
        guard !query.settings.isEmpty else { return nil }
        return Sampling(
            temperature: query.setting("temperature").flatMap(Double.init) ?? 1,
            topK: query.setting("top-k").flatMap { Int($0) }, topP: query.setting("top-p").flatMap(Double.init),
            seed: query.setting("seed").flatMap { UInt64($0) } ?? 0)
    }

    /// What follows one of the tokens, likeliest first: after temperature and cuts, where the query names them.
    func following(_ place: Int, in trace: Trace) throws -> [(id: Int, value: Double)] {
        func row(_ name: StepName) throws -> [Float] {
            let table = try trace.step(name).tensor
            return (0..<table.shape[-1]).map { table.cell([0, place, $0]) ?? 0 }
        }
        if let sampling {
            try sampling.validate()
            return sampling.candidates(try row(StepName(.logits))).map { ($0.id, $0.probability) }
        }
        return try row(StepName(.probabilities)).enumerated().map { (id: $0.offset, value: Double($0.element)) }
            .sorted { ($0.value, $1.id) > ($1.value, $0.id) }
    }

    private func candidates() throws -> [Answer.Entry] {
        guard let last = try ids().indices.last else { throw Failure(ModelError.emptyText) }
        return try following(last, in: trace()).map { Answer.Entry(label: model.display($0.id), value: $0.value) }
    }

    private func probability() throws -> Double {
        let start = try ids()
        let said = try model.encode(text(0))
        guard let first = said.first, asked != nil || said.count == 1 else {
            throw EngineError.noContinuation(text: asked ?? query.source)
        }
        guard !start.isEmpty else { throw Failure(ModelError.emptyText) }
        guard asked != nil else {
            return try following(start.count - 1, in: trace()).first { $0.id == first }?.value ?? 0
        }
        let trace = try engine.trace(query.model, ids: start + said.dropLast())
        return try said.enumerated().reduce(1) { product, next in
            let row = try following(start.count - 1 + next.offset, in: trace)
            return product * (row.first { $0.id == next.element }?.value ?? 0)
        }
    }

    /// Counted from one: how many tokens the model finds likelier, and one.
    private func rank() throws -> Double {
        let start = try ids()
        guard let wanted = try model.encode(text(0)).first else {
            throw EngineError.noContinuation(text: asked ?? query.source)
        }
        guard !start.isEmpty else { throw Failure(ModelError.emptyText) }
        let row = try following(start.count - 1, in: trace())
        return Double((row.firstIndex { $0.id == wanted } ?? row.count) + 1)
    }

    /// What the output layer reads out of the stream after so many layers, as the figure `logit-lens` shows it.
    private func lens() throws -> (first: Int, probability: Double, rank: Int) {
        let (layers, trace) = (try index(0), try trace())
        let style = SlideStyle(language: .english, measurer: PangoMeasurer())
        let request = FigureRequest(trace: trace, tokenizer: model.tokenizer, text: asked ?? "", style: style)
        guard let lens = LensReadings(request), let reading = lens.reading(after: layers) else {
            throw EngineError.noLens(layers: layers, count: model.network.sizes.layers)
        }
        return reading
    }

    private func continuation() throws -> String {
        let count = try index(0)
        if asked != nil, let sampling, case .decoder(let decoder) = model.network {
            let said = try decoder.generate(
                from: ids(), count: count, sampling: sampling, stop: Set(model.endOfText))
            return model.tokenizer?.decode(said.map { $0.id }) ?? ""
        }
        let trace = try asked == nil ? trace() : engine.trace(query.model, ids: ids(), generating: count)
        return model.tokenizer?.decode(trace.tokens.filter(\.isGenerated).prefix(count).map(\.id)) ?? ""
    }
}
