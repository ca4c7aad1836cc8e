import Testing
import Wording

@testable import Lessons

@Suite struct QuizTests {
    private func answered(_ source: SketchSource, changing: (inout SmallCourse) -> Void = { _ in }) throws
        -> AnsweredChapter
    {
        var course = SmallCourse()
        changing(&course)
        return try #require(try course.load().chapters.first).answered(by: source)
    }

    @Test func theGreatestIsRight() throws {
        let question = try #require(try answered(SketchSource()).quiz.first)
        #expect(question.choices.count == 4)
        #expect(question.choices[question.right].label.english == [.sample("苹果")])
        #expect(question.choices[question.right].measure == "52%")
    }

    @Test func theComputedNumberIsRight() throws {
        let question = try #require(try answered(SketchSource()).quiz.last)
        #expect(question.choices.map { $0.label.chinese.plainText } == ["64", "1024"])
        #expect(question.right == 0)
    }

    @Test func theStatementThatHoldsIsRight() throws {
        let statements = """
            statements:
                  - label: {en: Less, zh-Hans: 少}
                    holds: width < 64
                  - label: {en: Exactly, zh-Hans: 正好}
                    holds: width == 64
            """
        let chapter = try answered(SketchSource()) {
            $0.replace("answer: width\n    \(SmallCourse.others)", with: statements, in: "chapter.yaml")
        }
        #expect(chapter.quiz.last?.right == 1)
    }

    @Test(arguments: [
        ("width < 64", "width > 64", LessonProblem.noRightAnswer),
        ("width == 64", "width >= 64", .severalRightAnswers),
        ("width == 64", "next-token \"a\" > 3", .badClaim),
    ])
    func oneStatementMustHold(_ first: String, _ second: String, _ problem: LessonProblem) throws {
        let statements = """
            statements:
                  - {label: {en: A, zh-Hans: 甲}, holds: '\(first)'}
                  - {label: {en: B, zh-Hans: 乙}, holds: '\(second)'}
            """
        let error = try #require(throws: LessonError.self) {
            try answered(SketchSource()) {
                $0.replace("answer: width\n    \(SmallCourse.others)", with: statements, in: "chapter.yaml")
            }
        }
        #expect(error.problem == problem)
    }

    @Test func aTieHasNoRightAnswer() throws {
        var source = SketchSource()
        source.stated["next-tokens 我爱吃 4"] = .ranking([
            .init(label: "a", value: 0.4), .init(label: "b", value: 0.4), .init(label: "c", value: 0.1),
        ])
        let error = try #require(throws: LessonError.self) { try answered(source) }
        #expect(error.problem == .severalRightAnswers)
    }

    @Test func equalNumbersMakeNoChoice() throws {
        var source = SketchSource()
        source.stated["vocabulary"] = .number(64)
        let error = try #require(throws: LessonError.self) { try answered(source) }
        #expect(error.problem == .sameChoices)
    }
}

@Suite struct CheckTests {
    @Test func aFalseClaimIsFound() throws {
        var course = SmallCourse()
        course.replace("== 4", with: "== 5", in: "chapter.yaml")
        let findings = try course.check()
        #expect(findings.map(\.message.english) == ["the prose relies on ‘token-count \"中华人民\" == 5’, which is false"])
    }

    @Test func aTypedNumberIsFound() throws {
        var course = SmallCourse()
        course.replace("You can.", with: "GPT-3 and Llama2 have 96 layers, says [97%]{quoted}.", in: "en.md")
        let findings = try course.check()
        #expect(findings.count == 1)
        #expect(findings.first?.message.english.contains("‘96’") == true)
        let place = findings.first?.place
        #expect(place?.hasPrefix("\(SmallCourse.chapter)/en.md:") == true && place?.hasSuffix(" {#goal}") == true)
    }

    @Test func aFigureThatCannotBeDrawnIsFound() throws {
        let findings = try SmallCourse().check(SketchSource(refusedFigures: ["softmax"]))
        #expect(
            Set(findings.map(\.place))
                == ["en", "zh-Hans"].reduce(into: []) {
                    $0.insert("\(SmallCourse.chapter)/chapter.yaml:11 {#two} \($1)")
                })
    }

    @Test func aBrokenLinkIsFound() throws {
        var course = SmallCourse()
        course.replace("You can.", with: "[a](lesson:9.1) [b](lesson:1.1#nowhere) [c](lesson:1.2)", in: "en.md")
        let findings = try course.check()
        #expect(findings.count == 2)
    }

    @Test func proseThatIsTooLongIsFound() throws {
        var course = SmallCourse()
        course.replace("几个字。", with: String(repeating: "字", count: 201), in: "zh-Hans.md")
        let findings = try course.check()
        #expect(findings.count == 3)
        #expect(findings.allSatisfy { $0.message.chinese.contains("201") })
    }

    @Test func aGlyphWithoutAFontIsFound() throws {
        var course = SmallCourse()
        course.replace("You can.", with: "You can \u{10FFFD}.", in: "en.md")
        #expect(try course.check().count == 1)
    }

    @Test func theProgramsOwnParserIsAsked() throws {
        struct Bad: Error {}
        let findings = try SmallCourse().check { words in
            if words.first == "tokenize" { throw Bad() }
        }
        #expect(findings.map(\.place) == ["\(SmallCourse.chapter)/chapter.yaml:16 {#experiment}"])
    }

    @Test func everyBrokenChapterIsReported() throws {
        var course = SmallCourse()
        for (path, text) in course.files where path.hasPrefix(SmallCourse.chapter) {
            course.files[path.replacing("1.1-first", with: "1.2-second")] = text
        }
        course.replace("needs: []", with: "needs: 1", in: "chapter.yaml")
        let findings = try course.check()
        #expect(findings.count == 2)
    }
}
