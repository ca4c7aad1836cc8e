import Foundation
import Testing
import Wording

@testable import Lessons

/// The chapters that are shipped. That they are sound, the example of `lessons check` in the command's tests decides, which
/// also runs what they print.
@Suite struct CourseTests {
    let course: Course

    init() throws { course = try Course.load(shippedCourse) }

    @Test func holdsTheChapters() {
        #expect(
            Set(course.chapters.map(\.id.description)).isSuperset(
                of: ["1.1", "1.3", "1.4", "1.9", "1.11", "4.2", "5.7", "6.2"]))
    }

    @Test func everyPhraseOfTheBookExists() {
        for phrase in BookWords.allCases.map(\.phrase) + LessonProblem.allCases.map(\.phrase)
            + CheckWords.allCases.map(\.phrase)
        {
            #expect(!phrase.english.isEmpty && !phrase.chinese.isEmpty)
            #expect(places(phrase.english) == places(phrase.chinese), "\(phrase)")
        }
    }

    private func places(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{[a-z]+\}/).map { String($0.output) })
    }

    @Test func listsItself() throws {
        let english = course.listing(in: .english)
        let first = try #require(english.first { $0.id == "1.1" })
        #expect(first.part == 1)
        #expect(first.document == "why-word-by-word")
        #expect(first.steps == 6)
        let json = try JSONEncoder().encode(english)
        let keys = try #require(try JSONSerialization.jsonObject(with: json) as? [[String: Any]]).first?.keys.sorted()
        #expect(keys == ["document", "id", "part", "section", "steps", "title"])
    }

    @Test func everyCommandSplitsIntoWords() throws {
        for chapter in course.chapters {
            for (_, _, command) in chapter.commands {
                for language in Language.allCases {
                    let text = try command[language].text(from: SketchSource())
                    #expect(CommandWords.problem(in: text, parse: nil) == nil, "\(text)")
                }
            }
        }
    }
}
