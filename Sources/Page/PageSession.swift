import Drawing
import Figures
import Models
import Reading
import Subjects
import Tensors
import Tokenizers
import Tracing
import Wording

/// What a page asks: one model, one text at a time, or one run that is over. A question is a JSON object, and so is every
/// answer; what cannot be answered is an answer too: `{"error": "…"}` in the reader's language.
///
/// Every question may carry `language` and `theme`, which stay until they are changed. `ask` is one of:
/// - `model`: name, family, kind, sizes; of a run that is over what is known of them.
/// - `text` (`text`, or `ids` for a model without a tokenizer; with `pair`, `target` and the other words of a subject,
///   `off`, `scale` and `patch` among them; `put`, tokens chosen by hand, as places and ids in turn; `before`, to see it
///   without the changes): tokens, stacks, the parts of the model's map, kinds and places of the figures, what comes
///   next, what was changed. A run that is over answers with its own text.
/// - `steps`: every step's name, operation and shape.
/// - `figure` (`name`, or `table` with a step; `width`, `height`; `frame`, `position`, `head`, `quiet`): one picture and
///   its words. Quiet, it agrees with the others of its story in that room, has its legend apart, and says of each
///   group (`data-step`, or `data-name` where it is no step) out of which steps it grows (`groups`, `data-from`).
///   Without `frame` it is the frame of the token asked about, or else the last.
/// - `predict` (`name`; `position`, `head`): what can be asked before that figure is shown: question, options, which of them
///   is right and why the others are not, what is to be veiled meanwhile; `{"kind": "none"}` where there is no question.
/// - `shows` (`step`, `index`): the figures that show a number, the best first.
/// - `name` (`step`, `index`): what a cell is called, where it lies, its value.
/// - `explain` (`step`, `index`): how the cell came to be, and which steps read it.
/// - `code` (`text`): a QR code of an address, as a picture.
/// - `forward` (`step`, `index`, `reader`): the cells of a step that read it.
/// - `guess` (`position`; `temperature`, `topK`, `topP`): the shares of the likeliest tokens or classes, without the
///   changes and with them, and those that the next token is drawn by.
/// - `ablate` (`position`; `stack` and `layer` for one alone): what the guess becomes without each part of the model; of
///   the run without its changes.
/// - `write` (`count`; as `guess`, and `seed`): goes on, and answers with all that is put then.
package final class PageSession {
    private let runs: PageRuns
    private let measurer: AnyTextMeasurer
    /// Whether lines were measured elsewhere than where they are shown: each then says how wide it is.
    private let keepsWidths: Bool
    private var ablations = Ablations()
    private(set) var language = Language.english
    private(set) var theme = Theme.light

    package init(model: LanguageModel, measurer: AnyTextMeasurer, keepsWidths: Bool = false) {
        runs = PageRuns(.model(model))
        self.measurer = measurer
        self.keepsWidths = keepsWidths
    }

    package init(run: TracedText, measurer: AnyTextMeasurer, keepsWidths: Bool = false) {
        runs = PageRuns(.run(run))
        self.measurer = measurer
        self.keepsWidths = keepsWidths
    }

    /// The text that was read last; nil before there is one.
    package var subject: Subject? { runs.now?.subject }

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
    package func step(_ name: String) -> Step? { runs.now?.trace[StepName(name)] }

    static func refusal(_ failure: Failure, in language: Language) -> [UInt8] {
        var json = JSONWriter(.dense)
        json.object { $0.member("error", failure.explanation[language].message) }
        return json.bytes
    }

    /// A figure as it is taken away. The question is a `figure`'s; head and foot are there unless it is `quiet`.
    /// - Throws: ``PageError``, what the figure throws.
    package func figure(_ question: [UInt8]) throws(Failure) -> (figure: Figure, frame: Int) {
        let question = try PageQuestion(question)
        turn(to: question)
        return try FigureAnswer(run: try run(), style: style, question: question, isWhole: true).figure()
    }

    private func turn(to question: PageQuestion) {
        if let tag = question.text("language"), let language = Language(tag: tag) { self.language = language }
        if let name = question.text("theme"), let mode = Theme.Mode(rawValue: name) { theme = .named(mode) }
    }

    private func answer(_ question: PageQuestion, _ json: inout JSONWriter) throws(Failure) {
        turn(to: question)
        let name = try question.needed("ask")
        switch name {
        case "model":
            switch runs.origin {
            case .model(let model): ModelAnswer(model: model, language: language).write(to: &json)
            case .run(let run): ModelAnswer(card: run.trace.model, language: language).write(to: &json)
            }
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
            try FigureAnswer(run: run, style: style, question: question, keepsWidths: keepsWidths).write(to: &json)
        case "predict":
            let run = try run()
            try PredictAnswer(run: run, words: words(run), question: question).write(to: &json)
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
        case "code":
            guard let code = QRCode(try question.needed("text")) else { throw Failure(PageError.tooLong) }
            json.object { $0.member("svg", code.svg) }
        case "forward":
            let run = try run()
            let name = StepName(try question.needed("step"))
            let reader = StepName(try question.needed("reader"))
            let index = try question.neededWholes("index")
            try ReadersAnswer(trace: run.trace, words: words(run)).write(name, index, reader, to: &json)
        case "guess":
            let run = try run()
            try GuessAnswer(run: run, model: runs.model, words: words(run)).write(question, to: &json)
        case "ablate":
            let run = try run()
            try ablations.write(question, of: run, words: words(run), to: &json)
        case "write":
            guard let model = runs.model else { throw Failure(PageError.nothingWritten) }
            try WritingAnswer(model: model, run: try run(), question).write(to: &json)
        default: throw Failure(PageError.unknown(name))
        }
    }

    private func run() throws(Failure) -> TextRun {
        guard let run = runs.now else { throw Failure(PageError.noText) }
        return run
    }

    private func answerText(_ question: PageQuestion, _ json: inout JSONWriter) throws(Failure) {
        try runs.read(question, style)
        let run = try run()
        TextAnswer(request: request(run), run: run, words: words(run)).write(to: &json)
    }

    private func request(_ run: TextRun) -> FigureRequest {
        FigureRequest(
            trace: run.trace, tokenizer: runs.tokenizer, text: run.subject.traced?.text ?? "", style: style)
    }

    private var style: SlideStyle { SlideStyle(theme: theme, language: language, measurer: measurer) }

    private func words(_ run: TextRun) -> CellWords {
        CellWords(trace: run.trace, tokenizer: runs.tokenizer, language: language)
    }
}
