import Foundation
import Models
import Testing
import Wording

@testable import Lessons

/// What chapters can write beyond the plainest one.
@Suite struct FormatTests {
    private static let chapter = """
        id: "1.1"
        section: {en: A section, zh-Hans: 一节}
        model: next-word
        minutes: 5
        texts:
          opening: {en: the cat, zh-Hans: 中华人民}
        glosses: {我爱吃: {en: I love to eat}, 我爱喝: {en: I love to drink}}
        facts:
          paper: {value: "2017", source: Vaswani et al., link: https://arxiv.org/abs/1706.03762}
        names: [q]
        sources:
          mine: {text: $opening}
        steps:
          - id: two
            figures:
              - {figure: scores, source: mine}
              - figure: softmax
                options: {text: $opening, size: {en: slide, zh-Hans: wide}}
                caption: {en: "{{width}} columns", zh-Hans: "{{width}} 列"}
          - id: none
            command: glassformer tokenize 我爱吃
          - id: one
            figure: token-strip
            options: {text: 我爱吃}
            shapes: [{step: blocks.0.attn.q, document: {in: "(2, 10, 512)", out: "(2, 10, 64)"}}]
            ask:
              id: guess
              number: width ÷ heads
              as: integer
              others: [{is: width, hint: {en: Of all heads., zh-Hans: 那是全部的头。}}]
        experiment:
          command: glassformer draw 我爱吃 --figure logits
          figure: logits
          options: {text: 我爱吃}
          variants:
            - {label: {en: eat, zh-Hans: 吃}, options: {}}
            - {label: {en: drink, zh-Hans: 喝}, options: {text: 我爱喝}}
        quiz:
          - id: order
            order: [{label: a, by: width}, {label: b, by: heads}, {label: c, by: vocabulary}]
            first: least
            hint: {en: Count., zh-Hans: 数一数。}
          - id: place
            figure: one
            of: blocks.0.attn.pattern
            cell: "0,1"
            others: [{is: "1,1", hint: {en: Below., zh-Hans: 下面。}}]
        claims:
          - {holds: width == 16 × heads, for: [sixteen times, 两倍]}
        """

    private static func prose(_ words: String, _ formula: String) -> String {
        """
        # \(words)

        \(words)

        ## \(words) {#two}

        \(words) [2017]{fact:paper} `q`

        \(formula)

        ```
        x = zeros({{width}})
        ```

        ## \(words) {#none}

        \(words)

        ## \(words) {#one}

        \(words)

        ### \(words) {#guess}

        \(words)

        ## \(words) {#experiment}

        \(words)

        ## Q {#quiz}

        ### \(words) {#order}

        \(words)

        ### \(words) {#place}

        \(words)
        """
    }

    static func course() -> SmallCourse {
        var course = SmallCourse()
        course.files["\(SmallCourse.chapter)/chapter.yaml"] = chapter
        let formula = "$$d = {{width ÷ heads integer}}$$"
        course.files["\(SmallCourse.chapter)/en.md"] = prose("Some words.", formula)
        course.files["\(SmallCourse.chapter)/zh-Hans.md"] = prose("几个字。", formula)
        return course
    }

