import Testing
import Wording

@testable import Lessons

@Suite struct TerminalTests {
    @Test(arguments: Language.allCases) func everyChapterFitsTheWidth(_ language: Language) throws {
        let course = try Course.load(shippedCourse)
        for chapter in course.chapters {
            let answered = try chapter.answered(by: shippedEngine)
            let page = TerminalChapter(answered, source: SketchSource(), language: language)
            let text = try page.text(isStyled: false, width: 72)
            for line in text.split(separator: "\n") where !line.hasPrefix("  $ ") && !line.hasPrefix("    ") {
                // Punctuation that may not begin a line can hang over by one character.
                #expect(line.columns <= 74, "\(line)")
            }
            #expect(text.hasPrefix("\(chapter.id)"))
            #expect(!text.contains("\u{1B}"))
            for step in chapter.steps { #expect(text.contains(try step.command.text(from: shippedEngine))) }
        }
    }

    @Test func stylesAreEscapesAndNothingElse() throws {
        let chapter = try #require(try Course.load(shippedCourse).chapters.first).answered(by: SketchSource())
        let page = TerminalChapter(chapter, source: SketchSource(), language: .english)
        let styled = try page.text(isStyled: true)
        let plain = try page.text(isStyled: false)
        #expect(styled.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
        #expect(styled != plain)
    }

    @Test(arguments: [("abc", 3), ("中文", 4), ("，", 2), ("é", 1), ("a中b", 4)])
    func columnsOfWideCharacters(_ text: String, _ columns: Int) {
        #expect(text.columns == columns)
    }
}
