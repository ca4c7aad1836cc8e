import Drawing
import Models
import Rendering
import Subjects
import Tracing
import Wording

/// The engine itself: answers from traces of the shipped models, from runs and comparisons, and draws their figures.
///
/// Whatever is looked at is made once and kept, since many figures and numbers speak of the same few texts.
package final class ModelEngine: FigureSource {
    let shelf: SubjectShelf
    /// The size that figures are laid out for; one that does not fit is drawn as a slide.
    let size: Size

    /// A page's column is narrower than a slide: the same letters on fewer pixels are easier to read there.
    package static let pageSize = Size(1280, 720)

    package init(home: Home, size: Size = ModelEngine.pageSize) {
        shelf = SubjectShelf(home: home)
        self.size = size
    }

    /// - Throws: what loading the model throws.
    func model(_ name: String) throws -> LanguageModel { try shelf.model(name) }

    /// The trace of some tokens, and of so many generated after them.
    func trace(_ model: String, ids: [Int], generating count: Int = 0) throws -> Trace {
        try shelf.subject(.text(TextSource(ids: ids, model: model, tokens: count))).trace
    }

    // MARK: Figures

    package func figure(
        _ reference: FigureReference, language: Language, theme: Theme.Mode
    ) throws -> DrawnFigure {
        let figure = try drawing(reference, language: language, theme: theme)
        let renderer = Renderer()
        return DrawnFigure(
            figure, pictures: try figure.frames.indices.map { Array(try renderer.svg(figure, frame: $0).utf8) })
    }

    package func pdf(_ reference: FigureReference, language: Language) throws -> [UInt8] {
        try Renderer().pdf(drawing(reference, language: language, theme: .light))
    }

    /// The words with the measured numbers in their places.
    func written(_ words: [FigureReference.Word]) throws -> SubjectWords {
        let name = words.last { $0.key == "model" }?.value ?? ModelLibrary.standard
        return try words.written { Int(try shelf.measurements(model(name)).number($0)) }
    }

    func subject(_ words: [FigureReference.Word]) throws -> Subject {
        try shelf.subject(SubjectSource(written(words)))
    }

    /// - Throws: `SubjectError`, and what tracing and layout throw.
    private func drawing(_ reference: FigureReference, language: Language, theme: Theme.Mode) throws -> Figure {
        let subject = try subject(reference.words)
        var look = try Look(written(reference.words))
        look.figures = [reference.id]
        var style = SlideStyle(
            size: look.size?.size ?? size, theme: .named(theme), language: language, measurer: PangoMeasurer(),
            command: try reference.command.text(from: self))
        let pictures = try subject.pictures(look, style).pictures
        guard let picture = pictures.first else { throw SubjectError.noFigures }
        do {
            return try subject.figure(picture, look, style)
        } catch {
            guard error.leastSize != nil, look.size == nil else { throw error }
            style.size = .slide
            return try subject.figure(picture, look, style)
        }
    }

    // MARK: Text

    package func formula(_ notation: String, display: Bool) throws -> TypesetFormula {
        let formula = try Formula(parsing: notation)
        return TypesetFormula(mathML: formula.mathML(display: display), plain: formula.plainText)
    }

    package func unknownGlyphs(in text: String) -> [Character] {
        let measurer = PangoMeasurer()
        guard measurer.unknownGlyphs(in: text) > 0 else { return [] }
        return text.filter { measurer.unknownGlyphs(in: String($0)) > 0 }
    }
}