    private func chapter() throws -> Chapter { try #require(try Self.course().load().chapters.first) }

    @Test func isSound() throws {
        #expect(try Self.course().check() == [])
    }

    @Test func figuresStandWhereTheyBelongInEachLanguage() throws {
        let chapter = try chapter()
        #expect(chapter.figures.map(\.id) == ["two", "two-2", "one", "experiment-1", "experiment-2"])
        let second = chapter.figures[1].reference
        #expect(second.english.value("text") == "the cat" && second.chinese.value("text") == "中华人民")
        #expect(second.english.value("size") == "slide" && second.chinese.value("size") == "wide")
        #expect(chapter.figures[0].reference.chinese.value("text") == "中华人民")
        #expect(chapter.figures[4].reference.english.value("text") == "我爱喝")
        #expect(chapter.figures[2].gloss.english == "I love to eat" && chapter.figures[2].gloss.chinese == nil)
        #expect(chapter.steps[1].figures.isEmpty && chapter.steps[1].command != nil)
    }

    @Test func answersStandInFormulasListingsAndCaptions() throws {
        let chapter = try chapter().answered(by: SketchSource())
        let blocks = chapter.steps[0].section.prose.english
        #expect(blocks.contains(.formula("d = 16")) && blocks.contains(.code("x = zeros(64)")))
        #expect(chapter.steps[0].figures[1].captions.chinese.map(\.plainText) == ["64 列"])
        let shapes = try #require(chapter.steps[2].shapes.first)
        #expect(shapes.output.english == "1 × 4 × 64" && shapes.documentInput == "(2, 10, 512)")
        #expect(chapter.experiment.variants.map(\.label.chinese.plainText) == ["吃", "喝"])
    }

    @Test func questionsOfOtherKindsKnowTheirAnswers() throws {
        let chapter = try chapter().answered(by: SketchSource())
        guard case .number(let number)? = chapter.steps[2].ask?.kind else { throw SketchSource.Refusal() }
        #expect(number.isRight(16, in: .english) && !number.isRight(17, in: .english))
        #expect(number.trap(64, in: .chinese)?.hint?.chinese.plainText == "那是全部的头。")
        guard case .ordering(let ordering) = chapter.quiz[0].kind else { throw SketchSource.Refusal() }
        #expect(ordering.order.english.map { ordering.items[$0].label.english.plainText } == ["b", "a", "c"])
        guard case .cell(let cell) = chapter.quiz[1].kind else { throw SketchSource.Refusal() }
        #expect(cell.right.english == [0, 1] && cell.others.first?.index.english == [1, 1])
        for question in chapter.quiz { #expect(question.choices.indices.contains(question.right)) }
    }

    @Test func theBookHoldsThemAll() throws {
        let scratch = try Self.course().write()
        let summary = try Book(Course.load(scratch.url), source: SketchSource()).write(
            to: scratch.url.appendingPathComponent("book"), .init(languages: [.english]))
        #expect(summary.figures == 5 && summary.findings.isEmpty)
        let html = try scratch.text("book/en/1.1-first.html")
        for word in ["two-2.svg", "experiment-2.svg", "fact-paper", "I love to eat", "variant-button"] {
            #expect(html.contains(word), "\(word)")
        }
    }
}

/// Arithmetic with answers.
@Suite struct AskTests {
    private func ask(_ text: String) throws -> Double {
        let parser = QueryParser(place: Place(file: "test", line: nil), context: "next-word")
        return try SketchSource().number(asked: parser.ask(text))
    }

    @Test(arguments: [
        ("width", 64.0), ("width − heads × 2", 56), ("( width - heads ) * 2", 120), ("width ÷ heads ÷ 2", 8),
        ("round 2.6", 3), ("sqrt width + 1", 9), ("sqrt ( width + 36 )", 10), ("abs ( heads − width )", 60),
        ("token-count 中华人民 ÷ 2", 2), ("bfloat16 1.00390625", 1), ("float16 65504", 65504),
    ])
    func isComputed(_ text: String, _ value: Double) throws {
        #expect(try ask(text) == value)
    }

    @Test(arguments: ["width +", "width heads", "breadth", "( width", "width ) ", "round", "next-token"])
    func whatIsNoArithmeticIsAnError(_ text: String) {
        #expect(throws: LessonError.self) { try self.ask(text) }
    }

    @Test func aTokenIsNoNumber() {
        #expect(throws: EngineError.self) { try self.ask("next-token a + 1") }
    }

    @Test(arguments: [
        (0.9734, "percent:1", "97.3%"), (1.0 / 3, "fixed:4", "0.3333"), (1234.5678, "decimal:6", "1234.57"),
        (2.5, "fixed", "2.50"),
    ])
    func digitsAreChosen(_ value: Double, _ format: String, _ text: String) throws {
        #expect(try #require(NumberFormat(format)).text(value) == text)
    }

    @Test(arguments: [
        (0.9734, "percent", 0.005), (0.0412, "percent", 0.0005), (12.3456, "decimal", 0.05), (7, "integer", 0.5),
        (1230, "decimal", 5),
    ])
    func anAnswerIsRightToTheDigitsShown(_ value: Double, _ format: String, _ tolerance: Double) throws {
        #expect(abs(try #require(NumberFormat(format)).tolerance(of: value) - tolerance) < 1e-12)
    }
}

/// Each rule of the check, broken once.
@Suite struct RuleTests {
    struct Broken: Sendable, CustomTestStringConvertible {
        var file: String
        var old: String
        var new: String
        var words: String
        var place: String

        var testDescription: String { "\(file): \(new)" }
    }

    static let table: [Broken] = [
        Broken(file: "en.md", old: "You can.", new: "Say `猫`.", words: "nothing backs ‘猫’", place: "en.md:3"),
        Broken(file: "en.md", old: "You can.", new: "Do half.", words: "‘half’ says how much", place: "en.md:3"),
        Broken(file: "en.md", old: "You can.", new: "Do it three times.", words: "‘three times’", place: "en.md:3"),
        Broken(file: "zh-Hans.md", old: "你会了。", new: "会一半。", words: "‘一半’ says", place: "zh-Hans.md:3"),
        Broken(file: "zh-Hans.md", old: "你会了。", new: "快三倍。", words: "‘三倍’ says", place: "zh-Hans.md:3"),
        Broken(file: "zh-Hans.md", old: "你会了。", new: "只有十分之一。", words: "‘十分之一’", place: "zh-Hans.md:3"),
        Broken(file: "en.md", old: "You can.", new: "`{{width}}`", words: "prints as it stands", place: "en.md:3"),
        Broken(
            file: "chapter.yaml", old: "{is: vocabulary, hint: {en: No., zh-Hans: 不。}}", new: "vocabulary",
            words: "has no hint", place: "chapter.yaml:21"),
        Broken(
            file: "chapter.yaml", old: "minutes: 5\n", new: "", words: "‘minutes’ is missing", place: "chapter.yaml"),
        Broken(
            file: "chapter.yaml", old: "the cat: {zh-Hans: 猫}", new: "a: {}", words: "‘the cat’ says",
            place: "chapter.yaml:"),
        Broken(
            file: "chapter.yaml", old: "{text: 中华人民}", new: "{text: 中华人民, layer: 1}", words: "does not read ‘layer’",
            place: "chapter.yaml:8"),
        Broken(
            file: "chapter.yaml", old: "minutes: 5", new: "minutes: 5\nfacts: {a: {value: b, source: c}}",
            words: "states the fact ‘a’", place: "chapter.yaml"),
        Broken(
            file: "chapter.yaml", old: "token-count \"中华人民\" == 4", new: "token-count \"中华人民\" == 5", words: "is false",
            place: "chapter.yaml:25"),
    ]

    @Test(arguments: table) func isSaidWithItsPlace(_ broken: Broken) throws {
        var course = SmallCourse()
        course.replace(broken.old, with: broken.new, in: broken.file)
        let findings = try course.check()
        #expect(!findings.isEmpty)
        for finding in findings {
            #expect(finding.message.english.contains(broken.words), "\(finding)")
            #expect(finding.place.contains(broken.place), "\(finding)")
            // Nothing is left to be filled in, but for what the chapter itself says.
            #expect(!finding.message.chinese.replacing("{{width}}", with: "").contains("{"))
        }
    }

    /// Something that one language has and the other lacks is named where it is missing.
    @Test(arguments: [
        ("$x$", "formula"), ("{{width}}", "number"), ("[5]{quoted}", "quoted"), ("[a](lesson:1.2)", "link"),
        ("\n\n> [!note]\n> A.", "aside"), ("\n\n```\na\n```", "listing"), ("\n\n| a |\n|---|\n| b |", "table"),
    ])
    func languagesHaveTheSameParts(_ addition: String, _ word: String) throws {
        for (file, words, other) in [("en.md", "Some words.", "zh-Hans.md:7"), ("zh-Hans.md", "几个字。", "en.md:7")] {
            var course = SmallCourse()
            course.replace("\(words)\n\n## T", with: "\(words) \(addition)\n\n## T", in: file)
            let findings = try course.check()
            #expect(findings.count >= 1)
            #expect(findings.contains { $0.message.english.contains(word) }, "\(findings)")
            _ = other
        }
    }

    /// A program whose commands fail, and one that draws something else.
    private struct Program: CommandProgram {
        func drawing(_ words: [String]) throws -> DrawCommand? { nil }
        func run(_ words: [String]) -> Phrase? { words.first == "tokenize" ? Phrase("broken") : nil }
    }

    @Test func commandsAreRun() throws {
        let findings = try SmallCourse().write().with {
            Course.check($0, source: SketchSource(), program: Program())
        }
        #expect(findings.map(\.place) == ["\(SmallCourse.chapter)/chapter.yaml:16 {#experiment}"])
        #expect(findings.allSatisfy { $0.message.english.hasSuffix("fails: broken") })
    }

    /// Of two chapters one is broken: the other is checked all the same, and alone where it is asked for alone.
    @Test func oneChapterMayBeCheckedAlone() throws {
        let scratch = try SmallCourse.twoChapters { $0.replace("needs: []", with: "needs: 1", in: "chapter.yaml") }
        let source = SketchSource()
        #expect(Course.check(scratch.url, source: source, only: [ChapterID(part: 1, number: 1)]) == [])
        #expect(Course.check(scratch.url, source: source).count == 1)
    }
}
