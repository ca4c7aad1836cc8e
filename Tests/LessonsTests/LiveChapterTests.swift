import Foundation
import Subjects
import Testing
import Wording

@testable import Lessons

/// A chapter for the live page: every step in both languages, with figures that a page can ask for or has drawn.
@Suite struct LiveChapterTests {
    @Test(arguments: ["1.11", "5.2"]) func everyStepHasItsWordsAndFigures(_ id: String) throws {
        let course = try Course.load(shippedCourse)
        let chapter = try #require(ChapterID(id).flatMap { course.chapter($0) }).answered(by: shippedEngine, in: course)
        let live = try LiveChapter(chapter, engine: shippedEngine)
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(live.json.line.utf8)) as? [String: [String: Any]])
        for language in Language.allCases {
            let own = try #require(json[language.rawValue])
            let steps = try #require(own["steps"] as? [[String: Any]])
            #expect(steps.count == chapter.steps.count + 2)
            var slides = 0
            for (step, written) in zip(steps, chapter.steps) {
                #expect(step["id"] as? String == written.id)
                #expect((step["html"] as? String)?.contains("{{") == false)
                let figures = try #require(step["figures"] as? [[String: Any]])
                #expect(figures.count == written.figures.count)
                for (figure, drawn) in zip(figures, written.figures) {
                    if let place = figure["slide"] as? Int {
                        #expect(place == slides)
                        slides += 1
                        continue
                    }
                    #expect(live.models.contains(try #require(figure["source"] as? String)))
                    let question = try #require(figure["question"] as? [String: Any])
                    #expect(question["text"] as? String == drawn.placed.reference[language].value("text"))
                    #expect(figure["kind"] != nil || figure["cell"] != nil || figure["table"] != nil)
                }
            }
            #expect(slides <= live.slides[language].count)
        }
        // The chapter of attention asks a model, that of the line has no text.
        #expect(live.models == (id == "1.11" ? ["next-word"] : []))
    }
}
