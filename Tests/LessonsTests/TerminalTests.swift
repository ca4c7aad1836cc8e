import Testing
import Wording

@testable import Lessons

@Suite struct TerminalTests {
    @Test(arguments: Language.allCases, [40, 72])
    func everyChapterFitsTheWidth(_ language: Language, _ width: Int) throws {
        let course = try Course.load(shippedCourse)
        for chapter in course.chapters {
            let answered = try chapter.answered(by: shippedEngine)
            let screen = LessonScreen(language: language, isStyled: false, width: width)
            let page = TerminalChapter(answered, source: SketchSource(), screen: screen)
            let text = String(decoding: try page.whole(answers: true), as: UTF8.self)
            for line in text.split(separator: "\n") where !line.hasPrefix("  $ ") && !line.hasPrefix("    ") {
                // Punctuation that may not begin a line can hang over by one character; a word may be longer than it.
                #expect(line.columns <= width + 2 || !line.trimmingSuffix.contains("  "), "\(line)")
            }
            #expect(text.hasPrefix("\(chapter.id)"))
            #expect(!text.contains("\u{1B}"))
            for (_, _, command) in chapter.commands {
                #expect(text.contains(try command[language].text(from: shippedEngine)))
            }
        }
    }

    @Test func stylesAreEscapesAndNothingElse() throws {
        let chapter = try #require(try Course.load(shippedCourse).chapters.first).answered(by: SketchSource())
        func page(isStyled: Bool) throws -> String {
            let screen = LessonScreen(language: .english, isStyled: isStyled, width: 80)
            let page = TerminalChapter(chapter, source: SketchSource(), screen: screen)
            return String(decoding: try page.whole(answers: false), as: UTF8.self)
        }
        let styled = try page(isStyled: true)
        #expect(try styled.replacing(/\u{1B}\[[0-9;]*m/, with: "") == page(isStyled: false))
        #expect(styled.contains("\u{1B}"))
    }

    @Test(arguments: [("abc", 3), ("中文", 4), ("，", 2), ("é", 1), ("a中b", 4)])
    func columnsOfWideCharacters(_ text: String, _ columns: Int) {
        #expect(text.columns == columns)
    }
}
