import Drawing
import Figures
import Models
import Reading
import Rendering
import Subjects
import Tracing
import Wording

/// A chapter's figures as a live page has them: asked of a model that is in the page, where a text of a shipped model
/// gives them; else drawn beforehand.
struct LiveFigures {
    let engine: ModelEngine
    private(set) var models: [String] = []
    private(set) var slides = Bilingual<[Slide]>(english: [], chinese: [])

    init(engine: ModelEngine) { self.engine = engine }

    /// `{"source": …, "question": {…}, "kind": …, "layer": …}`, or `{"slide": …}` with its place among the slides; the
    /// captions of the chapter in place of the figure's own.
    /// - Parameter label: what is pressed to see it, where that is more than its number.
    mutating func json(
        _ figure: AnsweredChapter.Figure, _ language: Language, label: String? = nil
    ) throws -> JSONText {
        let reference = figure.placed.reference[language]
        let words = try engine.written(reference.words)
        let source = try SubjectSource(words)
        var look = try Look(words)
        look.figures = [reference.id]
        var beside = [("captions", JSONText.texts(figure.captions[language].map(\.plainText)))]
        if let label { beside.append(("label", .text(label))) }
        if let asked = try asked(source, look, words) { return .members(asked + beside) }
        var style = SlideStyle(language: language, measurer: PangoMeasurer())
        style.isQuiet = true
        let subject = try engine.shelf.subject(source)
        guard let picture = try subject.pictures(look, style).pictures.first else { throw SubjectError.noFigures }
        let slide = try subject.slide(picture, look, style)
        let place = slides[language].count
        switch language {
        case .english: slides.english.append(slide)
        case .chinese: slides.chinese.append(slide)
        }
        return .members([("slide", .integer(place))] + beside)
    }

    /// nil where the page's engine has no such figure.
    private mutating func asked(
        _ source: SubjectSource, _ look: Look, _ words: SubjectWords
    ) throws -> [(String, JSONText)]? {
        guard case .text(let text) = source, text.tokens == nil, text.rate == nil else { return nil }
        let model = text.model ?? ModelLibrary.standard
        guard try engine.model(model).tokenizer != nil else { return nil }
        let run = try engine.shelf.subject(source)
        guard let trace = run.traced?.trace else { return nil }
        var members: [(String, JSONText)] = [("source", .text(model)), ("question", question(words))]
        let step = look.steps.count == 1 ? look.steps.first : nil
        let id = look.figures.first ?? ""
        if let step, let at = look.at, id == ExplainCell.id {
            members.append(("cell", .object(["step": .text(step), "index": .integers(at)])))
        } else if let step, id == StepValues.id {
            members.append(("table", .text(step)))
        } else {
            let style = SlideStyle(language: .english, measurer: PangoMeasurer())
            let all = try run.pictures(Look(), style).pictures
            guard look.top == nil, all.contains(where: { $0.id == id }) else { return nil }
            members.append(("kind", .text(id)))
        }
        if let layer = look.layer { members.append(("layer", .integer(layer))) }
        if let head = look.head { members.append(("head", .integer(head))) }
        if let stack = look.stack { members.append(("stack", .text(stack.rawValue))) }
        if let position = try look.position?.index(in: trace, stack: look.stack) {
            members.append((look.stack == .decoder ? "target" : "position", .integer(position)))
        }
        if !models.contains(model) { models.append(model) }
        return members
    }

    /// What the page asks of its engine: the words about the text, without the model.
    private func question(_ words: SubjectWords) -> JSONText {
        let keys = SubjectSource.textKeys.filter { words.has($0) }
        return .members(
            keys.map { key in
                let values = words.texts(key)
                let isList = ["off", "scale", "patch"].contains(key)
                return (key, isList ? .texts(values) : .text(values.last ?? ""))
            })
    }
}
