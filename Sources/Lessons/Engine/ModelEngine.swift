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
    let corpora = MadeTable<String, LearnedCorpus>()

    package init(home: Home) { shelf = SubjectShelf(home: home) }

    /// - Throws: what loading the model throws.
    func model(_ name: String) throws -> LanguageModel { try shelf.model(name) }

    /// The trace of some tokens, and of so many generated after them.
    func trace(_ model: String, ids: [Int], generating count: Int = 0) throws -> Trace {
        try shelf.subject(.text(TextSource(ids: ids, model: model, tokens: count))).trace
    }

    // MARK: Figures

    /// The words with the measured numbers in their places.
    func written(_ words: [FigureReference.Word]) throws -> SubjectWords {
        let name = words.last { $0.key == "model" }?.value ?? ModelLibrary.standard
        return try words.written { Int(try shelf.measurements(model(name)).number($0)) }
    }

    func subject(_ words: [FigureReference.Word]) throws -> Subject {
        try shelf.subject(SubjectSource(written(words)))
    }

    /// - Throws: `SubjectError`, and what tracing and layout throw.
    package func layout(_ reference: FigureReference, _ setting: FigureSetting) throws -> Figure {
        var look = try Look(written(reference.words))
        look.figures = [reference.id]
        if setting.isExact { look.size = nil }
        return try layout(
            subject(reference.words), look, setting, command: reference.command.text(from: self))
    }

    package func layout(_ command: DrawCommand, _ setting: FigureSetting) throws -> Figure? {
        try layout(shelf.subject(command.source), command.look, setting, command: "")
    }

    package func sums(of reference: FigureReference) -> (Drawing.Tag) -> String? {
        guard let trace = try? subject(reference.words).traced?.trace else { return { _ in nil } }
        let sums = CellSums(trace)
        return { sums.text($0) }
    }

    private func layout(
        _ subject: Subject, _ look: Look, _ setting: FigureSetting, command: String
    ) throws -> Figure {
        var style = SlideStyle(
            size: look.size?.size ?? setting.size, theme: .named(setting.theme), language: setting.language,
            measurer: PangoMeasurer(), command: command)
        style.isQuiet = setting.isQuiet
        style.namesLeastSize = !setting.isExact
        let pictures = try subject.pictures(look, style).pictures
        guard let picture = pictures.first else { throw SubjectError.noFigures }
        do {
            return try subject.figure(picture, look, style)
        } catch {
            guard let least = error.leastSize, look.size == nil, !setting.isExact else { throw error }
            // Of the same shape, as small as may be.
            let zoom = max(least.width / style.size.width, least.height / style.size.height, 1)
            style.size = Size((style.size.width * zoom).rounded(.up), (style.size.height * zoom).rounded(.up))
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
