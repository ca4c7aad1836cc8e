import Drawing
import Models
import Reading
import Subjects
import Tracing
import Training
import Wording

/// What small machines that learn in the page are asked: the playground's network, the perceptron. They need no model and
/// no file. Questions and answers are JSON objects, as a `PageSession`'s are; `language` and `theme` stay until changed.
///
/// `ask` is one of:
/// - `begin` (`room`: `playground`, `perceptron`; with its options): a new one, and all that is known of it.
/// - `advance` (`epochs`, or `updates`): learns on.
/// - `look`: how it stands.
/// - `set`: a number by hand.
/// - `sets` (`noise`, `seed`): some points of every data set.
/// - `figure` (`name`, `width`, `height`): of a perceptron, the figure of a calculation with its numbers.
/// - `explain`, `name`, `forward`, `steps`, `step`: about the numbers of what comes next, as a `PageSession` answers: the
///   playground's next update, the perceptron's decisions.
///
/// What is painted many times a second comes as plain numbers: ``frame(advancing:side:output:)``.
package final class PlaySession {
    private let measurer: AnyTextMeasurer
    private var language = Language.english
    private var theme = Theme.light
    private var room: Room?
    /// The next step of the room, written down: made when it is asked about, dropped when a number changes.
    private var written: PageSession?

    private enum Room {
        case playground(PlaygroundRoom)
        case perceptron(PerceptronRoom)
    }

    package init(measurer: AnyTextMeasurer) { self.measurer = measurer }

    package func ask(_ question: [UInt8]) -> [UInt8] {
        var json = JSONWriter(.dense)
        do throws(Failure) {
            let read = try PageQuestion(question)
            if let tag = read.text("language"), let language = Language(tag: tag) { self.language = language }
            if let name = read.text("theme"), let mode = Theme.Mode(rawValue: name) { theme = .named(mode) }
            switch try read.needed("ask") {
            case "explain", "name", "forward", "steps": return try nextStep().ask(question)
            case let name: try answer(name, read, &json)
            }
            return json.bytes
        } catch {
            return PageSession.refusal(error, in: language)
        }
    }

    private func answer(_ name: String, _ question: PageQuestion, _ json: inout JSONWriter) throws(Failure) {
        switch name {
        case "begin":
            switch try question.needed("room") {
            case "playground": room = .playground(try PlaygroundRoom(question))
            case "perceptron": room = .perceptron(try PerceptronRoom(question))
            default: throw Failure(PlayError.option("room"))
            }
            written = nil
        case "sets": return PlaygroundRoom.writeSets(question, language, to: &json)
        case "look": break
        case "figure":
            guard case .perceptron(let perceptron)? = room else { throw Failure(PlayError.nothing) }
            return try perceptron.writeFigure(question, style, to: &json)
        case "advance", "set":
            written = nil
            switch room {
            case .playground(var playground)?:
                // Nothing else holds it meanwhile: what it changes is not copied.
                room = nil
                defer { room = .playground(playground) }
                try name == "set" ? playground.set(question) : playground.advance(question)
            case .perceptron(var perceptron)?:
                try name == "set" ? perceptron.set(question) : perceptron.advance(question)
                room = .perceptron(perceptron)
            case nil: throw Failure(PlayError.nothing)
            }
        default: throw Failure(PageError.unknown(name))
        }
        switch room {
        case .playground(let playground)?: playground.write(isNew: name == "begin", language, to: &json)
        case .perceptron(let perceptron)?: perceptron.write(language, to: &json)
        case nil: throw Failure(PlayError.nothing)
        }
    }

    private var style: SlideStyle { SlideStyle(theme: theme, language: language, measurer: measurer) }

    /// What comes next, as a run that is over.
    private func nextStep() throws(Failure) -> PageSession {
        if let written { return written }
        let trace: Trace
        switch room {
        case .playground(let playground)?: trace = try playground.playground.nextUpdate()
        case .perceptron(let perceptron)?: trace = try perceptron.table.trace()
        case nil: throw Failure(PlayError.nothing)
        }
        let made = PageSession(run: TracedText(trace: trace), measurer: measurer)
        _ = made.ask(Array(#"{"ask":"text","language":"\#(language.rawValue)"}"#.utf8))
        written = made
        return made
    }

    /// The playground after so many more epochs, as a page paints it (``PlaygroundRoom/frame(side:output:)``).
    /// - Throws: ``PlayError/nothing``, `TrainingError.diverged(step:cause:)`.
    package func frame(advancing epochs: Int, side: Int, output: Int) throws(Failure) -> [Float] {
        guard case .playground(var playground)? = room else { throw Failure(PlayError.nothing) }
        room = nil
        defer { room = .playground(playground) }
        if epochs > 0 {
            written = nil
            try playground.run(epochs: min(epochs, PlaygroundRoom.mostEpochs))
        }
        return playground.frame(side: side, output: output)
    }

    /// What cannot be done, as an answer.
    package func refusal(_ failure: Failure) -> [UInt8] { PageSession.refusal(failure, in: language) }
}

/// Why a small machine cannot do what was asked.
enum PlayError: ExplainedError, Hashable {
    case nothing
    case option(String)

    var explanation: Phrase {
        switch self {
        case .nothing: Phrase(en: "nothing is there to learn yet: “begin” comes first", zh: "还没有可以学习的对象：先要“begin”")
        case .option(let name): Phrase(en: "“\(name)” has no such choice", zh: "“\(name)”没有这个选项")
        }
    }
}
