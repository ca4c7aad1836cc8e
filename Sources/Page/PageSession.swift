import Drawing
import Figures
import Models
import Reading
import Subjects
import Tensors
import Tokenizers
import Tracing
import Wording

/// What a page asks: one model, one text at a time. A question is a JSON object, and so is every answer; what cannot be
/// answered is an answer too: `{"error": "…"}` in the reader's language.
///
/// Every question may carry `language` and `theme`, which stay until they are changed. `ask` is one of:
/// - `model`: name, family, kind, sizes.
/// - `text` (`text`, or `ids` for a model without a tokenizer; with `pair`, `target` and the other words of a subject,
///   `off`, `scale` and `patch` among them): tokens, stacks, the parts of the model's map, kinds and places of the figures, what comes next.
/// - `steps`: every step's name, operation and shape.
/// - `figure` (`name`, or `table` with a step; `width`, `height`; `frame`, `position`, `head`, `quiet`): one picture and
///   its words. Quiet, it agrees with the others of its story in that room, has its legend apart, and says of each
///   group (`data-step`, or `data-name` where it is no step) out of which steps it grows (`groups`, `data-from`).
///   Without `frame` it is the frame of the token asked about, or else the last.
/// - `shows` (`step`, `index`): the figures that show a number, the best first.
/// - `name` (`step`, `index`): what a cell is called, where it lies, its value.
/// - `explain` (`step`, `index`): how the cell came to be, and which steps read it.
/// - `forward` (`step`, `index`, `reader`): the cells of a step that read it.
package final class PageSession {
    let model: LanguageModel
    private let measurer: AnyTextMeasurer
    private(set) var language = Language.english
    private(set) var theme = Theme.light
    private(set) var text = ""
    private var read: TextRun?
    private var source: TextSource?

    package init(model: LanguageModel, measurer: AnyTextMeasurer) {
        self.model = model
        self.measurer = measurer
    }

    /// A text, its trace and what can be drawn of it, in the order in which one steps through it.
    struct TextRun {
        let subject: Subject
        let trace: Trace
        let placements: [Catalogue.Placement]
    }

    package func ask(_ question: [UInt8]) -> [UInt8] {
        var json = JSONWriter(.dense)
        do throws(Failure) {
            try answer(try PageQuestion(question), &json)
            return json.bytes
        } catch {
            return Self.refusal(error, in: language)
        }
    }

    /// The numbers of a step, where they lie, and its shape: a page paints its small pictures from them.
    package func step(_ name: String) -> Step? { read?.trace[StepName(name)] }

    static func refusal(_ failure: Failure, in language: Language) -> [UInt8] {
        var json = JSONWriter(.dense)
        json.object { $0.member("error", failure.explanation[language].message) }
        return json.bytes
    }

    private func answer(_ question: PageQuestion, _ json: inout JSONWriter) throws(Failure) {
        if let tag = question.text("language"), let language = Language(tag: tag) { self.language = language }
        if let name = question.text("theme"), let mode = Theme.Mode(rawValue: name) { theme = .named(mode) }
        let name = try question.needed("ask")
        switch name {
        case "model": ModelAnswer(model: model, language: language).write(to: &json)
        case "text": try answerText(question, &json)
        case "steps":
            let run = try run()
            json.object { json in
                json.array("steps") { json in
                    for step in run.trace.steps {
                        json.value(
                            [step.name.description, step.operation.name, step.shape.description].joined(separator: " "))
                    }
                }
            }
        case "figure":
            let run = try run()
            try FigureAnswer(run: run, style: style, question: question).write(to: &json)
        case "explain":
            let run = try run()
            let name = StepName(try question.needed("step"))
            let index = try question.neededWholes("index")
            try WhyAnswer(request: request(run), run: run).write(name, index, to: &json)
        case "name":
            let run = try run()
            let step = try run.trace.step(StepName(try question.needed("step")))
            let index = try question.neededWholes("index")
            guard let value = step.tensor.cell(index) else {
                throw Failure(
                    TracingError.index(
                        step: step.name.description, index: index, shape: step.shape.description))
            }
            let words = words(run)
            json.object { json in
                json.member("title", words.title(step, at: index))
                json.member("place", words.place(step, at: index))
                json.member("value", Double(value))
            }
        case "shows":
            let run = try run()
            let step = try run.trace.step(StepName(try question.needed("step")))
            let names = Stages.showing(step.name, at: question.wholes("index") ?? [], step, in: run)
            json.object { json in json.member("figures", names) }
        case "forward":
            let run = try run()
            let name = StepName(try question.needed("step"))
            let reader = StepName(try question.needed("reader"))
            let index = try question.neededWholes("index")
            try ReadersAnswer(trace: run.trace, words: words(run)).write(name, index, reader, to: &json)
        default: throw Failure(PageError.unknown(name))
        }
    }

    private func run() throws(Failure) -> TextRun {
        guard let read else { throw Failure(PageError.noText) }
        return read
    }

    // MARK: A text

    private func answerText(_ question: PageQuestion, _ json: inout JSONWriter) throws(Failure) {
        let source = try source(question)
        // Another language or theme changes no number.
        if read == nil || source != self.source {
            let trace = try TextReader(model: model).trace(source)
            self.source = source
            text = source.text ?? (source.ids ?? []).map { String($0) }.joined(separator: ",")
            let subject = Subject(
                title: text, traced: TracedText(trace: trace, tokenizer: model.tokenizer, text: text))
            read = TextRun(
                subject: subject, trace: trace, placements: Stages.ordered(try subject.pictures(Look(), style), trace))
        }
        let run = try run()
        TextAnswer(request: request(run), run: run, words: words(run)).write(to: &json)
    }

    /// What is to be read, in the words that the command line and chapters use too.
    private func source(_ question: PageQuestion) throws(Failure) -> TextSource {
        if question.wholes("ids") == nil { _ = try question.needed("text") }
        do throws(SubjectError) {
            guard case .text(let source) = try SubjectSource(question.words(SubjectSource.textKeys)) else {
                throw .oneOf(expected: ["text", "ids"], found: [])
            }
            return source
        } catch {
            throw Failure(error)
        }
    }

    private func request(_ run: TextRun) -> FigureRequest {
        FigureRequest(trace: run.trace, tokenizer: model.tokenizer, text: text, style: style)
    }

    private var style: SlideStyle { SlideStyle(theme: theme, language: language, measurer: measurer) }

    private func words(_ run: TextRun) -> CellWords {
        CellWords(trace: run.trace, tokenizer: model.tokenizer, language: language)
    }
}

