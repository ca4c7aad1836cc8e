import Drawing
import Foundation
import Rendering
import Synchronization
import Wording

/// The course in one language as a PDF: title, contents, chapters with their figures, answers, words, index.
package struct PrintedBook<Source: FigureSource>: Sendable {
    let course: Course
    private let source: Source
    private let language: Language
    /// The course's chapters with their numbers; both languages share them.
    private let answered: [AnsweredChapter]
    private let style: PrintStyle

    /// - Parameters:
    ///   - answered: the chapters that the book is to have; those that the engine could not answer are missing.
    ///   - measurer: of the fonts that paint.
    package init(
        _ course: Course, answered: [AnsweredChapter], source: Source, language: Language,
        measurer: any TextMeasurer = PangoMeasurer()
    ) {
        self.course = course.keeping(answered.map(\.chapter))
        self.answered = answered
        self.source = source
        self.language = language
        style = PrintStyle(language: language, measurer: measurer.any)
    }

    /// What was made.
    package struct Made: Sendable {
        package var bytes: [UInt8]
        package var pages: Int
        /// Figures and pages that the book lacks, and why.
        package var findings: [Finding]
    }

    /// - Parameter progress: how many figures are drawn; called from several threads, never at the same time.
    /// - Throws: `BookError` where it would hold no chapter, and what painting throws.
    package func make(
        progress: @Sendable @escaping (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> Made {
        let (document, findings) = try document(progress: progress)
        return Made(bytes: try document.bytes(), pages: document.pages.count, findings: findings)
    }

    /// The book before it is painted.
    func document(
        progress: @Sendable @escaping (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> (PDFDocument, [Finding]) {
        guard !answered.isEmpty else { throw BookError.noChapter(nil) }
        let (extras, extraFindings) = BookPage.all(course, source: source)
        let glossary = extras.first { $0.name == "words" }?.glossary(language) ?? []
        let (figures, figureFindings) = draw(progress)
        let chapters = set(figures, words: glossary.map { $0.word.lowercased() })
        let pages = PrintedPages(
            course: course, style: style, answered: answered, chapters: chapters, extras: extras, glossary: glossary,
            cover: answered.first.flatMap { figures[$0.chapter.id]?[$0.chapter.figures.first?.id ?? ""] })
        return (pages.document, extraFindings + figureFindings)
    }

    // MARK: Figures

    private struct Job: Sendable {
        var chapter: Chapter
        var figure: AnsweredChapter.Figure
    }

    /// Every figure, drawn on all cores.
    private func draw(
        _ progress: @Sendable @escaping (_ done: Int, _ total: Int) -> Void
    ) -> ([ChapterID: [String: PrintFigure]], [Finding]) {
        let jobs = answered.flatMap { chapter in
            chapter.shownFigures.map { Job(chapter: chapter.chapter, figure: $0) }
        }
        let results = Mutex<(done: Int, drawn: [Int: Result<PrintFigure?, any Error>])>((0, [:]))
        DispatchQueue.concurrentPerform(iterations: jobs.count) { index in
            let result = Result { try self.draw(jobs[index].figure) }
            results.withLock {
                $0.drawn[index] = result
                $0.done += 1
                progress($0.done, jobs.count)
            }
        }
        let drawn = results.withLock { $0.drawn }
        var figures: [ChapterID: [String: PrintFigure]] = [:]
        var findings: [Finding] = []
        for (index, job) in jobs.enumerated() {
            switch drawn[index] {
            case .success(let figure): figures[job.chapter.id, default: [:]][job.figure.placed.id] = figure
            case .failure(let error):
                findings.append(
                    CheckWords.figureFails.finding(
                        at: "\(job.figure.placed.place) \(language.rawValue)",
                        [
                            "figure": Phrase(job.figure.placed.reference[language].id),
                            "reason": Finding.reason(error),
                        ]))
            case nil: break
            }
        }
        return (figures, findings)
    }

    /// Laid out for a page's width; its words stand under it.
    private func draw(_ figure: AnsweredChapter.Figure) throws -> PrintFigure? {
        let setting = FigureSetting(language: language, theme: .light, size: Size(700, 500), isQuiet: true)
        let drawn = try source.layout(figure.placed.reference[language], setting)
        return PrintFigure(drawn, captions: figure.captions[language].map(\.plainText))
    }

    // MARK: Chapters

    /// Every chapter's bands, set on all cores.
    private func set(_ figures: [ChapterID: [String: PrintFigure]], words: [String]) -> [ChapterID: [PrintBand]] {
        let bands = Mutex<[ChapterID: [PrintBand]]>([:])
        DispatchQueue.concurrentPerform(iterations: answered.count) { index in
            let chapter = answered[index]
            let id = chapter.chapter.id
            let own = PrintChapter(
                chapter: chapter, course: course, style: style, figures: figures[id] ?? [:], words: words
            ).bands
            bands.withLock { $0[id] = own }
        }
        return bands.withLock { $0 }
    }
}

extension AnsweredChapter {
    /// The figures that paper shows, in their order.
    var shownFigures: [Figure] { steps.flatMap(\.figures) + experiment.shown.map(\.figure) }
}

extension AnsweredChapter.Experiment {
    /// The variants that paper shows: the first and the last are enough to see what changes.
    var shown: [Variant] {
        guard variants.count > 2, let first = variants.first, let last = variants.last else { return variants }
        return [first, last]
    }
}
