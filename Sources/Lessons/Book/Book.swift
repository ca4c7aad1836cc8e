import Drawing
import Foundation
import Reading
import Wording

/// The course as a folder of pages that work from a file, offline.
package struct Book<Source: FigureSource>: Sendable {
    package let course: Course
    package let source: Source

    package init(_ course: Course, source: Source) {
        self.course = course
        self.source = source
    }

    /// How far the writing is.
    package struct Progress: Sendable, Hashable {
        /// Figures drawn so far, of so many.
        package var done: Int
        package var total: Int
        /// What was just finished, such as `1.9 merges zh-Hans`.
        package var what: String
    }

    /// What was written.
    package struct Summary: Sendable, Hashable {
        package var pages: Int
        package var figures: Int
        package var pictures: Int
        /// The page to open first.
        package var index: URL
        /// Chapters and figures that the book lacks, and why.
        package var findings: [Finding] = []
    }

    /// Writes the whole book beside its place first, then moves it there, so that a failure leaves the old one.
    ///
    /// A chapter whose questions the engine cannot answer, and a figure that cannot be drawn, are named in the summary;
    /// the rest is written.
    ///
    /// - Parameters:
    ///   - folder: an earlier book in it is replaced, and what else lies beside it stays; refused if it holds no book.
    ///   - languages: the reader's first.
    ///   - mayReplace: whether it is not refused, and files in the way are replaced.
    ///   - progress: called from several threads, never at the same time.
    /// - Throws: `BookError`.
    package func write(
        to folder: URL, languages: [Language] = Language.allCases, mayReplace: Bool = false,
        progress: @Sendable @escaping (Progress) -> Void = { _ in }
    ) throws -> Summary {
        let place = try BookFolder(folder, mayReplace: mayReplace)
        let output = try place.open(mayReplace: mayReplace)
        var findings: [Finding] = []
        var answered: [AnsweredChapter] = []
        var formulas: [ProseMarkup.FormulaKey: TypesetFormula] = [:]
        for chapter in course.chapters {
            do {
                let one = try chapter.answered(by: source, in: self.course)
                try typeset(one.formulaKeys, into: &formulas)
                answered.append(one)
            } catch {
                findings.append(Finding(error, of: chapter))
            }
        }
        guard !answered.isEmpty else { throw BookError.noChapter(findings.first) }
        let course = course.keeping(answered.map(\.chapter))
        let drawn = try draw(answered, languages: languages, into: output, progress: progress)
        var pages = 0
        func write(_ page: [UInt8], to path: String) throws {
            try output.write(page, as: path)
            pages += 1
        }
        for language in languages {
            let frame = PageFrame(course: course, language: language, languages: languages)
            var covers: [ChapterID: (files: FigureFiles, figure: Figure)] = [:]
            for chapter in answered {
                let id = chapter.chapter.id
                var figures: [String: Figure] = [:]
                for placed in chapter.chapter.figures {
                    let files = FigureFiles(chapter: id, figure: placed.id, language: language)
                    figures[placed.id] = drawn.figures[files]
                    if covers[id] == nil, let first = figures[placed.id] { covers[id] = (files, first) }
                }
                let page = ChapterPage(
                    chapter: chapter, language: language, figures: figures, formulas: formulas, frame: frame)
                try write(page.page, to: "\(language.rawValue)/\(chapter.chapter.pageName).html")
            }
            try write(ContentsPage(frame: frame, covers: covers).page, to: "\(language.rawValue)/index.html")
        }
        try write(CoverPage(course: course, languages: languages).page, to: "index.html")
        try BookFolder.writeAssets(course.root.appendingPathComponent("assets"), into: output)
        try place.commit(output)
        return Summary(
            pages: pages, figures: drawn.figures.count, pictures: drawn.pictures,
            index: folder.appendingPathComponent("index.html"), findings: findings + drawn.findings)
    }

    private func typeset(
        _ keys: Set<ProseMarkup.FormulaKey>, into formulas: inout [ProseMarkup.FormulaKey: TypesetFormula]
    ) throws {
        for key in keys where formulas[key] == nil {
            formulas[key] = try source.formula(key.notation, display: key.isDisplayed)
        }
    }
}

extension AnsweredChapter {
    /// Every formula that its pages typeset.
    var formulaKeys: Set<ProseMarkup.FormulaKey> {
        var keys: Set<ProseMarkup.FormulaKey> = []
        func add(_ text: [Inline]) {
            for case .formula(let notation) in text.flatMap(\.all) {
                keys.insert(ProseMarkup.FormulaKey(notation: notation, isDisplayed: false))
            }
        }
        func add(_ blocks: [Block]) {
            for block in blocks {
                for text in block.inlines { add(text) }
                for notation in block.displayedFormulas {
                    keys.insert(ProseMarkup.FormulaKey(notation: notation, isDisplayed: true))
                }
            }
        }
        for language in Language.allCases {
            add(title[language])
            add(goal[language])
            for section in steps.map(\.section) + [experiment.section] {
                add(section.title[language])
                add(section.prose[language])
            }
            for variant in experiment.variants { add(variant.label[language]) }
            for question in quiz + steps.compactMap(\.ask) + [recall].compactMap({ $0 }) {
                add(question.question[language])
                add(question.explanation[language])
                for choice in question.choices {
                    add(choice.label[language])
                    if let hint = choice.hint { add(hint[language]) }
                }
                if case .ordering(let ordering) = question.kind {
                    for item in ordering.items { add(item.label[language]) }
                }
            }
        }
        return keys
    }
}