/// Runs a model of any kind on a typed text.
struct TextReader {
    let model: LanguageModel

    /// - Throws: ``PageError/nothingToRead``, or what the model says of the text and the changes.
    func trace(_ given: TextSource) throws(Failure) -> Trace {
        let source = try typed(given)
        let input = try source.input(of: model)
        guard !input.ids.isEmpty, source.ids != nil || source.text?.isEmpty == false else {
            throw Failure(PageError.nothingToRead)
        }
        return try source.changed(try trace(input), of: model) { (input) throws(Failure) in try trace(input) }
    }

    /// What is meant by what was typed: the numbers of tokens where a model has no tokenizer (`5, 1, 3`), a second
    /// sentence where it reads pairs.
    private func typed(_ given: TextSource) throws(Failure) -> TextSource {
        guard let text = given.text else { return given }
        var source = given
        guard model.tokenizer != nil else {
            let parts = text.split { !$0.isNumber && $0 != "-" }
            let ids = parts.compactMap { Int($0) }
            guard ids.count == parts.count else { throw Failure(PageError.notIds) }
            (source.text, source.ids) = (nil, ids)
            return source
        }
        if source.pair == nil { (source.text, source.pair) = parts(text) }
        return source
    }

    private func trace(_ given: ModelInput) throws(Failure) -> Trace {
        var input = given
        guard case .encoderDecoder(let translator) = model.network, input.target == nil else {
            return try model.trace(input)
        }
        // It writes word by word; then the whole is read once more at once, so that every figure shows whole matrices.
        // Both ways give the same numbers: no place sees what comes after it.
        let start = translator.configuration.startID
        let written = try translator.generate(from: input.ids, count: model.usualLength(input))
        input.target = [start] + written.dropLast().map({ $0.id })
        var trace = try model.trace(input)
        if let last = written.last { trace.targetTokens.append(model.token(last.id)) }
        for place in trace.targetTokens.indices.dropFirst() { trace.targetTokens[place].isGenerated = true }
        return trace
    }

    /// A second sentence stands behind the token that separates two, as an encoder of pairs is used to: `… [SEP] …`.
    private func parts(_ text: String) -> (first: String, second: String?) {
        guard case .encoder(let encoder) = model.network, encoder.configuration.segments > 1,
            let tokenizer = model.tokenizer,
            let id = tokenizer.id(of: .separator) ?? tokenizer.id(ofSpelling: "[SEP]"),
            let mark = tokenizer.spelling(of: id), let found = text.firstRange(of: mark)
        else { return (text, nil) }
        let (first, second) = (text[..<found.lowerBound], text[found.upperBound...])
        guard first.contains(where: { !$0.isWhitespace }), second.contains(where: { !$0.isWhitespace }) else {
            return (text, nil)
        }
        return (String(first), String(second))
    }
}

/// What is known of the model before any text.
struct ModelAnswer {
    let model: LanguageModel
    let language: Language

    func write(to json: inout JSONWriter) {
        let card = model.card
        json.object { json in
            json.member("name", model.name)
            json.member("family", model.family)
            let kind =
                switch model.network {
                case .decoder: "decoder"
                case .encoder: "encoder"
                case .encoderDecoder: "encoder-decoder"
                }
            json.member("kind", kind)
            json.member("words", model.network.kind[language])
            json.object("numbers") { json in
                for (name, number) in card.numbers.sorted(by: { $0.key < $1.key }) { json.member(name, number) }
            }
        }
    }
}
