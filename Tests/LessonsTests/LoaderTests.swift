import Foundation
import Testing
import Wording

@testable import Lessons

@Suite struct LoaderTests {
    /// What may be wrong with the files of one chapter: the others are there, and it is named.
    @Test(arguments: [
        ("en.md", nil), ("zh-Hans.md", Data()), ("en.md", Data([0x23, 0x20, 0xFF, 0xFE, 0x00])), ("chapter.yaml", nil),
        ("chapter.yaml", Data("[1, 2]".utf8)), ("chapter.yaml", Data(repeating: 0x61, count: 5 << 20)),
        ("en.md", Data(repeating: 0x61, count: 5 << 20)), ("chapter.yaml", Data("a: *b".utf8)),
        ("chapter.yaml", Data("\0".utf8)), ("chapter.yaml", Data(repeating: 0x5B, count: 100_000)),
    ])
    func oneOddFileTakesNothingFromTheOtherChapters(_ name: String, _ content: Data?) throws {
        let scratch = try SmallCourse.twoChapters { _ in }
        let file = scratch.url.appendingPathComponent("part-1/1.2-second/\(name)")
        try FileManager.default.removeItem(at: file)
        if let content { try content.write(to: file) }
        let (course, broken) = try scratch.with(Course.loadKeeping)
        #expect(course.chapters.map(\.id.description) == ["1.1"])
        #expect(broken.map(\.file) == ["part-1/1.2-second/\(name)"])
        #expect(broken.allSatisfy { $0.explanation.english.count < 600 }, "\(broken)")
    }

    /// One way to break the small course, and what the loader must say.
    struct Broken: Sendable, CustomTestStringConvertible {
        var file: String
        var old: String
        var new: String
        var problem: LessonProblem
        /// The line of the message; nil where the mistake has none.
        var line: Int?

        var testDescription: String { "\(problem) \(file): \(new)" }
    }

