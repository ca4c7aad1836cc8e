import Foundation
import Testing
import Wording

@testable import Lessons

@Suite struct ElectronicBookTests {
    /// Stored names and the beginning that every reader looks for; the rest is what `epubcheck` looks at.
    @Test(arguments: Language.allCases) func anArchiveOfChapters(_ language: Language) throws {
        let scratch = try SmallCourse.twoChapters { _ in }
        let course = try scratch.with { try Course.load($0) }
        let book = Self.book(course, SketchSource(), language)
        let (bytes, findings) = try book.bytes()
        #expect(findings.isEmpty && bytes.starts(with: [0x50, 0x4B, 3, 4]))
        let head = String(decoding: bytes[30..<58], as: UTF8.self)
        #expect(head == "mimetypeapplication/epub+zip")
        let text = String(decoding: bytes, as: UTF8.self)
        for name in ["META-INF/container.xml", "OEBPS/book.opf", "OEBPS/nav.xhtml", "1.2-answers.xhtml", "1.1-two.svg"]
        {
            #expect(text.contains(name), "\(name)")
        }
        #expect(try book.bytes().bytes == bytes)
    }

    private static func book(
        _ course: Course, _ source: SketchSource, _ language: Language
    ) -> ElectronicBook<SketchSource> {
        ElectronicBook(course, answered: course.answered(by: source).chapters, source: source, language: language)
    }

    @Test func aRefusedFigureIsNamedAndStopsNothing() throws {
        let scratch = try SmallCourse().write()
        let course = try scratch.with { try Course.load($0) }
        let made = try Self.book(course, SketchSource(refusedFigures: ["scores"]), .english).bytes()
        #expect(made.findings.count == 1 && made.findings[0].message.english.contains("scores"))
        #expect(throws: BookError.self) {
            try ElectronicBook(course, answered: [], source: SketchSource(), language: .english).bytes()
        }
    }

    /// An earlier chapter's question, variants, shapes, meanings and sources are there, and what leads to them.
    @Test(arguments: Language.allCases) func aChapterLacksNothing(_ language: Language) throws {
        let all = try Course.load(shippedCourse)
        let wanted = all.chapters.filter { chapter in
            chapter.recall != nil && !chapter.experiment.variants.isEmpty
        }
        let chapter = try #require(wanted.first)
        let source = SketchSource()
        let answered = try chapter.answered(by: source, in: all)
        let (parts, findings) = try EPUBChapter(answered, in: all, source: source, language: language).parts()
        #expect(findings.isEmpty)
        let pages = parts.filter { $0.title != nil }.map { String(decoding: $0.bytes, as: UTF8.self) }
        let page = try #require(pages.first)
        #expect(pages.count == 2)
        let recalled = try #require(answered.recall)
        #expect(page.contains("id=\"question-1\"") && pages[1].contains("id=\"answer-1\""))
        #expect(answered.numberedQuestions.first?.question == recalled.question)
        for variant in chapter.experiment.variants { #expect(page.contains("\(chapter.id)-\(variant.figure.id).svg")) }
        for fact in chapter.facts { #expect(page.contains("id=\"fact-\(fact.name)\"")) }
    }
}
