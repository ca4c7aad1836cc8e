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
        /// Chapters that were made now; the others were there already.
        package var written: Int
        /// The page to open first.
        package var index: URL
        /// Chapters and figures that the book lacks, and why.
        package var findings: [Finding] = []
    }

    /// What a book is made with, besides its chapters.
    package struct Setting: Sendable {
        /// The reader's first.
        package var languages: [Language]
        /// Whether a folder is not refused that holds no book, and files in the way are replaced.
        package var mayReplace: Bool
        /// The chapters to make; the others stay as they are. All where it is empty.
        package var only: Set<ChapterID>
        /// Names the engine and its models: with another, everything is made anew. Nothing is kept where it is empty.
        package var engine: String

        package init(
            languages: [Language] = Language.allCases, mayReplace: Bool = false, only: Set<ChapterID> = [],
            engine: String = ""
        ) {
            self.languages = languages
            self.mayReplace = mayReplace
            self.only = only
            self.engine = engine
        }
    }

    /// Writes the book beside its place first, then moves it there, so that a failure leaves the old one. Chapters whose
    /// files are as they were, made by the same engine, stay.
    ///
    /// A chapter whose questions the engine cannot answer, and a figure that cannot be drawn, are named in the summary;
    /// the rest is written.
    ///
    /// - Parameters:
    ///   - folder: an earlier book in it is replaced, and what else lies beside it stays; refused if it holds no book.
    ///   - progress: called from several threads, never at the same time.
    /// - Throws: `BookError`.
    package func write(
        to folder: URL, _ setting: Setting = Setting(), progress: @Sendable @escaping (Progress) -> Void = { _ in }
    ) throws -> Summary {
        let place = try BookFolder(folder, mayReplace: setting.mayReplace)
        let output = try place.open(mayReplace: setting.mayReplace)
        var plan = BookPlan(course: course, setting: setting, place: place)
        let answers = plan.answer(source)
        let course = course.keeping(plan.chapters)
        guard !course.chapters.isEmpty else { throw BookError.noChapter(answers.findings.first) }
        let jobs = answers.chapters.flatMap { figureJobs($0, setting.languages) }
        let drawn = try draw(jobs, into: output, progress: progress)
        var formulas: [ProseMarkup.FormulaKey: TypesetFormula] = [:]
        for chapter in answers.chapters { try typeset(chapter.formulaKeys, into: &formulas) }
        let extras = BookPage.all(course, source: source)
        var entries = plan.kept
        for chapter in answers.chapters {
            let id = chapter.chapter.id
            var files: [String] = []
            for language in setting.languages {
                let frame = PageFrame(
                    course: course, language: language, languages: setting.languages, extras: extras.pages)
                var figures: [String: [BookFigure]] = [:]
                for name in chapter.chapter.figures.map(\.id) {
                    figures[name] = drawn.figures[FigureFiles(chapter: id, figure: name, language: language)]
                }
                let page = ChapterPage(
                    chapter: chapter, language: language, figures: figures, formulas: formulas, frame: frame)
                let texts = [
                    (page.page, "\(language.rawValue)/\(chapter.chapter.pageName).html"),
                    (ChapterSearch(chapter, language).script, ChapterSearch.path(id, language)),
                ]
                for (bytes, path) in texts {
                    try output.write(bytes, as: path)
                    files.append(path)
                }
                files += figures.values.joined().flatMap(\.paths)
            }
            // What is lacking is tried again by the next build.
            let isSound = drawn.findings[id] == nil && !setting.engine.isEmpty
            entries[id] = BookLedger.Entry(
                key: isSound ? plan.key(chapter.chapter) : "",
                figures: jobs.count { $0.files.chapter == id && drawn.figures[$0.files] != nil },
                pages: setting.languages.count, files: Set(files).sorted())
        }
        let pages = try writeFrame(course, setting.languages, extras.pages, into: output)
        try BookFolder.writeAssets(course.root.appendingPathComponent("assets"), into: output)
        try place.commit(output, entries)
        return Summary(
            pages: pages + entries.values.map(\.pages).reduce(0, +),
            figures: entries.values.map(\.figures).reduce(0, +), written: answers.chapters.count,
            index: folder.appendingPathComponent("index.html"),
            findings: extras.findings + answers.findings
                + answers.chapters.flatMap { drawn.findings[$0.chapter.id] ?? [] })
    }

    private func figureJobs(_ chapter: AnsweredChapter, _ languages: [Language]) -> [Job] {
        chapter.chapter.figures.flatMap { figure in
            languages.map { language in
                Job(
                    files: FigureFiles(chapter: chapter.chapter.id, figure: figure.id, language: language),
                    reference: figure.reference[language], place: figure.place)
            }
        }
    }

    /// The pages that belong to no chapter.
    /// - Returns: how many.
    private func writeFrame(
        _ course: Course, _ languages: [Language], _ extras: [BookPage], into output: OutputFolder
    ) throws -> Int {
        var pages: [(path: String, page: [UInt8])] = [
            ("index.html", CoverPage(course: course, languages: languages).page)
        ]
        for language in languages {
            let frame = PageFrame(course: course, language: language, languages: languages, extras: extras)
            for extra in extras {
                var formulas: [ProseMarkup.FormulaKey: TypesetFormula] = [:]
                try typeset(extra.formulaKeys(language), into: &formulas)
                pages.append(
                    ("\(language.rawValue)/\(extra.name).html", extra.page(frame, formulas: formulas)))
            }
            pages.append(("\(language.rawValue)/index.html", ContentsPage(frame: frame).page))
        }
        for (path, page) in pages { try output.write(page, as: path) }
        return pages.count
    }

    func typeset(
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