    static let table: [Broken] = [
        Broken(file: "chapter.yaml", old: "id: \"1.1\"", new: "id: [", problem: .notYAML, line: 3),
        Broken(file: "chapter.yaml", old: "model: next-word\n", new: "", problem: .missingKey, line: 1),
        Broken(file: "chapter.yaml", old: "model:", new: "modle:", problem: .unknownKey, line: 4),
        Broken(file: "chapter.yaml", old: "needs: []", new: "needs: 1.2", problem: .wrongType, line: 3),
        Broken(file: "chapter.yaml", old: "model: next-word", new: "model: ' '", problem: .emptyValue, line: 4),
        Broken(file: "chapter.yaml", old: "id: \"1.1\"", new: "id: one", problem: .badIdentifier, line: 1),
        Broken(file: "chapter.yaml", old: "id: \"1.1\"", new: "id: \"1.2\"", problem: .folderMismatch, line: 1),
        Broken(file: "course.yaml", old: "part: 1", new: "part: 2", problem: .unknownPart, line: 1),
        Broken(file: "chapter.yaml", old: "needs: []", new: "needs: [\"7.1\"]", problem: .unknownChapter),
        Broken(file: "chapter.yaml", old: "needs: []", new: "needs: [\"1.1\"]", problem: .needsItself),
        Broken(
            file: "chapter.yaml", old: "  - id: three\n    figure: scores\n    source: {text: the cat}\n", new: "",
            problem: .stepCount, line: 6),
        Broken(file: "chapter.yaml", old: "- id: two", new: "- id: one", problem: .duplicateIdentifier, line: 9),
        Broken(file: "chapter.yaml", old: "- id: two", new: "- id: Two!", problem: .badIdentifier, line: 9),
        Broken(file: "chapter.yaml", old: "{text: 中华人民}", new: "{words: a}", problem: .unknownKey, line: 8),
        Broken(file: "chapter.yaml", old: "{text: 中华人民}", new: "{text: a, b c}", problem: .cutValue, line: 8),
        Broken(file: "chapter.yaml", old: "{text: 中华人民}", new: "{text: a, layer: top}", problem: .badSubject, line: 8),
        Broken(file: "chapter.yaml", old: "{text: 中华人民}", new: "{text: a, top-k: many}", problem: .badSubject, line: 8),
        Broken(file: "chapter.yaml", old: "{text: 中华人民}", new: "{text: a, run: film}", problem: .badSubject, line: 8),
        Broken(
            file: "chapter.yaml", old: "source: {text: the cat}", new: "source: film", problem: .unknownSource, line: 14
        ),
        Broken(
            file: "chapter.yaml", old: "model: next-word", new: "model: next-word\nsources: {film: {runs: film}}",
            problem: .unknownKey, line: 5),
        Broken(
            file: "chapter.yaml", old: "token-count \"中华人民\" == 4", new: "measure friend_share == 4",
            problem: .wantsSource, line: 25),
        Broken(
            file: "chapter.yaml", old: "token-count \"中华人民\" == 4", new: "measure a of=film == 4",
            problem: .unknownSource, line: 25),
        Broken(file: "chapter.yaml", old: "next-tokens", new: "next-words", problem: .unknownQuery, line: 19),
        Broken(file: "chapter.yaml", old: "next-tokens \"我爱吃\" 4", new: "width", problem: .wantsRanking, line: 19),
        Broken(file: "chapter.yaml", old: SmallCourse.others, new: "others: []", problem: .choiceCount, line: 22),
        Broken(file: "chapter.yaml", old: "== 4", new: "is 4", problem: .badClaim, line: 25),
        Broken(file: "chapter.yaml", old: "\"中华人民\" ==", new: "\"中华人民 ==", problem: .unclosedQuotation, line: 25),
        Broken(file: "en.md", old: "# First\n", new: "First\n", problem: .titleMissing, line: 1),
        Broken(file: "en.md", old: "You can.\n\n", new: "", problem: .goalMissing, line: 2),
        Broken(file: "en.md", old: "You can.", new: "You can {{width}}.", problem: .askedGoal, line: 3),
        Broken(file: "en.md", old: "You can.", new: "You can.\n\nAnd more.", problem: .goalMissing, line: 5),
        Broken(file: "en.md", old: "## Two {#two}", new: "## Two", problem: .headingWithoutIdentifier, line: 9),
        Broken(file: "en.md", old: "## Two {#two}", new: "### Two {#two}", problem: .headingLevel, line: 9),
        Broken(file: "en.md", old: "{#two}", new: "{#other}", problem: .sectionUnexpected, line: 9),
        Broken(file: "en.md", old: "## Two {#two}\n\nSome words.\n\n", new: "", problem: .sectionMissing, line: 23),
        Broken(file: "en.md", old: "{#two}", new: "{#one}", problem: .duplicateIdentifier, line: 9),
        Broken(file: "en.md", old: "You can.", new: "A **word（word）**is.", problem: .emphasisTrap, line: 3),
        Broken(file: "en.md", old: "You can.", new: "Then $x + y.", problem: .unclosedMath, line: 3),
        Broken(file: "en.md", old: "You can.", new: "Then {{width.", problem: .unclosedPlaceholder, line: 3),
        Broken(file: "en.md", old: "You can.", new: "Then {{breadth}}.", problem: .unknownQuery, line: 3),
        Broken(file: "en.md", old: "You can.", new: "{{token-count}} it.", problem: .argumentCount, line: 3),
        Broken(file: "en.md", old: "You can.", new: "{{width roman}} it.", problem: .unknownFormat, line: 3),
        Broken(file: "en.md", old: "You can.", new: "{{next-token \"a\" percent}}.", problem: .formatMismatch, line: 3),
        Broken(file: "en.md", old: "You can.", new: "{{token \"a\" last}}.", problem: .badArgument, line: 3),
        Broken(file: "en.md", old: "You can.", new: "It is 97% {quoted}.", problem: .unclosedMarker, line: 3),
        Broken(file: "en.md", old: "You can.", new: "A <b>word</b>.", problem: .rawHTML, line: 3),
        Broken(file: "en.md", old: "You can.", new: "A ![cat](cat.png).", problem: .imageInProse, line: 3),
        Broken(file: "en.md", old: "You can.", new: "A [page](page.html).", problem: .badLink, line: 3),
        Broken(file: "zh-Hans.md", old: "你会了。", new: "**注意力（attention）**是。", problem: .emphasisTrap, line: 3),
        Broken(file: "zh-Hans.md", old: "{#quiz}", new: "{#quiz}\n\n题外话。", problem: .quizText, line: 21),
    ]

