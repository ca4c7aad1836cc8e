import Foundation
import Testing
import Wording

@testable import Lessons

@Suite struct ElectronicBookTests {
    /// Stored names and the beginning that every reader looks for; the rest is what `epubcheck` looks at.
    @Test(arguments: Language.allCases) func anArchiveOfChapters(_ language: Language) throws {
        let scratch = try SmallCourse.twoChapters { _ in }
        let book = ElectronicBook(try Course.load(scratch.url), source: SketchSource(), language: language)
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

    @Test func aRefusedFigureNamesItsChapter() throws {
        let scratch = try SmallCourse().write()
        let source = SketchSource(refusedFigures: ["scores"])
        let book = ElectronicBook(try Course.load(scratch.url), source: source, language: .english)
        #expect(throws: BookError.self) { try book.bytes() }
    }
}
