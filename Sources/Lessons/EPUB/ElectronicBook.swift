import Drawing
import Foundation
import Pages
import Rendering
import Synchronization
import Wording

/// The course in one language as an EPUB 3: its chapters with their figures, and an answer key at the end.
package struct ElectronicBook<Source: FigureSource>: Sendable {
    private let course: Course
    private let source: Source
    private let language: Language

    package init(_ course: Course, source: Source, language: Language) {
        self.course = course
        self.source = source
        self.language = language
    }

    /// One file of the archive, as its package lists it.
    struct Part: Sendable {
        var name: String
        var media: String
        var bytes: [UInt8]
        /// Names of the features that a reader has to know, such as `mathml`.
        var properties: String?
        /// For the table of contents; nil for what is no page.
        var title: String?
        var chapter: ChapterID?

        var id: String { "i" + name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined() }
    }

    /// - Returns: the archive, and what it lacks.
    /// - Throws: `BookError` where it would hold no chapter.
    package func bytes(
        progress: @Sendable @escaping (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> (bytes: [UInt8], findings: [Finding]) {
        let made = Mutex<[ChapterID: Result<[Part], any Error>]>([:])
        let chapters = course.chapters
        DispatchQueue.concurrentPerform(iterations: chapters.count) { index in
            let chapter = chapters[index]
            let result = Result { try self.chapterParts(chapter) }
            made.withLock {
                $0[chapter.id] = result
                progress($0.count, chapters.count)
            }
        }
        var parts: [Part] = []
        var findings: [Finding] = []
        for chapter in chapters {
            switch made.withLock({ $0[chapter.id] }) {
            case .success(let own): parts += own
            case .failure(let error): findings.append(Finding(error, of: chapter))
            case nil: break
            }
        }
        guard !parts.isEmpty else { throw BookError.noChapter(findings.first) }
        let pages = parts.filter { $0.title != nil && $0.chapter != nil }
        let keys = parts.filter { $0.name.hasSuffix("-answers.xhtml") }
        let package = EPUBPackage(course: course, language: language, chapters: pages, answers: keys)
        var zip = ZIPWriter()
        try zip.add(Array("application/epub+zip".utf8), as: "mimetype", isStored: true)
        for (name, text) in package.files(parts) { try zip.add(Array(text.utf8), as: name) }
        for part in parts { try zip.add(part.bytes, as: "OEBPS/\(part.name)") }
        return (zip.bytes, findings)
    }

    // MARK: A chapter

    private func address(_ id: ChapterID) -> String? { course.chapter(id).map { "\($0.pageName).xhtml" } }

    private func chapterParts(_ chapter: Chapter) throws -> [Part] {
        let answered = try chapter.answered(by: source, in: course)
        var formulas: [ProseMarkup.FormulaKey: TypesetFormula] = [:]
        for key in answered.formulaKeys {
            formulas[key] = try source.formula(key.notation, display: key.isDisplayed)
        }
        let course = course
        func prose(_ anchor: String) -> ProseMarkup {
            var prose = ProseMarkup(
                language: language, formulas: formulas,
                address: { id in course.chapter(id).map { "\($0.pageName).xhtml" } }, anchor: anchor)
            prose.facts = Dictionary(chapter.facts.map { ($0.name, $0) }) { first, _ in first }
            prose.glosses = chapter.glosses
            return prose
        }
        var pictures: [Part] = []
        var body: [Markup] = [
            Tag.h1 { "\(chapter.id) \(answered.title[language].plainText)" },
            Tag.p(.class("goal")) { prose("goal").inlines(answered.goal[language]) },
        ]
        for step in answered.steps {
            body.append(Tag.h2(.id(step.id)) { prose("\(step.id)-title").inlines(step.section.title[language]) })
            body += prose(step.id).blocks(step.section.prose[language])
            for figure in step.figures { body += try self.figure(figure, of: chapter, into: &pictures) }
        }
        let experiment = answered.experiment
        body.append(
            Tag.h2(.id(ProseOutline.experiment)) { prose("e").inlines(experiment.section.title[language]) })
        body += prose("experiment").blocks(experiment.section.prose[language])
        body.append(Tag.p(.class("command")) { Tag.code { experiment.command[language] } })
        body.append(Tag.h2(.id(ProseOutline.quiz)) { BookWords.quiz[language] })
        let questions = answered.steps.compactMap(\.ask) + answered.quiz
        var key: [Markup] = [Tag.h1 { "\(BookWords.answers[language]) \(chapter.id)" }]
        for (index, question) in questions.enumerated() {
            let text = prose("q\(index)")
            body.append(
                Tag.p {
                    "\(index + 1). "
                    Tag.strong { text.inlines(question.question[language]) }
                })
            body.append(
                Tag.ol(.class("choices")) {
                    for choice in question.choices { Tag.li { text.inlines(choice.label[language]) } }
                })
            guard question.choices.indices.contains(question.right) else { continue }
            let answer = prose("a\(index)")
            key.append(
                Tag.p {
                    "\(index + 1). "
                    Tag.strong { answer.inlines(question.choices[question.right].label[language]) }
                })
            key += answer.blocks(question.explanation[language])
        }
        body.append(
            Tag.p { Tag.a(.href("\(chapter.id)-answers.xhtml")) { BookWords.answers[language] } })
        let title = "\(chapter.id) \(answered.title[language].plainText)"
        return [
            page(address(chapter.id) ?? "\(chapter.id).xhtml", title, chapter.id, body),
            page("\(chapter.id)-answers.xhtml", "\(BookWords.answers[language]) \(chapter.id)", nil, key),
        ] + pictures
    }

    private func page(_ name: String, _ title: String, _ chapter: ChapterID?, _ body: [Markup]) -> Part {
        var writer = XHTML()
        for part in body { writer.write(part) }
        return Part(
            name: name, media: "application/xhtml+xml",
            bytes: XHTML.page(title, language, style: "book.css", body: body),
            properties: writer.text.contains("<math") ? "mathml" : nil, title: title, chapter: chapter)
    }

    /// The last frame as a picture, and what every frame says.
    private func figure(
        _ figure: AnsweredChapter.Figure, of chapter: Chapter, into pictures: inout [Part]
    ) throws -> [Markup] {
        let setting = FigureSetting(language: language, theme: .light)
        let drawn = try source.layout(figure.placed.reference[language], setting)
        guard let last = drawn.frames.last else { return [] }
        let name = "\(chapter.id)-\(figure.placed.id).svg"
        let picture = try Renderer().svg(drawn, frame: drawn.frames.count - 1, prefix: "g")
        pictures.append(
            Part(name: name, media: "image/svg+xml", bytes: Array(Self.plain(picture).utf8), properties: nil))
        let own = figure.captions[language].map(\.plainText)
        let captions = own.isEmpty ? drawn.frames.map(\.caption) : own
        return [
            Tag.figure {
                Tag.img(.at(.src, name), .at(.alt, last.altText))
                Tag.figcaption {
                    if captions.count == 1 {
                        Tag.p { captions[0] }
                    } else {
                        Tag.ol { for caption in captions { Tag.li { caption } } }
                    }
                }
            },
            Tag.p(.class("command")) { Tag.code { figure.command[language] } },
        ]
    }

    /// Without the marks of cells, which only our own pages read and the standard of pictures does not know.
    private static func plain(_ picture: String) -> String {
        picture.replacing(/\ (?:data-step|data-at|inkscape:[a-z]+|xmlns:inkscape|aria-[a-z]+|role)="[^"]*"/, with: "")
    }
}