    /// What the format of questions, texts and facts can have wrong.
    static let more: [Broken] = [
        Broken(file: "chapter.yaml", old: "{text: 中华人民}", new: "{text: $opening}", problem: .unknownText, line: 8),
        Broken(
            file: "chapter.yaml", old: "figure: softmax", new: "figures: [{figure: a}]", problem: .figureCount, line: 10
        ),
        Broken(
            file: "chapter.yaml", old: "command: glassformer tokenize 中华人民",
            new: "{command: glassformer models, figure: logits, variants: [{label: a}]}", problem: .variantCount,
            line: 16),
        Broken(
            file: "chapter.yaml", old: "answer: width", new: "number: width\n    answer: width", problem: .oneKind,
            line: 21),
        Broken(
            file: "chapter.yaml", old: "answer: width\n    " + SmallCourse.others,
            new: "order: [{label: a, by: width}, {label: b, by: heads}]", problem: .orderCount, line: 22),
        Broken(file: "chapter.yaml", old: "answer: width", new: "answer: width + of", problem: .unknownQuery, line: 22),
        Broken(
            file: "chapter.yaml", old: "answer: width", new: "answer: ( width", problem: .unclosedQuotation, line: 22),
        Broken(file: "chapter.yaml", old: "minutes: 5", new: "minutes: 500", problem: .wrongType, line: 26),
        Broken(file: "chapter.yaml", old: "minutes: 5", new: "recall: first", problem: .badIdentifier, line: 26),
        Broken(
            file: "chapter.yaml", old: "minutes: 5", new: "recall: \"1.1#third\"", problem: .unknownQuestion, line: 26),
        Broken(
            file: "chapter.yaml", old: "minutes: 5", new: "facts: {a: {value: 1957}}", problem: .missingKey, line: 26),
        Broken(file: "en.md", old: "You can.", new: "Since [1957]{fact:when}.", problem: .unknownFact, line: 3),
        Broken(file: "en.md", old: "You can.", new: "Since 1957 {fact:when}.", problem: .unclosedMarker, line: 3),
        Broken(file: "en.md", old: "You can.", new: "$x = {{breadth}}$.", problem: .unknownQuery, line: 3),
        Broken(file: "en.md", old: "You can.", new: "It is {{width decimal:many}}.", problem: .unknownFormat, line: 3),
    ]

    @Test(arguments: table + more) func everyMistakeIsNamed(_ broken: Broken) throws {
        var course = SmallCourse()
        course.replace(broken.old, with: broken.new, in: broken.file)
        let error = try #require(throws: LessonError.self) { try course.load() }
        #expect(error.problem == broken.problem, "\(error)")
        if let line = broken.line { #expect(error.line == line, "\(error)") }
        if broken.file != "course.yaml" { #expect(error.file.hasSuffix(broken.file), "\(error)") }
        for language in Language.allCases {
            let text = error.explanation[language]
            #expect(!text.contains("{expected}") && !text.contains("{found}") && !text.contains("{key}"), "\(text)")
        }
    }

    @Test func theSmallCourseIsSound() throws {
        #expect(try SmallCourse().load().chapters.map(\.id) == [ChapterID(part: 1, number: 1)])
        #expect(try SmallCourse().check() == [])
    }

    @Test func aMissingLanguageIsAnError() throws {
        var course = SmallCourse()
        course.files["\(SmallCourse.chapter)/zh-Hans.md"] = nil
        let error = try #require(throws: LessonError.self) { try course.load() }
        #expect(error.problem == .missingFile)
        #expect(error.file == "\(SmallCourse.chapter)/zh-Hans.md")
    }

    @Test func bytesThatAreNoTextAreAnError() throws {
        let scratch = try SmallCourse().write()
        try Data([0x23, 0x20, 0xFF, 0xFE]).write(to: scratch.url.appendingPathComponent("\(SmallCourse.chapter)/en.md"))
        let error = try #require(throws: LessonError.self) { try scratch.with(Course.load) }
        #expect(error.problem == .unreadableFile)
    }

    @Test(arguments: [("1.1", true), ("1.10", true), ("01.1", false), ("1", false), ("1.1.1", false), ("0.1", false)])
    func chapterNumbers(_ text: String, isGood: Bool) {
        #expect((ChapterID(text) != nil) == isGood)
    }

    @Test func chaptersAreOrderedByNumberNotByName() {
        let ids = ["1.11", "1.9", "2.1", "1.1"].compactMap(ChapterID.init)
        #expect(ids.sorted().map(\.description) == ["1.1", "1.9", "1.11", "2.1"])
    }
}
